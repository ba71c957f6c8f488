"""Each of these columns is the first of a constraint, whose index finds it as well as its own did."""

import django.db.models.deletion
from django.db import migrations, models

from raamwerk.plain_sql import finish_schema


def reference(to: str, related_name: str) -> "models.ForeignKey[object, object]":
    """A column that refers to another table, without an index of its own."""
    return models.ForeignKey(
        to, django.db.models.deletion.CASCADE, related_name=related_name, db_index=False
    )


class Migration(migrations.Migration):
    dependencies = [("worksheets", "0002_changed_at_without_index")]

    operations = [
        migrations.AlterField(
            "attentionpoint", "worksheet", reference("worksheets.worksheet", "points")
        ),
        migrations.AlterField("mark", "worksheet", reference("worksheets.worksheet", "marks")),
        migrations.AlterField("worksheet", "key", reference("worksheets.key", "worksheets")),
        migrations.RunPython(finish_schema, migrations.RunPython.noop),
    ]
