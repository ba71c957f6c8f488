"""What is wrong with a file, in words that help to put it right."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Say = Callable[[str], str]
"""Says a message in somebody's language; passed along as ``_`` so that messages are found."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where it stands (lines count from 1), and what would help."""

    path: Path
    line: int
    problem: str
    cure: str

    def __str__(self) -> str:
        return " ".join(f"{self.path}:{self.line}: {self.problem} {self.cure}".splitlines())


class FaultyEdition(Exception):  # noqa: N818 - it tells what the file is
    """A file that holds no whole edition. ``faults`` has at least one, in the order of lines."""

    def __init__(self, *faults: Fault) -> None:
        """Tell all of these at once."""
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__("\n".join(map(str, self.faults)))
