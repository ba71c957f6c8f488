"""A file is not believed: it is restored whole, or refused in one line and nothing is changed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.db.migrations.recorder import MigrationRecorder

from raamwerk.operations import backup
from raamwerk.operations.backup import BackupError
from tests.backup.databases import SQLITE, MakeDatabase, everything_in, is_empty, our_models
from tests.backup.forging import Lines, forge, set_value
from tests.backup.made_up import make_up_rows


def refused(file: Path, database: str) -> str:
    """Why this file is not restored, in one line; nothing of it is in the database."""
    with pytest.raises(BackupError) as refusal:
        backup.restore(file, database)
    assert is_empty(database)
    said = str(refusal.value)
    assert "\n" not in said.strip()
    return said


def test_a_damaged_or_foreign_file_is_refused(good: Path, new_database: MakeDatabase) -> None:
    whole = good.read_bytes()
    lines = whole.splitlines(keepends=True)
    at = whole.index(b"work-on")
    database = new_database()
    for damaged in (
        whole[: len(whole) // 2],
        whole[:at] + b"W" + whole[at + 1 :],
        b"".join(lines[:-1]),
        b"".join(lines[:1] + lines[2:]),
        b"".join(lines[:1]),
        b"",
        b"x" * 5000,
        b"x" * 5_000_000,
        b"[" * 5000,
        b"\xff\xfe\x00",
        b"SQLite format 3\x00" + b"x" * 5000,
        b'{"raamwerk":"something else"}\n',
    ):
        good.write_bytes(damaged)
        said = refused(good, database)
        assert "damaged" in said or "no backup" in said


def newer_format(lines: Lines) -> None:
    lines[0]["format"] = 3


def newer_migration(lines: Lines) -> None:
    lines[0]["migrations"]["worksheets"] = "9999_later"


def newer_app(lines: Lines) -> None:
    lines[0]["migrations"]["teams"] = "0001_first"


def foreign_app(lines: Lines) -> None:
    lines[0]["migrations"]["staticfiles"] = "0001_initial"


@pytest.mark.parametrize("change", [newer_format, newer_migration, newer_app, foreign_app])
def test_what_this_version_does_not_know_is_refused(
    change: Callable[[Lines], None], good: Path, tmp_path: Path, new_database: MakeDatabase
) -> None:
    assert "newer version" in refused(forge(good, tmp_path / "forged", change), new_database())


def unknown_model(lines: Lines) -> None:
    lines[0]["columns"]["worksheets.diary"] = ["id"]
    lines.append(["worksheets.diary", "1"])


def missing_model(lines: Lines) -> None:
    del lines[0]["columns"]["worksheets.mark"]
    lines[1:] = [line for line in lines[1:] if line[0] != "worksheets.mark"]


def unknown_column(lines: Lines) -> None:
    lines[0]["columns"]["owners.owner"].append("administrator")
    for line in lines[1:]:
        if line[0] == "owners.owner":
            line.append("True")


def missing_column(lines: Lines) -> None:
    lines[0]["columns"]["owners.owner"].pop()
    for line in lines[1:]:
        if line[0] == "owners.owner":
            line.pop()


def column_twice(lines: Lines) -> None:
    lines[0]["columns"]["owners.owner"][-1] = "id"


def name_that_is_sql(lines: Lines) -> None:
    lines[0]["columns"]["owners.owner"][0] = 'id" FROM owners_owner; --'


def row_of_no_model(lines: Lines) -> None:
    lines.append(["django_migrations", "1"])


def row_too_short(lines: Lines) -> None:
    lines[1].pop()


def row_that_is_none(lines: Lines) -> None:
    lines.append({"a": 1})


def row_twice(lines: Lines) -> None:
    lines.append(lines[-1])


def row_that_refers_to_nothing(lines: Lines) -> None:
    set_value(lines, "worksheets.worksheet", "owner_id", "12345")


@pytest.mark.parametrize(
    "change",
    [
        unknown_model,
        missing_model,
        unknown_column,
        missing_column,
        column_twice,
        name_that_is_sql,
        row_of_no_model,
        row_too_short,
        row_that_is_none,
        row_twice,
        row_that_refers_to_nothing,
    ],
)
def test_what_no_backup_holds_is_refused(
    change: Callable[[Lines], None], good: Path, tmp_path: Path, new_database: MakeDatabase
) -> None:
    assert refused(forge(good, tmp_path / "forged", change), new_database())


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        ("worksheets.mark", "kind", None),
        ("worksheets.mark", "on", "perhaps"),
        ("worksheets.mark", "on", True),
        ("worksheets.mark", "revision", "9" * 30),
        ("worksheets.mark", "revision", "9" * 5000),
        ("worksheets.mark", "revision", "one"),
        ("worksheets.mark", "revision", "01"),
        ("worksheets.mark", "statement", "x" * 201),
        ("worksheets.mark", "statement", ["a"]),
        ("worksheets.mark", "statement", "\ud800"),
        ("worksheets.worksheet", "changed_at", "2026-11-25T12:00:00+01:00"),
        ("worksheets.worksheet", "changed_at", 1.5),
        ("worksheets.worksheet", "owner_id", str(2**63)),
        ("worksheets.worksheet", "wrapped_key", "no base64"),
        ("worksheets.writtentext", "sealed", None),
        ("worksheets.writtentext", "sealed", "é"),
        ("owners.owner", "used_on", {"a": "day"}),
        ("owners.owner", "id", None),
    ],
)
def test_a_wrong_value_is_refused(
    model: str, column: str, value: Any, good: Path, new_database: MakeDatabase
) -> None:
    forged = forge(
        good, good.with_name("forged"), lambda lines: set_value(lines, model, column, value)
    )

    said = refused(forged, new_database(SQLITE))

    assert f"{column} of {model}" in said or "not give back" in said or "surrogates" in said


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ("worksheets.mark kind", "think-over", "left out, of an unknown kind"),
        ("worksheets.mark kind", "", "left out, of an unknown kind"),
        (
            "worksheets.worksheet changed_at",
            "yesterday",
            "changed_at can't be, and became today",
        ),
        ("worksheets.worksheet changed_at", "2026-11-25T12:00:00", "became today"),
        ("worksheets.worksheet changed_at", "9999-12-31T23:59:59+00:00", "became today"),
        ("worksheets.worksheet begun_at", "0001-01-01T00:00:00+00:00", "became today"),
        ("owners.owner used_on", "9999-12-31", "used_on can't be, and became today"),
        ("owners.owner used_on", "\x1b[2J", "used_on can't be, and became today"),
    ],
)
def test_a_kind_or_a_date_that_nobody_knows_costs_no_other_row(
    place: str, value: str, told: str, good: Path, new_database: MakeDatabase
) -> None:
    model, column = place.split()
    forged = forge(
        good, good.with_name("forged"), lambda lines: set_value(lines, model, column, value)
    )
    whole, odd = new_database(SQLITE), new_database(SQLITE)

    before, contents = backup.restore(good, whole), backup.restore(forged, odd)

    [line] = contents.left_out
    assert line.startswith(model)
    assert told in line
    assert value not in line or not value
    assert contents.rows == before.rows - ("left out" in told)
    assert sum(map(len, everything_in(odd).values())) == contents.rows


def test_a_database_in_use_and_a_file_in_place_are_left_alone(
    good: Path, new_database: MakeDatabase
) -> None:
    database = new_database(migrated=True)
    make_up_rows(database, our_models())
    rows, kept = everything_in(database), good.read_bytes()

    with pytest.raises(BackupError, match="already keeps something"):
        backup.restore(good, database)
    with pytest.raises(BackupError, match="is there already"):
        backup.back_up(good, database)

    assert (everything_in(database), good.read_bytes()) == (rows, kept)


def test_there_is_no_backup_of_nothing(tmp_path: Path, new_database: MakeDatabase) -> None:
    with pytest.raises(BackupError, match="nothing to back up"):
        backup.back_up(tmp_path / "backup", new_database())

    assert not list(tmp_path.glob("backup*"))


def test_a_database_of_a_newer_version_is_left_alone(
    tmp_path: Path, good: Path, new_database: MakeDatabase
) -> None:
    database = new_database(migrated=True)
    MigrationRecorder(connections[database]).record_applied("worksheets", "9999_later")

    with pytest.raises(BackupError, match="newer version"):
        backup.back_up(tmp_path / "backup", database)
    with pytest.raises(BackupError, match="newer version"):
        backup.restore(good, database)


def test_a_restore_that_can_not_be_brought_up_to_date_leaves_nothing(
    good: Path, new_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*words: object, **options: object) -> None:
        raise DatabaseError("the disk is full")

    database = new_database()
    monkeypatch.setattr(backup, "call_command", fail)
    with pytest.raises(BackupError, match="the disk is full"):
        backup.restore(good, database)
    monkeypatch.undo()

    assert backup.restore(good, database).rows > 0


def test_only_their_owner_reads_what_is_made(good: Path, new_database: MakeDatabase) -> None:
    fresh, existing = new_database(SQLITE), new_database(SQLITE, migrated=True)
    there = Path(connections[existing].settings_dict["NAME"])
    there.chmod(0o644)
    before = os.umask(0)
    try:
        good_again = good.with_name("again")
        backup.restore(good, fresh)
        backup.restore(good, existing)
        backup.back_up(good_again, fresh)
    finally:
        os.umask(before)

    made = [good_again, *there.parent.glob("*.sqlite3*")]
    assert len(made) >= 4
    for file in made:
        if connections[fresh].settings_dict["NAME"] in str(file) or file in (good_again, there):
            assert file.stat().st_mode & 0o777 == 0o600, file
