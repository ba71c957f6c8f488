"""Whatever a file holds, restoring it puts all of it in the database, or nothing and says why."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raamwerk.operations import backup
from raamwerk.operations.backup import BackupError
from tests.backup.databases import SQLITE, MakeDatabase, everything_in, is_empty, our_models
from tests.backup.forging import Lines, forge
from tests.backup.test_first_format import MADE_BY_OLD_CODE, made_from

patiently = settings(deadline=None, suppress_health_check=list(HealthCheck))
Restore = Callable[[Path], None]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
in_a_row = (
    anything
    | st.integers(-(2**70), 2**70).map(str)
    | st.datetimes().map(lambda moment: f"{moment.isoformat()}+00:00")
    | st.dates().map(str)
    | st.text(max_size=300)
)


@pytest.fixture
def restore(new_database: MakeDatabase) -> Restore:
    """Restore this file in a database that is empty each time, and look what became of it."""
    database = new_database(SQLITE, migrated=True)

    def restore_and_look(file: Path) -> None:
        try:
            contents = backup.restore(file, database)
        except BackupError:
            assert is_empty(database)
            return
        assert sum(map(len, everything_in(database).values())) >= contents.rows
        for model in our_models():
            with connections[database].constraint_checks_disabled():
                model._base_manager.using(database).all().delete()

    return restore_and_look


@patiently
@given(data=st.data())
def test_any_bytes_in_a_good_file(data: st.DataObject, good: Path, restore: Restore) -> None:
    whole = good.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 5000)))
    changed = good.with_name("changed")
    changed.write_bytes(whole[:start] + data.draw(st.binary(max_size=50)) + whole[end:])
    restore(changed)


@patiently
@given(data=st.data())
def test_any_bytes_in_a_file_of_version_0_1(
    data: st.DataObject, tmp_path: Path, restore: Restore
) -> None:
    old = made_from(MADE_BY_OLD_CODE.read_text(encoding="utf-8"), tmp_path / "old")
    whole = bytearray(old.read_bytes())
    for _time in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        new = data.draw(st.binary(min_size=1, max_size=8))
        whole[at : at + len(new)] = new
    old.write_bytes(whole)
    restore(old)


@patiently
@given(data=st.data())
def test_anything_that_a_file_says_of_itself(
    data: st.DataObject, good: Path, restore: Restore
) -> None:
    def change(lines: Lines) -> None:
        place = data.draw(st.sampled_from([(), ("migrations",), ("columns",)]))
        inside = lines[0]
        for name in place:
            inside = inside[name]
        name = data.draw(st.sampled_from(sorted(inside)) | st.text(max_size=5))
        inside[name] = data.draw(anything)

    restore(forge(good, good.with_name("changed"), change))


@patiently
@given(data=st.data())
def test_anything_in_a_row_of_a_file_whose_checksum_is_right(
    data: st.DataObject, good: Path, restore: Restore
) -> None:
    def change(lines: Lines) -> None:
        row = lines[data.draw(st.integers(1, len(lines) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(in_a_row)

    restore(forge(good, good.with_name("changed"), change))


@patiently
@given(line=anything)
def test_any_line_among_the_rows(line: object, good: Path, restore: Restore) -> None:
    restore(forge(good, good.with_name("changed"), lambda lines: lines.insert(2, line)))


def test_the_good_file_itself_is_good(good: Path, restore: Restore) -> None:
    restore(good)
    assert json.loads(good.read_text().splitlines()[-1])["rows"] > 0
