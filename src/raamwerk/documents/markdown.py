"""An overview as CommonMark: plain text to keep and edit, with nothing typed lost in it.

What a person typed stands in a block quote. It is escaped so that the file reads nearly as typed,
and every renderer gives back the very same characters and lines.
"""

import re
from collections.abc import Iterable, Iterator

from raamwerk.documents.look import MARK_SIGN
from raamwerk.documents.overview import (
    Overview,
    OverviewField,
    OverviewFootnote,
    OverviewStatement,
)
from raamwerk.documents.typed import pieces

SPECIAL = re.compile(r"[\\`*_\[\]~|$#]|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
LINE_OPENER = re.compile(r"^(?:\d+(?=[.)])|(?=[-+=:>%]))")
"""What would make a list, a rule or a quotation of a line that starts with it."""

OUTER_SPACE = re.compile(r"^[\s\ufeff]+|[\s\ufeff]+$")
PARAGRAPH_BREAK = re.compile(r"(?<=[^\n])\n\n(?=\n*[^\n])")
HARD_BREAK = "\\\n"


def markdown(overview: Overview) -> bytes:
    """The Markdown, in UTF-8. The same overview gives the same bytes."""
    return ("\n\n".join(_blocks(overview)) + "\n").encode()


def _blocks(overview: Overview) -> Iterator[str]:
    yield f"# {_line(overview.title)}"
    yield _line(overview.framework.text)
    yield _listed(f"**{_line(label)}:** {_lines(value.text)}" for label, value in overview.details)
    if overview.explanation.text:
        yield from _paragraphs(overview.explanation.text)
    for area in overview.areas:
        yield f"## {_line(area.heading.text)}"
        if area.explanation:
            yield _line(area.explanation)
        for field in area.fields:
            yield from _field(field)
        yield from ["- "] * bool(area.room)
    if overview.nothing_here:
        yield _line(overview.nothing_here)
    yield from _references(overview)


def _field(field: OverviewField) -> Iterator[str]:
    yield f"### {_line(field.heading.text)}"
    if field.statements:
        yield _listed(map(_statement, field.statements))
    if field.point_heading:
        yield f"#### {_line(field.point_heading)}"
    if field.point:
        yield _quoted("\n\n".join(_paragraphs(field.point)))
    elif field.nothing_noted:
        yield f"*{_line(field.nothing_noted)}*"


def _statement(statement: OverviewStatement) -> str:
    marks = (f"{MARK_SIGN} {_line(mark)}" for mark in statement.marks)
    return HARD_BREAK.join([_line(statement.line), *marks])


def _references(overview: Overview) -> Iterator[str]:
    if overview.sources:
        yield f"## {_line(overview.sources_heading)}"
        if overview.legend.text:
            yield _lines(overview.legend.text)
        yield _listed(
            f"**{_line(letter)}** {_line(title.text)}" for letter, title in overview.sources
        )
    if overview.footnotes:
        yield f"## {_line(overview.footnotes_heading)}"
        yield _listed(_footnote(footnote) for footnote in overview.footnotes)
    if overview.origin_heading:
        yield f"## {_line(overview.origin_heading)}"
    for line in overview.origin:
        yield _lines(line.text)


def _footnote(footnote: OverviewFootnote) -> str:
    said = (footnote.text.text, footnote.reference.text, footnote.remark)
    return f"**{footnote.number}** " + HARD_BREAK.join(_lines(each) for each in said if each)


def _listed(items: Iterable[str]) -> str:
    return "\n".join("- " + item.replace("\n", "\n  ") for item in items)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip(" ") for line in text.split("\n"))


def _paragraphs(text: str) -> Iterator[str]:
    """The text at its first blank lines; further blank lines begin the next paragraph."""
    return map(_lines, PARAGRAPH_BREAK.split(text))


def _lines(text: str) -> str:
    """The text as one paragraph, its lines kept apart by hard breaks."""
    body = text.rstrip("\n")
    # A hard break cannot end a paragraph, so line breaks at the very end are written by number.
    return HARD_BREAK.join(map(_line, body.split("\n"))) + "&#10;" * (len(text) - len(body))


def _line(line: str) -> str:
    """One line, escaped where Markdown would read something into it."""
    visible = "".join(f"[{text}]" if boxed else text for text, boxed in pieces(line))
    escaped = SPECIAL.sub(r"\\\g<0>", visible)
    escaped = LINE_OPENER.sub(r"\g<0>\\", escaped)
    return OUTER_SPACE.sub(lambda space: _by_number(space.group()), escaped)


def _by_number(characters: str) -> str:
    """Characters that would be trimmed, written so that they are not."""
    return "".join(f"&#{ord(character)};" for character in characters)
