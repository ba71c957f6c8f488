"""Saving attention fields, beside bare durable commits of the same database."""

import sqlite3
import statistics
import threading
import time
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

from tests.serving import Server

from benchmarks.browser import SAVE, begin_worksheet, save_body
from benchmarks.measuring import SECONDS, Rate, Result, middle_pair, requests_per_second, say

WRITERS = 16
WORDS = "woorden " * 60
SCRIPT = """
local cookies = {{ {cookies} }}
local number = {first}
request = function()
  number = number + 1
  local sequence = string.format("%.0f", number)
  local body = '{{"framework":"lob","edition":"2026-1","role":"mentor","worksheet":"",' ..
    '"texts":[{{"field":"visie-rol","text":"' .. string.rep("woorden ", 60) .. sequence ..
    '","base":"","writer":"bench","sequence":' .. sequence .. '}}],"marks":[]}}'
  wrk.headers["Cookie"] = cookies[number % #cookies + 1]
  return wrk.format("POST", "{path}", wrk.headers, body)
end
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Origin"] = "{origin}"
"""


def on_sqlite(server: Server, folder: Path) -> list[Result]:
    """Sixteen people saving at once, and one alone."""
    return _measure(server, folder, "SQLite", partial(bare_commits, folder / "bare.sqlite3"))


def on_postgresql(server: Server, folder: Path, url: str) -> list[Result]:
    """The same with PostgreSQL."""
    return _measure(server, folder, "PostgreSQL", partial(bare_commits_of_postgresql, url))


def _measure(server: Server, folder: Path, database: str, bare: Callable[[], Rate]) -> list[Result]:
    cookies = [begin_worksheet(server.url) for _ in range(WRITERS)]
    work = f"saving one field, {WRITERS} writers, {database}"
    (ours, _), (limit, _) = middle_pair(work, partial(_saves, server, folder, cookies), bare)
    say("  one writer")
    alone = one_writer(server, cookies[0])
    beside = f"bare durable commits, {WRITERS} threads: {limit:,.0f}/s"
    one = f"saving one field, one writer, {database}: p50"
    return [
        Result(work, f"{ours:,.0f}/s", beside, ours / limit, "at least 0.4"),
        Result(one, f"{alone:.2f} ms", "", None, "under 4 ms"),
    ]


def _saves(server: Server, folder: Path, cookies: list[str]) -> Rate:
    """Each run's sequence goes on where the one before it ended: an earlier one would change nothing."""
    quoted = ", ".join(f'"{cookie}"' for cookie in cookies)
    script = folder / "save.lua"
    script.write_text(
        SCRIPT.format(cookies=quoted, first=later_than_ever(), path=SAVE, origin=server.url)
    )
    return requests_per_second(server.url, WRITERS, "-s", str(script))


def later_than_ever() -> int:
    """A sequence number above all that were sent before, as nobody sends a million a second."""
    return time.time_ns() // 1000


def bare_commits(path: Path) -> Rate:
    """Durable commits a second that SQLite itself does with as many threads (WAL, FULL)."""
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE IF NOT EXISTS point (id INTEGER PRIMARY KEY, text TEXT)")
    counts = [0] * WRITERS
    end = time.monotonic() + SECONDS

    def write(number: int) -> None:
        own = sqlite3.connect(path, timeout=20, isolation_level=None)
        own.execute("PRAGMA synchronous=FULL")
        while time.monotonic() < end:
            own.execute("BEGIN IMMEDIATE")
            own.execute("REPLACE INTO point VALUES (?, ?)", (number, WORDS))
            own.execute("COMMIT")
            counts[number] += 1

    _all_at_once(write)
    return sum(counts) / SECONDS, 0


def bare_commits_of_postgresql(url: str) -> Rate:
    """The same by PostgreSQL."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as database:
        database.execute("CREATE TABLE IF NOT EXISTS bare (id integer PRIMARY KEY, text text)")
    counts = [0] * WRITERS
    end = time.monotonic() + SECONDS
    write = "INSERT INTO bare VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET text = excluded.text"

    def work(number: int) -> None:
        with psycopg.connect(url, autocommit=True) as own:
            while time.monotonic() < end:
                own.execute(write, (number, f"{WORDS}{counts[number]}"))
                counts[number] += 1

    _all_at_once(work)
    return sum(counts) / SECONDS, 0


def _all_at_once(work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def one_writer(server: Server, cookie: str) -> float:
    """The median time of a save, in milliseconds, on one connection that stays open."""
    return statistics.median(times_of_saves(server, cookie, 300)[20:])


def times_of_saves(server: Server, cookie: str, count: int, pause: float = 0) -> list[float]:
    """How long each save took, in milliseconds, with a pause between them in seconds."""
    connection = HTTPConnection("127.0.0.1", server.port)
    headers = {"Content-Type": "application/json", "Origin": server.url, "Cookie": cookie}
    taken = []
    for number in range(count):
        text: dict[str, object] = {
            "field": "visie-rol",
            "text": f"woorden {number}",
            "base": "",
            "writer": "bench",
            "sequence": later_than_ever(),
        }
        body = save_body("mentor", [text])
        began = time.perf_counter()
        connection.request("POST", SAVE, body, headers)
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200
        time.sleep(pause)
    return taken
