"""What a person asks to save, and why a piece of it can be refused."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from raamwerk.notes import HEADING_FIELDS, TITLE, MarkKind

# Not control characters, lone surrogates and noncharacters: XML and PDF have no place for them.
# Named by what is good, because that is what nearly every character of a text is.
_HIGHER_PLANES = "".join(
    f"{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}" for plane in range(1, 17)
)
BAD_CHARACTER = re.compile(rf"[^ -~\t\n\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd{_HIGHER_PLANES}]")


def fingerprint(text: str) -> str:
    """A short name for a text, by which a page says which text it started from."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


BLANK = fingerprint("")


@dataclass(frozen=True, slots=True)
class Base:
    """What a change was made from: the revision of the row, and the fingerprint of its text.

    Pages of version 0.1 knew no revisions; their bases have None.
    """

    revision: int | None = 0
    fingerprint: str = BLANK

    @classmethod
    def read(cls, written: str) -> "Base":
        """The base as a page writes it: ``7.9f86d081884c7d65``, or nothing for a blank page."""
        revision, dot, print_of_text = written.rpartition(".")
        if not written:
            return cls()
        return cls(int(revision) if dot else None, print_of_text)


def base_of(revision: int, text: str) -> str:
    """What a page carries along with a text, to start the next change from."""
    return f"{revision}.{fingerprint(text)}"


@dataclass(frozen=True, slots=True)
class TextChange:
    """A new text for a field."""

    field: str
    text: str
    base: Base = Base()
    writer: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A mark put on a statement, or taken off it. ``base`` is the revision it was made from."""

    statement: str
    kind: MarkKind
    on: bool
    base: int = 0
    writer: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything one save asks for."""

    texts: tuple[TextChange, ...] = ()
    marks: tuple[MarkChange, ...] = ()


@dataclass(frozen=True, slots=True)
class TooLong:
    """A text over the limit, by how many characters."""

    over: int


@dataclass(frozen=True, slots=True)
class BadCharacter:
    """A character no document can hold: its code point and its line, counted from 1."""

    code: str
    line: int


Refusal = TooLong | BadCharacter


def refusal(text: str, limit: int) -> Refusal | None:
    """Why this text can't be saved, or None when it can."""
    if len(text) > limit:
        return TooLong(len(text) - limit)
    return next(_bad_characters(text), None)


def with_plain_newlines(text: str) -> str:
    """The text with every line break as one newline, as browsers show it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def both_texts(field_id: str, first: str, second: str) -> str:
    """Both texts of a field: one below the other, or beside it where a field has one line.

    The page's script does the same (``choose``).
    """
    between = " / " if field_id in (*HEADING_FIELDS, TITLE) else "\n\n"
    return f"{first}{between}{second}"


def _bad_characters(text: str) -> Iterator[BadCharacter]:
    for found in BAD_CHARACTER.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield BadCharacter(f"U+{ord(found[0]):04X}", line)
