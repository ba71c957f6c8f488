"""A small framework of our own, and overviews of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from raamwerk.documents.overview import Overview, OverviewOptions, compose_overview
from raamwerk.frameworks.model import (
    AttentionField,
    Edition,
    Facet,
    FocusArea,
    Footnote,
    Passage,
    Provenance,
    Role,
    Source,
    Statement,
    Text,
)
from raamwerk.notes import MarkKind, Notes

DAY = date(2026, 11, 24)
LANGUAGES = ("nl", "en")
LONG_STATEMENT = (
    "Voeren van loopbaangesprekken om zo jongeren aan te zetten tot zelfsturing – via positieve "
    "reflectie keuzes (8) laten maken, en effectieve officiële vervolgstappen (9) laten zetten"
)
AREAS = ("visie", "oriëntatie", "organisatie", "samenwerking")
FACETS = ("rolbeschrijvingen", "deskundigheden")
NAMES = {"rolbeschrijvingen": "rol", "deskundigheden": "kunde"}


def edition(
    areas: Sequence[str] = AREAS,
    facets: Sequence[str] = FACETS,
    languages: Sequence[str] = LANGUAGES,
) -> Edition:
    """An edition of one role, that has every facet of every area."""

    def text(words: str) -> Text:
        return Text.of(
            {
                language: f"{words} (English)" if language == "en" else words
                for language in languages
            }
        )

    def statements(field: str) -> tuple[Statement, ...]:
        same = Text.of(dict.fromkeys(languages, LONG_STATEMENT))
        return (
            Statement(f"{field}-1", text(f"Kennis nemen van {field}"), ("A", "C")),
            Statement(f"{field}-2", same, ("B",)),
            Statement(f"{field}-3", text(f"Zonder letters over {field}")),
        )

    all_areas = tuple(FocusArea(each, text(each.capitalize()), text(each)) for each in areas)
    all_facets = tuple(Facet(NAMES.get(each, each), text(each.capitalize())) for each in facets)
    origin = Provenance("bron", text("De teksten komen uit een test."), official=True)
    role = Role(
        id="mentor",
        name=text("Mentor/SLB-er"),
        setting=text("in de klas"),
        audience=text("voor mentoren"),
        introduction=text("Voor begeleiders van jongeren."),
        provenance=origin,
        fields=tuple(
            AttentionField(area, facet, statements(f"{area.id}-{facet.id}"))
            for area in all_areas
            for facet in all_facets
        ),
    )
    return Edition(
        framework="lob",
        id="2026-1",
        published=date(2026, 1, 1),
        languages=tuple(languages),
        title=text("Raamwerk voor loopbaanbegeleiding jongeren"),
        background=text("Achtergrond."),
        passages=(Passage("legend", text("De letters wijzen naar de documenten hieronder.")),),
        facets=all_facets,
        areas=all_areas,
        sources=tuple(Source(each, text(f"Brondocument {each}")) for each in "ABC"),
        footnotes=(
            Footnote(8, text("Wie ben ik?"), "source", reference="Kuijpers (2006)."),
            Footnote(9, text("Vooruitkijken."), "editorial"),
        ),
        provenances=(origin,),
        roles=(role,),
    )


EDITION = edition()
NOTHING: Mapping[AttentionField, str] = MappingProxyType({})
MARKS = frozenset({("visie-rol-1", MarkKind.WORK_ON), ("visie-rol-1", MarkKind.TALK_OVER)})


def overview(
    *points: str,
    marks: Iterable[tuple[str, MarkKind]] = (),
    of: Edition = EDITION,
    earlier: Mapping[AttentionField, str] = NOTHING,
    **options: Any,
) -> Overview:
    """The overview of these points of attention, one a field, from the first field on.

    ``earlier`` has the fields that are gone, each with its point; ``options`` are the overview's.
    """
    (role,) = of.roles
    texts = dict(zip((field.id for field in role.fields), points, strict=False))
    texts |= {field.id: point for field, point in earlier.items() if point}
    asked = replace(OverviewOptions("nl", DAY), **options)
    return compose_overview(of, role, Notes(texts, frozenset(marks)), asked, tuple(earlier))
