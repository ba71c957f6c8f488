"""Measure everything and write benchmarks/RESULTS.md."""

import os
import platform
import tempfile
from datetime import date
from pathlib import Path

from tests.serving import serving

from benchmarks import documents, reading, saving
from benchmarks.measuring import Result, table

RESULTS = Path(__file__).parent / "RESULTS.md"

INTRODUCTION = """# Measured speed

Made by `make bench` on {day}: {machine}, Python {python}. Each figure stands beside a limit taken
in the same run on the same machine; the ratio is what to compare, not the figure.

"""


def main() -> None:
    """Run every measurement, one after the other."""
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "data") as server:
        results += reading.measure(server, Path(folder))
        results += saving.measure(server, Path(folder))
    results += documents.measure()
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    introduction = INTRODUCTION.format(
        day=date.today().isoformat(), machine=machine, python=platform.python_version()
    )
    RESULTS.write_text(introduction + table(results))
    print(table(results))


if __name__ == "__main__":
    main()
