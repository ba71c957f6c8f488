"""The data of every released version opens in this one; a failed upgrade leaves the old state."""

import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from raamwerk.owners.models import AccessKey, Owner
from raamwerk.worksheets.models import Mark, Worksheet, WrittenText
from tests.backup.databases import HERE, SQLITE, MakeDatabase
from tests.backup.installation import raamwerk, read, write
from tests.serving import SERVE, free_port

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
KEY_IN_RELEASED = "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE"
WORDS = "Woorden van toen: ünïcode ✓"
VERSION_0_1 = ("worksheets", "0003_one_index_is_enough")
LONG_AGO, LATER = datetime(2025, 3, 4, 23, 30, tzinfo=UTC), datetime(2026, 1, 2, 3, 4, 5, 6, UTC)


@pytest.mark.parametrize("dump", RELEASED, ids=lambda dump: dump.stem)
def test_the_words_of_a_released_version_are_there(tmp_path: Path, dump: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "raamwerk.sqlite3")) as database:
        database.executescript(dump.read_text(encoding="utf-8"))

    assert read(tmp_path, KEY_IN_RELEASED) == WORDS
    write(tmp_path, "Woorden van nu", KEY_IN_RELEASED)
    assert read(tmp_path, KEY_IN_RELEASED) == "Woorden van nu"


@pytest.mark.parametrize("dump", RELEASED, ids=lambda dump: dump.stem)
def test_words_from_before_sealing_are_sealed_when_their_owner_comes(
    tmp_path: Path, dump: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "raamwerk.sqlite3")) as database:
        database.executescript(dump.read_text(encoding="utf-8"))

    read(tmp_path, KEY_IN_RELEASED)

    backed_up = raamwerk(tmp_path, "backup", tmp_path / "backup")
    assert backed_up.returncode == 0, backed_up.stderr
    for file in tmp_path.iterdir():
        assert WORDS.encode() not in file.read_bytes(), file
    with closing(sqlite3.connect(tmp_path / "raamwerk.sqlite3")) as database:
        sealed = database.execute("SELECT sealed FROM worksheets_writtentext").fetchall()
    assert sealed
    assert all(value[:1] == b"\x01" for (value,) in sealed)


@pytest.mark.parametrize("kind", [HERE, SQLITE])
def test_everything_of_version_0_1_has_its_place(kind: str, new_database: MakeDatabase) -> None:
    name = new_database(kind)
    fill_as_version_0_1(name)

    call_command("migrate", database=name, verbosity=0)

    assert [*Owner.objects.using(name).order_by("pk").values_list()] == [
        (7, LONG_AGO, LATER.date()),
        (8, LONG_AGO, LONG_AGO.date()),
    ]
    keys = AccessKey.objects.using(name).order_by("pk")
    assert [*keys.values_list("owner_id", "digest", "wrapped_key", "created_at", "used_on")] == [
        (7, "a" * 64, None, LONG_AGO, LATER.date()),
        (8, "b" * 64, None, LONG_AGO, LONG_AGO.date()),
    ]
    first, second = Worksheet.objects.using(name).order_by("pk")
    assert (first.owner_id, first.role, first.changed_at) == (7, "mentor", LATER)
    assert (second.owner_id, second.begun_at, second.wrapped_key) == (7, LONG_AGO, None)
    assert len(first.public_id) == len(second.public_id) == 22
    assert first.public_id != second.public_id
    assert texts_of(name) == {
        (first.pk, "visie-rol"): (b"\x00" + WORDS.encode(), 1, "w", 5),
        (first.pk, "name"): (b"\x00" + "Zoë".encode(), 1, "", 0),
        (second.pk, "occasion"): (b"\x00gesprek", 1, "", 0),
    }
    mark = Mark.objects.using(name).get()
    assert (mark.worksheet_id, mark.kind, mark.on, mark.revision) == (first.pk, "work-on", True, 1)
    new = Owner.objects.using(name).create(used_on=date(2026, 1, 1))
    assert new.pk > 8


def texts_of(database: str) -> dict[tuple[int, str], tuple[bytes, int, str, int]]:
    return {
        (text.worksheet_id, text.field): (
            bytes(text.sealed),
            text.revision,
            text.writer,
            text.sequence,
        )
        for text in WrittenText.objects.using(database)
    }


def fill_as_version_0_1(database: str) -> None:
    """Put in what two people kept in version 0.1, of whom one began and wrote nothing."""
    apps = as_of(database, VERSION_0_1)

    def put(model: str, **values: Any) -> Any:
        return apps.get_model("worksheets", model).objects.using(database).create(**values)

    put("Key", id=7, digest="a" * 64)
    put("Key", id=8, digest="b" * 64)
    apps.get_model("worksheets", "Key").objects.using(database).update(created_at=LONG_AGO)
    common = {"framework": "lob", "edition": "2026-1", "key_id": 7}
    first = put("Worksheet", **common, role="mentor", name="Zoë", changed_at=LATER)
    put("Worksheet", **common, role="decaan", occasion="gesprek", changed_at=LONG_AGO)
    put("AttentionPoint", worksheet=first, field="visie-rol", text=WORDS, writer="w", sequence=5)
    put("Mark", worksheet=first, statement="mentor-visie-rol-1", kind="work-on")


def as_of(database: str, migration: tuple[str, str]) -> StateApps:
    executor = MigrationExecutor(connections[database])
    return executor.migrate([migration]).apps


def test_a_migration_that_fails_leaves_the_old_state_usable(tmp_path: Path) -> None:
    secret = write(tmp_path, "Blijft staan")

    variables = {"DATA_DIR": str(tmp_path), "DATABASE_URL": "", "PORT": str(free_port())}
    failed = subprocess.run(
        SERVE,
        env={
            **os.environ,
            **variables,
            "DJANGO_SETTINGS_MODULE": "tests.upgrades.failing_settings",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert failed.returncode == 1
    assert "there_is_no_such_table" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert read(tmp_path, secret) == "Blijft staan"
    write(tmp_path, "Gaat verder", secret)
    assert read(tmp_path, secret) == "Gaat verder"
