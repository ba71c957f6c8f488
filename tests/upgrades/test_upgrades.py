"""A database of every released version opens in this one; a failed upgrade leaves the old state."""

import os
import secrets
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.backup.test_backup import page, post, words
from tests.serving import SERVE, serving

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
KEY_IN_RELEASED = "werkblad=abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE"


@pytest.mark.parametrize("dump", RELEASED, ids=lambda dump: dump.stem)
def test_the_words_of_a_released_version_are_there(tmp_path: Path, dump: Path) -> None:
    with sqlite3.connect(tmp_path / "raamwerk.sqlite3") as database:
        database.executescript(dump.read_text(encoding="utf-8"))

    with serving(tmp_path, DATABASE_URL="") as server:
        kept = page(server, KEY_IN_RELEASED)
        assert "Woorden van toen: ünïcode ✓" in kept
        post(server, words("Woorden van nu", 2), KEY_IN_RELEASED)
        assert "Woorden van nu" in page(server, KEY_IN_RELEASED)


def test_a_migration_that_fails_leaves_the_old_state_usable(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        cookie = post(server, {**words("Blijft staan", 1), "key": secrets.token_urlsafe(32)})

    variables = {"DATA_DIR": str(tmp_path), "PORT": str(server.port)}
    failed = subprocess.run(
        SERVE,
        env={
            **os.environ,
            **variables,
            "DJANGO_SETTINGS_MODULE": "tests.upgrades.failing_settings",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert failed.returncode == 1
    assert "there_is_no_such_table" in failed.stderr
    assert "Traceback" not in failed.stderr
    with serving(tmp_path) as server:
        assert "Blijft staan" in page(server, cookie)
        post(server, words("Gaat verder", 2), cookie)
        assert "Gaat verder" in page(server, cookie)
