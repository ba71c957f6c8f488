"""The SQL of worksheets that every page with notes and every save waits for; rows in, rows out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from raamwerk.notes import Mark, MarkKind
from raamwerk.plain_sql import (
    Row,
    execute,
    execute_many,
    for_update,
    from_database,
    placeholders_for,
    to_database,
)

WORKSHEETS = """
    SELECT id, public_id, owner_id, framework, edition, role, wrapped_key, begun_at, changed_at,
    last_field FROM worksheets_worksheet
"""
OF_ROLE = f"{WORKSHEETS} WHERE owner_id IN ({{owners}}) AND framework = %s AND role = %s"
OF_OWNERS = f"{WORKSHEETS} WHERE owner_id IN ({{owners}})"
LATEST_FIRST = " ORDER BY changed_at DESC, id DESC"
# Never as changed earlier than it was: with a clock set back, the order of worksheets would change.
TOUCH = """
    UPDATE worksheets_worksheet
    SET changed_at = CASE WHEN changed_at < %s THEN %s ELSE changed_at END{fields}
    WHERE id IN ({ids})
"""
TEXTS = """
    SELECT worksheet_id, field, sealed, revision, writer, sequence FROM worksheets_writtentext
    WHERE worksheet_id IN ({ids})
"""
MARKS = """
    SELECT worksheet_id, statement, kind, "on", revision, writer, sequence FROM worksheets_mark
    WHERE worksheet_id IN ({ids})
"""
WRITE_TEXT = """
    INSERT INTO worksheets_writtentext (worksheet_id, field, sealed, revision, writer, sequence)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (worksheet_id, field) DO UPDATE SET sealed = excluded.sealed,
    revision = excluded.revision, writer = excluded.writer, sequence = excluded.sequence
"""
WRITE_MARK = """
    INSERT INTO worksheets_mark (worksheet_id, statement, kind, "on", revision, writer, sequence)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (worksheet_id, statement, kind) DO UPDATE SET "on" = excluded."on",
    revision = excluded.revision, writer = excluded.writer, sequence = excluded.sequence
"""


@dataclass(frozen=True, slots=True)
class WorksheetRow:
    """A worksheet without what was written in it."""

    id: int
    public_id: str
    owner_id: int
    framework: str
    edition: str
    role: str
    wrapped_key: bytes | None
    begun_at: datetime
    changed_at: datetime
    last_field: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """The sealed text of one field, and the page view that wrote it last."""

    sealed: bytes
    revision: int
    writer: str
    sequence: int


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark, and the page view that changed it last."""

    on: bool
    revision: int
    writer: str = ""
    sequence: int = 0


NO_MARK = MarkRow(on=False, revision=0)

TextRows = Mapping[tuple[int, str], TextRow]
"""By worksheet and field id."""

MarkRows = Mapping[tuple[int, Mark], MarkRow]
"""By worksheet and mark."""


def worksheets_of_role(owner_ids: Collection[int], framework: str, role: str) -> list[WorksheetRow]:
    """The worksheets of these owners for a role, the one changed last first."""
    if not owner_ids:
        return []
    query = OF_ROLE.format(owners=placeholders_for(owner_ids)) + LATEST_FIRST
    return [_worksheet(row) for row in execute(query, (*owner_ids, framework, role))]


def worksheets_of_owners(owner_ids: Collection[int]) -> list[WorksheetRow]:
    """All worksheets of these owners, the one changed last first."""
    if not owner_ids:
        return []
    query = OF_OWNERS.format(owners=placeholders_for(owner_ids)) + LATEST_FIRST
    return [_worksheet(row) for row in execute(query, tuple(owner_ids))]


def lock_worksheets(ids: Collection[int]) -> None:
    """Let no save change these until the transaction ends. Always in the same order."""
    query = f"SELECT id FROM worksheets_worksheet WHERE id IN ({placeholders_for(ids)}) ORDER BY id"
    execute(query + for_update(), tuple(ids))


def touch(last_fields: Mapping[int, str], moment: datetime) -> None:
    """Note that these worksheets changed, and in which field; where that is empty, it stays as it was."""
    changed = to_database(moment)
    named = [each for each in last_fields.items() if each[1]]
    whens = " WHEN %s THEN %s" * len(named)
    query = TOUCH.format(
        fields=f", last_field = CASE id{whens} ELSE last_field END" if named else "",
        ids=placeholders_for(last_fields),
    )
    execute(query, (changed, changed, *chain.from_iterable(named), *last_fields))


def read_texts(worksheet_id: int) -> dict[str, TextRow]:
    """The sealed texts of a worksheet by field id."""
    return {field: row for (_id, field), row in texts_of([worksheet_id]).items()}


def texts_of(ids: Collection[int], fields: Collection[str] | None = None) -> TextRows:
    """The sealed texts of these worksheets: all of them, or those of these fields."""
    rows = _rows_of(TEXTS, ids, "field", fields)
    return {
        (worksheet, field): TextRow(bytes(sealed), *rest)
        for worksheet, field, sealed, *rest in rows
    }


def write_texts(texts: TextRows) -> None:
    """Save these texts in their fields, whatever was there."""
    rows = [(*place, r.sealed, r.revision, r.writer, r.sequence) for place, r in texts.items()]
    execute_many(WRITE_TEXT, rows)


def read_marks(worksheet_id: int) -> dict[Mark, MarkRow]:
    """The marks of a worksheet, those taken off too."""
    return {mark: row for (_id, mark), row in marks_of([worksheet_id]).items()}


def marks_of(ids: Collection[int], statements: Collection[str] | None = None) -> MarkRows:
    """The marks of these worksheets, those taken off too: all, or those on these statements."""
    rows = _rows_of(MARKS, ids, "statement", statements)
    return {
        (worksheet, (statement, MarkKind(kind))): MarkRow(bool(on), *rest)
        for worksheet, statement, kind, on, *rest in rows
    }


def write_marks(marks: MarkRows) -> None:
    """Save these marks, whatever was there."""
    rows = [
        (worksheet, statement, kind.value, row.on, row.revision, row.writer, row.sequence)
        for (worksheet, (statement, kind)), row in marks.items()
    ]
    execute_many(WRITE_MARK, rows)


def _rows_of(
    query: str, ids: Collection[int], column: str, values: Collection[str] | None
) -> list[Row]:
    query = query.replace("{ids}", placeholders_for(ids))
    if values is None:
        return execute(query, tuple(ids))
    if not values:
        return []
    query = f"{query} AND {column} IN ({placeholders_for(values)})"
    return execute(query, (*ids, *values))


def _worksheet(row: Row) -> WorksheetRow:
    row_id, public_id, owner_id, framework, edition, role, wrapped, begun, changed, last = row
    key = bytes(wrapped) if wrapped else None
    begun_at, changed_at = from_database(begun), from_database(changed)
    return WorksheetRow(
        row_id, public_id, owner_id, framework, edition, role, key, begun_at, changed_at, last
    )
