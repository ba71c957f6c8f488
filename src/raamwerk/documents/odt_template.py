"""The template of an OpenDocument overview: an empty document with our styles."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

from raamwerk.documents.language_tags import LanguageTag
from raamwerk.documents.look import (
    AREA_INKS,
    AREA_PAPERS,
    OWN_WORDS,
    PLAIN_HEADING,
    PLAIN_HEADING_AFTER,
    PLAIN_HEADING_BEFORE,
    PLAIN_HEADING_SIZE,
    QUIET_INK,
    Style,
    margins,
    styles,
    text_width,
)

if TYPE_CHECKING:
    from odfdo import Document, Element

AREA, POINT, HUE = "Area", "Point", "Hue"
ROOM = "Room with a line"
LABEL, CODE_POINT, STATEMENTS = "Label", "Code Point", "Statements"
FOOTER_HEIGHT = 14
KEPT = "Kept"
"""Added to a style's name for a paragraph that stays on the page of the next."""

FROM_THE_RIGHT = "From the Right"
"""Added to a style's name for a line whose letters run from right to left."""

# Not "start": LibreOffice takes that for the left, whatever the writing mode.
MIRRORED = {"style:writing-mode": "rl-tb", "fo:text-align": "right"}

STATEMENT_LIST = f"""
<text:list-style style:name="{STATEMENTS}">
  <text:list-level-style-bullet text:level="1" text:bullet-char="•">
    <style:list-level-properties text:list-level-position-and-space-mode="label-alignment">
      <style:list-level-label-alignment text:label-followed-by="listtab"
        text:list-tab-stop-position="12pt" fo:margin-left="12pt" fo:text-indent="-12pt"/>
    </style:list-level-properties>
  </text:list-level-style-bullet>
</text:list-style>
"""


@cache
def template(*, compact: bool = False) -> bytes:
    """The empty document as a file, each kind made once in the life of the server."""
    from odfdo import Document

    document = Document("text")
    document.body.clear()
    document.del_part("Thumbnails/thumbnail.png")
    document.manifest.del_full_path("Thumbnails/thumbnail.png")
    document.insert_style(STATEMENT_LIST)
    for name, look in styles(compact=compact).items():
        _add_style(document, name, look)
    _add_plain_heading(document)
    for name in ("List Bullet", "Mark", "Origin"):
        _add_kept(document, name)
    # Each has a line of its own: by itself a word processor draws one under them all.
    line = {"fo:border-bottom": f"0.5pt solid #{QUIET_INK}", "style:join-border": "false"}
    _add_derived(document, ROOM, "Room", line)
    for number, (hue, paper) in enumerate(zip(AREA_INKS, AREA_PAPERS, strict=True)):
        _add_hue(document, number, hue, paper)
    _add_letters(document, LABEL, {"fo:font-weight": "bold"})
    _add_letters(document, CODE_POINT, {"fo:color": f"#{QUIET_INK}"})
    # Beside the library, which does not know that letters can have a border.
    frame = f"0.5pt solid #{QUIET_INK}"
    _properties(document, CODE_POINT, "text").set_attribute("fo:border", frame)
    _unnumber_headings(document)
    _lay_out_page(document, compact=compact)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def style_id(name: str) -> str:
    """The name of a style as OpenDocument writes it in a file."""
    return name.replace(" ", "_20_")


def language_style(tag: LanguageTag) -> str:
    """The name of the style of letters in this language."""
    return f"Language {tag}"


def add_language(document: Document, tag: LanguageTag) -> None:
    """Add the style of letters in this language to a document."""
    said = {}
    for space, script in (("fo", ""), ("style", "-asian"), ("style", "-complex")):
        said[f"{space}:language{script}"] = tag.language
        said[f"{space}:country{script}"] = tag.region or "none"
    _add_letters(document, language_style(tag), said)


def found(document: Document, query: str) -> Element:
    """The element of the styles that must be there."""
    element = document.styles.get_element(query)
    if element is None:
        raise LookupError(query)
    return element


def _add_style(document: Document, name: str, look: Style) -> None:
    """The style, and the same from right to left."""
    from odfdo import Style as OdfStyle

    style = OdfStyle("paragraph", name=style_id(name), display_name=name)
    if name.startswith("Heading"):
        style.set_attribute("style:default-outline-level", name[-1])
    style.set_properties(_letters(look), area="text")
    style.set_properties(_layout(look), area="paragraph")
    if name.startswith("Heading"):
        style.set_properties({"fo:keep-with-next": "always"}, area="paragraph")
    document.insert_style(style)
    if look.hanging:
        _properties(document, name, "paragraph").append(_tab_stop(f"{look.indent}pt"))
    _add_derived(document, f"{name} {FROM_THE_RIGHT}", name, MIRRORED)


def _add_kept(document: Document, name: str) -> None:
    """The style of a paragraph that stays with the next, and the same from right to left."""
    kept = {"fo:keep-with-next": "always"}
    _add_derived(document, f"{name} {KEPT}", name, kept)
    _add_derived(document, f"{name} {KEPT} {FROM_THE_RIGHT}", f"{name} {FROM_THE_RIGHT}", kept)


