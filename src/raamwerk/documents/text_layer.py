"""Makes every reader of a PDF give back the text as typed.

Where a letter and its accents are several glyphs, typst gives each glyph the whole text and says
beside it (ActualText) what they stand for together. Few readers listen, and over a change of
baseline nothing is said: "C̀" is read as "C̀C̀". Here such glyphs become one glyph, composed of them
in the embedded font, that says the letter; after it, glyphs of nothing say the accents.
"""

import io
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Any

from raamwerk.documents.composed_glyphs import Font, embed_composed, embedded_font
from raamwerk.documents.drawn_glyphs import Shown, Unit, units, written
from raamwerk.documents.typed import runs_right_to_left

EM = 1000
MOST_PARTS = 64
"""No letter has so many accents, and a pile of them would be higher than a font can tell."""

FREE_ENTRY = b"xref\n0 1\n0000000000 65535 f\r\n"
TRAILER = b"trailer\n<<"


def with_text_as_typed(document: bytes) -> bytes:
    """The PDF of typst with every text once. The bytes as given where that is so already."""
    from pypdf import PdfReader  # here, so that a server that makes no PDF does not load it

    fonts: dict[int, Font] = {}
    changed: list[Any] = []
    for page in PdfReader(io.BytesIO(document)).pages:
        stream: Any = page["/Contents"].get_object()
        named = _fonts_of(page, fonts)
        content = _edited(stream.get_data(), named)
        if content is not None:
            stream.set_data(content)
            changed.append(stream)
    for font in fonts.values():
        if font.composed:
            changed += embed_composed(font)
    return _updated(document, changed) if changed else document


def _updated(document: bytes, changed: list[Any]) -> bytes:
    """The PDF with these objects in their new form at its end."""
    body, entries = io.BytesIO(), b""
    body.write(document + b"\n")
    for each in changed:
        number = each.indirect_reference.idnum
        entries += b"%d 1\n%010d 00000 n\r\n" % (number, body.tell())
        body.write(b"%d 0 obj\n" % number)
        each.write_to_stream(body)
        body.write(b"\nendobj\n")
    start, before = body.tell(), document.rindex(b"startxref")
    (previous,) = document[before:].split()[1:2]
    trailer = document[document.rindex(TRAILER) : before]
    body.write(FREE_ENTRY + entries)
    body.write(trailer.replace(TRAILER, TRAILER + b"/Prev " + previous, 1))
    body.write(b"startxref\n%d\n%%%%EOF" % start)
    return body.getvalue()


def _fonts_of(page: Any, known: dict[int, Font]) -> dict[str, Font]:
    """The fonts of a page by the name that it gives them."""
    found = {}
    for name, reference in page["/Resources"].get("/Font", {}).items():
        number = reference.idnum
        known[number] = known.get(number) or embedded_font(reference.get_object())
        found[name] = known[number]
    return found


def _may_need_it(content: bytes, fonts: Iterable[Font]) -> bool:
    """Whether anything is said beside a glyph, or by two glyphs alike, or with an accent."""
    texts = [font.texts.values() for font in fonts]
    return b"/ActualText" in content or any(
        len(set(each)) < len(each) or any(len(text) > 1 and _has_more(text) for text in each)
        for each in texts
    )


def _has_more(text: str) -> bool:
    # Readers turn round what runs right to left; pdf.js finds no width where an accent is.
    return runs_right_to_left(text) or any(map(_silent, text))


def _edited(content: bytes, fonts: dict[str, Font]) -> bytes | None:
    """The stream with each text drawn by one glyph, or None where it is so already."""
    if not _may_need_it(content, fonts.values()):
        return None
    widths = {name: font.widths for name, font in fonts.items()}
    found = list(units(content, widths))
    joined = [each for each in _clusters(found, fonts) if _needs_joining(each)]
    if not joined:
        return None
    for cluster in joined:
        _join(cluster, fonts[cluster[0].shown.font])
    touched = {unit.shown.block for cluster in joined for unit in cluster}
    told = (place for unit in found if unit.shown.block in touched for place in unit.marked)
    edits = [(start, end, b"") for start, end in told]
    lines = groupby({u.shown.start: u.shown for u in found}.values(), lambda shown: shown.block)
    for block, shown in lines:
        if block in touched:
            edits += _in_one(list(shown))
    kept, at = [], 0
    for start, end, replacement in sorted(edits):
        kept += [content[at:start], replacement]
        at = end
    return b" ".join([*kept, content[at:]])


def _in_one(shown: list[Shown]) -> Iterator[tuple[int, int, bytes]]:
    """The operators of a block as one: some readers take a word apart at every move."""
    first = shown[0]
    parts = list(first.parts)
    for before, after in pairwise(shown):
        parts += [before.right - after.left, *after.parts]
        yield after.start, after.end, b""
    yield first.start, first.end, written(parts)


def _clusters(found: Iterable[Unit], fonts: dict[str, Font]) -> Iterator[list[Unit]]:
    """The units by what was typed: those of one letter and its accents together."""
    cluster: list[Unit] = []
    for unit in found:
        unit.text = unit.text or fonts[unit.shown.font].texts.get(unit.glyphs[0].code, "")
        if cluster and not _continues(cluster, unit):
            yield cluster
            cluster = []
        cluster.append(unit)
    if cluster:
        yield cluster


def _continues(cluster: list[Unit], unit: Unit) -> bool:
    """Whether the unit is of the same letter: typst moves on to another block per baseline."""
    first, last = cluster[0], cluster[-1]
    near, before = unit.glyphs[0], last.glyphs[-1]
    return (
        unit.text == first.text
        and unit.shown.font == first.shown.font
        and unit.shown.block != last.shown.block
        and near.code != first.glyphs[0].code
        and 0 < abs(near.y - before.y) < EM
        and abs(near.x - before.x) < 2 * EM
        # A letter of Arabic has several glyphs, so that two of it may look like one.
        and (len(unicodedata.normalize("NFD", unit.text)) > 1 or not runs_right_to_left(unit.text))
    )


def _needs_joining(cluster: list[Unit]) -> bool:
    """Whether some reader would not read it as typed."""
    text = cluster[0].text
    glyphs = sum(len(unit.glyphs) for unit in cluster)
    many = len(cluster) > 1 or bool(cluster[0].marked)
    return max(glyphs, len(text)) <= MOST_PARTS and (many or (len(text) > 1 and _has_more(text)))


def _join(cluster: list[Unit], font: Font) -> None:
    """Let one glyph draw the whole cluster, and glyphs of nothing stand for what else it says."""
    glyphs = [glyph for unit in cluster for glyph in unit.glyphs]
    carrier = max(cluster, key=_width)
    origin = max(carrier.glyphs, key=lambda glyph: glyph.advance > 0)
    parts = tuple(
        (glyph.code, round(glyph.x - origin.x), round(glyph.y - origin.y)) for glyph in glyphs
    )
    text = carrier.text
    letters = [at for at, each in enumerate(text) if not _silent(each)] or [0]
    share = _width(carrier) / len(letters)
    codes = [
        font.code(parts if at == letters[0] else (), share if at in letters else 0, each)
        for at, each in enumerate(text)
    ]
    for unit in cluster:
        for glyph in unit.glyphs:
            unit.shown.parts[glyph.place] = 0.0 if unit is carrier else -glyph.advance
    carrier.shown.parts[origin.place] = codes[::-1] if runs_right_to_left(text) else codes


def _silent(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me", "Cf")


def _width(unit: Unit) -> float:
    """How far the unit moves on: an accent is moved over its letter, and moves nothing on."""
    return sum(glyph.advance for glyph in unit.glyphs)
