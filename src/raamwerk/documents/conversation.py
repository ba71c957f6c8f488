"""The conversation sheet: what is marked and typed, for one page between two people.

It is an ``Overview`` like the other, so that every format lays it out without knowing which one it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from raamwerk.documents.overview import (
    EARLIER,
    Overview,
    OverviewArea,
    OverviewField,
    OverviewOptions,
    OverviewStatement,
    Words,
    compose_overview,
    heading_of,
    plain_statement,
)
from raamwerk.frameworks.model import AttentionField, Edition, Role
from raamwerk.notes import MarkKind, Notes
from raamwerk.wording import wording

LINES_FOR_AGREEMENTS = 5


def compose_conversation(
    edition: Edition,
    role: Role,
    notes: Notes,
    options: OverviewOptions,
    earlier: Sequence[AttentionField] = (),
) -> Overview:
    """What to work on, what to discuss, the points as typed, and room for what is agreed."""
    _ = wording(options.language)
    whole = compose_overview(edition, role, notes, replace(options, only_noted=True), earlier)
    kinds = {
        MarkKind.WORK_ON: _("I want to work on this"),
        MarkKind.TALK_OVER: _("I want to discuss this"),
    }
    marked = [_marked(whole, kind, words) for kind, words in kinds.items()]
    points = OverviewArea(
        "points", 0, Words(_("My points of attention")), "", tuple(_points(whole))
    )
    agreed = OverviewArea("agreements", 0, Words(_("Agreements")), "", (), LINES_FOR_AGREEMENTS)
    sections = [each for each in (*marked, points) if each.fields]
    heading = heading_of(_("Conversation sheet: {role}"), role, options.language)
    return replace(
        whole,
        title="".join(map(str, heading)),
        heading=heading,
        filename="-".join((_("conversation-sheet"), role.id, options.day.isoformat())),
        explanation=Words(""),
        areas=(*sections, agreed) if sections else (),
        sources_heading="",
        legend=Words(""),
        sources=(),
        footnotes_heading="",
        footnotes=(),
        origin_heading="",
        compact=True,
    )


def _marked(whole: Overview, kind: str, said: str) -> OverviewArea:
    """The statements that carry this mark, by area."""
    fields = (
        OverviewField(f"{kind}-{area.id}", area.heading, tuple(_with_mark(area, said)), "", "", "")
        for area in whole.areas
    )
    return OverviewArea(kind, 0, Words(said), "", tuple(each for each in fields if each.statements))


def _with_mark(area: OverviewArea, said: str) -> Iterator[OverviewStatement]:
    for field in area.fields:
        for statement in field.statements:
            if said in statement.marks:
                yield replace(plain_statement(statement), marks=())


def _points(whole: Overview) -> Iterator[OverviewField]:
    """Every point as typed, under the area and facet that it is about."""
    for area in whole.areas:
        for field in area.fields:
            if field.point:
                yield replace(field, heading=_place(area, field), statements=(), point_heading="")


def _place(area: OverviewArea, field: OverviewField) -> Words:
    """Area and facet in one heading; a field of an earlier edition has both in its own."""
    if area.id == EARLIER:
        return field.heading
    return Words(f"{area.heading} – {field.heading}", area.heading.language)
