"""Changes something, wipes something, and then fails."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from raamwerk.worksheets import migrations as real

NEWEST = max(file.stem for file in Path(real.__path__[0]).glob("[0-9]*.py"))


class Migration(migrations.Migration):
    """A migration as nobody wants it."""

    dependencies: ClassVar = [("worksheets", NEWEST)]
    operations: ClassVar = [
        migrations.AddField("worksheet", "mood", models.CharField(max_length=10, default="")),
        migrations.RunSQL("DELETE FROM worksheets_writtentext"),
        migrations.RunSQL("INSERT INTO there_is_no_such_table VALUES (1)"),
    ]
