"""Font fallback: text in pieces that typst can certainly set, whatever a person typed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from raamwerk.documents.fonts import SERIF, coverage, drawable
from raamwerk.documents.typed import Piece, code_point, pieces

WORDS = re.compile(" +|[^ ]+")
LONG_WORD = re.compile(
    "[^ \u2000-\u2006\u2008-\u200b\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U0001f000-\U0003ffff]{31,}"
)
"""What would run off the page. Not where typst itself knows where to break, as in Thai or Han."""

CLUSTERS_BETWEEN_BREAKS = 10
LONGEST_CLUSTER = 32
"""A letter under thousands of accents would cost typst gigabytes; no script stacks this many."""

SILENT = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\U000e0100-\U000e01ef]"
)
"""Characters that only steer their neighbours: no font needs to draw them."""

EMOJI_TAIL = re.compile("[\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""Skin tones, and the tags that make a black flag that of Scotland."""

STRAY_TAG = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]")
"""A tag without its flag: typst does not know what to make of it."""

TAB = "    "
STAND_INS = str.maketrans({"\t": TAB, "\ufeff": "\u2060"})
"""The byte order mark is not allowed in a PDF/A; the word joiner is its modern equal."""

NOT_PLAIN = re.compile("([^ -~\xa0-\xac\xae-\u017f\u2010-\u2027\u20ac])")


def printable(line: str) -> list[Piece]:
    """The line in pieces; a line may end between any two of them, so that long words wrap."""
    line = line.translate(STAND_INS)
    found = [Piece(line)] if set(line) <= coverage(SERIF) else _joined(_drawn(line))
    return [part for piece in found for part in _with_breaks(piece) if part.text]


def plainly_printable(line: str) -> list[Piece]:
    """The line with every character boxed that is not plain Latin: for when all else failed."""
    found = pieces(line.translate(STAND_INS), NOT_PLAIN)
    return [part for piece in found for part in _with_breaks(piece)]


def _drawn(line: str) -> Iterator[Piece]:
    for word in WORDS.findall(line):
        if _fits(word):
            yield Piece(word)
        else:
            for cluster in _clusters(word):
                yield from _drawn_cluster(cluster)


def _drawn_cluster(cluster: str) -> Iterator[Piece]:
    """As much of the cluster as one font holds; the rest as code points."""
    kept = ""
    for character in cluster:
        if _fits(kept + character):
            kept += character
        else:
            yield Piece(kept)
            yield Piece(code_point(character), boxed=True)
            kept = ""
    yield Piece(kept)


def _fits(text: str) -> bool:
    """Whether one font holds it all. What steers its neighbour can only be missing after one."""
    return not STRAY_TAG.search(text) and drawable({*text[:1], *SILENT.sub("", text[1:])})


def _clusters(word: str) -> Iterator[str]:
    """The word, cut where no accent or the like ties a character to the one before."""
    cluster = ""
    for character in word:
        if cluster and not _tied(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    yield cluster


def _tied(cluster: str, character: str) -> bool:
    return len(cluster) < LONGEST_CLUSTER and (
        unicodedata.category(character).startswith("M")
        or bool(EMOJI_TAIL.match(character) or SILENT.match(character))
    )


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """The same pieces with neighbouring text in one, as accents and joins need their neighbour."""
    for boxed, group in groupby(found, key=lambda piece: piece.boxed):
        if boxed:
            yield from group
        elif text := "".join(piece.text for piece in group):
            yield Piece(text)


def _with_breaks(piece: Piece) -> Iterator[Piece]:
    if piece.boxed or not LONG_WORD.search(piece.text):
        yield piece
    else:
        # A line holds no line break, so this one can mark the cuts.
        for part in LONG_WORD.sub(_cut, piece.text).split("\n"):
            yield Piece(part)


def _cut(long_word: re.Match[str]) -> str:
    clusters = list(_clusters(long_word.group()))
    starts = range(0, len(clusters), CLUSTERS_BETWEEN_BREAKS)
    return "\n".join("".join(clusters[at : at + CLUSTERS_BETWEEN_BREAKS]) for at in starts)
