"""Plain SQL on Django's own connection, for what every page with notes and every save waits for.

Building the same query anew costs Django ten times what the database needs to answer it. Everything that
is rare stays with the models.
"""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction
from django.db import Error as AnyDatabaseError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

Row = tuple[Any, ...]

_write_lock = threading.Lock()
_trouble = threading.Event()
"""That the last transaction that wrote failed."""


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


def execute_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Execute a statement for each of these rows of values, in one trip to the database."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def placeholders_for(values: Collection[Any]) -> str:
    """A ``%s`` for each value, with commas."""
    return ", ".join(["%s"] * len(values))


def for_update() -> str:
    """What locks the rows of a SELECT until the transaction ends; SQLite has one writer anyway."""
    return "" if connection.vendor == "sqlite" else " FOR UPDATE"


def to_database(moment: datetime) -> datetime | str:
    """A moment as a value for ``execute``: SQLite holds UTC without saying so."""
    if connection.vendor == "sqlite":
        return str(moment.astimezone(UTC).replace(tzinfo=None))
    return moment


def from_database(moment: datetime) -> datetime:
    """A moment that came from ``execute``, in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def release_connection() -> None:
    """Close this thread's connection after trouble; the next statement opens another.

    A connection keeps what it met when it was opened, such as a file it could only read.
    """
    connection.close()


@contextmanager
def writing(patience: float | None = None) -> Iterator[None]:
    """A transaction that writes.

    SQLite has one writer at a time and lets the others sleep and ask again, in ever longer naps.
    A lock in front of it lets the threads of this process follow each other at once. ``patience`` is how
    many seconds to wait for one's turn, DATABASE_WAIT where it is not given. Raises OperationalError.
    """
    try:
        with _writing(patience):
            yield
    except AnyDatabaseError:
        _trouble.set()
        raise
    _trouble.clear()


def last_write_failed() -> bool:
    """Whether the last transaction that wrote in this process, or was to write, failed."""
    return _trouble.is_set()


@contextmanager
def _writing(patience: float | None) -> Iterator[None]:
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    usual = float(connection.settings_dict["OPTIONS"]["timeout"])
    turn = _turn_to_write(usual if patience is None else patience)
    with turn, _busy_for(patience), transaction.atomic():
        yield


def empty_log(patience: float = 0.0) -> None:
    """Put all of SQLite's write-ahead log in the database file, so that nothing erased stays in it.

    Where somebody else reads or writes for longer than ``patience`` (in seconds), it goes the next time.
    """
    if connection.vendor == "sqlite":
        with _busy_for(patience):
            execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _turn_to_write(patience: float) -> Iterator[None]:
    """This thread's turn. Raises OperationalError when it does not come in time.

    In front of a locked database nobody then waits for all the others to wait in vain first.
    """
    if not _write_lock.acquire(timeout=patience):
        raise OperationalError("no turn to write came")
    try:
        yield
    finally:
        _write_lock.release()


@contextmanager
def _busy_for(patience: float | None) -> Iterator[None]:
    """Let SQLite wait this many seconds for other processes, instead of as long as usual."""
    if patience is None:
        yield
        return
    execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
    try:
        yield
    finally:
        if connection.connection is not None:
            usual = float(connection.settings_dict["OPTIONS"]["timeout"])
            execute(f"PRAGMA busy_timeout = {int(usual * 1000)}")


def finish_schema(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The last step of a migration: make its indexes now, and not after its transaction.

    Django then notes the migration as applied in that same transaction. Otherwise a kill in between leaves
    tables that no migration knows, and the server would never start again.
    """
    while schema_editor.deferred_sql:
        schema_editor.execute(schema_editor.deferred_sql.pop(0))
