"""The tables of our apps, and the models as they were at a migration."""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.core.management.color import no_style
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from raamwerk.operations.backup_file import BackupError

OURS = f"{__name__.partition('.')[0]}."

Models = Mapping[str, type[Model]]
"""Models by their name as a backup has it: ``app.model``."""


def our_apps() -> set[str]:
    """The labels of every app of Raamwerk."""
    return {app.label for app in apps.get_app_configs() if app.name.startswith(OURS)}


def applied_migrations(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The last migration of each of our apps that has tables here. Raises BackupError."""
    loader = MigrationLoader(connection)
    ours = our_apps()
    applied = {key for key in loader.applied_migrations if key[0] in ours}
    if applied - loader.disk_migrations.keys():
        raise BackupError("the database is of a newer version. Install that one first.")
    applied &= loader.graph.nodes.keys()
    overtaken = {
        parent.key
        for app, name in applied
        for parent in loader.graph.node_map[app, name].parents
        if parent.key[0] == app
    }
    return dict(sorted(applied - overtaken))


def models_at(connection: BaseDatabaseWrapper, migrations: Mapping[str, str]) -> Models:
    """The models of our apps that had a table at these migrations, as they were then.

    Raises BackupError for a migration that this version does not know.
    """
    loader = MigrationLoader(connection)
    ours = our_apps()
    for app, name in migrations.items():
        if app not in ours or (app, name) not in loader.graph.nodes:
            raise BackupError(
                f"this version does not know {app} {name}, of which the backup is. "
                "A newer version made it: install that one first."
            )
    state = loader.project_state(list(migrations.items())).apps
    found = {
        model._meta.label_lower: model
        for model in state.get_models(include_auto_created=True)
        if model._meta.app_label in migrations and model._meta.managed and not model._meta.proxy
    }
    return dict(sorted(found.items()))


def bring_to(connection: BaseDatabaseWrapper, migrations: Mapping[str, str]) -> None:
    """Give an empty database the tables as of these migrations. Raises BackupError for a used one.

    Tables of a later version are made anew: not every migration can be undone.
    """
    executor = MigrationExecutor(connection)
    targets = list(migrations.items())
    wanted = {key for target in targets for key in executor.loader.graph.forwards_plan(target)}
    ours = our_apps()
    if any(key not in wanted and key[0] in ours for key in executor.loader.applied_migrations):
        remove_tables(connection, only_empty=True)
        executor = MigrationExecutor(connection)
    executor.migrate(targets)


def remove_tables(connection: BaseDatabaseWrapper, *, only_empty: bool) -> None:
    """Remove the tables of our apps, as if the database never had any. Raises BackupError."""
    models = models_at(connection, applied_migrations(connection)).values()
    recorder = MigrationRecorder(connection)
    ours = our_apps()
    with connection.schema_editor() as editor:
        if only_empty:
            refuse_used(connection, models)
        for model in models:
            if not model._meta.auto_created:  # such a table goes with the model that asked for it
                editor.delete_model(model)
        for app, name in recorder.applied_migrations():
            if app in ours:
                recorder.record_unapplied(app, name)


def refuse_used(connection: BaseDatabaseWrapper, models: Iterable[type[Model]]) -> None:
    """Make sure that these tables are and stay empty, in a transaction. Raises BackupError."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in models:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    if any(model._base_manager.using(connection.alias).exists() for model in models):
        raise BackupError("the database already keeps something. Restore in an empty one.")


def go_on_counting(connection: BaseDatabaseWrapper, models: Iterable[type[Model]]) -> None:
    """Let new rows get numbers that are not taken yet."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
