"""The installation's secret is made once, for its owner only, and is the same at each start."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from raamwerk.project.environment import WrongSettingError, read_environment
from raamwerk.project.secret_key import FILE_NAME, secret_key
from tests.serving import serving


def key_with(folder: Path, **variables: str) -> str:
    return secret_key(read_environment({"DATA_DIR": str(folder), **variables}))


def test_it_is_made_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    before = os.umask(0)
    try:
        key = key_with(folder)
    finally:
        os.umask(before)

    assert len(key) >= 50
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [each.name for each in folder.iterdir()] == [FILE_NAME]


def test_it_is_the_same_at_each_start_and_another_elsewhere(tmp_path: Path) -> None:
    assert key_with(tmp_path / "one") == key_with(tmp_path / "one")
    assert key_with(tmp_path / "one") != key_with(tmp_path / "two")


def test_the_real_server_makes_it_and_keeps_it(tmp_path: Path) -> None:
    file = tmp_path / "data" / FILE_NAME
    with serving(tmp_path / "data") as server:
        made = file.read_text()
        server.stop()
        server.start()

    assert file.read_text() == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_who_start_at_the_same_time_have_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _number: key_with(tmp_path), range(8)))

    assert len(keys) == 1


def test_the_environment_has_the_last_word_and_leaves_no_file(tmp_path: Path) -> None:
    assert key_with(tmp_path, SECRET_KEY="s" * 40) == "s" * 40
    assert not (tmp_path / FILE_NAME).exists()


def test_one_that_can_be_guessed_is_refused_without_repeating_it(tmp_path: Path) -> None:
    with pytest.raises(WrongSettingError, match="SECRET_KEY") as refused:
        key_with(tmp_path, SECRET_KEY="geheimpje")
    (tmp_path / FILE_NAME).write_text("geheimpje")
    with pytest.raises(WrongSettingError, match=FILE_NAME) as also_refused:
        key_with(tmp_path)

    assert "geheimpje" not in str(refused.value) + str(also_refused.value)
