"""Joining two owners who are one person, whose first saves crossed each other in two tabs.

Everything here writes, in the transaction that is open, with both owners locked. Nothing of either is lost.
"""

from collections.abc import Sequence

from raamwerk.owners.access import SAME_BEGINNING, OpenOwner, give_access
from raamwerk.worksheets import queries
from raamwerk.worksheets.changes import both_texts
from raamwerk.worksheets.models import Worksheet
from raamwerk.worksheets.queries import TextRow, WorksheetRow
from raamwerk.worksheets.sealed import open_text, seal_text, worksheet_key, wrap_worksheet_key


def join(owner: OpenOwner, other: OpenOwner) -> None:
    """Give all worksheets of ``other`` to ``owner``, who then opens with the keys of both."""
    for row in queries.worksheets_of_owners([other.id]):
        twin = _twin(owner, row)
        if twin:
            _merge_worksheet(other, row, owner, twin)
        else:
            wrapped = wrap_worksheet_key(owner, row.public_id, worksheet_key(other, row))
            Worksheet.objects.filter(pk=row.id).update(owner_id=owner.id, wrapped_key=wrapped)
    give_access(owner, other)


def _twin(owner: OpenOwner, row: WorksheetRow) -> WorksheetRow | None:
    """The owner's own worksheet that began together with this one, for the same role and edition."""
    candidates = queries.worksheets_of_role([owner.id], row.framework, row.role)
    begun = Worksheet.objects.in_bulk([row.id, *(each.id for each in candidates)])
    for each in candidates:
        apart = abs(begun[each.id].begun_at - begun[row.id].begun_at)
        if each.edition == row.edition and apart < SAME_BEGINNING:
            return each
    return None


def _merge_worksheet(
    source: OpenOwner, row: WorksheetRow, owner: OpenOwner, into: WorksheetRow
) -> None:
    """Put what was written in one worksheet into another, and delete the first."""
    queries.lock_worksheets([row.id, into.id])
    from_key, to_key = worksheet_key(source, row), worksheet_key(owner, into)
    there = queries.read_texts(into.id)
    for field, text in queries.read_texts(row.id).items():
        words = open_text(from_key, row.public_id, field, text.sealed)
        stored = there.get(field)
        known = open_text(to_key, into.public_id, field, stored.sealed) if stored else ""
        joined, last = _joined(field, known, stored, words, text)
        sealed = seal_text(to_key, into.public_id, field, joined)
        revision = max(text.revision, stored.revision if stored else 0) + 1
        new = TextRow(sealed, revision, last.writer, last.sequence)
        queries.write_texts({(into.id, field): new})
    marks = queries.read_marks(into.id)
    for mark, flag in queries.read_marks(row.id).items():
        known_flag = marks.get(mark)
        if known_flag is None or (flag.on and not known_flag.on):
            queries.write_marks({(into.id, mark): flag})
    _remember(row, into)
    Worksheet.objects.filter(pk=row.id).delete()


def _remember(row: WorksheetRow, into: WorksheetRow) -> None:
    """Note which worksheet now has what is in this one: its own post may come once more."""
    both = Worksheet.objects.in_bulk([row.id, into.id])
    names = f"{both[into.id].merged} {row.public_id} {both[row.id].merged}".split()
    Worksheet.objects.filter(pk=into.id).update(merged=" ".join(names))


def joined_into(public_id: str, rows: Sequence[WorksheetRow]) -> WorksheetRow | None:
    """The worksheet that has what was kept in this one, before its post came again; nearly always none."""
    if not public_id:
        return None
    having = Worksheet.objects.filter(pk__in=[row.id for row in rows], merged__contains=public_id)
    found = having.values_list("pk", flat=True).first()
    return next((row for row in rows if row.id == found), None)


def _joined(
    field: str, known: str, stored: TextRow | None, words: str, text: TextRow
) -> tuple[str, TextRow]:
    """Both texts, and who wrote the result; one of them where it says it all.

    What both wrote belongs to neither: a repeated post of one must not take it for its own.
    """
    if stored is None or not known.strip():
        return words, text
    if stored.writer and stored.writer == text.writer:
        return (words, text) if text.sequence > stored.sequence else (known, stored)
    if not words.strip() or words == known:
        return known, stored
    return both_texts(field, known, words), TextRow(b"", 0, "", 0)
