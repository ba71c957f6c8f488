"""What the commands make is for its owner's eyes only, whatever the machine's habit (umask) is."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backup.installation import raamwerk
from tests.person import Person
from tests.serving import serving


@pytest.fixture(autouse=True, params=[0o022, 0o000], ids=["usual", "none at all"])
def habit(request: pytest.FixtureRequest) -> Iterator[None]:
    """Which rights a new file lacks by itself on this machine."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def rights(folder: Path) -> dict[str, str]:
    """The rights of each file in a folder, but for what everybody may read on the site anyway."""
    return {
        each.name: oct(stat.S_IMODE(each.stat().st_mode))
        for each in folder.iterdir()
        if each.is_file()
    }


def test_everything_in_the_data_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    with serving(folder, DATABASE_URL="") as server:
        Person(server).note("woorden")
        found = rights(folder)

    assert {"secret_key", "raamwerk.sqlite3", "raamwerk.sqlite3-wal"} <= found.keys()
    assert set(found.values()) == {"0o600"}, found
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_so_is_a_backup_and_what_is_restored_from_it(tmp_path: Path) -> None:
    """Also in folders that are there already, and that others may read."""
    for name in ("data", "elsewhere", "backups"):
        (tmp_path / name).mkdir(mode=0o755)
    with serving(tmp_path / "data", DATABASE_URL="") as server:
        Person(server).note("woorden")
    backup = tmp_path / "backups" / "today"

    for folder, command in (("data", "backup"), ("elsewhere", "restore")):
        done = raamwerk(tmp_path / folder, command, backup)
        assert done.returncode == 0, done.stderr

    for name in ("data", "elsewhere", "backups"):
        found = rights(tmp_path / name)
        assert found
        assert set(found.values()) == {"0o600"}, found
