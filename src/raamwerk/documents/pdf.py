"""An overview as a PDF that anyone can read and that lasts: PDF/UA-1 and PDF/A-2a at once.

``overview.typ`` sets the page. It gets every text as data, in pieces that are known to be
printable, so nothing a person types acts as markup or stops the document from being made.
"""

import io
import json
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from raamwerk.documents.fonts import FONTS, SANS, SERIF, SIGNS, typst_fonts
from raamwerk.documents.language_tags import language_tag
from raamwerk.documents.look import (
    AREA_INKS,
    AREA_PAPERS,
    INK,
    MARK_SIGN,
    QUIET_INK,
    margins,
)
from raamwerk.documents.overview import Overview
from raamwerk.documents.printable import plainly_printable, printable
from raamwerk.documents.text_layer import with_text_as_typed
from raamwerk.documents.typed import Piece, runs_right_to_left

TOGETHER = re.compile(r"(?<= )([-‐–—][^\W\d_]{1,30})")
"""As in "loopbaanoriëntatie en -begeleiding": the dash stays with the word it stands for.

Found here, and not by a rule of typst: a few hundred of these in one text were too many for it."""

BASELINE = re.compile(rb"\bq 1 0 0 -1 \S+ (\S+) cm")
"""Where typst begins to write, from the foot of the page."""

LINES_OF_FOOTER = 2
FEW_LINES = 6

TEMPLATE = Path(__file__).with_name("overview.typ")
OTHER_FONTS = [font.family for font in FONTS if font not in (SERIF, SANS)]
LOOK = json.dumps(
    {
        "serif": [SERIF.family, SANS.family, *OTHER_FONTS],
        "sans": [SANS.family, SERIF.family, *OTHER_FONTS],
        # Its check mark is one: that of the serif reads as a root.
        "signs": SIGNS.family,
        "inks": AREA_INKS,
        "papers": AREA_PAPERS,
        "ink": INK,
        "quiet_ink": QUIET_INK,
        "mark_sign": MARK_SIGN,
    }
)


def pdf(overview: Overview) -> bytes:
    """The PDF. It never fails for what someone typed; the same overview gives the same bytes."""
    import typst  # here, so that a server that makes no PDF does not load it

    try:
        typeset = _on_few_pages(overview, printable)
    except typst.TypstError:
        # Rather a page that shows code points than no page at all.
        typeset = _on_few_pages(overview, plainly_printable)
    return with_text_as_typed(typeset)


def _on_few_pages(overview: Overview, cut: Callable[[str], list[Piece]]) -> bytes:
    """Set a little tighter where the last page would hold a few lines, if that saves the page."""
    typeset = _typeset(overview, cut)
    pages, lines = _pages_and_last_lines(typeset)
    if pages == 1 or lines > FEW_LINES:
        return typeset
    tighter = _typeset(overview, cut, tight=True)
    return tighter if _pages_and_last_lines(tighter)[0] < pages else typeset


def _pages_and_last_lines(document: bytes) -> tuple[int, int]:
    """How many pages there are, and how many lines on the last, without its footer."""
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(document)).pages
    content: Any = pages[-1]["/Contents"].get_object()
    return len(pages), len(set(BASELINE.findall(content.get_data()))) - LINES_OF_FOOTER


def _typeset(
    overview: Overview, cut: Callable[[str], list[Piece]], *, tight: bool = False
) -> bytes:
    import typst

    return typst.compile(
        _template(),
        font_paths=typst_fonts(),
        sys_inputs={
            "title": overview.title,
            "tight": "yes" if tight else "no",
            "look": LOOK,
            "margins": json.dumps(margins(compact=overview.compact)),
            "overview": json.dumps(_as_data(overview, cut), ensure_ascii=False),
        },
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime.combine(overview.day, time(), UTC),
    )


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _as_data(value: Any, cut: Callable[[str], list[Piece]]) -> Any:
    """The same tree as plain data, with each text as its lines."""
    if isinstance(value, str):
        return [_line(line, cut) for line in value.split("\n")] if value else []
    if isinstance(value, tuple):
        return [_as_data(each, cut) for each in value]
    if is_dataclass(value):
        return {
            name: _language(part) if name == "language" else _as_data(part, cut)
            for name, part in ((each.name, getattr(value, each.name)) for each in fields(value))
        }
    return value.isoformat() if isinstance(value, date) else value


def _language(tag: str) -> dict[str, str | None] | None:
    """The language as typst asks for it: letters alone, and a region only if a country's."""
    if not tag:
        return None
    parts = language_tag(tag)
    region = parts.region if parts.region.isalpha() else ""
    return {"lang": parts.language, "region": region or None}


def _line(line: str, cut: Callable[[str], list[Piece]]) -> dict[str, Any]:
    pieces: list[str | dict[str, str]] = []
    for text, boxed in cut(line):
        if boxed:
            pieces.append({"box": text})
            continue
        parts = enumerate(TOGETHER.split(text))
        pieces += [{"together": part} if at % 2 else part for at, part in parts if part]
    return {"rtl": runs_right_to_left(line), "pieces": pieces}
