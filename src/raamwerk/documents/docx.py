"""An overview as a Word document: real headings and lists, so it can be read aloud and edited."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from raamwerk.documents.archive import dated
from raamwerk.documents.docx_template import (
    CODE_POINT,
    LABEL,
    border,
    element,
    keep_with_next,
    qualified,
    shade,
    template,
)
from raamwerk.documents.language_tags import regional_tag
from raamwerk.documents.look import (
    AREA_INKS,
    MARK_SIGN,
    PLAIN_HEADING,
    PLAIN_HEADING_AFTER,
    PLAIN_HEADING_BEFORE,
    hue_number,
)
from raamwerk.documents.overview import (
    Overview,
    OverviewArea,
    OverviewField,
    Words,
    as_words,
)
from raamwerk.documents.typed import pieces, runs, runs_right_to_left

if TYPE_CHECKING:
    from docx.document import Document


TWENTIETHS = 20
"""Of a point, in which Word counts."""

ELEMENTS = {"\t": "w:tab", "\u00ad": "w:softHyphen"}
"""What Word has elements of its own for: a soft hyphen as a character it shows on every line."""

SIGNS = re.compile(f"([{''.join(ELEMENTS)}])")


def docx(overview: Overview) -> bytes:
    """The Word document. The same overview gives the same bytes."""
    from docx import Document  # here, so that a server that renders no DOCX does not load it

    document = Document(io.BytesIO(template(compact=overview.compact)))
    _describe(document, overview)
    _Writer(document).overview(overview)
    written = io.BytesIO()
    document.save(written)
    return dated(written.getvalue(), overview.day)


def _describe(document: Document, overview: Overview) -> None:
    """Set the metadata: title, language and day."""
    properties = document.core_properties
    properties.title = overview.title
    properties.language = overview.language
    properties.created = properties.modified = datetime.combine(overview.day, time(), UTC)
    tag = str(regional_tag(overview.language))
    said = document.styles.element.xpath("w:docDefaults//w:lang")
    for language in said + document.settings.element.xpath("w:themeFontLang"):
        language.set(qualified("w:val"), tag)
    title, whose = document.sections[0].footer.paragraphs
    title.runs[0].text = overview.title
    whose._p.extend(_runs(Words(overview.footer)))


class _Writer:
    """Writes an overview at the end of a document, as elements: the library's own way is slow."""

    def __init__(self, document: Document) -> None:
        self.end = document.element.body.sectPr

    def overview(self, overview: Overview) -> None:
        self.paragraph("Heading1", *overview.heading)
        self.paragraph("Framework", overview.framework)
        for label, value in overview.details:
            self.labelled("Detail", label, value)
        if overview.explanation.text:
            self.lines("Explanation", overview.explanation)
        for area in overview.areas:
            self.area(area)
        if overview.nothing_here:
            self.paragraph("Normal", overview.nothing_here)
        self.references(overview)

    def area(self, area: OverviewArea) -> None:
        hue = hue_number(area.hue)
        heading = self.paragraph("Heading2", area.heading, letters=f"Hue{hue}")
        border(heading.pPr, "top", AREA_INKS[hue], eighths=6, space=8)
        if area.explanation:
            keep_with_next(self.paragraph("Aside", area.explanation).pPr)
        for field in area.fields:
            self.field(field, hue)
        for _number in range(area.room):
            border(self.paragraph("Room", "").pPr, "bottom", AREA_INKS[0], eighths=4, space=1)

    def field(self, field: OverviewField, hue: int) -> None:
        letters = f"Hue{hue}"
        self.paragraph("Heading3", field.heading)
        for statement in field.statements:
            # A statement stays with its marks, and the last one with the words below it.
            line = Words(statement.unbroken_line, statement.language)
            marks = (f"{MARK_SIGN} {mark}" for mark in statement.marks)
            said = [self.paragraph("ListBullet", line)]
            said += [self.paragraph("Mark", mark, letters=letters) for mark in marks]
            alone = statement is not field.statements[-1] or not field.has_point
            for each in said[:-1] if alone else said:
                keep_with_next(each.pPr)
        if field.point_heading:
            heading = self.paragraph("Heading4", field.point_heading, letters=letters)
            shade(heading.pPr, hue)
        if field.has_point:
            self.lines(f"OwnWords{hue}", field.point or field.nothing_noted)

    def references(self, overview: Overview) -> None:
        if overview.sources:
            self.plain_heading(overview.sources_heading)
        if overview.legend.text:
            self.lines("Origin", overview.legend)
        for letter, title in overview.sources:
            self.labelled("Reference", letter, title)
        if overview.footnotes:
            self.plain_heading(overview.footnotes_heading)
        for note in overview.footnotes:
            said = (part for part in (note.text, note.reference, note.remark) if str(part))
            self.labelled("Reference", str(note.number), *said)
        if overview.origin_heading:
            self.plain_heading(overview.origin_heading)
        told = [each for line in overview.origin for each in self.lines("Origin", line)]
        for each in told[:-1]:
            keep_with_next(each.pPr)

    def plain_heading(self, text: str) -> None:
        """A heading of what comes after the areas."""
        heading = self.paragraph("Heading2", text, letters=PLAIN_HEADING.replace(" ", ""))
        before, after = PLAIN_HEADING_BEFORE * TWENTIETHS, PLAIN_HEADING_AFTER * TWENTIETHS
        heading.pPr.append(element("w:spacing", before=str(before), after=str(after)))

    def lines(self, style: str, text: str | Words) -> list[Any]:
        """Text as typed: a paragraph for each line, so that each takes its own direction."""
        words = as_words(text)
        return [
            self.paragraph(style, Words(line, words.language)) for line in words.text.split("\n")
        ]

    def labelled(self, style: str, label: str, *parts: str | Words) -> None:
        """A label, and beside it each part on lines of its own."""
        paragraph = self.paragraph(style, label, letters=LABEL)
        words = map(as_words, parts)
        lines = (Words(line, each.language) for each in words for line in each.text.split("\n"))
        for number, line in enumerate(lines):
            paragraph.append(_run("\t") if number == 0 else element("w:br"))
            paragraph.extend(_runs(line))

    def paragraph(self, style: str, *parts: str | Words, letters: str = "") -> Any:
        """Add a line as a paragraph of this style, its letters perhaps in one of their own."""
        paragraph = element("w:p")
        paragraph.style = style
        if runs_right_to_left("".join(map(str, parts))):
            paragraph.pPr.append(element("w:bidi"))
        for part in parts:
            paragraph.extend(_runs(as_words(part), letters))
        self.end.addprevious(paragraph)
        return paragraph


def _runs(words: Words, letters: str = "") -> Iterator[Any]:
    directed = (
        (part, piece.boxed, to_left)
        for piece in pieces(words.text)
        for part, to_left in (((piece.text, False),) if piece.boxed else runs(piece.text))
    )
    for text, boxed, right_to_left in directed:
        run = _run(text, CODE_POINT if boxed else letters)
        if right_to_left:
            run.get_or_add_rPr().append(element("w:rtl"))
        if words.language:
            tag = str(regional_tag(words.language))
            run.get_or_add_rPr().append(element("w:lang", val=tag, eastAsia=tag, bidi=tag))
        yield run


def _run(text: str, letters: str = "") -> Any:
    run = element("w:r")
    if letters:
        run.style = letters
    for part in SIGNS.split(text):
        if part in ELEMENTS:
            run.append(element(ELEMENTS[part]))
        elif part:
            run.append(_words(part))
    return run


def _words(text: str) -> Any:
    words = element("w:t")
    words.text = text
    # Without this, Word eats the spaces at either end.
    words.set(qualified("xml:space"), "preserve")
    return words