def _letters(look: Style) -> dict[str, str]:
    letters = {"fo:color": f"#{look.colour}"}
    for script in ("", "-asian", "-complex"):
        space = "fo" if not script else "style"
        letters[f"{space}:font-size{script}"] = f"{look.size}pt"
        letters[f"{space}:font-weight{script}"] = "bold" if look.bold else "normal"
    return letters | {"fo:font-family": look.font}


def _layout(look: Style) -> dict[str, str]:
    return {
        "fo:margin-top": f"{look.before}pt",
        "fo:margin-bottom": f"{look.after}pt",
        "fo:margin-left": f"{look.indent}pt",
        "fo:margin-right": f"{look.right}pt",
        "fo:text-indent": f"{-look.hanging}pt",
        "fo:line-height": f"{look.lines:.0%}",
        "fo:orphans": "2",
        "fo:widows": "2",
    }


def _add_plain_heading(document: Document) -> None:
    """The style of a heading of what comes after the areas."""
    layout = {
        "fo:margin-top": f"{PLAIN_HEADING_BEFORE}pt",
        "fo:margin-bottom": f"{PLAIN_HEADING_AFTER}pt",
    }
    size = f"{PLAIN_HEADING_SIZE}pt"
    letters = {"fo:font-size": size, "style:font-size-complex": size}
    _add_derived(document, PLAIN_HEADING, "Heading 2", layout, letters)
    _add_derived(document, f"{PLAIN_HEADING} {FROM_THE_RIGHT}", PLAIN_HEADING, MIRRORED)


def _add_hue(document: Document, number: int, hue: str, paper: str) -> None:
    """The styles in the colour of an area: its heading, marks, and what a person typed."""
    ink = {"fo:color": f"#{hue}"}
    rule = {"fo:border-top": f"0.75pt solid #{hue}", "fo:padding-top": "8pt"}
    side = {
        "fo:border-left": f"2.25pt solid #{hue}",
        # The rule stands in line with the column, the words beside it.
        "fo:margin-left": "0pt",
        "fo:margin-right": "0pt",
        "fo:padding": "6pt",
        "fo:padding-left": "10pt",
        "fo:padding-right": "10pt",
        "fo:background-color": f"#{paper}",
    }
    _add_letters(document, f"{HUE} {number}", ink)
    _add_derived(document, f"{AREA} {number}", "Heading 2", rule, ink)
    _add_derived(document, f"{POINT} {number}", "Heading 4", side, ink)
    for name in (f"{AREA} {number}", f"{POINT} {number}"):
        _add_derived(document, f"{name} {FROM_THE_RIGHT}", name, MIRRORED)
    for name in (f"{OWN_WORDS} {number}", f"{OWN_WORDS} {number} {FROM_THE_RIGHT}"):
        for attribute, value in side.items():
            _properties(document, name, "paragraph").set_attribute(attribute, value)


def _add_derived(
    document: Document,
    name: str,
    parent: str,
    layout: dict[str, str],
    letters: dict[str, str] | None = None,
) -> None:
    from odfdo import Style as OdfStyle

    style = OdfStyle(
        "paragraph", name=style_id(name), display_name=name, parent_style=style_id(parent)
    )
    style.set_properties(layout, area="paragraph")
    if letters:
        style.set_properties(letters, area="text")
    document.insert_style(style)


def _add_letters(document: Document, name: str, letters: dict[str, str]) -> None:
    from odfdo import Style as OdfStyle

    style = OdfStyle("text", name=style_id(name), display_name=name)
    style.set_properties(letters, area="text")
    document.insert_style(style)


def _properties(document: Document, name: str, area: str) -> Element:
    return found(document, f"//style:style[@style:name='{style_id(name)}']/style:{area}-properties")


def _tab_stop(position: str, kind: str = "left") -> Element:
    from odfdo import Element

    return Element.from_tag(
        f'<style:tab-stops><style:tab-stop style:position="{position}" style:type="{kind}"/>'
        "</style:tab-stops>"
    )


def _unnumber_headings(document: Document) -> None:
    for level in document.styles.get_elements("//text:outline-level-style"):
        level.set_attribute("style:num-format", "")
        level.set_attribute("style:num-suffix", "")
        level.del_attribute("loext:num-list-format")


def _lay_out_page(document: Document, *, compact: bool) -> None:
    """A4 with our margins, and a footer with the title, "1 / 4" and, below, whose it is."""
    from odfdo import Element

    page = found(document, "//style:page-layout-properties")
    for side, width in margins(compact=compact).items():
        # The footer stands inside the page's own margin.
        room = FOOTER_HEIGHT if side == "bottom" else 0
        page.set_attribute(f"fo:margin-{side}", f"{width - room}mm")
    found(document, "//style:footer-style").append(
        Element.from_tag(
            f'<style:header-footer-properties fo:min-height="{FOOTER_HEIGHT}mm" '
            f'fo:margin-top="{FOOTER_HEIGHT / 2}mm"/>'
        )
    )
    numbers = _tab_stop(f"{text_width(compact=compact)}mm", "right")
    _properties(document, "Footer", "paragraph").append(numbers)
    found(document, "//style:master-page").append(
        Element.from_tag(
            '<style:footer><text:p text:style-name="Footer">-<text:tab/><text:page-number/> / '
            '<text:page-count/></text:p><text:p text:style-name="Footer"/></style:footer>'
        )
    )
