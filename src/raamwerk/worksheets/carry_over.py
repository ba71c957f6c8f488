"""Taking a worksheet along to a newer edition, by statement id; nothing is lost on the way."""

from collections.abc import Sequence

from raamwerk.frameworks.differences import fields_gone, successor
from raamwerk.frameworks.library import current_edition, editions_of, find_edition
from raamwerk.frameworks.model import AttentionField, Edition
from raamwerk.plain_sql import writing
from raamwerk.worksheets import queries
from raamwerk.worksheets.models import Mark, Worksheet
from raamwerk.worksheets.read import OpenWorksheet
from raamwerk.worksheets.save import OtherWorksheetError
from raamwerk.worksheets.upkeep import settled_owners


def edition_of(worksheet: OpenWorksheet | None, framework: str) -> Edition | None:
    """The edition to show a worksheet in: its own, where that is at hand, else the current one."""
    own = find_edition(worksheet.framework, worksheet.edition) if worksheet else None
    return own or current_edition(framework)


def newer_edition(worksheet: OpenWorksheet) -> Edition | None:
    """The edition that came after the one this worksheet was written on, or None."""
    current = current_edition(worksheet.framework)
    return current if current and current.id != worksheet.edition else None


def earlier_fields(worksheet: OpenWorksheet, edition: Edition) -> tuple[AttentionField, ...]:
    """What was noted on what this edition no longer has: those fields, as they were."""
    role = edition.role(worksheet.role)
    fields = role.field_ids if role else frozenset()
    statements = role.statement_ids if role else frozenset()
    notes = worksheet.notes
    gone_fields = {name for name, text in notes.points.items() if text.strip()} - fields
    gone_statements = {statement for statement, _kind in notes.marks} - statements
    if not gone_fields and not gone_statements:
        return ()
    earlier = [each for each in editions_of(worksheet.framework) if each.id != edition.id]
    return fields_gone(earlier, edition, worksheet.role, gone_fields, gone_statements)


def carry_over(secrets: Sequence[str], public_id: str) -> tuple[str, str]:
    """Move this worksheet to the current edition; returns its framework and role.

    Texts stay with their field and marks with their statement, or with what replaces it. What the new
    edition no longer has stays too, and is shown as such. Raises NoKeyError, OtherWorksheetError.
    """
    with writing():
        owners = settled_owners(secrets)
        rows = queries.worksheets_of_owners([owner.id for owner in owners])
        row = next((each for each in rows if each.public_id == public_id), None)
        edition = current_edition(row.framework) if row else None
        if row is None or edition is None or edition.role(row.role) is None:
            raise OtherWorksheetError
        queries.lock_worksheets([row.id])
        _move_marks(row.id, edition)
        Worksheet.objects.filter(pk=row.id).update(edition=edition.id)
    return row.framework, row.role


def _move_marks(worksheet_id: int, edition: Edition) -> None:
    """Put each mark on what replaces its statement; where two become one, a mark that is on stays."""
    marks = queries.read_marks(worksheet_id)
    for (statement, kind), mark in list(marks.items()):
        new = successor(edition, statement)
        if new == statement:
            continue
        there = marks.get((new, kind))
        if there is None or (mark.on and not there.on):
            marks[new, kind] = mark
            queries.write_marks({(worksheet_id, (new, kind)): mark})
        Mark.objects.filter(worksheet_id=worksheet_id, statement=statement, kind=kind).delete()
