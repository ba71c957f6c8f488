"""A backup holds all that was acknowledged, and comes back whole or not at all."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backup.installation import raamwerk, read, typist, write
from tests.serving import serving

TYPISTS = 3
TEXT = "ünïcode ✓\nmet regels"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty PostgreSQL, or a skip where there is none to start."""
    script = Path(__file__).parents[1] / "with-postgresql.sh"
    process = subprocess.Popen(
        ["bash", str(script), "bash", "-c", 'echo "$DATABASE_URL"; read -r enough'],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    process.stdout.readline()
    yield process.stdout.readline().strip()
    process.communicate("enough\n", timeout=30)


def backed_up(data: Path, file: Path, **variables: str) -> list[str]:
    """The rows of a backup of this installation."""
    made = raamwerk(data, "backup", file, **variables)
    assert made.returncode == 0, made.stderr
    return file.read_text().splitlines()[1:-1]


def one_line(refused: "subprocess.CompletedProcess[str]") -> str:
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1), refused.stderr
    return refused.stderr


def test_it_holds_what_was_acknowledged_while_people_save(tmp_path: Path) -> None:
    write(tmp_path / "first", TEXT)
    typists = [typist(tmp_path / "first", f"person {number}") for number in range(TYPISTS)]
    secrets, before = [], []
    for each in typists:
        assert each.stdout
        secrets.append(each.stdout.readline().strip())
        before.append([each.stdout.readline() for _time in range(5)][-1])
    made = raamwerk(tmp_path / "first", "backup", tmp_path / "backup")
    for each in typists:
        assert each.poll() is None
        each.kill()
        each.communicate()

    assert made.returncode == 0, made.stderr
    restored = raamwerk(tmp_path / "second", "restore", tmp_path / "backup")
    assert restored.returncode == 0, restored.stderr
    for secret, said in zip(secrets, before, strict=True):
        kept = read(tmp_path / "second", secret)
        assert number_in(kept) >= number_in(said)


def number_in(text: str) -> int:
    return int(text.strip().rpartition(" ")[2].removesuffix("."))


def test_it_tells_no_word_and_opens_where_the_installation_has_another_secret_key(
    tmp_path: Path,
) -> None:
    secret = write(tmp_path / "first", TEXT, SECRET_KEY="a" * 50)
    file = tmp_path / "backup"
    backed_up(tmp_path / "first", file, SECRET_KEY="a" * 50)

    assert secret not in file.read_text()
    for made in [file, *(tmp_path / "first").glob("raamwerk.sqlite3*")]:
        for word in ("ünïcode", "met regels"):
            assert word.encode() not in made.read_bytes()

    raamwerk(tmp_path / "second", "restore", file, SECRET_KEY="b" * 50)
    assert read(tmp_path / "second", secret, SECRET_KEY="b" * 50) == TEXT
    write(tmp_path / "second", "en verder", secret, SECRET_KEY="b" * 50)
    assert read(tmp_path / "second", secret, SECRET_KEY="b" * 50) == "en verder"


def test_what_comes_back_is_equal(tmp_path: Path) -> None:
    write(tmp_path / "first", TEXT)
    rows = backed_up(tmp_path / "first", tmp_path / "backup")

    raamwerk(tmp_path / "second", "restore", tmp_path / "backup")

    assert backed_up(tmp_path / "second", tmp_path / "again") == rows
    assert len(rows) == 4
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "second" / "raamwerk.sqlite3").stat().st_mode & 0o777 == 0o600


def test_moving_to_postgresql_and_back_again(tmp_path: Path, elsewhere: str) -> None:
    secret = write(tmp_path / "first", TEXT)
    rows = backed_up(tmp_path / "first", tmp_path / "backup")

    moved = raamwerk(tmp_path / "first", "move", MOVE_TO=elsewhere)
    assert moved.returncode == 0, moved.stderr

    there = tmp_path / "there"
    assert backed_up(tmp_path / "unused", there, DATABASE_URL=elsewhere) == rows
    new = write(tmp_path / "unused", "daarna", DATABASE_URL=elsewhere)
    again = raamwerk(tmp_path / "first", "move", MOVE_TO=elsewhere)
    assert "already keeps something" in one_line(again)

    back = f"sqlite:///{tmp_path / 'back.sqlite3'}"
    raamwerk(tmp_path / "unused", "move", MOVE_TO=back, DATABASE_URL=elsewhere)
    assert read(tmp_path / "unused", secret, DATABASE_URL=back) == TEXT
    assert read(tmp_path / "unused", new, DATABASE_URL=back) == "daarna"
    assert (tmp_path / "back.sqlite3").stat().st_mode & 0o777 == 0o600


def test_moving_waits_until_the_server_has_stopped(tmp_path: Path) -> None:
    write(tmp_path / "first", TEXT)
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}"
    with serving(tmp_path / "first", DATABASE_URL=""):
        refused = raamwerk(tmp_path / "first", "move", MOVE_TO=elsewhere)
        restored = raamwerk(tmp_path / "first", "restore", tmp_path / "backup")

    assert "another server" in one_line(refused)
    assert "another server" in one_line(restored)
    assert not (tmp_path / "elsewhere.sqlite3").exists()
    assert raamwerk(tmp_path / "first", "move", MOVE_TO=elsewhere).returncode == 0


def test_the_address_to_move_to_stands_on_no_command_line(tmp_path: Path) -> None:
    assert "MOVE_TO" in one_line(raamwerk(tmp_path, "move"))
    assert raamwerk(tmp_path, "move", "postgres://me:geheim@here/name").returncode == 2


def test_trouble_is_one_clear_line(tmp_path: Path) -> None:
    data = tmp_path / "first"
    assert "nothing to back up" in one_line(raamwerk(data, "backup", tmp_path / "backup"))
    write(data, TEXT)
    assert "no file" in one_line(raamwerk(data, "restore", tmp_path / "backup"))
    backed_up(data, tmp_path / "backup")
    assert "is there already" in one_line(raamwerk(data, "backup", tmp_path / "backup"))
    assert "already keeps something" in one_line(raamwerk(data, "restore", tmp_path / "backup"))
    assert "can't write" in one_line(raamwerk(data, "backup", tmp_path / "no" / "folder"))
    assert "no backup" in one_line(raamwerk(tmp_path / "second", "restore", __file__))
    for nowhere in ("postgres://nobody@127.0.0.1:1/none", "sqlite:////no/folder/here.sqlite3"):
        one_line(raamwerk(data, "move", MOVE_TO=nowhere))


@pytest.mark.parametrize("seconds", [0, 0.05, 0.1, 0.2, 0.4])
def test_what_half_a_restore_left_does_not_count(tmp_path: Path, seconds: float) -> None:
    write(tmp_path / "first", TEXT)
    rows = backed_up(tmp_path / "first", tmp_path / "backup")
    data = tmp_path / "second"
    killed = subprocess.Popen(
        [sys.executable, "-m", "raamwerk.cli", "restore", str(tmp_path / "backup")],
        env={**os.environ, "DATA_DIR": str(data), "DATABASE_URL": ""},
        stdout=subprocess.DEVNULL,
    )
    while not (data / "raamwerk.sqlite3").exists() and killed.poll() is None:
        pass
    with subprocess.Popen(["sleep", str(seconds)]) as pause:
        pause.wait()
    killed.kill()
    killed.wait()

    restored = raamwerk(data, "restore", tmp_path / "backup")

    assert restored.returncode == 0 or "already keeps" in restored.stderr
    assert backed_up(data, tmp_path / "again") == rows
