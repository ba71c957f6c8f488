"""Measure everything and write benchmarks/RESULTS.md."""

import os
import platform
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from tests.serving import Server, serving

from benchmarks import arriving, crowd, documents, many, reading, saving, sealing
from benchmarks.measuring import Result, say, table

RESULTS = Path(__file__).parent / "RESULTS.md"

INTRODUCTION = """# Measured speed

Made by `make bench` on {day}: {machine}, Python {python}. Each figure stands beside a limit taken
in the same run on the same machine; the ratio is what to compare, not the figure.

"""

Steps = dict[str, Callable[[], list[Result]]]


def main() -> None:
    """Run every measurement, one after the other."""
    postgresql = os.environ.get("DATABASE_URL", "")
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as folder:
        with serving(Path(folder) / "data", DATABASE_URL="") as server:
            results += run("SQLite", on_sqlite(server, Path(folder)))
        if postgresql:
            with serving(Path(folder) / "other", DATABASE_URL=postgresql) as server:
                results += run("PostgreSQL", on_postgresql(server, Path(folder), postgresql))
    results += run("everything else", by_themselves(postgresql))
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    introduction = INTRODUCTION.format(
        day=date.today().isoformat(), machine=machine, python=platform.python_version()
    )
    RESULTS.write_text(introduction + table(results))
    print(table(results))


def run(where: str, steps: Steps) -> list[Result]:
    """The results of these steps, while telling how far it is."""
    results = []
    for number, (name, step) in enumerate(steps.items(), start=1):
        say(f"{where}, {number} of {len(steps)}: {name}")
        results += step()
    return results


def on_sqlite(server: Server, folder: Path) -> Steps:
    """What one server with SQLite does, idle first."""
    return {
        "memory, idle": partial(arriving.memory, server, "idle", 200),
        "pages for everyone": partial(reading.for_everyone, server, folder),
        "pages through nginx": partial(reading.through_our_nginx, server, folder),
        "one's own page": partial(reading.own_page, server, "SQLite"),
        "saving": partial(saving.on_sqlite, server, folder),
        "saving beside downloads": partial(crowd.measure, server),
        "memory, at work": partial(arriving.memory_at_work, server),
        "first views": partial(arriving.weigh, server),
    }


def on_postgresql(server: Server, folder: Path, url: str) -> Steps:
    """What waits for the database, with PostgreSQL."""
    return {
        "one's own page": partial(reading.own_page, server, "PostgreSQL"),
        "saving": partial(saving.on_postgresql, server, folder, url),
    }


def by_themselves(postgresql: str) -> Steps:
    """What needs servers of its own, or none."""
    return {
        "from start to first answer": arriving.start,
        "sealing": sealing.measure,
        "documents": documents.measure,
        "many worksheets": partial(many.measure, postgresql),
    }


if __name__ == "__main__":
    main()
