"""Whatever a file holds, restoring it puts all of it in the database, or nothing and says why."""

import json
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from raamwerk.config.database import sqlite_options
from raamwerk.worksheets.archive import ArchiveError, _checksum, _rows_of, read_archive
from tests.backup.test_backup import post, raamwerk, rows, words
from tests.serving import serving

FRESH = "fresh"
patiently = settings(deadline=None, suppress_health_check=list(HealthCheck))
Restore = Callable[[Path], None]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
in_a_cell = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.binary(max_size=10)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of one worksheet."""
    folder = tmp_path_factory.mktemp("good")
    with serving(folder / "data", DATABASE_URL="") as server:
        post(server, {**words("ünïcode ✓", 1), "key": secrets.token_urlsafe(32)})
    file = folder / "backup"
    assert raamwerk(folder / "data", "backup", file).returncode == 0
    return file


@pytest.fixture
def restore(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Restore]:
    """Restore this file in a database that is new each time, and look what became of it."""
    database = tmp_path / "raamwerk.sqlite3"
    chosen = {
        **connections.settings["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(database),
        "OPTIONS": sqlite_options(5),
    }
    monkeypatch.setitem(connections.settings, FRESH, chosen)

    def restore_and_look(file: Path) -> None:
        connections[FRESH].close()
        for each in tmp_path.glob("raamwerk.sqlite3*"):
            each.unlink()
        refused = ""
        try:
            read_archive(file, FRESH)
        except ArchiveError as error:
            refused = str(error)
            assert refused.strip()
        here = rows(database) if database.exists() else {}
        if refused:
            assert not any(here.values())
        else:
            there = rows(file)
            assert here.keys() >= there.keys()
            assert sum(map(len, here.values())) == sum(map(len, there.values()))

    with django_db_blocker.unblock():
        yield restore_and_look
        connections[FRESH].close()
        del connections[FRESH]


@contextmanager
def copied(good: Path, changed: Path) -> Iterator[tuple[sqlite3.Connection, Any]]:
    """A copy of the good file to change, and what it says of itself."""
    shutil.copy(good, changed)
    with closing(sqlite3.connect(changed, isolation_level=None)) as archive:
        yield archive, json.loads(archive.execute("SELECT contents FROM archive").fetchone()[0])


@patiently
@given(data=st.data())
def test_any_bytes_in_a_good_file(
    data: st.DataObject, good: Path, restore: Restore, tmp_path: Path
) -> None:
    whole = good.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 5000)))
    changed = tmp_path / "changed"
    changed.write_bytes(whole[:start] + data.draw(st.binary(max_size=50)) + whole[end:])
    restore(changed)


@patiently
@given(data=st.data())
def test_anything_that_a_file_says_of_itself(
    data: st.DataObject, good: Path, restore: Restore, tmp_path: Path
) -> None:
    changed = tmp_path / "changed"
    with copied(good, changed) as (archive, said):
        name = data.draw(st.none() | st.sampled_from(sorted(said)))
        other = data.draw(anything)
        contents = json.dumps({**said, name: other} if name else other)
        archive.execute("UPDATE archive SET contents = ?", (contents,))
    restore(changed)


@patiently
@given(data=st.data())
def test_anything_in_a_cell_of_a_file_whose_checksum_is_right(
    data: st.DataObject, good: Path, restore: Restore, tmp_path: Path
) -> None:
    changed = tmp_path / "changed"
    with copied(good, changed) as (archive, said):
        table = data.draw(st.sampled_from(said["tables"]))
        names = [name for _, name, *_ in archive.execute(f"PRAGMA table_info({table})")]
        name = data.draw(st.sampled_from(names))
        if data.draw(st.booleans()):
            archive.execute(f"UPDATE {table} SET {name} = ?", (data.draw(in_a_cell),))
        else:
            other = data.draw(st.text(st.characters(codec="ascii"), min_size=1, max_size=20))
            assume("\0" not in other)
            quoted = other.replace('"', '""')
            try:
                archive.execute(f'ALTER TABLE {table} RENAME COLUMN {name} TO "{quoted}"')
            except sqlite3.Error:
                assume(False)
        with suppress(sqlite3.Error, TypeError, ValueError):  # then no checksum is right
            said["checksum"] = _checksum(_rows_of(archive, said["tables"]))
        archive.execute("UPDATE archive SET contents = ?", (json.dumps(said),))
    restore(changed)


def test_the_good_file_itself_is_good(good: Path, restore: Restore) -> None:
    restore(good)
