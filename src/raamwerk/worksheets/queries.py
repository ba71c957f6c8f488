"""The SQL of worksheets that every page with notes and every save waits for; rows in, rows out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from raamwerk.notes import MarkKind
from raamwerk.plain_sql import (
    Row,
    execute,
    for_update,
    from_database,
    placeholders_for,
    to_database,
)

WORKSHEETS = """
    SELECT id, public_id, owner_id, framework, edition, role, wrapped_key, changed_at
    FROM worksheets_worksheet
"""
OF_ROLE = f"{WORKSHEETS} WHERE owner_id = %s AND framework = %s AND role = %s"
OF_OWNER = f"{WORKSHEETS} WHERE owner_id = %s"
LATEST_FIRST = " ORDER BY changed_at DESC, id DESC"
# Never as changed earlier than it was: with a clock set back, the order of worksheets would change.
# In PostgreSQL it also locks the row, so that the savers of a worksheet take turns.
TOUCH = """
    UPDATE worksheets_worksheet
    SET changed_at = CASE WHEN changed_at < %s THEN %s ELSE changed_at END
    WHERE id = %s
"""
TEXTS = """
    SELECT field, sealed, revision, writer, sequence FROM worksheets_writtentext
    WHERE worksheet_id = %s
"""
MARKS = """
    SELECT statement, kind, "on", revision, writer, sequence FROM worksheets_mark
    WHERE worksheet_id = %s
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
    changed_at: datetime


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


def worksheets_of_role(owner_id: int, framework: str, role: str) -> list[WorksheetRow]:
    """This owner's worksheets for a role, the one changed last first."""
    return [_worksheet(row) for row in execute(OF_ROLE + LATEST_FIRST, (owner_id, framework, role))]


def worksheets_of_owner(owner_id: int) -> list[WorksheetRow]:
    """All of this owner's worksheets, the one changed last first."""
    return [_worksheet(row) for row in execute(OF_OWNER + LATEST_FIRST, (owner_id,))]


def lock_worksheets(ids: Sequence[int]) -> None:
    """Let no save change these until the transaction ends. Always in the same order."""
    query = f"SELECT id FROM worksheets_worksheet WHERE id IN ({placeholders_for(ids)}) ORDER BY id"
    execute(query + for_update(), ids)


def touch(worksheet_id: int, moment: datetime) -> None:
    """Note that a worksheet changed."""
    execute(TOUCH, (to_database(moment), to_database(moment), worksheet_id))


def read_texts(worksheet_id: int, fields: Iterable[str] | None = None) -> dict[str, TextRow]:
    """The sealed texts by field id: all of them, or those of these fields."""
    if fields is None:
        rows = execute(TEXTS, (worksheet_id,))
    else:
        wanted = tuple(fields)
        if not wanted:
            return {}
        rows = execute(
            f"{TEXTS} AND field IN ({placeholders_for(wanted)})", (worksheet_id, *wanted)
        )
    return {field: TextRow(bytes(sealed), *rest) for field, sealed, *rest in rows}


def write_text(worksheet_id: int, field: str, row: TextRow) -> None:
    """Save this in a field, whatever was there."""
    execute(WRITE_TEXT, (worksheet_id, field, row.sealed, row.revision, row.writer, row.sequence))


def read_marks(
    worksheet_id: int, statements: Iterable[str] | None = None
) -> dict[tuple[str, MarkKind], MarkRow]:
    """The marks by statement id and kind, those taken off too: all, or those on these statements."""
    if statements is None:
        rows = execute(MARKS, (worksheet_id,))
    else:
        wanted = tuple(set(statements))
        if not wanted:
            return {}
        rows = execute(
            f"{MARKS} AND statement IN ({placeholders_for(wanted)})", (worksheet_id, *wanted)
        )
    return {
        (statement, MarkKind(kind)): MarkRow(bool(on), *rest) for statement, kind, on, *rest in rows
    }


def write_mark(worksheet_id: int, mark: tuple[str, MarkKind], row: MarkRow) -> None:
    """Save this mark, whatever was there."""
    statement, kind = mark
    execute(
        WRITE_MARK,
        (worksheet_id, statement, kind.value, row.on, row.revision, row.writer, row.sequence),
    )


def _worksheet(row: Row) -> WorksheetRow:
    row_id, public_id, owner_id, framework, edition, role, wrapped, changed_at = row
    key = bytes(wrapped) if wrapped else None
    moment = from_database(changed_at)
    return WorksheetRow(row_id, public_id, owner_id, framework, edition, role, key, moment)
