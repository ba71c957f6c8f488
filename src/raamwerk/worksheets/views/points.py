"""My points: all that was written and ticked in this browser's worksheets, each with the way to its place."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from raamwerk.frameworks.model import AttentionField, Edition, FocusArea, Role, Statement
from raamwerk.notes import MarkKind, Notes
from raamwerk.web.addresses import field_address, only_parameters
from raamwerk.web.rendering import render_page
from raamwerk.worksheets.carry_over import earlier_fields
from raamwerk.worksheets.read import OpenWorksheet
from raamwerk.worksheets.views.mine import known_worksheets
from raamwerk.worksheets.words import first_words

LONGEST = 300
"""In characters: enough to know a text by; its place has the whole."""

EARLIER = "earlier-heading"
"""Where a role page shows what its edition no longer has."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was noted in one field: the first words, and each ticked statement with its place and ticks."""

    field: AttentionField
    address: str
    words: str
    statements: tuple[tuple[Statement, str, str], ...]


@require_safe
@only_parameters()
def points(request: HttpRequest) -> HttpResponse:
    """One list of what I wrote and ticked, by worksheet and area."""
    known = known_worksheets(request)
    for each in known["worksheets"]:
        each["areas"] = _areas(each["worksheet"], each["edition"], each["role"], each["address"])
    return render_page(request, "worksheets/points.html", known)


def _areas(
    worksheet: OpenWorksheet, edition: Edition, role: Role, page: str
) -> list[tuple[FocusArea, list[Point]]]:
    """The points of one worksheet by area, in the order of its edition."""
    notes = worksheet.notes
    found = [
        _point(field, notes, notes.point(field), page)
        for field in role.fields
        if notes.used([field])
    ]
    for field in earlier_fields(worksheet, edition):
        # A text stands with its field, wherever that has it still.
        words = "" if role.field(field.id) else notes.point(field)
        found.append(_point(field, notes, words, page, EARLIER))
    order = {area.id: at for at, area in enumerate(edition.areas)}
    found.sort(key=lambda each: order.get(each.field.area.id, len(order)))
    grouped = (list(group) for _id, group in groupby(found, key=lambda each: each.field.area.id))
    return [(group[0].field.area, group) for group in grouped]


def _point(field: AttentionField, notes: Notes, words: str, page: str, place: str = "") -> Point:
    """``place`` is where all of it stands, if not each part in its own place."""
    return Point(
        field=field,
        address=f"{page}#{place}" if place else field_address(page, field),
        words=first_words(words, LONGEST),
        statements=tuple(
            (statement, f"{page}#{place or statement.id}", said)
            for statement in field.statements
            if (said := ticks_in_words(notes, statement.id))
        ),
    )


def ticks_in_words(notes: Notes, statement_id: str) -> str:
    """What a statement is ticked with, in the words above the ticks; empty where with nothing."""
    words = {MarkKind.WORK_ON: _("Work on this"), MarkKind.TALK_OVER: _("Discuss")}
    return " · ".join(words[kind] for kind in MarkKind if notes.marked(statement_id, kind))
