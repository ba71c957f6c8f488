"""Every model of every app of ours is in a backup, and its rows come back equal."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.models import Model
from django.utils import timezone

from raamwerk.operations import backup
from raamwerk.operations.backup import AnyField
from raamwerk.owners.models import Owner
from tests.backup.databases import HERE, SQLITE, MakeDatabase, everything_in, our_models
from tests.backup.made_up import make_up_rows

KINDS = [(HERE, HERE), (HERE, SQLITE), (SQLITE, HERE)]


def test_every_model_and_column_is_in_it(tmp_path: Path, new_database: MakeDatabase) -> None:
    backup.back_up(tmp_path / "backup", new_database(migrated=True))

    said = json.loads((tmp_path / "backup").read_text().splitlines()[0])

    assert {name: sorted(columns) for name, columns in said["columns"].items()} == {
        model._meta.label_lower: sorted(field.attname for field in model._meta.concrete_fields)
        for model in our_models()
    }
    assert len(said["columns"]) >= 5


@pytest.mark.parametrize(("there", "here"), KINDS)
def test_rows_of_every_model_come_back_equal(
    there: str, here: str, tmp_path: Path, new_database: MakeDatabase
) -> None:
    first, second = new_database(there, migrated=True), new_database(here)
    make_up_rows(first, our_models())
    before = everything_in(first)

    backup.back_up(tmp_path / "backup", first)
    contents = backup.restore(tmp_path / "backup", second)

    assert everything_in(second) == before
    assert contents.rows == sum(map(len, before.values()))
    assert all(len(rows) == 2 for rows in before.values())


def test_nothing_in_it_refers_to_what_is_not_in_it() -> None:
    ours = our_models()
    for model in ours:
        for field in model._meta.local_concrete_fields:
            if field.is_relation:
                assert field.related_model in ours, f"{field} refers to what no backup holds"


def test_new_rows_get_numbers_that_are_not_taken(
    tmp_path: Path, new_database: MakeDatabase
) -> None:
    first, second = new_database(migrated=True), new_database()
    make_up_rows(first, our_models())
    backup.back_up(tmp_path / "backup", first)
    backup.restore(tmp_path / "backup", second)

    new = Owner.objects.using(second).create(used_on=timezone.now().date())

    assert new.pk > max(Owner.objects.using(first).values_list("pk", flat=True))


def test_it_is_as_of_one_moment_and_holds_nobody_up(
    tmp_path: Path, new_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = new_database(migrated=True)
    make_up_rows(first, our_models())
    before = everything_in(first)
    other = connections[first].copy()
    written = backup._written
    saved: list[str] = []

    def save_meanwhile(field: AnyField, row: Model) -> Any:
        if not saved:
            with other.cursor() as cursor:
                cursor.execute("DELETE FROM worksheets_writtentext")
            saved.append("something")
        return written(field, row)

    with monkeypatch.context() as patch:
        patch.setattr(backup, "_written", save_meanwhile)
        backup.back_up(tmp_path / "backup", first)
    other.close()
    second = new_database()
    backup.restore(tmp_path / "backup", second)

    assert everything_in(first)["worksheets.writtentext"] == []
    assert everything_in(second) == before
