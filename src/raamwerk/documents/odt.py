"""An overview as an OpenDocument text: real headings and lists, to be read aloud and edited."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime, time
from html import escape
from typing import TYPE_CHECKING

from raamwerk.documents.archive import dated
from raamwerk.documents.language_tags import regional_tag
from raamwerk.documents.look import MARK_SIGN, OWN_WORDS, PLAIN_HEADING, hue_number
from raamwerk.documents.odt_template import (
    AREA,
    CODE_POINT,
    FROM_THE_RIGHT,
    HUE,
    KEPT,
    LABEL,
    POINT,
    ROOM,
    STATEMENTS,
    add_language,
    language_style,
    style_id,
    template,
)
from raamwerk.documents.overview import (
    Overview,
    OverviewArea,
    OverviewField,
    OverviewStatement,
    Words,
    as_words,
)
from raamwerk.documents.typed import pieces, runs_right_to_left

if TYPE_CHECKING:
    from odfdo import Document

COLLAPSING = re.compile(r"\t|^ +| +$|(?<=[ \t]) +")
"""White space that OpenDocument would read as one space or none."""


def odt(overview: Overview) -> bytes:
    """The OpenDocument text. The same overview gives the same bytes."""
    from odfdo import Document, Element  # here, so that a server that makes no ODT loads nothing

    document = Document(io.BytesIO(template(compact=overview.compact)))
    _describe(document, overview)
    for tag in sorted({regional_tag(each) for each in _languages(overview) if each}):
        add_language(document, tag)
    # In one go: the library takes its time over every element that it makes itself.
    text = Element.from_tag(f"<office:text>{''.join(_body(overview))}</office:text>")
    document.body.extend(text.children)
    written = io.BytesIO()
    document.save(written)
    return dated(written.getvalue(), overview.day)


def _languages(value: object) -> Iterator[str]:
    """The language of all words in an overview."""
    if isinstance(value, Words | OverviewStatement):
        yield value.language
    elif isinstance(value, tuple):
        for each in value:
            yield from _languages(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _languages(getattr(value, each.name))


def _describe(document: Document, overview: Overview) -> None:
    """Set the metadata: title, language and day."""
    moment = datetime.combine(overview.day, time())
    document.meta.title = overview.title
    document.meta.creation_date = document.meta.date = moment
    document.meta.generator = "raamwerk"
    document.language = str(regional_tag(overview.language))
    title, whose = document.styles.get_elements("//style:footer/text:p")
    title.text = overview.title
    whose.text = "".join(piece.text for piece in pieces(overview.footer))


def _body(overview: Overview) -> Iterator[str]:
    """The document in XML, paragraph by paragraph."""
    yield _heading(1, *overview.heading)
    yield from _paragraphs("Framework", overview.framework)
    for label, value in overview.details:
        yield _labelled("Detail", label, value)
    if overview.explanation.text:
        yield from _paragraphs("Explanation", overview.explanation)
    for area in overview.areas:
        yield from _area(area)
    if overview.nothing_here:
        yield from _paragraphs("Normal", overview.nothing_here)
    yield from _references(overview)


def _area(area: OverviewArea) -> Iterator[str]:
    hue = hue_number(area.hue)
    yield _heading(2, area.heading, style=f"{AREA} {hue}")
    if area.explanation:
        yield from _paragraphs("Aside", area.explanation)
    for field in area.fields:
        yield from _field(field, hue)
    for _number in range(area.room):
        yield _paragraph(ROOM, "")


def _field(field: OverviewField, hue: int) -> Iterator[str]:
    yield _heading(3, field.heading)
    if field.statements:
        yield f'<text:list text:style-name="{STATEMENTS}">'
        for statement in field.statements:
            alone = statement is not field.statements[-1] or not field.has_point
            yield from _item(statement, hue, alone=alone)
        yield "</text:list>"
    if field.point_heading:
        yield _heading(4, field.point_heading, style=f"{POINT} {hue}")
    if field.has_point:
        yield from _paragraphs(f"{OWN_WORDS} {hue}", field.point or field.nothing_noted)


def _item(statement: OverviewStatement, hue: int, *, alone: bool) -> Iterator[str]:
    """The statement in a list, each mark a paragraph under it.

    All stay together, and with what comes after the list unless ``alone``.
    """
    yield "<text:list-item>"
    last = len(statement.marks) if alone else -1
    kept = "" if last == 0 else f" {KEPT}"
    yield from _paragraphs(f"List Bullet{kept}", Words(statement.unbroken_line, statement.language))
    for number, mark in enumerate(statement.marks, start=1):
        kept = "" if last == number else f" {KEPT}"
        yield _paragraph(f"Mark{kept}", _letters(f"{HUE} {hue}", f"{MARK_SIGN} {mark}"))
    yield "</text:list-item>"


def _references(overview: Overview) -> Iterator[str]:
    if overview.sources:
        yield _heading(2, overview.sources_heading, style=PLAIN_HEADING)
    if overview.legend.text:
        yield from _paragraphs("Origin", overview.legend)
    for letter, title in overview.sources:
        yield _labelled("Reference", letter, title)
    if overview.footnotes:
        yield _heading(2, overview.footnotes_heading, style=PLAIN_HEADING)
    for note in overview.footnotes:
        said = (part for part in (note.text, note.reference, note.remark) if str(part))
        yield _labelled("Reference", str(note.number), *said)
    if overview.origin_heading:
        yield _heading(2, overview.origin_heading, style=PLAIN_HEADING)
    for line in overview.origin[:-1]:
        yield from _paragraphs(f"Origin {KEPT}", line)
    for line in overview.origin[-1:]:
        yield from _paragraphs("Origin", line)


def _heading(level: int, *parts: str | Words, style: str = "") -> str:
    aside = f" {FROM_THE_RIGHT}" if runs_right_to_left("".join(map(str, parts))) else ""
    name = style_id(f"{style or f'Heading {level}'}{aside}")
    opening = f'<text:h text:style-name="{name}" text:outline-level="{level}">'
    return f"{opening}{''.join(map(_words, parts))}</text:h>"


def _paragraphs(style: str, text: str | Words) -> Iterator[str]:
    """Text as typed: a paragraph for each line, so that each takes its own direction."""
    for line in _lines(text):
        aside = f" {FROM_THE_RIGHT}" if runs_right_to_left(line.text) else ""
        yield _paragraph(f"{style}{aside}", _words(line))


def _labelled(style: str, label: str, *parts: str | Words) -> str:
    """A label, and beside it each part on lines of its own."""
    lines = "<text:line-break/>".join(_words(line) for part in parts for line in _lines(part))
    return _paragraph(style, f"{_letters(LABEL, label)}<text:tab/>{lines}")


def _lines(text: str | Words) -> list[Words]:
    words = as_words(text)
    return [Words(line, words.language) for line in words.text.split("\n")]


def _paragraph(style: str, content: str) -> str:
    return f'<text:p text:style-name="{style_id(style)}">{content}</text:p>'


def _words(part: str | Words) -> str:
    """One line, its letters in the style of its language where that is not the document's."""
    words = as_words(part)
    if not words.language:
        return _line(words.text)
    return _letters(language_style(regional_tag(words.language)), words.text)


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
