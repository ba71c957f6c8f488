"""Who ask after the health of a locked database, however many, keep nobody else waiting."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from raamwerk.web.health import CHECKED_FOR_SECONDS
from tests.operating.test_locked_database import write_lock
from tests.person import Answer, ask
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
