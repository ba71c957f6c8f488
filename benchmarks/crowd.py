"""Typing while fifty others download, beside typing alone.

The fifty are in a process of their own: what they do to their own interpreter is not the server's.
"""

import statistics
import time
import urllib.request
from collections.abc import Sequence
from multiprocessing import Event, Process
from multiprocessing.synchronize import Event as Signal
from threading import Thread

from tests.serving import Server

from benchmarks.browser import ROLE_PAGE, begin_worksheet
from benchmarks.measuring import Result, say
from benchmarks.saving import times_of_saves

DOWNLOADERS = 50
FORMATS = ("pdf", "pdf", "pdf", "docx", "odt")
SAVES = 1000
PAUSE = 0.01
"""In seconds, between two saves."""


def measure(server: Server) -> list[Result]:
    """The slowest hundredth of saves, in both cases."""
    cookie = begin_worksheet(server.url)
    times_of_saves(server, cookie, 50)
    say(f"  {SAVES} saves alone")
    alone = _slowest_hundredth(times_of_saves(server, cookie, SAVES, PAUSE))
    enough = Event()
    crowd = Process(target=_crowd, args=(server.url, enough))
    crowd.start()
    time.sleep(2)
    say(f"  {SAVES} saves while {DOWNLOADERS} download")
    beside = _slowest_hundredth(times_of_saves(server, cookie, SAVES, PAUSE))
    enough.set()
    crowd.join()
    assert crowd.exitcode == 0
    work = f"save while {DOWNLOADERS} download: p99"
    limit = f"alone: {alone:.1f} ms"
    return [Result(work, f"{beside:.1f} ms", limit, beside / alone, "at most 3")]


def _slowest_hundredth(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=100)[98]


def _crowd(url: str, enough: Signal) -> None:
    """Everybody downloads, again and again."""
    people = [
        Thread(target=_download, args=(url, FORMATS[number % len(FORMATS)], enough))
        for number in range(DOWNLOADERS)
    ]
    for each in people:
        each.start()
    for each in people:
        each.join()


def _download(url: str, name: str, enough: Signal) -> None:
    cookie = begin_worksheet(url)
    while not enough.is_set():
        request = urllib.request.Request(
            f"{url}{ROLE_PAGE}overzicht/{name}/",
            b"edition=2026-1",
            {"Origin": url, "Cookie": cookie},
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            answer.read()
