"""What a first view weighs, how long the server takes to begin, and how much memory it holds."""

import os
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.serving import SERVE, Server, free_port

from benchmarks.browser import ROLE_PAGE, begin_worksheet, files_of
from benchmarks.measuring import Result, requests_per_second, say
from benchmarks.reading import GZIP

MOST_BYTES = 25_000
MOST_SECONDS = 1.5
STARTS = 5


def weigh(server: Server) -> list[Result]:
    """All bytes, with their headers, that come in for a browser that has nothing of ours yet."""
    own = f"Cookie: {begin_worksheet(server.url)}"
    return [
        _first_view(server, "first view of a role page", "Cookie:"),
        _first_view(server, "first view of a role page with one's own notes", own),
    ]


def _first_view(server: Server, work: str, cookie: str) -> Result:
    sizes: dict[str, int] = {}
    wanted = {ROLE_PAGE}
    while wanted:
        address = wanted.pop()
        content, sizes[address] = _fetch(server, address, cookie)
        wanted |= files_of(address, content) - sizes.keys()
    total, limit = sum(sizes.values()), f"{MOST_BYTES / 1000:.0f} kB"
    figure, ratio = f"{total / 1000:.1f} kB", total / MOST_BYTES
    return Result(f"{work}, {len(sizes)} requests", figure, limit, ratio, "at most 1")


def _fetch(server: Server, address: str, cookie: str) -> tuple[str, int]:
    """The text at an address, and how many bytes came over the wire."""
    counts = ["-w", "%{stderr}%{size_download} %{size_header}", "-H", cookie]
    command = ["curl", "-sS", "--compressed", *counts, server.url + address]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    return said.stdout, sum(map(int, said.stderr.split()))


def start() -> list[Result]:
    """From ``raamwerk serve`` to the first 200, with a database that is there already."""
    with tempfile.TemporaryDirectory() as folder:
        taken = [_first_answer(Path(folder)) for _ in range(STARTS + 1)][1:]
    seconds = statistics.median(taken)
    limit = f"{MOST_SECONDS} s"
    ratio = seconds / MOST_SECONDS
    return [Result("from start to first answer", f"{seconds:.2f} s", limit, ratio, "at most 1")]


def _first_answer(folder: Path) -> float:
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(folder), "DATABASE_URL": ""}
    began = time.perf_counter()
    process = subprocess.Popen(SERVE, env=environment, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                    return time.perf_counter() - began
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.005)
    finally:
        process.terminate()
        process.wait()


def memory(server: Server, when: str, limit: int) -> list[Result]:
    """What all processes of the server hold, each shared page counted once."""
    held = sum(_proportional(process) for process in family(server)) / 1024
    work = f"memory of the whole server, {when}"
    return [Result(work, f"{held:.0f} MB", f"{limit} MB", held / limit, "at most 1")]


def family(server: Server) -> list[int]:
    """The server and every process it began."""
    assert server.process
    listed = subprocess.run(["ps", "-eo", "pid,pgid"], capture_output=True, text=True, check=True)
    rows = [line.split() for line in listed.stdout.splitlines()[1:]]
    return [int(pid) for pid, group in rows if int(group) == server.process.pid]


def _proportional(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def memory_at_work(server: Server) -> list[Result]:
    """What it holds after all that was done, with 256 connections busy just now."""
    say("  256 connections")
    requests_per_second(server.url + ROLE_PAGE, 256, *GZIP)
    return memory(server, "after all of this", 400)
