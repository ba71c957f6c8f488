"""What a measurement is, and the tools that several of them use."""

import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

SECONDS = 3
RUNS = 3
"""How often a rate is measured; the middle one counts, for other programs use the machine too."""


Rate = TypeVar("Rate", float, tuple[float, float])


@dataclass(frozen=True)
class Result:
    """One figure beside its limit. ``ratio`` is figure / limit; ``goal`` says what it should be."""

    work: str
    figure: str
    limit: str
    ratio: float | None
    goal: str


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table."""
    lines = ["| work | measured | limit in the same run | ratio | goal |", "|---|---|---|---|---|"]
    for each in results:
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        lines.append(f"| {each.work} | {each.figure} | {each.limit} | {ratio} | {each.goal} |")
    return "\n".join(lines) + "\n"


def requests_per_second(url: str, connections: int, *options: str) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds, by wrk from the other core."""
    return middle(lambda: _one_run(url, connections, *options))


def middle(measure: Callable[[], Rate]) -> Rate:
    """The middle one of several measurements."""
    return sorted(measure() for _ in range(RUNS))[RUNS // 2]


def _one_run(url: str, connections: int, *options: str) -> tuple[float, float]:
    wrk = shutil.which("wrk")
    assert wrk, "wrk is missing: make prepare"
    command = [wrk, "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency", *options, url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert rate, said
    assert slowest, said
    assert "Non-2xx" not in said, said
    return float(rate[1]), float(slowest[1]) * {"us": 0.001, "ms": 1, "s": 1000}[slowest[2]]


def median_milliseconds(work: Callable[[], object], times: int = 15) -> float:
    """How long one piece of work takes: the median of several, after two to warm up."""
    taken = []
    for _ in range(times + 2):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken[2:])
