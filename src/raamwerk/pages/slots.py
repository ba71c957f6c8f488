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
    """A drawn page: fixed text and names of holes, by turns, beginning with text."""

    parts: tuple[str, ...]

    @classmethod
    def cut(cls, drawn: str) -> "Sheet":
        """Cut a drawn page at its holes."""
        return cls(tuple(HOLE.split(drawn)))

    def fill(self, values: Mapping[str, str]) -> str:
        """The page for one visitor. Values are escaped unless safe; a hole without one is empty."""
        filled = list(self.parts)
        filled[1::2] = [_escaped(values.get(name)) for name in self.parts[1::2]]
        return "".join(filled)


def _escaped(value: str | None) -> str:
    """As Django's conditional_escape, which costs ten times as much for its lazy strings."""
    if not value:
        return ""
    return value if isinstance(value, SafeData) else html.escape(value)
