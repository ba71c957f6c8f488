"""A backup holds all that was acknowledged, and comes back whole or not at all."""

import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server, serving

PEOPLE = 4
ROLE = {"framework": "lob", "role": "mentor"}


def raamwerk(data: Path, *words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(data), "DATABASE_URL": "", **variables}
    command = [sys.executable, "-m", "raamwerk.cli", *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def post(server: Server, body: object, cookie: str = "") -> str:
    headers = {"Content-Type": "application/json", "Origin": server.url, "Cookie": cookie}
    request = urllib.request.Request(
        f"{server.url}/werkblad/bewaren/", json.dumps(body).encode(), headers
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(answer.headers["Set-Cookie"]).split(";")[0]


def words(text: str, sequence: int) -> dict[str, object]:
    point = {"field": "visie-rol", "text": text, "base": "", "writer": "w", "sequence": sequence}
    return {**ROLE, "points": [point]}


def page(server: Server, cookie: str) -> str:
    request = urllib.request.Request(f"{server.url}/lob/mentor/", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(answer.read().decode())


class Writer(threading.Thread):
    """Somebody who types on and on; ``acknowledged`` counts what was said to be kept."""

    def __init__(self, server: Server, name: str) -> None:
        super().__init__()
        self.server, self.who = server, name
        self.acknowledged = 0
        self.cookie = post(server, {**words(f"{name}: begin", 0), "key": secrets.token_urlsafe(32)})
        self.enough = threading.Event()

    def run(self) -> None:
        while not self.enough.is_set():
            post(
                self.server,
                words(f"{self.who}: {self.acknowledged + 1}.", self.acknowledged + 1),
                self.cookie,
            )
            self.acknowledged += 1


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


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of one worksheet."""
    with serving(tmp_path / "first", DATABASE_URL="") as server:
        post(server, {**words("ünïcode ✓\nmet regels", 1), "key": secrets.token_urlsafe(32)})
    file = tmp_path / "backup"
    assert raamwerk(tmp_path / "first", "backup", file).returncode == 0
    return file


def rows(file: Path) -> dict[str, list[dict[str, object]]]:
    with sqlite3.connect(file) as opened:
        opened.row_factory = sqlite3.Row
        found = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        ours = sorted(name for (name,) in found if name.startswith("worksheets_"))
        return {
            name: [dict(row) for row in opened.execute(f"SELECT * FROM {name} ORDER BY id")]
            for name in ours
        }


def test_it_holds_what_was_acknowledged_while_people_save(tmp_path: Path) -> None:
    file = tmp_path / "backup"
    with serving(tmp_path / "first", DATABASE_URL="") as server:
        writers = [Writer(server, f"person {number}") for number in range(PEOPLE)]
        for each in writers:
            each.start()
        while min(each.acknowledged for each in writers) < 5:
            assert all(each.is_alive() for each in writers)
        before = {each.who: each.acknowledged for each in writers}
        made = raamwerk(tmp_path / "first", "backup", file)
        for each in writers:
            each.enough.set()
            each.join()

    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    restored = raamwerk(tmp_path / "second", "restore", file)
    assert restored.returncode == 0, restored.stderr
    with serving(tmp_path / "second", DATABASE_URL="") as server:
        for each in writers:
            kept = page(server, each.cookie).split(f"{each.who}: ")[1].split(".")[0]
            assert int(kept) >= before[each.who]
            post(server, words("en verder", 10**9), each.cookie)
            assert "en verder" in page(server, each.cookie)


def test_what_comes_back_is_equal(tmp_path: Path, backup: Path) -> None:
    raamwerk(tmp_path / "second", "restore", backup)

    again = tmp_path / "again"
    raamwerk(tmp_path / "second", "backup", again)

    assert rows(again) == rows(backup)
    assert rows(tmp_path / "second" / "raamwerk.sqlite3").keys() == rows(backup).keys()
    assert len(rows(again)["worksheets_attentionpoint"]) == 1


def test_a_damaged_file_is_refused(tmp_path: Path, backup: Path) -> None:
    whole = backup.read_bytes()
    at = whole.index(b"met regels")
    for damaged in (
        whole[: len(whole) // 2],
        whole[:at] + b"M" + whole[at + 1 :],
        b"",
        b"x" * 5000,
    ):
        backup.write_bytes(damaged)
        refused = raamwerk(tmp_path / "second", "restore", backup)
        assert refused.returncode == 1
        assert "damaged" in refused.stderr or "no backup" in refused.stderr
        assert refused.stderr.count("\n") == 1


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE archive (contents TEXT)")

    refused = raamwerk(tmp_path / "second", "restore", foreign)

    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "no backup of Raamwerk" in refused.stderr


def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path, backup: Path) -> None:
    with sqlite3.connect(backup) as newer:
        newer.execute("UPDATE archive SET contents = replace(contents, '0003_', '9999_')")

    refused = raamwerk(tmp_path / "second", "restore", backup)

    assert "newer version" in refused.stderr


def test_a_database_in_use_and_a_file_in_place_are_left_alone(tmp_path: Path, backup: Path) -> None:
    kept = backup.read_bytes()

    assert "already keeps something" in raamwerk(tmp_path / "first", "restore", backup).stderr
    assert "is there already" in raamwerk(tmp_path / "first", "backup", backup).stderr
    assert backup.read_bytes() == kept


def test_there_is_no_backup_of_nothing(tmp_path: Path) -> None:
    refused = raamwerk(tmp_path / "empty", "backup", tmp_path / "backup")

    assert "nothing to back up" in refused.stderr
    assert not (tmp_path / "backup").exists()


def test_moving_to_postgresql_and_back_again(tmp_path: Path, backup: Path, elsewhere: str) -> None:
    moved = raamwerk(tmp_path / "first", "move", elsewhere)
    assert moved.returncode == 0, moved.stderr

    there = tmp_path / "there"
    made = raamwerk(tmp_path / "unused", "backup", there, DATABASE_URL=elsewhere)
    assert made.returncode == 0, made.stderr
    assert rows(there) == rows(backup)
    with serving(tmp_path / "unused", DATABASE_URL=elsewhere) as server:
        cookie = post(server, {**words("daarna", 1), "key": secrets.token_urlsafe(32)})
        assert "daarna" in page(server, cookie)
    assert "already keeps something" in raamwerk(tmp_path / "first", "move", elsewhere).stderr


def test_moving_waits_until_the_server_has_stopped(tmp_path: Path, elsewhere: str) -> None:
    with serving(tmp_path / "first", DATABASE_URL="") as server:
        refused = raamwerk(tmp_path / "first", "move", elsewhere, PORT=str(server.port))

    assert refused.returncode == 1
    assert "can't listen" in refused.stderr


def test_a_database_that_is_not_there_is_one_clear_line(tmp_path: Path, backup: Path) -> None:
    refused = raamwerk(tmp_path / "first", "move", "postgres://nobody@127.0.0.1:1/none")

    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)


def test_what_half_a_restore_left_does_not_count(tmp_path: Path, backup: Path) -> None:
    data = tmp_path / "second"
    raamwerk(data, "restore", backup)
    shutil.rmtree(data)
    killed = subprocess.Popen(
        [sys.executable, "-m", "raamwerk.cli", "restore", str(backup)],
        env={**os.environ, "DATA_DIR": str(data), "DATABASE_URL": ""},
    )
    while not (data / "raamwerk.sqlite3").exists() and killed.poll() is None:
        pass
    killed.kill()
    killed.wait()

    restored = raamwerk(data, "restore", backup)

    assert restored.returncode == 0 or "already keeps" in restored.stderr
    again = tmp_path / "again"
    raamwerk(data, "backup", again)
    assert rows(again) == rows(backup)
