"""What a measurement is, and the tools that several of them use."""

import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SECONDS = 3
RUNS = 5
"""How often a rate and its limit are measured in turns; the pair with the middle ratio counts."""

Rate = tuple[float, float]
"""Requests a second, and the 99th percentile in milliseconds."""


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


def say(words: str) -> None:
    """Tell whoever waits what is going on."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def middle_pair(
    work: str, ours: Callable[[], Rate], limit: Callable[[], Rate]
) -> tuple[Rate, Rate]:
    """A rate and its limit, measured in turns: what else the machine does is then in both."""
    pairs = []
    for run in range(1, RUNS + 1):
        pairs.append((ours(), limit()))
        (rate, _), (most, _) = pairs[-1]
        say(f"  {work}, {run} of {RUNS}: {rate:,.0f}/s beside {most:,.0f}/s")
    return sorted(pairs, key=lambda pair: pair[0][0] / pair[1][0])[RUNS // 2]


def requests_per_second(url: str, connections: int, *options: str) -> Rate:
    """How fast this answers, as wrk measures it from the other core."""
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
