"""What a person asks to save, and why a piece of it can be refused."""

import hashlib
from dataclasses import dataclass

from raamwerk.notes import MarkKind, is_one_line


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
    """A new text for a field, as it is kept.

    ``cleaned`` says whether another came, ``lost`` whether invisible characters were left out of it.
    """

    field: str
    text: str
    base: Base = Base()
    writer: str = ""
    sequence: int = 0
    cleaned: bool = False
    lost: bool = False


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


def too_long(text: str, limit: int) -> TooLong | None:
    """By how much this text is over the limit, or None where it is not."""
    return TooLong(len(text) - limit) if len(text) > limit else None


def both_texts(field_id: str, first: str, second: str) -> str:
    """Both texts of a field: one below the other, or beside it where a field has one line.

    The page's script does the same (``choose``).
    """
    between = " / " if is_one_line(field_id) else "\n\n"
    return f"{first}{between}{second}"
