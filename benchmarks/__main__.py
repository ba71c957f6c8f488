"""Measure everything and write benchmarks/RESULTS.md."""

import os
import platform
import tempfile
from datetime import date
from pathlib import Path

from tests.serving import serving

from benchmarks import arriving, crowd, documents, many, reading, saving
from benchmarks.measuring import Result, table

RESULTS = Path(__file__).parent / "RESULTS.md"

INTRODUCTION = """# Measured speed

Made by `make bench` on {day}: {machine}, Python {python}. Each figure stands beside a limit taken
in the same run on the same machine; the ratio is what to compare, not the figure.

"""


def main() -> None:
    """Run every measurement, one after the other."""
    results: list[Result] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "data", DATABASE_URL="") as server,
    ):
        results += arriving.memory(server, "idle", 200)
        results += reading.measure(server, Path(folder))
        results += saving.measure(server, Path(folder))
        results += crowd.measure(server)
        arriving.load(server)
        results += arriving.memory(server, "after all of this", 400)
        results += arriving.weigh(server)
    results += arriving.start()
    results += documents.measure()
    results += many.measure(os.environ.get("DATABASE_URL", ""))
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    introduction = INTRODUCTION.format(
        day=date.today().isoformat(), machine=machine, python=platform.python_version()
    )
    RESULTS.write_text(introduction + table(results))
    print(table(results))


if __name__ == "__main__":
    main()
