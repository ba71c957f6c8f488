"""Who ask after the health of a locked database, however many, keep nobody else waiting."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from raamwerk.web.health import CHECKED_FOR_SECONDS
from tests.operating.test_locked_database import write_lock
from tests.person import Answer, Person, ask
from tests.serving import Server, serving

DATABASE_URL = os.environ.get("DATABASE_URL", "")
AT_ONCE = 10
"""More than there are threads for reading."""


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Nobody can write."""
    if not DATABASE_URL:
        with write_lock(server.data_dir):
            yield
        return
    with psycopg.connect(DATABASE_URL) as other:
        other.execute("LOCK TABLE owners_owner IN SHARE MODE")
        yield


@pytest.mark.parametrize("fastpath", ["on", "off"])
def test_ten_who_ask_at_once_keep_no_stranger_waiting(tmp_path: Path, fastpath: str) -> None:
    log = tmp_path / "log"
    answers: list[Answer] = []
    with serving(tmp_path / "data", log, DATABASE_WAIT="300", FASTPATH=fastpath) as server:
        threads = [
            threading.Thread(target=lambda: answers.append(ask(server, "/healthz")))
            for _ in range(AT_ONCE)
        ]
        # Else they hear what was found at the start.
        time.sleep(CHECKED_FOR_SECONDS + 0.1)
        with locked(server):
            for each in threads:
                each.start()
            page = ask(server, "/lob/decaan/")
            while sum(each.is_alive() for each in threads) > 1:
                time.sleep(0.05)
        for each in threads:
            each.join()

    assert page.status == 200
    assert {each.status for each in answers} <= {200, 503}
    assert log.read_text().count("Not well") <= 1, "each of them tried for itself"


@pytest.mark.skipif(bool(DATABASE_URL), reason="looks at how SQLite counts its rows")
@pytest.mark.parametrize("fastpath", ["on", "off"])
def test_asking_after_its_health_writes_nothing(tmp_path: Path, fastpath: str) -> None:
    with serving(tmp_path, FASTPATH=fastpath) as server:
        Person(server).note("woorden")
        before = ever_made(server)
        for _time in range(3):
            time.sleep(CHECKED_FOR_SECONDS + 0.1)
            assert ask(server, "/healthz").status == 200

        assert ever_made(server) == before


def ever_made(server: Server) -> dict[str, int]:
    """How many rows each table ever had, also those that are gone again."""
    with closing(sqlite3.connect(server.data_dir / "raamwerk.sqlite3")) as database:
        return dict(database.execute("SELECT name, seq FROM sqlite_sequence"))
