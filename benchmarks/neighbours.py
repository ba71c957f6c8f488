"""A noisy neighbour while others type: part of ``make endurance``.

People save every second while somebody abuses the site, in one way after the other: from the address of the
people themselves, and from another one, as our own proxy tells them apart. Exits with 1 when a save of theirs
was refused, lost or slow (99th percentile), or when memory, disk or log grew without a bound.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.serving import Server, serving

from benchmarks.arriving import family
from benchmarks.measuring import say
from benchmarks.noise import KINDS, ProxiedLine
from benchmarks.person import Measured, Person
from benchmarks.studyday import DEFAULTS

PEOPLE = 30
SECONDS = 15
PAUSE = 1.0
"""In seconds: between two saves of one person."""

SCHOOL, ELSEWHERE = "198.51.100.7", "2001:db8:66:77::1"
"""The address of the people, and another."""

MOST_MILLISECONDS = 250
MOST_MEMORY, MOST_LOG, MOST_DISK = 900_000_000, 1_000_000, 600_000_000
"""In bytes: of all processes of the server at the end of a noise, and what one noise may add."""


@dataclass(frozen=True)
class Heard:
    """How people fared beside one kind of noise."""

    noise: str
    place: str
    saves: int
    milliseconds: tuple[float, float, float]
    refused: dict[int, int]
    lost: Sequence[str]
    memory: int
    disk: int
    log: int
    answers: str

    @property
    def faults(self) -> list[str]:
        """What is worse than it may be."""
        _middle, slow, _slowest = self.milliseconds
        found = {
            f"p99 {slow:.0f} ms": slow >= MOST_MILLISECONDS,
            f"refused {self.refused}": bool(self.refused),
            f"lost {self.lost[:3]}": bool(self.lost),
            f"memory {self.memory // 10**6} MB": self.memory > MOST_MEMORY,
            f"disk {self.disk // 10**6} MB": self.disk > MOST_DISK,
            f"log {self.log} bytes": self.log > MOST_LOG,
        }
        return [name for name, is_so in found.items() if is_so]


class Neighbour(Person):
    """Somebody at school who types, and meets the noise."""

    def __init__(self, number: int, port: int, measured: Measured) -> None:
        """As every person, but behind our proxy."""
        super().__init__(number, port, measured)
        self.line = ProxiedLine(port, SCHOOL)

    async def type_until(self, end: float) -> None:
        """Save every second, out of step with the others."""
        await asyncio.sleep(self.chance.uniform(0, PAUSE))
        while time.monotonic() < end:
            began = time.monotonic()
            await self.type_and_save()
            await asyncio.sleep(max(0.0, PAUSE - (time.monotonic() - began)))
        self.line.close()


def main() -> int:
    """Let each kind of noise be made, and print how people fared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--noise", choices=[*KINDS, ""], action="append")
    chosen = parser.parse_args()
    kinds = chosen.noise or ["", *KINDS]
    heard = []
    for number, kind in enumerate(kinds, 1):
        for place in (SCHOOL, ELSEWHERE) if kind else (SCHOOL,):
            name = kind or "silence"
            say(f"{name} from {place}, {number} of {len(kinds)}, {chosen.seconds} seconds")
            heard.append(asyncio.run(listen(kind, place, chosen.people, chosen.seconds)))
            say(f"  {heard[-1].noise}: {row(heard[-1])}")
    print(table(heard))
    faults = [
        f"{each.noise}, {each.place}: {', '.join(each.faults)}" for each in heard if each.faults
    ]
    print("\n".join(faults) or "Nobody was held up, and nothing grew without a bound.")
    return 1 if faults else 0


async def listen(kind: str, place: str, people: int, seconds: int) -> Heard:
    """One kind of noise beside people who type, on a server of its own with its default limits."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        variables = {**DEFAULTS, "BEGINNINGS_PER_HOUR": "", "BEHIND_HTTPS": "yes"}
        with serving(Path(folder) / "data", log, **variables) as server:
            return await _listen(server, kind, place, people, seconds)


async def _listen(server: Server, kind: str, place: str, people: int, seconds: int) -> Heard:
    log = server.log
    assert log
    before, measured = _bytes_in(server.data_dir), Measured()
    everybody = [Neighbour(number, server.port, measured) for number in range(people)]
    for each in everybody:
        await each.type_and_save()
    measured.seconds.clear()
    noise = _begin_noise(kind, server.port, place, seconds) if kind else None
    end = time.monotonic() + seconds
    await asyncio.gather(*(each.type_until(end) for each in everybody))
    memory = sum(map(_memory, family(server)))
    answers = (await asyncio.to_thread(noise.communicate))[0] if noise else "{}"
    lost = [loss for each in everybody for loss in await each.losses()]
    times = [second * 1000 for second in measured.seconds["save"]]
    hundredths = statistics.quantiles(times, n=100, method="inclusive")
    refused = {code: times for code, times in measured.statuses.items() if code >= 400}
    return Heard(
        noise=kind or "silence",
        place="the same address" if place == SCHOOL else "another address",
        saves=len(times),
        milliseconds=(hundredths[49], hundredths[98], max(times)),
        refused=refused | ({0: measured.cut_off} if measured.cut_off else {}),
        lost=lost,
        memory=memory,
        disk=_bytes_in(server.data_dir) - before,
        log=log.stat().st_size,
        answers=answers.strip(),
    )


def _begin_noise(kind: str, port: int, place: str, seconds: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.noise", kind, str(port), place, str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _memory(process: int) -> int:
    """What a process holds in memory now, in bytes; 0 for one that ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


def _bytes_in(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def table(heard: Sequence[Heard]) -> str:
    """How everybody fared, as a Markdown table."""
    head = "noise | from | saves | p50 | p99 | slowest | refused | memory | disk | log | what noise heard"
    lines = [f"| {head} |", "|---" * 11 + "|"]
    lines += [f"| {each.noise} | {each.place} | {row(each)} | {each.answers} |" for each in heard]
    return "\n".join(lines) + "\n"


def row(heard: Heard) -> str:
    """The figures of one noise."""
    shown = [f"{milliseconds:.0f} ms" for milliseconds in heard.milliseconds]
    sizes = [f"{size / 10**6:.1f} MB" for size in (heard.memory, heard.disk, heard.log)]
    return " | ".join([str(heard.saves), *shown, str(heard.refused or "none"), *sizes])


if __name__ == "__main__":
    sys.exit(main())
