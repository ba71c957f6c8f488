"""From a file, by way of a located tree, to an edition: whole, or with every fault told.

The format is described in docs/framework-format.md.
"""

from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import cast

from raamwerk.frameworks.faults import Fault, FaultyEdition
from raamwerk.frameworks.file_text import read_text
from raamwerk.frameworks.formats import brought_up_to_date, languages_of
from raamwerk.frameworks.model import (
    AttentionField,
    Correction,
    Edition,
    Facet,
    FocusArea,
    Footnote,
    FootnoteStatus,
    Passage,
    Provenance,
    Role,
    Source,
    Statement,
    Text,
)
from raamwerk.frameworks.rules import last_successors, rule_faults
from raamwerk.frameworks.shape import EDITION, shape_faults
from raamwerk.frameworks.tree import Part
from raamwerk.frameworks.yaml_reader import read_tree
from raamwerk.wording import wording

__all__ = ["Fault", "FaultyEdition", "edition_of", "read_edition"]

MOST_FAULTS = 1000
"""Nobody reads on after this many, and a hostile file could have millions."""


def read_edition(path: Path, language: str = "en") -> Edition:
    """The edition in this YAML file. Raises FaultyEdition, with its faults in ``language``."""
    _ = wording(language)
    return edition_of(read_tree(path, read_text(path, _), _), language)


def edition_of(tree: Part, language: str = "en") -> Edition:
    """The edition in this tree, whoever read it. Raises FaultyEdition, as ``read_edition`` does."""
    _ = wording(language)
    tree = brought_up_to_date(tree)
    languages = languages_of(tree)
    faults = chain(shape_faults(tree, EDITION, languages, _), rule_faults(tree, _))
    if told := tuple(islice(faults, MOST_FAULTS)):
        raise FaultyEdition(*told)
    return _Reader(languages).edition(tree)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Takes a good tree for what it says, in these languages."""

    languages: tuple[str, ...]

    def edition(self, part: Part) -> Edition:
        facets = {each.text("id"): self.facet(each) for each in part.each("facets")}
        areas = {each.text("id"): self.area(each) for each in part.each("areas")}
        provenances = {each.text("id"): self.provenance(each) for each in part.each("provenances")}

        def field(part: Part) -> AttentionField:
            statements = tuple(map(self.statement, part.each("statements")))
            return AttentionField(areas[part.text("area")], facets[part.text("facet")], statements)

        def role(part: Part) -> Role:
            provenance = provenances[part.text("provenance")]
            return self.role(part, provenance, tuple(map(field, part.each("fields"))))

        last = last_successors(part)
        return Edition(
            framework=part.text("framework"),
            id=part.text("edition"),
            published=date.fromisoformat(part.text("published")),
            languages=self.languages,
            title=self.text(part, "title"),
            background=self.text(part, "background"),
            passages=tuple(map(self.passage, part.each("passages"))),
            facets=tuple(facets.values()),
            areas=tuple(areas.values()),
            sources=tuple(map(self.source, part.each("sources"))),
            footnotes=tuple(map(self.footnote, part.each("footnotes"))),
            provenances=tuple(provenances.values()),
            roles=tuple(map(role, part.each("roles"))),
            uuid=part.text("uuid"),
            replaced_by=MappingProxyType({gone: new for gone, new in last.items() if new}),
        )

    def text(self, part: Part, *path: str) -> Text:
        return Text(self.languages, tuple(part.text(*path, tag) for tag in self.languages))

    def passage(self, part: Part) -> Passage:
        return Passage(part.text("id"), self.text(part), _corrections(part))

    def provenance(self, part: Part) -> Provenance:
        official = part.text("official") == "true"
        return Provenance(part.text("id"), self.text(part), official=official)

    def facet(self, part: Part) -> Facet:
        return Facet(part.text("id"), self.text(part), _corrections(part), part.text("uuid"))

    def area(self, part: Part) -> FocusArea:
        short = self.text(part, "short")
        return FocusArea(part.text("id"), self.text(part), short, part.text("uuid"))

    def source(self, part: Part) -> Source:
        return Source(
            letter=part.text("letter"),
            title=self.text(part),
            url=part.text("url"),
            publisher=part.text("publisher"),
            year=part.text("year"),
            archived=part.text("archived"),
            language=part.text("language"),
            uuid=part.text("uuid"),
        )

    def footnote(self, part: Part) -> Footnote:
        return Footnote(
            number=int(part.text("number")),
            text=self.text(part),
            status=cast("FootnoteStatus", part.text("status")),
            reference=part.text("reference"),
            corrections=_corrections(part),
            uuid=part.text("uuid"),
        )

    def role(self, part: Part, provenance: Provenance, fields: tuple[AttentionField, ...]) -> Role:
        return Role(
            id=part.text("id"),
            name=self.text(part),
            setting=self.text(part, "setting"),
            audience=self.text(part, "audience"),
            introduction=self.text(part, "introduction"),
            provenance=provenance,
            fields=fields,
            uuid=part.text("uuid"),
        )

    def statement(self, part: Part) -> Statement:
        cited = tuple(letter.value for letter in part.each("cites"))
        uuid = part.text("uuid")
        return Statement(part.text("id"), self.text(part), cited, _corrections(part), uuid)


def _corrections(part: Part) -> tuple[Correction, ...]:
    found = part.each("corrections")
    return tuple(Correction(each.text("wrote"), each.text("writes")) for each in found)
