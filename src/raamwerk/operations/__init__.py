"""Running an installation: backup, restore, moving to another database, migrations."""
