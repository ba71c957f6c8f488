"""Design tokens that the paged formats share, so that they read as one and the same document."""

from dataclasses import dataclass, replace

from raamwerk.documents.hues import HUES, PAPERS

INK = "1f2328"
QUIET_INK = "5a6068"
QUIET_PAPER = "f5f5f6"

AREA_INKS = (QUIET_INK, *HUES)
AREA_PAPERS = (QUIET_PAPER, *PAPERS)
"""By the number of an area's hue; 0 is grey, for what belongs to no area of this edition."""

MARGINS = {"left": 34, "right": 50, "top": 26, "bottom": 26}
"""Around the text on A4, in millimetres: the wide one leaves room for a pencil."""

COMPACT_MARGINS = {"left": 24, "right": 24, "top": 16, "bottom": 20}


def margins(*, compact: bool) -> dict[str, int]:
    """The margins of a document."""
    return COMPACT_MARGINS if compact else MARGINS


def text_width(*, compact: bool) -> int:
    """How wide its lines are, in millimetres."""
    sides = margins(compact=compact)
    return 210 - sides["left"] - sides["right"]


MARK_SIGN = "\u2713"
"""The check mark before a mark. Its words follow, so nothing is lost where it is not seen."""

SERIF, SANS = "Georgia", "Calibri"
"""The fonts of the formats that bring none: the framework's words, and everything around them."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a word processor sets paragraphs of one style; lengths in points."""

    font: str = SANS
    size: float = 10.5
    bold: bool = False
    colour: str = INK
    before: float = 0
    after: float = 0
    indent: float = 0
    hanging: float = 0
    right: float = 0
    lines: float = 1.2


DETAIL_INDENT = 116
"""Where the values begin beside name and date, in points: past the longest of the labels."""

PLAIN_HEADING = "Plain Heading"
PLAIN_HEADING_SIZE, PLAIN_HEADING_BEFORE, PLAIN_HEADING_AFTER = 12, 16, 4
"""The headings after the areas are quieter than theirs, though of the same level; in points."""

OWN_WORDS = "Own Words"
"""The style of what a person typed; followed by the number of the hue."""

STYLES = {
    "Normal": Style(SERIF, after=6),
    "Heading 1": Style(SERIF, 22, bold=True, after=4),
    "Heading 2": Style(size=16, bold=True, before=24, after=6),
    "Heading 3": Style(size=11.5, bold=True, before=15, after=5),
    "Heading 4": Style(size=9.5, bold=True, before=12, after=2, indent=12, right=12),
    "List Bullet": Style(SERIF, after=5, indent=12, hanging=12),
    "Footer": Style(size=8.5, colour=QUIET_INK),
    "Framework": Style(size=11, colour=QUIET_INK, after=14),
    "Room": Style(size=10, before=14),
    "Detail": Style(size=10, indent=DETAIL_INDENT, hanging=DETAIL_INDENT),
    "Reference": Style(size=9.5, indent=24, hanging=24, after=3),
    "Origin": Style(size=9.5, after=3),
    "Explanation": Style(SERIF, before=12),
    "Aside": Style(size=10, colour=QUIET_INK, after=6),
    "Mark": Style(size=9.5, indent=12, after=4),
    **{f"{OWN_WORDS} {hue}": Style(indent=12, right=12) for hue in range(len(AREA_INKS))},
}
"""Every style by the name that a word processor shows."""


def hue_number(hue: int) -> int:
    """Where the hue stands in ``AREA_INKS`` and ``AREA_PAPERS``: after the last comes the first."""
    return hue if hue == 0 else (hue - 1) % len(HUES) + 1


COMPACT_SPACE, COMPACT_LINES = 0.35, 1.1
COMPACT_SIZES = {"Heading 1": 18.0, "Heading 2": 13.0, "Heading 3": 10.5}


def styles(*, compact: bool) -> dict[str, Style]:
    """The styles of a document; a compact one leaves less room between its paragraphs."""
    if not compact:
        return STYLES
    return {
        name: replace(
            each,
            size=COMPACT_SIZES.get(name, each.size),
            before=each.before * (1 if name == "Room" else COMPACT_SPACE),
            after=each.after * COMPACT_SPACE,
            lines=min(each.lines, COMPACT_LINES),
        )
        for name, each in STYLES.items()
    }
