"""A worksheet belongs to an owner; texts are sealed; marks have a revision, a writer and a sequence.

What was written before can't be sealed here, because the secrets are in people's browsers: it is marked as
plain, and sealed when its owner next comes (``worksheets.upkeep``).
"""

import secrets
from collections.abc import Iterator
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Max

from raamwerk.plain_sql import finish_schema

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
AT_ONCE = 2000
PLAIN = b"\x00"
HEADING = ("name", "school", "occasion")


def move_keys(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each key becomes an owner with one access key, under the key's own number."""
    here = schema_editor.connection.alias
    key, owner = apps.get_model("worksheets", "Key"), apps.get_model("owners", "Owner")
    access_key = apps.get_model("owners", "AccessKey")
    keys = key.objects.using(here).annotate(used_at=Max("worksheets__changed_at")).order_by("pk")
    for some in _batches(keys.values("pk", "digest", "created_at", "used_at")):
        days = {each["pk"]: (each["used_at"] or each["created_at"]).date() for each in some}
        owner.objects.using(here).bulk_create(
            owner(pk=each["pk"], created_at=each["created_at"], used_on=days[each["pk"]])
            for each in some
        )
        access_key.objects.using(here).bulk_create(
            access_key(
                pk=each["pk"],
                owner_id=each["pk"],
                digest=each["digest"],
                created_at=each["created_at"],
                used_on=days[each["pk"]],
            )
            for each in some
        )


def move_worksheets(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each worksheet gets its owner, a public id and its beginning; its heading becomes texts."""
    here = schema_editor.connection.alias
    worksheet = apps.get_model("worksheets", "Worksheet")
    written = apps.get_model("worksheets", "WrittenText")
    for some in _batches(worksheet.objects.using(here).order_by("pk")):
        for each in some:
            each.owner_id = each.key_id
            each.public_id = secrets.token_urlsafe(16)
            each.begun_at = each.changed_at
        worksheet.objects.using(here).bulk_update(some, ["owner_id", "public_id", "begun_at"])
        written.objects.using(here).bulk_create(
            written(worksheet_id=each.pk, field=name, sealed=_plain(words), revision=1)
            for each in some
            for name in HEADING
            if (words := getattr(each, name))
        )


def move_points(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each attention point becomes a written text."""
    here = schema_editor.connection.alias
    point = apps.get_model("worksheets", "AttentionPoint")
    written = apps.get_model("worksheets", "WrittenText")
    for some in _batches(point.objects.using(here).order_by("pk")):
        written.objects.using(here).bulk_create(
            written(
                worksheet_id=each.worksheet_id,
                field=each.field,
                sealed=_plain(each.text),
                revision=1,
                writer=each.writer,
                sequence=each.sequence,
            )
            for each in some
        )


def go_on_counting(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let new owners get numbers that are not taken yet."""
    from django.core.management.color import no_style

    moved = [apps.get_model("owners", name) for name in ("Owner", "AccessKey")]
    for statement in schema_editor.connection.ops.sequence_reset_sql(no_style(), moved):
        schema_editor.execute(statement)


def _batches(rows: Any) -> Iterator[list[Any]]:
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        yield some
        last = some[-1]["pk"] if isinstance(some[-1], dict) else some[-1].pk


def _plain(words: str) -> bytes:
    return PLAIN + words.encode()


class Migration(migrations.Migration):
    dependencies = [("worksheets", "0003_one_index_is_enough"), ("owners", "0001_first")]

    operations = [
        migrations.CreateModel(
            name="WrittenText",
            fields=[
                ("id", ID.clone()),
                ("field", models.CharField(max_length=200)),
                ("sealed", models.BinaryField()),
                ("revision", models.BigIntegerField()),
                ("writer", models.CharField(blank=True, max_length=40)),
                ("sequence", models.BigIntegerField(default=0)),
                (
                    "worksheet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="worksheets.worksheet",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "writtentext",
            models.UniqueConstraint(fields=("worksheet", "field"), name="one_text_per_field"),
        ),
        migrations.AddField("worksheet", "wrapped_key", models.BinaryField(null=True)),
        migrations.AddField("worksheet", "public_id", models.CharField(max_length=22, null=True)),
        migrations.AddField("worksheet", "begun_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "worksheet",
            "owner",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="worksheets",
                to="owners.owner",
            ),
        ),
        migrations.AddField("mark", "on", models.BooleanField(default=True)),
        migrations.AddField("mark", "revision", models.BigIntegerField(default=1)),
        migrations.AddField(
            "mark", "writer", models.CharField(blank=True, max_length=40, default="")
        ),
        migrations.AddField("mark", "sequence", models.BigIntegerField(default=0)),
        migrations.RunPython(move_keys, elidable=True),
        migrations.RunPython(move_worksheets, elidable=True),
        migrations.RunPython(move_points, elidable=True),
        migrations.RunPython(go_on_counting, elidable=True),
        migrations.RunPython(finish_schema, migrations.RunPython.noop),
    ]
