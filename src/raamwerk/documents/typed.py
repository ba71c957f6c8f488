"""Typed text before layout: writing direction, and characters that a format cannot hold."""

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

NOT_IN_XML = re.compile(r"([^\t\n -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")
"""A character that XML cannot hold, or a control character that would not be seen in it."""


class Piece(NamedTuple):
    """A stretch of text. ``boxed`` when it is the code point of a character we cannot set."""

    text: str
    boxed: bool = False


def code_point(character: str) -> str:
    """The number of a character as people write it: ``U+1F9FF``."""
    return f"U+{ord(character):04X}"


def pieces(line: str, unfit: re.Pattern[str] = NOT_IN_XML) -> list[Piece]:
    """The line, with every character that ``unfit`` captures as its boxed code point."""
    return [
        Piece(code_point(text), boxed=True) if index % 2 else Piece(text)
        for index, text in enumerate(unfit.split(line))
        if text
    ]


def runs(line: str) -> list[tuple[str, bool]]:
    """The line cut by the direction of its letters, each with whether it runs right to left.

    What lies between two letters of one direction is of that one, else of the line's.
    """
    whole, cuts, at = runs_right_to_left(line), list[tuple[int, bool]](), 0
    for place, character in enumerate(line):
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            to_left = direction != "L"
            if not cuts or cuts[-1][1] != to_left:
                cuts.append((at if to_left == whole else place, to_left))
            at = place + 1
    if cuts and cuts[-1][1] != whole:
        cuts.append((at, whole))
    starts = [0, *(place for place, _ in cuts[1:]), len(line)]
    ways = [to_left for _, to_left in cuts] or [whole]
    found = zip(pairwise(starts), ways, strict=True)
    return [(line[start:end], way) for (start, end), way in found if start < end]


def runs_right_to_left(line: str) -> bool:
    """Whether the first letter with a direction of its own is Arabic, Hebrew or the like."""
    for character in line:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
