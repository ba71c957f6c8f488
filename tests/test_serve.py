"""`raamwerk serve` says where it is, or in one line why it can't be, and survives a power cut."""

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.serving import SERVE, Server, free_port, serving

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
    [("PORT", "achtduizend"), ("PORT", "70000"), ("KEEP_DAYS", "0"), ("BEHIND_HTTPS", "maybe")],
)
def test_a_wrong_setting_is_one_clear_line(tmp_path: Path, name: str, value: str) -> None:
    said = serve_and_fail(**{"DATA_DIR": str(tmp_path), name: value})

    assert name in said
    assert value in said


def test_a_database_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "raamwerk.sqlite3").write_text("this is not a database" * 1000)

    said = serve_and_fail(DATA_DIR=str(tmp_path), PORT=str(free_port()), DATABASE_URL="")

    assert "database" in said


def save(server: Server, text: str, cookie: str, sequence: int) -> str:
    """Save one text; returns the cookie. Raises when it is not acknowledged."""
    point = {"field": "visie-rol", "text": text, "base": "", "writer": "w", "sequence": sequence}
    body: dict[str, object] = {"framework": "lob", "role": "mentor", "points": [point]}
    if not cookie:
        body["key"] = "k" * 43
    request = urllib.request.Request(
        f"{server.url}/werkblad/bewaren/",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Origin": server.url, "Cookie": cookie},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return str(answer.headers["Set-Cookie"]).split(";")[0]


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        cookie = ""
        for round_ in range(3):
            for number in range(10):
                text = f"ronde {round_}, keer {number}"
                cookie = save(server, text, cookie, round_ * 10 + number)
            server.kill()
            server.start()

            page = urllib.request.Request(f"{server.url}/lob/mentor/", headers={"Cookie": cookie})
            with urllib.request.urlopen(page, timeout=10) as answer:
                assert text in answer.read().decode()


def test_the_command_line_explains_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "raamwerk.cli", "--help"], capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 0
    for command in ("serve", "check", "purge"):
        assert command in done.stdout
