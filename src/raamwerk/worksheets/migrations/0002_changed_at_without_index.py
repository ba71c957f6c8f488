"""Every save moved an entry in this index, for a purge once a day that can do without it."""

from django.db import migrations, models

from raamwerk.plain_sql import finish_schema


class Migration(migrations.Migration):
    dependencies = [("worksheets", "0001_first")]

    operations = [
        migrations.AlterField(
            model_name="worksheet", name="changed_at", field=models.DateTimeField()
        ),
        migrations.RunPython(finish_schema, migrations.RunPython.noop),
    ]
