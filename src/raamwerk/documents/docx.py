"""An overview as a Word document: real headings and lists, so it can be read aloud and edited."""

from __future__ import annotations

import io
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
    paper,
    qualified,
    template,
)
from raamwerk.documents.look import HUES, LOCALES, MARK_SIGN, turn
from raamwerk.documents.overview import Overview, OverviewArea, OverviewField
from raamwerk.documents.typed import pieces, runs_right_to_left

if TYPE_CHECKING:
    from docx.document import Document


def docx(overview: Overview) -> bytes:
    """The Word document. The same overview gives the same bytes."""
    from docx import Document  # here, so that a server that makes no DOCX does not load it

    document = Document(io.BytesIO(template()))
    _describe(document, overview)
    _Writer(document).overview(overview)
    written = io.BytesIO()
    document.save(written)
    return dated(written.getvalue(), overview.day)


def _describe(document: Document, overview: Overview) -> None:
    """Tell what the document is: its title, language and day."""
    properties = document.core_properties
    properties.title = overview.title
    properties.language = overview.language
    properties.created = properties.modified = datetime.combine(overview.day, time(), UTC)
    for language in document.styles.element.xpath("w:docDefaults//w:lang"):
        language.set(qualified("w:val"), LOCALES.get(overview.language, overview.language))
    document.sections[0].footer.paragraphs[0].runs[0].text = overview.title


class _Writer:
    """Writes an overview at the end of a document, as elements: the library's own way is slow."""

    def __init__(self, document: Document) -> None:
        self.end = document.element.body.sectPr

    def overview(self, overview: Overview) -> None:
        self.paragraph("Heading1", overview.title)
        self.paragraph("Framework", overview.framework)
        for label, value in overview.details:
            self.labelled("Detail", label, value)
        self.lines("Explanation", overview.explanation)
        for area in overview.areas:
            self.area(area)
        if overview.nothing_here:
            self.paragraph("Normal", overview.nothing_here)
        self.references(overview)

    def area(self, area: OverviewArea) -> None:
        hue = turn(area.hue)
        heading = self.paragraph("Heading2", area.heading, letters=f"Hue{hue + 1}")
        border(heading.pPr, "top", HUES[hue], eighths=6, space=8)
        for field in area.fields:
            self.field(field, hue)

    def field(self, field: OverviewField, hue: int) -> None:
        letters = f"Hue{hue + 1}"
        self.paragraph("Heading3", field.heading)
        for statement in field.statements:
            said = self.paragraph("ListBullet", statement.line)
            if statement.marks:
                keep_with_next(said.pPr)
            for mark in statement.marks:
                self.paragraph("Mark", f"{MARK_SIGN} {mark}", letters)
        heading = self.paragraph("Heading4", field.point_heading, letters)
        paper(heading.pPr, hue)
        self.lines(f"OwnWords{hue + 1}", field.point or field.nothing_noted)

    def references(self, overview: Overview) -> None:
        if overview.sources:
            self.paragraph("Heading2", overview.sources_heading)
        for letter, title in overview.sources:
            self.labelled("Reference", letter, title)
        if overview.footnotes:
            self.paragraph("Heading2", overview.footnotes_heading)
        for note in overview.footnotes:
            said = "\n".join(each for each in (note.text, note.reference, note.remark) if each)
            self.labelled("Reference", str(note.number), said)
        self.paragraph("Heading2", overview.origin_heading)
        for line in overview.origin:
            self.paragraph("Origin", line)

    def lines(self, style: str, text: str) -> None:
        """Text as typed: a paragraph for each line, so that each takes its own direction."""
        for line in text.split("\n"):
            self.paragraph(style, line)

    def labelled(self, style: str, label: str, text: str) -> None:
        paragraph = self.paragraph(style, label, letters=LABEL)
        for number, line in enumerate(text.split("\n")):
            paragraph.append(_run("\t") if number == 0 else element("w:br"))
            paragraph.extend(_runs(line))

    def paragraph(self, style: str, line: str, letters: str = "") -> Any:
        """Add a line as a paragraph of this style, its letters perhaps in one of their own."""
        paragraph = element("w:p")
        paragraph.style = style
        if runs_right_to_left(line):
            paragraph.pPr.append(element("w:bidi"))
        paragraph.extend(_runs(line, letters))
        self.end.addprevious(paragraph)
        return paragraph


def _runs(line: str, letters: str = "") -> Iterator[Any]:
    right_to_left = runs_right_to_left(line)
    for text, boxed in pieces(line):
        run = _run(text, CODE_POINT if boxed else letters)
        if right_to_left and not boxed:
            run.get_or_add_rPr().append(element("w:rtl"))
        yield run


def _run(text: str, letters: str = "") -> Any:
    run = element("w:r")
    if letters:
        run.style = letters
    for number, part in enumerate(text.split("\t")):
        if number:
            run.append(element("w:tab"))
        if part:
            run.append(_words(part))
    return run


def _words(text: str) -> Any:
    words = element("w:t")
    words.text = text
    # Without this, Word eats the spaces at either end.
    words.set(qualified("xml:space"), "preserve")
    return words
