"""A study day: hundreds of people type at once and take their documents home: ``make studyday``.

Looks afterwards for every acknowledged word, on each person's page and in their document. Exits
with 1 when a word was lost, came to somebody else, or the server answered that it failed.
"""

import argparse
import asyncio
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.serving import Server, serving

from benchmarks.arriving import family
from benchmarks.measuring import say
from benchmarks.person import FORMATS, SECONDS_BETWEEN_SAVES, Measured, Person

STUDYDAY = Path(__file__).parent / "STUDYDAY.md"
PEOPLE = 300
SECONDS = 300
LEAVING_TAKES = 60
SECONDS_BETWEEN_WORDS = 15
DEFAULTS = {
    "DATABASE_URL": "",
    "PAGES_PER_MINUTE": "",
    "SAVES_PER_MINUTE": "",
    "DOWNLOADS_PER_MINUTE": "",
}
"""Empty is the default: the limits that every installation starts with."""

INTRODUCTION = """# A study day

Made by `make studyday` on {day}: {cores} cores, {memory:.0f} GB, {system}, Python {python}; the
people run on the same machine as the server, which has its default settings.

{people} people arrive in the first {arriving} seconds, read the start page and the page of their
role, and type for the rest of {seconds} seconds, saved every {pause} seconds. Then all of them
download a document within {leaving} seconds ({formats}). Afterwards every word that was
acknowledged is looked for on the page of the person who typed it and in their document.

"""


@dataclass(frozen=True)
class Day:
    """How a day went."""

    people: list[Person]
    measured: Measured
    lost: list[str]
    memory: str

    @property
    def failed(self) -> int:
        """How many answers said that the server failed, or did not come at all."""
        failures = sum(n for status, n in self.measured.statuses.items() if status >= 500)
        return failures + self.measured.cut_off

    @property
    def refused(self) -> int:
        """How many answers refused what was asked."""
        return sum(n for status, n in self.measured.statuses.items() if 400 <= status < 500)

    @property
    def good(self) -> bool:
        """Whether nothing was lost, mixed up, refused or failed."""
        return not (self.lost or self.failed or self.refused)


def main() -> int:
    """Hold the day, print how it went; a full day is written to benchmarks/STUDYDAY.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), **DEFAULTS) as server:
        day = asyncio.run(hold(server, chosen.people, chosen.seconds))
    print(table(day))
    print("\n".join(day.lost[:50]))
    if chosen.people >= PEOPLE and chosen.seconds >= SECONDS:
        STUDYDAY.write_text(introduction(chosen.people, chosen.seconds) + table(day))
    return 0 if day.good else 1


async def hold(server: Server, count: int, seconds: int) -> Day:
    """Let everybody do their work, then look for every word."""
    measured = Measured()
    people = [Person(number, server.port, measured) for number in range(count)]
    start = time.monotonic()
    end = start + seconds
    telling = asyncio.create_task(_tell_how_far(people, end + LEAVING_TAKES))
    await asyncio.gather(
        *(
            each.spend_the_day(
                start + random.uniform(0, arriving(seconds)),
                end,
                end + random.uniform(0, LEAVING_TAKES),
            )
            for each in people
        )
    )
    telling.cancel()
    say("looking for every word")
    memory = _peak_memory(family(server))
    lost = [loss for each in people for loss in await each.losses()]
    lost += [loss for each in people for loss in each.losses_in_document()]
    return Day(people, measured, lost, memory)


async def _tell_how_far(people: Sequence[Person], end: float) -> None:
    while True:
        saves, documents = sum(p.sequence for p in people), sum(bool(p.document) for p in people)
        left = max(0, end - time.monotonic())
        say(f"{saves:,} saves, {documents} documents, {left:.0f} seconds left at most")
        await asyncio.sleep(SECONDS_BETWEEN_WORDS)


def arriving(seconds: int) -> float:
    """In how many seconds everybody arrives: a minute, or a fifth of a shorter day."""
    return min(60, seconds / 5)


def table(day: Day) -> str:
    """What happened, as two Markdown tables."""
    lines = ["| request | how often | p50 | p99 | slowest |", "|---|---|---|---|---|"]
    lines += [_row(work, taken) for work, taken in day.measured.seconds.items()]
    words = sum(each.sequence for each in day.people)
    documents = sum(bool(each.document) for each in day.people)
    facts = {
        "saves asked for": words,
        "documents taken home": documents,
        "words lost, or shown to somebody else": len(day.lost),
        "answers 5xx, or none": day.failed,
        "answers 4xx": day.refused,
        "most memory of each of the server's processes, together": day.memory,
    }
    lines += ["", "| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in facts.items()]
    return "\n".join(lines) + "\n"


def _row(work: str, taken: list[float]) -> str:
    name = f"download: {work}" if work in FORMATS else work
    hundredths = statistics.quantiles(taken * 2, n=100, method="inclusive")
    shown = (hundredths[49], hundredths[98], max(taken))
    return f"| {name} | {len(taken):,} | " + " | ".join(f"{s * 1000:.0f} ms" for s in shown) + " |"


def introduction(people: int, seconds: int) -> str:
    """On which machine it was, and what everybody did."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return INTRODUCTION.format(
        day=date.today().isoformat(),
        cores=os.cpu_count(),
        memory=memory,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        people=people,
        seconds=seconds,
        arriving=round(arriving(seconds)),
        pause=SECONDS_BETWEEN_SAVES,
        leaving=LEAVING_TAKES,
        formats=", ".join(f"{name} {share} %" for name, share in FORMATS.items()),
    )


def _peak_memory(processes: Sequence[int]) -> str:
    """The sum of what each held at most; pages that they share count more than once."""
    statuses = [Path(f"/proc/{each}/status").read_text().splitlines() for each in processes]
    peaks = [line for status in statuses for line in status if line.startswith("VmHWM")]
    return f"{sum(int(peak.split()[1]) for peak in peaks) // 1024} MB"


if __name__ == "__main__":
    sys.exit(main())
