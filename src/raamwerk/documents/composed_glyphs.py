"""The fonts in a PDF of typst's, and glyphs composed in them of the glyphs that are there."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
LAST_MAPPING = b"endcmap"
IN_A_SECTION = 100
"""As many mappings as the format allows in one section."""

Part = tuple[int, int, int]
"""A glyph by its code, and how far it stands from where the composed one does."""


@dataclass
class Font:
    """An embedded font: its widths and texts by code, and what is composed in it, also by code."""

    dictionary: Any
    descendant: Any
    texts: dict[int, str]
    widths: dict[int, float]
    composed: dict[tuple[tuple[Part, ...], int, str], int] = field(default_factory=dict)

    def code(self, parts: tuple[Part, ...], width: float, text: str) -> int:
        """The code of a glyph of these parts that is so wide and stands for this text."""
        return self.composed.setdefault(
            (parts, round(width), text), self.count + len(self.composed)
        )

    @cached_property
    def program(self) -> Any:
        """The font file, its glyphs named by their number."""
        from fontTools.ttLib import TTFont

        embedded = self.descendant["/FontDescriptor"]["/FontFile2"].get_data()
        program = TTFont(io.BytesIO(embedded), recalcTimestamp=False)
        program.setGlyphOrder([f"g{number}" for number in range(program["maxp"].numGlyphs)])
        return program

    @cached_property
    def count(self) -> int:
        """How many glyphs typst embedded: those it draws, and parts of them."""
        return len(self.program.getGlyphOrder())


def embedded_font(dictionary: Any) -> Font:
    """The font that this dictionary of the PDF describes."""
    descendant = dictionary["/DescendantFonts"][0].get_object()
    texts = {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in MAPPED.findall(dictionary["/ToUnicode"].get_data())
    }
    usual = float(descendant["/DW"])
    widths = dict.fromkeys(texts, usual) | dict(_widths(list(descendant["/W"])))
    return Font(dictionary, descendant, texts, widths)


def _widths(listed: list[Any]) -> Iterator[tuple[int, float]]:
    """The widths by code: ``first [w w …]`` or ``first last w``."""
    while listed:
        first, then = int(listed.pop(0)), listed.pop(0)
        if isinstance(then, list):
            yield from ((first + at, float(width)) for at, width in enumerate(then))
        else:
            width = float(listed.pop(0))
            yield from ((code, width) for code in range(first, int(then) + 1))


def embed_composed(font: Font) -> list[Any]:
    """Put the composed glyphs in the font, with widths and texts. The objects that changed."""
    from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject

    descriptor = font.descendant["/FontDescriptor"]
    program, embedded = _program(font), descriptor["/FontFile2"]
    embedded.set_data(program)
    embedded[NameObject("/Length1")] = NumberObject(len(program))
    # It would have to list the new codes, and no reader needs it.
    descriptor.pop("/CIDSet", None)
    widths = ArrayObject(FloatObject(width) for _, width, _ in font.composed)
    listed = [*font.descendant["/W"], NumberObject(font.count), widths]
    font.descendant[NameObject("/W")] = ArrayObject(listed)
    mapping = font.dictionary["/ToUnicode"]
    mapping.set_data(_mapping(mapping.get_data(), font))
    return [font.descendant, descriptor, embedded, mapping]


def _mapping(mapping: bytes, font: Font) -> bytes:
    lines = [
        f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
        for (_, _, text), code in font.composed.items()
    ]
    sections = (lines[at : at + IN_A_SECTION] for at in range(0, len(lines), IN_A_SECTION))
    added = "".join(
        "\n".join([f"{len(section)} beginbfchar", *section, "endbfchar", ""])
        for section in sections
    )
    return bytes(mapping.replace(LAST_MAPPING, added.encode() + LAST_MAPPING, 1))


def _program(font: Font) -> bytes:
    program = font.program
    outlines, metrics = program["glyf"], program["hmtx"]
    order = program.getGlyphOrder()
    unit = program["head"].unitsPerEm / 1000
    for (glyphs, width, _), code in font.composed.items():
        parts = [
            (order[part], round(x * unit), round(y * unit))
            for part, x, y in glyphs
            if outlines[order[part]].numberOfContours
        ]
        glyph, name = _glyph(parts), f"g{code}"
        glyph.recalcBounds(outlines)
        outlines[name] = glyph
        metrics[name] = (max(round(width * unit), 0), getattr(glyph, "xMin", 0))
    added = [f"g{code}" for code in font.composed.values()]
    program.setGlyphOrder(order[: font.count] + added)
    written = io.BytesIO()
    program.save(written)
    return written.getvalue()


def _glyph(parts: list[tuple[str, int, int]]) -> Any:
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

    glyph = Glyph()
    glyph.numberOfContours = -1 if parts else 0
    glyph.components = []
    for name, x, y in parts:
        component = GlyphComponent()
        component.glyphName, component.x, component.y, component.flags = name, x, y, 0
        glyph.components.append(component)
    return glyph
