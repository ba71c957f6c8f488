"""What 0004 moved elsewhere goes, and what it filled in is required.

Apart from 0004, because PostgreSQL does not change a table while changed rows wait for their constraints.
"""

import django.db.models.deletion
from django.db import migrations, models

from raamwerk.plain_sql import finish_schema


class Migration(migrations.Migration):
    dependencies = [("worksheets", "0004_owners_and_sealed_texts")]

    operations = [
        migrations.RemoveConstraint("worksheet", "one_worksheet_per_role"),
        migrations.RemoveField("worksheet", "key"),
        migrations.RemoveField("worksheet", "name"),
        migrations.RemoveField("worksheet", "school"),
        migrations.RemoveField("worksheet", "occasion"),
        migrations.AlterField(
            "worksheet", "public_id", models.CharField(max_length=22, unique=True)
        ),
        migrations.AlterField("worksheet", "begun_at", models.DateTimeField()),
        migrations.AlterField(
            "worksheet",
            "owner",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="worksheets",
                to="owners.owner",
            ),
        ),
        migrations.AlterField("mark", "writer", models.CharField(blank=True, max_length=40)),
        migrations.DeleteModel("AttentionPoint"),
        migrations.DeleteModel("Key"),
        migrations.RunPython(finish_schema, migrations.RunPython.noop),
    ]
