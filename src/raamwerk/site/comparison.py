"""Who does what: the roles side by side, facet by facet."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from raamwerk.frameworks.differences import successor
from raamwerk.frameworks.model import AttentionField, Edition, FocusArea, Statement
from raamwerk.notes import Notes
from raamwerk.web.addresses import find_framework, only_parameters, role_address
from raamwerk.web.cacheable import same_without_key
from raamwerk.web.rendering import render_page
from raamwerk.worksheets.views.mine import known_worksheets
from raamwerk.worksheets.views.points import ticks_in_words

MOST_BESIDE = 4
"""So many roles stand beside each other; of more, those of a facet follow each other."""

Cell = Sequence[tuple[Statement, str]]
"""The statements of one role in one facet, each with its reader's ticks in words."""


@require_safe
@only_parameters()
def comparison(request: HttpRequest, framework: str) -> HttpResponse:
    """What each role does and can, for the talk about who takes what up; with the reader's own ticks."""
    edition = find_framework(framework)
    known = known_worksheets(request)
    notes = _notes_by_role(edition, known["worksheets"])
    context = {
        **known,
        "edition": edition,
        "roles": [(role, role_address(edition, role)) for role in edition.roles],
        "beside": len(edition.roles) <= MOST_BESIDE,
        "areas": [
            (area, hue, rows)
            for hue, area in enumerate(edition.areas, start=1)
            if (rows := _rows(edition, area, notes))
        ],
        "has_ticks": any(each.marks for each in notes.values()),
    }
    response = render_page(request, "site/comparison.html", context)
    return response if known["has_keys"] else same_without_key(response)


def _notes_by_role(edition: Edition, described: Sequence[dict[str, Any]]) -> Mapping[str, Notes]:
    """The ticks in the worksheet last worked on for each role, on the statements of this edition."""
    found: dict[str, Notes] = {}
    for each in described:
        worksheet = each["worksheet"]
        if worksheet.framework == edition.framework and worksheet.role not in found:
            marks = worksheet.notes.marks
            found[worksheet.role] = Notes(
                marks=frozenset((successor(edition, name), kind) for name, kind in marks)
            )
    return found


def _rows(
    edition: Edition, area: FocusArea, notes: Mapping[str, Notes]
) -> list[tuple[AttentionField, list[Cell]]]:
    """A row for each facet that any role has in this area: what each role has there, in their order."""
    rows = []
    for facet in edition.facets:
        fields = [
            next((each for each in role.fields_in(area) if each.facet.id == facet.id), None)
            for role in edition.roles
        ]
        if named := next((field for field in fields if field), None):
            cells = [
                _cell(field, notes.get(role.id, Notes()))
                for role, field in zip(edition.roles, fields, strict=True)
            ]
            rows.append((named, cells))
    return rows


def _cell(field: AttentionField | None, notes: Notes) -> Cell:
    statements = field.statements if field else ()
    return [(statement, ticks_in_words(notes, statement.id)) for statement in statements]
