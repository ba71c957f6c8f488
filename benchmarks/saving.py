"""Saving attention fields, beside bare durable commits of SQLite."""

import json
import sqlite3
import statistics
import threading
import time
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

from tests.serving import Server

from benchmarks.measuring import SECONDS, Rate, Result, middle_pair, requests_per_second
from benchmarks.reading import begin_worksheet

WRITERS = 16
SCRIPT = """
local cookies = {{ {cookies} }}
local number = 0
request = function()
  number = number + 1
  local body = '{{"framework":"lob","role":"mentor","points":[{{"field":"visie-rol",' ..
    '"text":"' .. string.rep("woorden ", 60) .. number ..
    '","base":"","writer":"bench","sequence":' .. number .. '}}]}}'
  wrk.headers["Cookie"] = cookies[number % #cookies + 1]
  return wrk.format("POST", "/werkblad/bewaren/", wrk.headers, body)
end
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Origin"] = "{origin}"
"""


def measure(server: Server, folder: Path) -> list[Result]:
    """Sixteen people saving at once, and one alone."""
    cookies = [begin_worksheet(server.url) for _ in range(WRITERS)]
    script = folder / "save.lua"
    quoted = ", ".join(f'"{cookie}"' for cookie in cookies)
    script.write_text(SCRIPT.format(cookies=quoted, origin=server.url))
    (ours, _), (limit, _) = middle_pair(
        partial(requests_per_second, server.url, WRITERS, "-s", str(script)),
        partial(bare_commits, folder / "bare.sqlite3"),
    )
    alone = one_writer(server, cookies[0])
    return [
        Result(
            f"saving one field, {WRITERS} writers",
            f"{ours:,.0f}/s",
            f"bare durable commits, {WRITERS} threads: {limit:,.0f}/s",
            ours / limit,
            "at least 0.5",
        ),
        Result("saving one field, one writer: p50", f"{alone:.2f} ms", "", None, "under 4 ms"),
    ]


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
            own.execute("REPLACE INTO point VALUES (?, ?)", (number, "woorden " * 60))
            own.execute("COMMIT")
            counts[number] += 1

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS, 0


def one_writer(server: Server, cookie: str) -> float:
    """The median time of a save, in milliseconds, on one connection that stays open."""
    return statistics.median(times_of_saves(server, cookie, 300)[20:])


def times_of_saves(server: Server, cookie: str, count: int, pause: float = 0) -> list[float]:
    """How long each save took, in milliseconds, with a pause between them in seconds."""
    connection = HTTPConnection("127.0.0.1", server.port)
    headers = {"Content-Type": "application/json", "Origin": server.url, "Cookie": cookie}
    taken = []
    for number in range(count):
        point = {
            "field": "visie-rol",
            "text": f"woorden {number}",
            "base": "",
            "writer": "bench",
            "sequence": time.time_ns() // 1000,
        }
        body = json.dumps({"framework": "lob", "role": "mentor", "points": [point]})
        began = time.perf_counter()
        connection.request("POST", "/werkblad/bewaren/", body, headers)
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200
        time.sleep(pause)
    return taken
