"""A role-based competency framework, as frozen data.

Everything a reader sees comes in every language of its edition. Ids (of areas, facets, roles and
statements) are names: once published they never change meaning, so that what people wrote stays
with the statement they wrote it about.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from raamwerk.frameworks.languages import best_position

FOOTNOTE_CALL = re.compile(r"\((\d+)\)")
"""How a statement calls a footnote: its number in round brackets, as in the printed source."""

FootnoteStatus = Literal["source", "editorial", "missing"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in every language of an edition; the first language is the edition's own."""

    languages: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Text":
        """The text with these words by language, the edition's own language first."""
        return cls(tuple(words), tuple(words.values()))

    def read(self, language: str) -> str:
        """The words in ``language``, else in the edition's own language."""
        return self.words[best_position(self.languages, language)]

    def language(self, language: str) -> str:
        """The language tag (BCP 47) of the words that ``read`` gives."""
        return self.languages[best_position(self.languages, language)]


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip of spelling in the source: what the source wrote, and what we write."""

    wrote: str
    writes: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the source's own explanation, by an id that pages ask for."""

    id: str
    text: Text
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the texts of a role come from. ``official`` when it is the source's own wording."""

    id: str
    text: Text
    official: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A document that statements rest on, by its letter in the legend.

    ``archived`` is the address of a copy that stays; ``language`` is the document's own.
    """

    letter: str
    title: Text
    url: str = ""
    publisher: str = ""
    year: str = ""
    archived: str = ""
    language: str = ""
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A numbered note. ``status`` tells who wrote it: the source, this project, or nobody."""

    number: int
    text: Text
    status: FootnoteStatus
    reference: str = ""
    corrections: tuple[Correction, ...] = ()
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One bullet: what a role does, or what it knows and can do."""

    id: str
    text: Text
    citations: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    uuid: str = ""

    @property
    def footnote_numbers(self) -> tuple[int, ...]:
        """The footnotes this statement calls, in the order in which it calls them."""
        return tuple(int(number) for number in FOOTNOTE_CALL.findall(self.text.words[0]))

    def pieces(self, language: str) -> Iterator[str | int]:
        """The words in ``language``, cut at its footnote calls: text as str, calls as int."""
        for index, piece in enumerate(FOOTNOTE_CALL.split(self.text.read(language))):
            if index % 2:
                yield int(piece)
            elif piece:
                yield piece


@dataclass(frozen=True, slots=True)
class Facet:
    """One of the sides from which areas are described, such as role description or expertise."""

    id: str
    name: Text
    corrections: tuple[Correction, ...] = ()
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class FocusArea:
    """One of the fields of work. ``short_name`` is for places where room is scarce."""

    id: str
    name: Text
    short_name: Text
    uuid: str = ""


@dataclass(frozen=True)
class AttentionField:
    """The statements of one area and facet, with room for a person's own notes on them."""

    area: FocusArea
    facet: Facet
    statements: tuple[Statement, ...]

    @cached_property
    def id(self) -> str:
        """The name under which notes are kept; the same in every role, as area and facet are."""
        return f"{self.area.id}-{self.facet.id}"

    @cached_property
    def statement_ids(self) -> frozenset[str]:
        """The ids of its statements."""
        return frozenset(statement.id for statement in self.statements)


@dataclass(frozen=True)
class Role:
    """Whom a part of the framework speaks to, and what it asks of them.

    ``fields`` has what this role has: it needn't have every facet of every area.
    """

    id: str
    name: Text
    setting: Text
    audience: Text
    introduction: Text
    provenance: Provenance
    fields: tuple[AttentionField, ...]
    uuid: str = ""

    def fields_in(self, area: FocusArea) -> tuple[AttentionField, ...]:
        """The attention fields of one area, in the order of the facets."""
        return tuple(field for field in self.fields if field.area.id == area.id)

    def field(self, field_id: str) -> AttentionField | None:
        """The attention field with this id, or None."""
        return next((field for field in self.fields if field.id == field_id), None)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement of the role, in reading order."""
        return tuple(statement for field in self.fields for statement in field.statements)

    @cached_property
    def field_ids(self) -> frozenset[str]:
        """The ids of its attention fields."""
        return frozenset(field.id for field in self.fields)

    @cached_property
    def statement_ids(self) -> frozenset[str]:
        """The ids of its statements."""
        return frozenset(statement.id for statement in self.statements)


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version of a framework. Immutable: a change of wording is a new edition.

    ``replaced_by`` tells of statements of earlier editions which one of this edition took over.
    """

    framework: str
    id: str
    published: date
    languages: tuple[str, ...]
    title: Text
    background: Text
    passages: tuple[Passage, ...]
    facets: tuple[Facet, ...]
    areas: tuple[FocusArea, ...]
    sources: tuple[Source, ...]
    footnotes: tuple[Footnote, ...]
    provenances: tuple[Provenance, ...]
    roles: tuple[Role, ...]
    uuid: str = ""
    replaced_by: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def language(self, language: str) -> str:
        """Which of its languages is shown to a reader of ``language``."""
        return self.languages[best_position(self.languages, language)]

    def role(self, role_id: str) -> Role | None:
        """The role with this id, or None."""
        return next((role for role in self.roles if role.id == role_id), None)

    def area(self, area_id: str) -> FocusArea | None:
        """The focus area with this id, or None."""
        return next((area for area in self.areas if area.id == area_id), None)

    def source(self, letter: str) -> Source:
        """The source with this letter. Raises LookupError; a read edition cites no unknown one."""
        for source in self.sources:
            if source.letter == letter:
                return source
        raise LookupError(letter)

    def footnote(self, number: int) -> Footnote:
        """The footnote with this number. Raises LookupError, as ``source`` does."""
        for footnote in self.footnotes:
            if footnote.number == number:
                return footnote
        raise LookupError(number)

    def passage(self, passage_id: str) -> Text | None:
        """A piece of the source's explanation, or None where this edition has none."""
        return next((each.text for each in self.passages if each.id == passage_id), None)
