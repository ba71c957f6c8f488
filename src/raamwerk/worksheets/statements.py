"""The SQL that every page with notes and every save waits for, written out.

Building the same query anew costs Django ten times what the database needs to answer it; these few
are plain SQL, the same for SQLite and PostgreSQL. Everything that is rare stays with the models.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from raamwerk.notes import MarkKind

FIND = """
    SELECT k.id, w.id, w.changed_at, w.name, w.school, w.occasion
    FROM worksheets_key k
    LEFT JOIN worksheets_worksheet w ON w.key_id = k.id AND w.framework = %s AND w.role = %s
    WHERE k.digest = %s
"""
TOUCH = """
    UPDATE worksheets_worksheet
    SET changed_at = CASE WHEN changed_at < %s THEN %s ELSE changed_at END
    WHERE framework = %s AND role = %s
    AND key_id = (SELECT id FROM worksheets_key WHERE digest = %s)
    RETURNING id
"""
READ_NOTES = """
    SELECT 'point', field, text FROM worksheets_attentionpoint WHERE worksheet_id = %s
    UNION ALL SELECT 'mark', statement, kind FROM worksheets_mark WHERE worksheet_id = %s
"""
READ_POINT = """
    SELECT text, writer, sequence FROM worksheets_attentionpoint
    WHERE worksheet_id = %s AND field = %s
"""
WRITE_POINT = """
    INSERT INTO worksheets_attentionpoint (worksheet_id, field, text, writer, sequence)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (worksheet_id, field) DO UPDATE
    SET text = excluded.text, writer = excluded.writer, sequence = excluded.sequence
"""
PUT_MARK = """
    INSERT INTO worksheets_mark (worksheet_id, statement, kind) VALUES (%s, %s, %s)
    ON CONFLICT (worksheet_id, statement, kind) DO NOTHING
"""
TAKE_MARK = """
    DELETE FROM worksheets_mark WHERE worksheet_id = %s AND statement = %s AND kind = %s
"""


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A key, and its worksheet for one role, if there is one yet."""

    id: int
    worksheet: "FoundWorksheet | None"


@dataclass(frozen=True, slots=True)
class FoundWorksheet:
    """A worksheet without its notes."""

    id: int
    changed_at: datetime
    name: str
    school: str
    occasion: str


@dataclass(frozen=True, slots=True)
class KeptPoint:
    """The text in one field, the page view that wrote it, and the number of that save."""

    text: str = ""
    writer: str = ""
    sequence: int = 0


def find(digest: str, framework: str, role: str) -> FoundKey | None:
    """The key with this digest, with its worksheet for the role; None for an unknown key."""
    rows = _ask(FIND, (framework, role, digest))
    if not rows:
        return None
    key_id, worksheet_id, changed_at, *details = rows[0]
    if worksheet_id is None:
        return FoundKey(key_id, None)
    return FoundKey(key_id, FoundWorksheet(worksheet_id, _aware(changed_at), *details))


def touch(digest: str, framework: str, role: str, moment: datetime) -> int | None:
    """Note that this key's worksheet for the role changed; returns its id, None if there is none.

    Never as changed earlier than it was: with a clock set back, ``purge`` would delete it too soon.
    In PostgreSQL this also lets the savers of a worksheet take turns.
    """
    stored = _stored(moment)
    rows = _ask(TOUCH, (stored, stored, framework, role, digest))
    return int(rows[0][0]) if rows else None


def read_notes(worksheet_id: int) -> tuple[dict[str, str], frozenset[tuple[str, MarkKind]]]:
    """The text in each field by field id, and every mark as statement id and kind."""
    rows = _ask(READ_NOTES, (worksheet_id, worksheet_id))
    points = {name: words for part, name, words in rows if part == "point"}
    return points, frozenset(
        (name, MarkKind(words)) for part, name, words in rows if part == "mark"
    )


def read_points(worksheet_id: int, fields: Iterable[str]) -> dict[str, KeptPoint]:
    """What is kept in each of these fields, by field id."""
    return {
        field: KeptPoint(*row)
        for field in fields
        for row in _ask(READ_POINT, (worksheet_id, field))
    }


def write_point(worksheet_id: int, field: str, point: KeptPoint) -> None:
    """Keep this in a field, whatever was there."""
    _ask(WRITE_POINT, (worksheet_id, field, point.text, point.writer, point.sequence))


def write_marks(worksheet_id: int, marks: Iterable[tuple[str, MarkKind, bool]]) -> None:
    """Put these marks on their statements, or take them off."""
    for statement, kind, on in marks:
        _ask(PUT_MARK if on else TAKE_MARK, (worksheet_id, statement, kind.value))


def _ask(question: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows that answer this; straight from SQLite: Django's cursors cost as much again."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "sqlite":
        if database.connection is None:
            database.ensure_connection()
        with database.wrap_database_errors:
            rows: list[tuple[Any, ...]] = database.connection.execute(
                question.replace("%s", "?"), values
            ).fetchall()
            return rows
    with database.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall() if cursor.description else []


def _stored(moment: datetime) -> datetime | str:
    """A moment as the database keeps it: SQLite holds UTC without saying so."""
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        return str(moment.astimezone(UTC).replace(tzinfo=None))
    return moment


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
