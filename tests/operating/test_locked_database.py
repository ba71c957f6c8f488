"""A database that nobody can write to or open keeps no stranger waiting.

The limits here are no measurements: whoever is not answered before the lock is let go waited for it.
"""

import fcntl
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from raamwerk.fastpath.batches import IDLE_SECONDS
from tests.person import OVERVIEW, ROLE, SAVE, Person, ask
from tests.serving import Server, serving

PENDING_BYTE = 0x40000000
"""Of an SQLite file: nobody opens it while another holds a lock on this byte."""

PAGES = ["/", ROLE, "/en/lob/decaan/", "/lob/mentor/?gebied=visie", "/lob/bronnen/", "/livez"]
OWN_PAGES = [ROLE, OVERVIEW, f"{OVERVIEW}markdown/"]
SQLITE = {"DATABASE_URL": "", "DATABASE_WAIT": "300"}
"""Longer than anybody here waits for an answer, so that nobody is let go by patience that ends."""


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(folder / "raamwerk.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def open_reader(folder: Path) -> Iterator[None]:
    """Somebody who goes on reading what is there now, so that the log can't be emptied."""
    with closing(sqlite3.connect(folder / "raamwerk.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM owners_owner").fetchone()
        yield


@contextmanager
def opening_lock(folder: Path) -> Iterator[None]:
    with (folder / "raamwerk.sqlite3").open("r+b") as file:
        fcntl.lockf(file, fcntl.LOCK_EX, 1, PENDING_BYTE)
        yield
        fcntl.lockf(file, fcntl.LOCK_UN, 1, PENDING_BYTE)


Lock = Callable[[Path], AbstractContextManager[None]]


@pytest.fixture(params=["on", "off"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path, **SQLITE, FASTPATH=request.param) as running:
        yield running


def users(people: list[Person]) -> list[threading.Thread]:
    """These people save, by the page's script and by form, each in a thread that has begun."""

    def save(number: int) -> None:
        person = people[number]
        if number % 2:
            person.send(texts=[person.change("gewacht")])
        else:
            fields = {"framework": "lob", "role": "mentor", "text:visie-rol": "gewacht"}
            person.form(SAVE, **fields)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(len(people))]
    for each in threads:
        each.start()
    return threads


def beginners(server: Server, count: int) -> list[Person]:
    people = [Person(server) for _ in range(count)]
    for person in people:
        person.begin()
    return people


@pytest.mark.parametrize("lock", [write_lock, opening_lock])
def test_a_stranger_is_answered_while_it_is_locked(server: Server, lock: Lock) -> None:
    people = beginners(server, 6)
    with lock(server.data_dir):
        threads = users(people)
        for _time in range(2):
            for path in PAGES:
                assert ask(server, path).status == 200
        if lock is write_lock:
            assert all(each.is_alive() for each in threads), "the lock held nobody back"
    for each in threads:
        each.join()
    assert all("gewacht" in person.page() for person in people)


def test_own_pages_are_read_while_nobody_can_write(server: Server) -> None:
    [person] = beginners(server, 1)
    person.note("bewaard")
    with write_lock(server.data_dir):
        assert all("bewaard" in person.page(path) for path in OWN_PAGES)


def test_cached_pages_need_no_thread_at_all(tmp_path: Path) -> None:
    """More people wait than there are threads."""
    with serving(tmp_path, **SQLITE, FASTPATH="on") as server:
        people = beginners(server, 24)
        for path in PAGES:
            ask(server, path)
        with write_lock(server.data_dir):
            threads = users(people)
            for path in PAGES:
                assert ask(server, path).status == 200
        for each in threads:
            each.join()


def test_emptying_the_log_when_idle_waits_for_no_reader(tmp_path: Path) -> None:
    """What the saving thread does when nobody saves must not keep the next one waiting."""
    log = tmp_path / "raamwerk.sqlite3-wal"
    with serving(tmp_path, **SQLITE, FASTPATH="on") as server:
        [person] = beginners(server, 1)
        with open_reader(tmp_path):
            person.note("eerst")
            time.sleep(IDLE_SECONDS + 1)
            person.note("daarna")
            assert log.stat().st_size

        person.note("en nog eens")
        while log.stat().st_size:
            time.sleep(0.1)
        assert "en nog eens" in person.page()
