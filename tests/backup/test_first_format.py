"""A backup of version 0.1 is restored in this version, and believed no more than any other."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from raamwerk.operations import backup
from raamwerk.operations.backup import BackupError
from tests.backup.databases import MakeDatabase, everything_in, is_empty
from tests.backup.installation import raamwerk, read

MADE_BY_OLD_CODE = Path(__file__).parent / "released" / "0.1.sql"
"""What SQLite's ``.dump`` says of a backup made by version 0.1 of what two people wrote."""

SECRETS = (
    "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_abcde",
)
WORDS = "Woorden van toen: ünïcode ✓\nmet regels"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A backup as version 0.1 made it."""
    return made_from(MADE_BY_OLD_CODE.read_text(encoding="utf-8"), tmp_path / "old")


def made_from(dump: str, file: Path) -> Path:
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as made:
        made.executescript(dump)
    return file


@pytest.mark.parametrize("migrated", [False, True], ids=["empty", "served before"])
def test_it_comes_back(old: Path, new_database: MakeDatabase, *, migrated: bool) -> None:
    database = new_database(migrated=migrated)

    contents = backup.restore(old, database)

    rows = everything_in(database)
    assert contents.rows == 10
    assert {name: len(found) for name, found in rows.items()} == {
        "owners.owner": 2,
        "owners.accesskey": 2,
        "worksheets.worksheet": 3,
        "worksheets.writtentext": 5,
        "worksheets.mark": 2,
    }
    with connections[database].cursor() as cursor:
        cursor.execute("SELECT created_at FROM owners_owner ORDER BY id")
        assert str(cursor.fetchone()[0]).startswith("2026-11-25 04:34:46.501102")


def test_those_who_wrote_read_it_again(old: Path, tmp_path: Path) -> None:
    restored = raamwerk(tmp_path / "data", "restore", old)

    assert restored.returncode == 0, restored.stderr
    assert read(tmp_path / "data", SECRETS[0]) == WORDS
    assert read(tmp_path / "data", SECRETS[1]) == "Van iemand anders"


VIEW = """
CREATE VIEW worksheets_mark AS WITH RECURSIVE more(id) AS
    (SELECT 1 UNION ALL SELECT id + 1 FROM more)
SELECT id, '' AS statement, '' AS kind, 1 AS worksheet_id FROM more;
"""
MARKS = "CREATE TABLE worksheets_mark (id, statement, kind, worksheet_id);"


def without_marks(dump: str, instead: str) -> str:
    lines = [line for line in dump.splitlines() if not line.startswith('INSERT INTO "worksheets_m')]
    return "\n".join(instead if line == MARKS else line for line in lines)


@pytest.mark.parametrize(
    "change",
    [
        lambda dump: without_marks(dump, VIEW),
        lambda dump: without_marks(dump, MARKS.replace("kind", "kind AS (zeroblob(1000000000))")),
        lambda dump: without_marks(dump, "CREATE VIRTUAL TABLE worksheets_mark USING fts5(id);"),
        lambda dump: without_marks(dump, MARKS.replace("kind", '"kind"" FROM x; --"')),
        lambda dump: without_marks(dump, "CREATE TABLE worksheets_mark AS SELECT 1 AS id;"),
        lambda dump: without_marks(dump, ""),
        lambda dump: f"{dump}\nCREATE TRIGGER t AFTER INSERT ON archive BEGIN SELECT 1; END;",
        lambda dump: f"{dump}\nCREATE INDEX i ON worksheets_mark (id);",
        lambda dump: f"{dump}\nCREATE TABLE worksheets_diary (id);",
        lambda dump: f"{dump}\nCREATE TABLE owners_owner (id);",
        lambda dump: dump.replace("met regels", "met anders"),
        lambda dump: dump.replace("application_id=", "user_version="),
        lambda dump: dump.replace('"migration": "0003', '"migration": "9999'),
        lambda dump: dump.replace('"format": 1', '"format": 7'),
        lambda dump: dump.replace('{"format": 1', '[{"format": 1'),
    ],
)
def test_what_version_0_1_did_not_write_is_refused(
    change: Callable[[str], str], tmp_path: Path, new_database: MakeDatabase
) -> None:
    dump = MADE_BY_OLD_CODE.read_text(encoding="utf-8")
    assert change(dump) != dump
    forged = made_from(change(dump), tmp_path / "forged")
    database = new_database()

    with pytest.raises(BackupError) as refusal:
        backup.restore(forged, database)

    assert is_empty(database)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("mark", "kind", b"work-on"),
        ("mark", "id", 1.5),
        ("worksheet", "key_id", 77),
        ("worksheet", "key_id", None),
    ],
)
def test_a_wrong_value_is_refused(
    table: str, column: str, value: object, old: Path, new_database: MakeDatabase
) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as forged:
        forged.execute(f"UPDATE worksheets_{table} SET {column} = ?", (value,))
        put_right(forged)
    database = new_database()

    with pytest.raises(BackupError):
        backup.restore(old, database)

    assert is_empty(database)


def test_an_unknown_kind_or_date_costs_no_other_row(old: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as forged:
        forged.execute("UPDATE worksheets_mark SET kind = 'think-over'")
        forged.execute("UPDATE worksheets_worksheet SET changed_at = 'yesterday'")
        put_right(forged)

    restored = raamwerk(tmp_path / "data", "restore", old)

    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.count("left out, of an unknown kind") == 2
    assert restored.stdout.count("changed_at can't be, and became today") == 3
    assert read(tmp_path / "data", SECRETS[0]) == WORDS


def put_right(forged: sqlite3.Connection) -> None:
    """Give a changed file a checksum that is right, where it can have one."""
    from raamwerk.operations import first_format

    said = json.loads(forged.execute("SELECT contents FROM archive").fetchone()[0])
    try:
        tables = first_format._tables(forged, Path("forged"))
        said["checksum"] = first_format._checksum(forged, tables)
    except TypeError:  # bytes have none
        return
    forged.execute("UPDATE archive SET contents = ?", (json.dumps(said),))
