"""Typing while fifty others download, beside typing alone."""

import json
import statistics
import threading
import time
import urllib.request
from collections.abc import Sequence
from http.client import HTTPConnection

from tests.serving import Server

from benchmarks.measuring import Result
from benchmarks.reading import begin_worksheet

DOWNLOADERS = 50
FORMATS = ("pdf", "pdf", "pdf", "docx", "odt")
SAVES = 400
PAUSE = 0.01


def measure(server: Server) -> list[Result]:
    """The slowest hundredth of saves, in both cases."""
    cookie = begin_worksheet(server)
    _saves(server, cookie, 50)
    alone = _slowest_hundredth(_saves(server, cookie, SAVES))
    enough = threading.Event()
    crowd = [
        threading.Thread(target=_download, args=(server, FORMATS[number % len(FORMATS)], enough))
        for number in range(DOWNLOADERS)
    ]
    for each in crowd:
        each.start()
    time.sleep(1)
    beside = _slowest_hundredth(_saves(server, cookie, SAVES))
    enough.set()
    for each in crowd:
        each.join()
    work = f"save while {DOWNLOADERS} download: p99"
    limit = f"alone: {alone:.1f} ms"
    return [Result(work, f"{beside:.1f} ms", limit, beside / alone, "at most 3")]


def _slowest_hundredth(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=100)[98]


def _saves(server: Server, cookie: str, count: int) -> list[float]:
    """How long each save took, in milliseconds, with a pause between them."""
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
        time.sleep(PAUSE)
    return taken


def _download(server: Server, name: str, enough: threading.Event) -> None:
    cookie = begin_worksheet(server)
    while not enough.is_set():
        request = urllib.request.Request(
            f"{server.url}/werkblad/overzicht/{name}/",
            b"rol=mentor",
            {"Origin": server.url, "Cookie": cookie},
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            answer.read()
