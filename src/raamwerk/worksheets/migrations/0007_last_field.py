"""A worksheet knows in which field its owner last saved something."""

from django.db import migrations, models

from raamwerk.plain_sql import finish_schema


class Migration(migrations.Migration):
    dependencies = [("worksheets", "0006_merged")]

    operations = [
        migrations.AddField(
            "worksheet", "last_field", models.CharField(max_length=200, blank=True, db_default="")
        ),
        migrations.RunPython(finish_schema, migrations.RunPython.noop),
    ]
