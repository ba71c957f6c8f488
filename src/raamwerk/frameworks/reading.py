"""From a YAML file to an edition: whole, or with every fault told.

The format is described in docs/framework-format.md.
"""

from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import cast

from raamwerk.frameworks.faults import Fault, FaultyEdition
from raamwerk.frameworks.file_text import read_text
from raamwerk.frameworks.model import (
    AttentionField,
    Edition,
    Facet,
    FocusArea,
    Footnote,
    FootnoteStatus,
    Mend,
    Passage,
    Provenance,
    Role,
    Source,
    Statement,
    Text,
)
from raamwerk.frameworks.rules import rule_faults
from raamwerk.frameworks.shape import EDITION, shape_faults
from raamwerk.frameworks.yaml_parts import Part, compose
from raamwerk.wording import wording

__all__ = ["Fault", "FaultyEdition", "read_edition"]

MOST_FAULTS = 1000
"""Nobody reads on after this many, and a hostile file could have millions."""


def read_edition(path: Path, language: str = "en") -> Edition:
    """The edition in this file. Raises FaultyEdition, with its faults in ``language``."""
    _ = wording(language)
    part = compose(path, read_text(path, _), _)
    faults = chain(shape_faults(part, EDITION, _), rule_faults(part, _))
    if told := tuple(islice(faults, MOST_FAULTS)):
        raise FaultyEdition(*told)
    return _edition(part)


def _edition(part: Part) -> Edition:
    facets = {each.text("id"): _facet(each) for each in part.each("facets")}
    areas = {each.text("id"): _area(each) for each in part.each("areas")}
    provenances = {each.text("id"): _provenance(each) for each in part.each("provenances")}

    def role(part: Part) -> Role:
        return Role(
            id=part.text("id"),
            name=_text(part),
            setting=_text(part, "setting"),
            audience=_text(part, "audience"),
            introduction=_text(part, "introduction"),
            provenance=provenances[part.text("provenance")],
            fields=tuple(map(field, part.each("fields"))),
        )

    def field(part: Part) -> AttentionField:
        statements = tuple(map(_statement, part.each("statements")))
        return AttentionField(areas[part.text("area")], facets[part.text("facet")], statements)

    return Edition(
        framework=part.text("framework"),
        id=part.text("edition"),
        published=date.fromisoformat(part.text("published")),
        title=_text(part, "title"),
        background=_text(part, "background"),
        passages=tuple(map(_passage, part.each("passages"))),
        facets=tuple(facets.values()),
        areas=tuple(areas.values()),
        sources=tuple(map(_source, part.each("sources"))),
        footnotes=tuple(map(_footnote, part.each("footnotes"))),
        provenances=tuple(provenances.values()),
        roles=tuple(map(role, part.each("roles"))),
    )


def _text(part: Part, *path: str) -> Text:
    return Text(nl=part.text(*path, "nl"), en=part.text(*path, "en"))


def _mends(part: Part) -> tuple[Mend, ...]:
    return tuple(Mend(each.text("wrote"), each.text("writes")) for each in part.each("mends"))


def _passage(part: Part) -> Passage:
    return Passage(part.text("id"), _text(part), _mends(part))


def _provenance(part: Part) -> Provenance:
    return Provenance(part.text("id"), _text(part), official=part.text("official") == "true")


def _facet(part: Part) -> Facet:
    return Facet(part.text("id"), _text(part), _mends(part))


def _area(part: Part) -> FocusArea:
    return FocusArea(part.text("id"), _text(part), _text(part, "short"))


def _source(part: Part) -> Source:
    return Source(part.text("letter"), _text(part))


def _footnote(part: Part) -> Footnote:
    return Footnote(
        number=int(part.text("number")),
        text=_text(part),
        status=cast("FootnoteStatus", part.text("status")),
        reference=part.text("reference"),
        mends=_mends(part),
    )


def _statement(part: Part) -> Statement:
    cited = tuple(letter.value for letter in part.each("cites"))
    return Statement(part.text("id"), _text(part), cited, _mends(part))
