"""Changes something, wipes something, and then fails."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """A migration as nobody wants it."""

    dependencies: ClassVar = [("worksheets", "0003_one_index_is_enough")]
    operations: ClassVar = [
        migrations.AddField("worksheet", "mood", models.CharField(max_length=10, default="")),
        migrations.RunSQL("UPDATE worksheets_attentionpoint SET text = 'wiped'"),
        migrations.RunSQL("INSERT INTO there_is_no_such_table VALUES (1)"),
    ]
