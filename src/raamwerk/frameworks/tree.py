"""The neutral tree that readers make of a file and that shapes and rules judge.

It knows where everything stands, and nothing of the notation it was written in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Literal

from raamwerk.frameworks.faults import Fault

Kind = Literal["text", "number", "truth", "date", "nothing", "keys", "list", "other"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file. Asks for what isn't there are answered empty.

    ``children`` are the entries of a list, or what stands under each of its keys. ``key`` is the
    key that it stands under itself; the entries of a list have the key of their list.
    """

    path: Path
    line: int
    kind: Kind
    value: str = ""
    key: str = ""
    key_line: int = 0
    children: "tuple[Part, ...]" = ()

    @property
    def shown(self) -> str:
        """Its words, short enough to repeat in a message."""
        return shown(self.value)

    @property
    def values(self) -> "tuple[Part, ...]":
        """What stands under each of its keys; none where it has no keys."""
        return self.children if self.kind == "keys" else ()

    @property
    def items(self) -> "tuple[Part, ...]":
        """Its entries; none where it is no list."""
        return self.children if self.kind == "list" else ()

    def part(self, key: str) -> "Part | None":
        """What stands under this key."""
        return next((value for value in self.values if value.key == key), None)

    def each(self, key: str) -> "Iterator[Part]":
        """The entries of the list under this key."""
        found = self.part(key)
        return iter(found.items if found else ())

    def text(self, *path: str) -> str:
        """The words under a key, or under a key of what stands under that, and so on."""
        found: Part | None = self
        for key in path:
            found = found.part(key) if found else None
        return found.value if found else ""

    def fault(self, problem: str, cure: str) -> Fault:
        """A fault that stands here."""
        return Fault(self.path, self.line, problem, cure)

    def key_fault(self, problem: str, cure: str) -> Fault:
        """A fault of the key that it stands under."""
        return Fault(self.path, self.key_line, problem, cure)


def shown(words: str, most: int = 60) -> str:
    """Words, short enough to repeat in a message."""
    return shorten(words, most, placeholder="…")
