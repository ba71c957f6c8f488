"""An overview as an OpenDocument text: real headings and lists, to be read aloud and edited."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime, time
from html import escape
from typing import TYPE_CHECKING

from raamwerk.documents.archive import dated
from raamwerk.documents.look import LOCALES, MARK_SIGN, OWN_WORDS, turn
from raamwerk.documents.odt_template import (
    AREA,
    CODE_POINT,
    FROM_THE_RIGHT,
    HUE,
    LABEL,
    POINT,
    STATEMENTS,
    found,
    style_id,
    template,
)
from raamwerk.documents.overview import Overview, OverviewArea, OverviewField, OverviewStatement
from raamwerk.documents.typed import pieces, runs_right_to_left

if TYPE_CHECKING:
    from odfdo import Document

COLLAPSING = re.compile(r"\t|^ +| +$|(?<=[ \t]) +")
"""White space that OpenDocument would read as one space or none."""


def odt(overview: Overview) -> bytes:
    """The OpenDocument text. The same overview gives the same bytes."""
    from odfdo import Document, Element  # here, so that a server that makes no ODT loads nothing

    document = Document(io.BytesIO(template()))
    _describe(document, overview)
    # In one go: the library takes its time over every element that it makes itself.
    text = Element.from_tag(f"<office:text>{''.join(_body(overview))}</office:text>")
    document.body.extend(text.children)
    written = io.BytesIO()
    document.save(written)
    return dated(written.getvalue(), overview.day)


def _describe(document: Document, overview: Overview) -> None:
    """Tell what the document is: its title, language and day."""
    moment = datetime.combine(overview.day, time())
    document.meta.title = overview.title
    document.meta.creation_date = document.meta.date = moment
    document.meta.generator = "raamwerk"
    document.language = LOCALES.get(overview.language, overview.language)
    found(document, "//style:footer/text:p").text = overview.title


def _body(overview: Overview) -> Iterator[str]:
    """The document in XML, paragraph by paragraph."""
    yield _heading(1, overview.title)
    yield from _paragraphs("Framework", overview.framework)
    for label, value in overview.details:
        yield _labelled("Detail", label, value)
    yield from _paragraphs("Explanation", overview.explanation)
    for area in overview.areas:
        yield from _area(area)
    if overview.nothing_here:
        yield from _paragraphs("Normal", overview.nothing_here)
    yield from _references(overview)


def _area(area: OverviewArea) -> Iterator[str]:
    hue = turn(area.hue) + 1
    yield _heading(2, area.heading, f"{AREA} {hue}")
    for field in area.fields:
        yield from _field(field, hue)


def _field(field: OverviewField, hue: int) -> Iterator[str]:
    yield _heading(3, field.heading)
    yield f'<text:list text:style-name="{STATEMENTS}">'
    for statement in field.statements:
        yield from _item(statement, hue)
    yield "</text:list>"
    yield _heading(4, field.point_heading, f"{POINT} {hue}")
    yield from _paragraphs(f"{OWN_WORDS} {hue}", field.point or field.nothing_noted)


def _item(statement: OverviewStatement, hue: int) -> Iterator[str]:
    """The statement in a list, each mark a paragraph of its own under it."""
    yield "<text:list-item>"
    yield from _paragraphs("List Bullet", statement.line)
    for mark in statement.marks:
        yield _paragraph("Mark", _letters(f"{HUE} {hue}", f"{MARK_SIGN} {mark}"))
    yield "</text:list-item>"


def _references(overview: Overview) -> Iterator[str]:
    if overview.sources:
        yield _heading(2, overview.sources_heading)
    for letter, title in overview.sources:
        yield _labelled("Reference", letter, title)
    if overview.footnotes:
        yield _heading(2, overview.footnotes_heading)
    for note in overview.footnotes:
        said = "\n".join(each for each in (note.text, note.reference, note.remark) if each)
        yield _labelled("Reference", str(note.number), said)
    yield _heading(2, overview.origin_heading)
    for line in overview.origin:
        yield from _paragraphs("Origin", line)


def _heading(level: int, text: str, style: str = "") -> str:
    name = style_id(style or f"Heading {level}")
    opening = f'<text:h text:style-name="{name}" text:outline-level="{level}">'
    return f"{opening}{_line(text)}</text:h>"


def _paragraphs(style: str, text: str) -> Iterator[str]:
    """Text as typed: a paragraph for each line, so that each takes its own direction."""
    for line in text.split("\n"):
        aside = f" {FROM_THE_RIGHT}" if runs_right_to_left(line) else ""
        yield _paragraph(f"{style}{aside}", _line(line))


def _labelled(style: str, label: str, text: str) -> str:
    lines = "<text:line-break/>".join(map(_line, text.split("\n")))
    return _paragraph(style, f"{_letters(LABEL, label)}<text:tab/>{lines}")


def _paragraph(style: str, content: str) -> str:
    return f'<text:p text:style-name="{style_id(style)}">{content}</text:p>'


def _letters(style: str, text: str) -> str:
    return f'<text:span text:style-name="{style_id(style)}">{_line(text)}</text:span>'


def _line(line: str) -> str:
    """One line in XML, with frames around what XML cannot hold."""
    return "".join(
        _letters(CODE_POINT, text) if boxed else _spaced(escape(text, quote=False))
        for text, boxed in pieces(line)
    )


def _spaced(text: str) -> str:
    return COLLAPSING.sub(lambda space: _space(space.group()), text)


def _space(space: str) -> str:
    return "<text:tab/>" if space == "\t" else f'<text:s text:c="{len(space)}"/>'
