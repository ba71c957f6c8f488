"""Page patterns with placeholders: a page drawn once, into which each owner's own parts are filled.

A template writes ``{% personal "point" name %}``. For one visitor that gives their value at once; for a
pattern it leaves a placeholder.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.safestring import SafeData, SafeString, mark_safe

# Control characters: no framework text and no person's text may hold them.
PLACEHOLDER = re.compile("\x02([^\x03]*)\x03")


class PersonalValues(Protocol):
    """Where a template finds the personal parts of a page, by name."""

    def get(self, name: str, default: str, /) -> str:
        """The part with this name."""
        ...


class Placeholders:
    """A placeholder for every name: what a pattern is drawn with."""

    def get(self, name: str, _default: str, /) -> SafeString:
        """The placeholder for this name, which comes from our own templates only."""
        return mark_safe(f"\x02{name}\x03")  # noqa: S308 - see above


@dataclass(frozen=True, slots=True)
class Pattern:
    """A drawn page: its pieces in bytes, empty at each placeholder, and which placeholder is where."""

    pieces: tuple[bytes, ...]
    placeholders: tuple[tuple[int, str], ...]

    @classmethod
    def cut(cls, drawn: str) -> "Pattern":
        """Cut a drawn page at its placeholders."""
        parts = PLACEHOLDER.split(drawn)
        pieces = (b"" if at % 2 else part.encode() for at, part in enumerate(parts))
        return cls(tuple(pieces), tuple(enumerate(parts))[1::2])

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The page for one visitor. Values are escaped unless safe; what has none is empty."""
        filled = list(self.pieces)
        for at, name in self.placeholders:
            if value := values.get(name):
                filled[at] = escaped(value).encode()
        return b"".join(filled)


def escaped(value: str) -> str:
    """As Django's conditional_escape, which costs ten times as much for its lazy strings."""
    return value if isinstance(value, SafeData) else html.escape(value)
