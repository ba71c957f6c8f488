"""A worksheet that others were joined into knows their public ids."""

from django.db import migrations, models

from raamwerk.plain_sql import finish_schema


class Migration(migrations.Migration):
    dependencies = [("worksheets", "0005_without_keys")]

    operations = [
        migrations.AddField("worksheet", "merged", models.TextField(blank=True, db_default="")),
        migrations.RunPython(finish_schema, migrations.RunPython.noop),
    ]
