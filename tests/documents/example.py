"""A small framework of our own, and overviews of it."""

from collections.abc import Iterable
from datetime import date

from raamwerk.documents.overview import Overview, Wish, compose_overview
from raamwerk.frameworks.model import (
    AttentionField,
    Edition,
    Facet,
    FocusArea,
    Footnote,
    Provenance,
    Role,
    Source,
    Statement,
    Text,
)
from raamwerk.notes import MarkKind, Notes

DAY = date(2026, 11, 24)


def _text(words: str) -> Text:
    return Text(words, f"{words} (English)")


AREAS = tuple(
    FocusArea(area, _text(area.capitalize()), _text(area))
    for area in ("visie", "oriëntatie", "organisatie", "samenwerking")
)
FACETS = (Facet("rol", _text("Rolbeschrijvingen")), Facet("kunde", _text("Deskundigheden")))
LONG_STATEMENT = (
    "Voeren van loopbaangesprekken om zo jongeren aan te zetten tot zelfsturing – via positieve "
    "reflectie keuzes (8) laten maken, en effectieve officiële vervolgstappen (9) laten zetten"
)
FOOTNOTES = (
    Footnote(8, Text("Wie ben ik?", "Who am I?"), "source", reference="Kuijpers (2006)."),
    Footnote(9, Text("Vooruitkijken.", "Looking ahead."), "editorial"),
)
SOURCES = tuple(Source(letter, _text(f"Brondocument {letter}")) for letter in "ABC")
PROVENANCE = Provenance("bron", _text("De teksten komen uit een test."), official=True)


def _statements(area: FocusArea, facet: Facet) -> tuple[Statement, ...]:
    name = f"{area.id}-{facet.id}"
    return (
        Statement(f"{name}-1", _text(f"Kennis nemen van {name}"), ("A", "C")),
        Statement(f"{name}-2", Text(LONG_STATEMENT, LONG_STATEMENT), ("B",)),
        Statement(f"{name}-3", _text(f"Zonder letters over {name}")),
    )


FIELDS = tuple(
    AttentionField(area, facet, _statements(area, facet)) for area in AREAS for facet in FACETS
)
ROLE = Role(
    id="mentor",
    name=_text("Mentor/SLB-er"),
    setting=_text("in de klas"),
    audience=_text("voor mentoren"),
    introduction=_text("Voor begeleiders van jongeren."),
    provenance=PROVENANCE,
    fields=FIELDS,
)
EDITION = Edition(
    framework="lob",
    id="2026-1",
    published=date(2026, 1, 1),
    title=_text("Raamwerk voor loopbaanbegeleiding jongeren"),
    background=_text("Achtergrond."),
    passages=(),
    facets=FACETS,
    areas=AREAS,
    sources=SOURCES,
    footnotes=FOOTNOTES,
    provenances=(PROVENANCE,),
    roles=(ROLE,),
)
MARKS = frozenset({("visie-rol-1", MarkKind.WORK_ON), ("visie-rol-1", MarkKind.TALK_OVER)})


def overview(
    *points: str,
    marks: Iterable[tuple[str, MarkKind]] = (),
    only_noted: bool = False,
    language: str = "nl",
    details: tuple[str, str, str] = ("", "", ""),
) -> Overview:
    """The overview of these points of attention, one a field, from the first field on."""
    notes = Notes(
        {field.id: point for field, point in zip(FIELDS, points, strict=False)}, frozenset(marks)
    )
    name, school, occasion = details
    wish = Wish(language, DAY, only_noted=only_noted, name=name, school=school, occasion=occasion)
    return compose_overview(EDITION, ROLE, notes, wish)
