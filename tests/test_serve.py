"""`raamwerk serve` says where it is, or in one line why it can't be, and survives a power cut."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.person import Person
from tests.serving import SERVE, free_port, serving

GARDENERS = Path("tests/frameworks/good.yaml")
ENVIRONMENT = {**os.environ, "LANG": "C.UTF-8"}


def serve_and_fail(**variables: str) -> str:
    """What it says on standard error when it can't start, on a port that is free."""
    environment = {**ENVIRONMENT, "PORT": str(free_port()), **variables}
    done = subprocess.run(SERVE, env=environment, capture_output=True, text=True, timeout=60)
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

    said = serve_and_fail(DATA_DIR=str(tmp_path / "file" / "data"), DATABASE_URL="")

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
        ("HOST", "niet.te.vinden.invalid"),
        ("ALLOWED_HOSTS", "https://lob.school.example"),
        ("ALLOWED_HOSTS", "lob.school.example/pad"),
        ("DATABASE_WAIT", "9999999999999"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(tmp_path: Path, name: str, value: str) -> None:
    said = serve_and_fail(**{"DATA_DIR": str(tmp_path), name: value})

    assert name in said
    assert value in said


@pytest.mark.parametrize("address", ["mysql://me:geheim@here/notes", "oracle://x", "x"])
def test_a_database_of_another_kind_is_one_clear_line(tmp_path: Path, address: str) -> None:
    said = serve_and_fail(DATA_DIR=str(tmp_path), DATABASE_URL=address)

    assert "DATABASE_URL" in said
    assert "geheim" not in said


def test_a_name_of_this_machine_will_do(tmp_path: Path) -> None:
    with serving(tmp_path, HOST="localhost") as server:
        assert Person(server).page()


def test_a_second_server_on_the_same_folder_is_one_clear_line(tmp_path: Path) -> None:
    variables = {"DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    with serving(tmp_path, DATABASE_URL="") as server:
        said = serve_and_fail(**variables)
        Person(server).note("gaat gewoon verder")

    assert "another server" in said
    with serving(tmp_path, DATABASE_URL=""):
        pass


def test_a_database_of_a_newer_version_is_one_clear_line(tmp_path: Path) -> None:
    with serving(tmp_path, DATABASE_URL=""):
        pass
    with closing(sqlite3.connect(tmp_path / "raamwerk.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('worksheets', '0999_later', '2030-01-01')"
        )

    said = serve_and_fail(DATA_DIR=str(tmp_path), DATABASE_URL="")

    assert "newer version" in said


def test_a_folder_that_others_could_enter_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    (folder / "raamwerk.sqlite3").touch(mode=0o644)
    folder.chmod(0o755)
    (folder / "raamwerk.sqlite3").chmod(0o644)

    with serving(folder, DATABASE_URL=""):
        modes = [each.stat().st_mode & 0o077 for each in (folder, *folder.iterdir())]

    assert set(modes) == {0}


@pytest.mark.parametrize("signalled", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_order_when_asked(tmp_path: Path, signalled: signal.Signals) -> None:
    with serving(tmp_path, DATABASE_URL="") as server:
        Person(server).note("op tijd bewaard")
        assert server.process
        server.process.send_signal(signalled)
        assert server.process.wait(timeout=60) == 0

    assert not is_anybody_there(server.port)
    log = tmp_path / "raamwerk.sqlite3-wal"
    assert not log.exists() or log.stat().st_size == 0


def test_a_server_that_is_killed_takes_its_worker_along(tmp_path: Path) -> None:
    with serving(tmp_path, DATABASE_URL="") as server:
        assert server.process
        server.process.kill()
        server.process.wait()
        deadline = time.monotonic() + 60
        while is_anybody_there(server.port):
            assert time.monotonic() < deadline, "its worker serves on"
            time.sleep(0.1)


def is_anybody_there(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_secret_that_can_be_guessed_is_one_clear_line_without_it(tmp_path: Path) -> None:
    said = serve_and_fail(DATA_DIR=str(tmp_path), SECRET_KEY="geheimpje")

    assert "SECRET_KEY" in said
    assert "geheimpje" not in said


def test_a_database_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "raamwerk.sqlite3").write_text("this is not a database" * 1000)

    said = serve_and_fail(DATA_DIR=str(tmp_path), DATABASE_URL="")

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
