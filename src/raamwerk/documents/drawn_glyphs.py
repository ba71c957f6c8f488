"""The glyphs that a content stream of typst's draws, where each stands, and edits to them.

Only what typst writes is understood: horizontal text, two bytes a glyph, no rotation.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

TOKEN = re.compile(rb"<<|>>|<[0-9A-Fa-f\s]*>|[\[\](]|/[^\s()<>\[\]/%]*|[^\s()<>\[\]/%]+")
IN_STRING = re.compile(rb"[()\\]")
ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.))", re.DOTALL)
SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
NO_MOVE = 0.01
"""In thousandths of the size: what adding up leaves of nothing."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One glyph: its code, where it starts and what it moves on by, in thousandths of the size."""

    code: int
    x: float
    y: float
    advance: float
    place: int


@dataclass(slots=True)
class Shown:
    """One operator that shows text: its place in the stream, and its codes and moves."""

    font: str
    scale: tuple[float, float]
    start: int
    end: int
    parts: list[int | float | list[int]]
    block: int
    left: float = 0
    right: float = 0
    y: float = 0


@dataclass(slots=True)
class Unit:
    """Glyphs next to each other that stand for one text: of one operator, and on one baseline."""

    shown: Shown
    glyphs: list[Drawn]
    text: str = ""
    marked: list[tuple[int, int]] = field(default_factory=list)
    """Where the stream begins and ends to say what the text is; nowhere if the font says it."""


@dataclass(slots=True)
class _Reader:
    """The state of the graphics while a stream is read."""

    matrix: Matrix = IDENTITY
    saved: list[Matrix] = field(default_factory=list)
    line: Matrix = IDENTITY
    x: float = 0
    font: str = ""
    size: float = 0
    block: int = 0


def units(content: bytes, widths: Mapping[str, Mapping[int, float]]) -> Iterator[Unit]:
    """The units of the stream, in its order. ``widths`` is by font name and code."""
    reader, operands = _Reader(), list[tuple[int, bytes]]()
    sections: list[tuple[tuple[int, int], str] | None] = []
    inside: list[Unit] = []
    for start, token in tokens(content):
        if token[:1] in b"/([]<>-.0123456789":
            operands.append((start, token))
            continue
        first = operands[0][0] if operands else start
        end = start + len(token)
        if token in (b"BDC", b"BMC"):
            actual = _actual_text([each for _, each in operands])
            sections.append(((first, end), actual) if actual else None)
        elif token == b"EMC":
            if section := sections.pop():
                if len(inside) == 1:
                    inside[0].marked = [section[0], (start, end)]
                    inside[0].text = section[1]
                yield from inside
                inside = []
        elif token in (b"Tj", b"TJ"):
            shown = _show(reader, [each for _, each in operands], first, end)
            glyphs = list(_drawn(reader, shown, widths[reader.font]))
            if any(sections):
                inside.append(Unit(shown, glyphs))
            else:
                yield from (Unit(shown, [glyph]) for glyph in glyphs)
        else:
            _apply(reader, token, [each for _, each in operands])
        operands = []


def tokens(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every token of the stream, with where it starts."""
    at = 0
    while found := TOKEN.search(content, at):
        start, at = found.span()
        if found.group() == b"(":
            at = _end_of_string(content, at)
        yield start, content[start:at]


def written(parts: list[int | float | list[int]]) -> bytes:
    """The operator that shows these, or nothing where no glyph is left: each stands by itself."""
    shown, move = b"", 0.0
    for part in parts:
        if isinstance(part, float):
            move += part
        elif codes := part if isinstance(part, list) else [part]:
            shown += (b"%.2f" % move if abs(move) >= NO_MOVE else b"") + b"<%s>" % b"".join(
                b"%04X" % code for code in codes
            )
            move = 0.0
    return b"[%s]TJ" % shown if shown else b""


def _end_of_string(content: bytes, at: int) -> int:
    depth = 1
    while depth:
        found = IN_STRING.search(content, at)
        if not found:
            return len(content)
        at = found.end() + (found.group() == b"\\")
        depth += {b"(": 1, b")": -1}.get(found.group(), 0)
    return at


def _actual_text(operands: list[bytes]) -> str:
    if b"/ActualText" not in operands:
        return ""
    text = _string(operands[operands.index(b"/ActualText") + 1])
    return text[2:].decode("utf-16-be") if text.startswith(b"\xfe\xff") else text.decode("latin-1")


def _string(token: bytes) -> bytes:
    if token.startswith(b"<"):
        return bytes.fromhex(token[1:-1].decode())
    return ESCAPED.sub(
        lambda found: (
            bytes([int(found[1], 8) & 255]) if found[1] else SIGNS.get(found[2] or b"\n", found[2])
        ),
        token[1:-1],
    )


def _show(reader: _Reader, operands: list[bytes], start: int, end: int) -> Shown:
    parts: list[int | float | list[int]] = []
    for each in operands:
        if each[:1] in b"(<":
            text = _string(each)
            parts += [int.from_bytes(text[at : at + 2]) for at in range(0, len(text), 2)]
        elif each not in b"[]":
            parts.append(float(each))
    matrix = _product(reader.line, reader.matrix)
    scale = (matrix[0] * reader.size / 1000, matrix[3] * reader.size / 1000)
    return Shown(reader.font, scale, start, end, parts, reader.block)


def _drawn(reader: _Reader, shown: Shown, widths: Mapping[int, float]) -> Iterator[Drawn]:
    matrix = _product(reader.line, reader.matrix)
    x, y = matrix[4] / shown.scale[0], matrix[5] / shown.scale[1]
    shown.left, shown.y = x + reader.x, y
    for place, part in enumerate(shown.parts):
        if isinstance(part, int):
            yield Drawn(part, x + reader.x, y, widths[part], place)
            reader.x += widths[part]
        elif isinstance(part, float):
            reader.x -= part
    shown.right = x + reader.x


def _apply(reader: _Reader, operator: bytes, operands: list[bytes]) -> None:
    if operator == b"q":
        reader.saved.append(reader.matrix)
    elif operator == b"Q":
        reader.matrix = reader.saved.pop()
    elif operator == b"cm":
        reader.matrix = _product(_matrix(operands), reader.matrix)
    elif operator == b"BT":
        reader.line, reader.x, reader.block = IDENTITY, 0, reader.block + 1
    elif operator == b"Tm":
        reader.line, reader.x = _matrix(operands), 0
    elif operator == b"Tf":
        reader.font, reader.size = operands[0].decode(), float(operands[1])


def _matrix(operands: list[bytes]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    k, l, m, n, o, p = outer  # noqa: E741 - as matrices are written
    return (
        *(a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n),
        *(e * k + f * m + o, e * l + f * n + p),
    )
