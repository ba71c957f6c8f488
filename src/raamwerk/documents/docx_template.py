"""The template of a Word overview: an empty document with our styles."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from raamwerk.documents.look import (
    AREA_INKS,
    AREA_PAPERS,
    OWN_WORDS,
    PLAIN_HEADING,
    PLAIN_HEADING_SIZE,
    QUIET_INK,
    Style,
    margins,
    styles,
    text_width,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle

LABEL, CODE_POINT = "Label", "CodePoint"
COMPATIBILITY_MODE = "15"
"""That of Word since 2013."""

UNWANTED = ("/thumbnail", "/stylesWithEffects", "/customXml", "/extended-properties")
"""What the library's own template brings; the last names another program as the maker."""

AFTER_BORDERS = ("w:tabs", "w:bidi", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
AFTER_KEEPING = ("w:pBdr", "w:shd", *AFTER_BORDERS)
"""What the schema wants after borders, and after keeping paragraphs together."""


@cache
def template(*, compact: bool = False) -> bytes:
    """The empty document as a file, each kind made once in the life of the server."""
    from docx import Document

    document = Document()
    _strip(document)
    _modernise(document)
    _lay_out_page(document, compact=compact)
    for name, style in styles(compact=compact).items():
        _set_style(_style(document, name), style)
    _add_hues(document)
    _add_letters(document)
    _number_pages(document, compact=compact)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def shade(properties: BaseOxmlElement, hue: int) -> None:
    """Give a paragraph with a person's own words its border and background."""
    paper = AREA_PAPERS[hue]
    borders = element("w:pBdr")
    for side, colour, eighths, space in (
        ("top", paper, 4, 6),
        ("left", AREA_INKS[hue], 18, 9),
        ("bottom", paper, 4, 6),
        ("right", paper, 4, 11),
    ):
        borders.append(_line(side, colour, eighths=eighths, space=space))
    properties.insert_element_before(borders, *AFTER_BORDERS)
    fill = element("w:shd", val="clear", color="auto", fill=paper)
    properties.insert_element_before(fill, *AFTER_BORDERS)


def border(
    properties: BaseOxmlElement, side: str, colour: str, *, eighths: int, space: int
) -> None:
    """Draw a line on one side of a paragraph, so many eighths of a point thick.

    Also between it and the next, where that has the same: Word takes them for one otherwise.
    """
    borders = element("w:pBdr")
    for each in (side, "between"):
        borders.append(_line(each, colour, eighths=eighths, space=space))
    properties.insert_element_before(borders, *AFTER_BORDERS)


def _line(side: str, colour: str, *, eighths: int, space: int) -> Any:
    line = {"val": "single", "sz": str(eighths), "space": str(space), "color": colour}
    return element(f"w:{side}", **line)


def keep_with_next(properties: BaseOxmlElement) -> None:
    """Keep a paragraph on the page of the one after it."""
    properties.insert_element_before(element("w:keepNext"), *AFTER_KEEPING)


def element(tag: str, **attributes: str) -> Any:
    """A new element. ``Any``, as what an element can do depends on its tag."""
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for attribute, value in attributes.items():
        made.set(qualified(f"w:{attribute}"), value)
    return made


def qualified(prefixed: str) -> str:
    """The full name of a tag or attribute: ``w:val`` with its namespace."""
    from docx.oxml.ns import qn

    return qn(prefixed)


def _strip(document: Document) -> None:
    """Delete what the library's own template has and no overview needs."""
    from docx.enum.style import WD_STYLE_TYPE

    properties = document.core_properties
    properties.author = properties.comments = properties.last_modified_by = ""
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    for relations in (document.part.package.rels, document.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(UNWANTED):
                del relations[name]


def _modernise(document: Document) -> None:
    """Say that this is a document of today's Word, which else opens it in an older one's way."""
    settings = document.settings.element
    for mode in settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qualified("w:val"), COMPATIBILITY_MODE)
    for old in settings.xpath("w:compat/w:useFELayout"):
        old.getparent().remove(old)


def _lay_out_page(document: Document, *, compact: bool) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in margins(compact=compact).items():
        setattr(section, f"{side}_margin", Mm(width))


def _style(document: Document, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    if name in document.styles:
        return document.styles[name]
    return document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)


def _set_style(style: ParagraphStyle, look: Style) -> None:
    from docx.shared import Pt

    _set_font(style, look)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.left_indent, layout.first_line_indent = Pt(look.indent), Pt(-look.hanging)
    layout.right_indent, layout.line_spacing = Pt(look.right), look.lines
    for crowding in style.element.xpath("w:pPr/w:contextualSpacing"):
        crowding.getparent().remove(crowding)
    if look.hanging:
        layout.tab_stops.add_tab_stop(Pt(look.indent))


def _set_font(style: ParagraphStyle, look: Style) -> None:
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour.upper())
    letters = style.element.get_or_add_rPr()
    fonts = letters.get_or_add_rFonts()
    # The template's theme fonts would win from ours.
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qualified(f"w:{script}"), look.font)
    size = element("w:szCs", val=str(round(look.size * 2)))
    letters.insert_element_before(size, "w:highlight", "w:u", "w:lang")


def _add_hues(document: Document) -> None:
    """For each hue: a paragraph style for a person's own words, and a character style."""
    from docx.shared import RGBColor

    for hue, colour in enumerate(AREA_INKS):
        shade(_style(document, f"{OWN_WORDS} {hue}").element.get_or_add_pPr(), hue)
        _letters(document, f"Hue {hue}").font.color.rgb = RGBColor.from_string(colour.upper())


def _add_letters(document: Document) -> None:
    """Character styles: for labels, and for the framed code point of what cannot be written."""
    from docx.shared import Pt

    _letters(document, LABEL).font.bold = True
    _letters(document, PLAIN_HEADING).font.size = Pt(PLAIN_HEADING_SIZE)
    frame = element("w:bdr", val="single", sz="4", space="0", color=QUIET_INK)
    _letters(document, CODE_POINT).element.get_or_add_rPr().append(frame)


def _letters(document: Document, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    return document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)


def _number_pages(document: Document, *, compact: bool) -> None:
    """A footer with room for the title, "1 / 4" at the end of its line, and whose it is below."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.add_run("-")
    paragraph.add_run("\t")
    for piece in ("PAGE", " / ", "NUMPAGES"):
        if piece.isalpha():
            paragraph._p.append(element("w:fldSimple", instr=piece))
        else:
            paragraph.add_run(piece)
    tabs = paragraph.style.paragraph_format.tab_stops
    tabs.clear_all()
    tabs.add_tab_stop(Mm(text_width(compact=compact)), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_paragraph(style=paragraph.style)
