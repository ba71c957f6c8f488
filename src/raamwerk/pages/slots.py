"""Pages with holes: drawn once with a hole for each personal part, filled for each visitor.

The template is the same for a visitor without a worksheet, whose holes are filled with nothing.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeData, SafeString, mark_safe

# Control characters: no framework text and no person's text may hold them.
HOLE = re.compile("\x02([^\x03]*)\x03")


def hole(name: str) -> SafeString:
    """The mark that a template leaves where the personal part ``name`` will stand."""
    return mark_safe(f"\x02{name}\x03")  # noqa: S308 - names come from our templates only


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawn page: its pieces in bytes, empty at each hole, and which hole is where."""

    pieces: tuple[bytes, ...]
    holes: tuple[tuple[int, str], ...]

    @classmethod
    def cut(cls, drawn: str) -> "Sheet":
        """Cut a drawn page at its holes."""
        parts = HOLE.split(drawn)
        pieces = (b"" if at % 2 else part.encode() for at, part in enumerate(parts))
        return cls(tuple(pieces), tuple(enumerate(parts))[1::2])

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The page for one visitor. Values are escaped unless safe; a hole without one is empty."""
        filled = list(self.pieces)
        for at, name in self.holes:
            if value := values.get(name):
                filled[at] = _escaped(value).encode()
        return b"".join(filled)


def _escaped(value: str) -> str:
    """As Django's conditional_escape, which costs ten times as much for its lazy strings."""
    return value if isinstance(value, SafeData) else html.escape(value)
