"""Plain SQL on Django's own connection, for what every page with notes and every save waits for.

Building the same query anew costs Django ten times what the database needs to answer it. Everything that
is rare stays with the models.
"""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction

Row = tuple[Any, ...]

_write_lock = threading.Lock()


def execute(sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """The rows that a statement gives; ``%s`` stands for each value, on both databases.

    On SQLite it goes straight to the driver: Django's cursor costs as much again.
    """
    # Looked up once: each look at Django's ``connection`` finds this thread's own anew.
    ours = connections[DEFAULT_DB_ALIAS]
    if ours.vendor == "sqlite":
        if ours.connection is None:
            ours.ensure_connection()
        with ours.wrap_database_errors:
            rows: list[Row] = ours.connection.execute(sql.replace("%s", "?"), values).fetchall()
            return rows
    with ours.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def marks_for(values: Collection[Any]) -> str:
    """A ``%s`` for each value, with commas."""
    return ", ".join(["%s"] * len(values))


def stored(moment: datetime) -> datetime | str:
    """A moment as a value for ``execute``: SQLite holds UTC without saying so."""
    if connection.vendor == "sqlite":
        return str(moment.astimezone(UTC).replace(tzinfo=None))
    return moment


def aware(moment: datetime) -> datetime:
    """A moment that came from ``execute``, in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that writes.

    SQLite has one writer at a time and lets the others sleep and ask again, in ever longer naps.
    A lock in front of it lets the threads of this process follow each other at once.
    """
    with _turn_to_write() if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
        yield


@contextmanager
def _turn_to_write() -> Iterator[None]:
    """This thread's turn. Raises OperationalError when it does not come in time.

    In front of a locked database nobody then waits for all the others to wait in vain first.
    """
    if not _write_lock.acquire(timeout=connection.settings_dict["OPTIONS"]["timeout"]):
        raise OperationalError("no turn to write came")
    try:
        yield
    finally:
        _write_lock.release()


def truncate_log() -> None:
    """Empty SQLite's write-ahead log into the database file, so that nothing erased stays in it.

    Waits for readers as long as any statement waits; what can't be emptied now goes the next time.
    """
    if connection.vendor == "sqlite":
        execute("PRAGMA wal_checkpoint(TRUNCATE)")
