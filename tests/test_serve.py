"""`raamwerk serve` says where it is, or in one line why it can't be, and survives a power cut."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.person import Person
from tests.serving import SERVE, free_port, serving

GARDENERS = Path("tests/frameworks/good.yaml")
ENVIRONMENT = {**os.environ, "LANG": "C.UTF-8"}


def serve_and_fail(**variables: str) -> str:
    """What it says on standard error when it can't start."""
    done = subprocess.run(
        SERVE, env={**ENVIRONMENT, **variables}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


def test_it_says_where_it_serves_and_where_the_data_is(tmp_path: Path) -> None:
    with serving(tmp_path / "new" / "data") as server:
        assert server.process
        assert server.process.stdout
        said = server.process.stdout.readline() + server.process.stdout.readline()

    assert f"{server.url}/" in said
    assert ("DATABASE_URL" if os.environ.get("DATABASE_URL") else str(tmp_path)) in said


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        said = serve_and_fail(PORT=port, DATA_DIR=str(tmp_path))

    assert port in said
    assert "PORT" in said


def test_an_unwritable_folder_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    said = serve_and_fail(
        PORT=str(free_port()), DATA_DIR=str(tmp_path / "file" / "data"), DATABASE_URL=""
    )

    assert str(tmp_path / "file") in said
    assert "DATA_DIR" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "achtduizend"),
        ("PORT", "70000"),
        ("KEEP_DAYS", "0"),
        ("BEHIND_HTTPS", "maybe"),
        ("FASTPATH", "maybe"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(tmp_path: Path, name: str, value: str) -> None:
    said = serve_and_fail(**{"DATA_DIR": str(tmp_path), name: value})

    assert name in said
    assert value in said


def test_a_secret_that_can_be_guessed_is_one_clear_line_without_it(tmp_path: Path) -> None:
    said = serve_and_fail(DATA_DIR=str(tmp_path), SECRET_KEY="geheimpje")

    assert "SECRET_KEY" in said
    assert "geheimpje" not in said


def test_a_database_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "raamwerk.sqlite3").write_text("this is not a database" * 1000)

    said = serve_and_fail(DATA_DIR=str(tmp_path), PORT=str(free_port()), DATABASE_URL="")

    assert "database" in said


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        person = Person(server)
        for round_ in range(3):
            for number in range(10):
                text = f"ronde {round_}, keer {number}"
                person.note(text)
            server.kill()
            server.start()

            assert text in person.page()


def test_a_key_that_was_given_just_before_a_kill_opens(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        person = Person(server)
        person.begin()
        server.kill()
        server.start()

        person.note("begonnen")

        assert len(person.cookies) == 1
        assert "begonnen" in person.page()


def test_a_faulty_framework_beside_it_is_told_and_left_out(tmp_path: Path) -> None:
    good, faulty = tmp_path / "frameworks" / "tuin", tmp_path / "frameworks" / "stuk"
    for folder in (good, faulty):
        folder.mkdir(parents=True)
        shutil.copy(GARDENERS, folder / "2026-1.yaml")
    log = tmp_path / "log"

    with serving(tmp_path, log) as server:
        person = Person(server)
        assert "/tuin/tuinier/" in person.page("/")
        assert person.ask("/stuk/tuinier/").status == 404

    assert f"{faulty / '2026-1.yaml'}:" in log.read_text()
    assert str(good) not in log.read_text()


def test_the_command_line_explains_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "raamwerk.cli", "--help"], capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 0
    for command in ("serve", "check", "purge", "backup", "restore", "move"):
        assert command in done.stdout
