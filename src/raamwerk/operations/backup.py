"""Everything that is kept, in one file: for a backup, and to move from one database to another.

The file is a small SQLite database of its own, whatever database it came from. It says of which
version it is, and a checksum over every row says whether it is whole.
"""

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

APP = "worksheets"
OUR_MARK = 0x5261616D  # "Raam"
FORMAT = 1
ROWS_AT_ONCE = 2000

Row = Sequence[Any]

OF_ANOTHER_KIND = (TypeError, ValueError, OverflowError, RecursionError)
"""What Python raises for a value that can't be what its column or its name says."""


class ArchiveError(Exception):
    """A backup can't be made or restored; the message says why and what would help."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive says of itself. ``migration`` names the version of its tables."""

    migration: str
    tables: tuple[str, ...]
    rows: int
    checksum: str


def write_archive(file: Path, database: str) -> Contents:
    """Write all that this database keeps, as it is at one moment, to a file that is not there yet.

    People can go on saving meanwhile. Raises ArchiveError; the file is there whole, or not at all.
    """
    if file.exists():
        raise ArchiveError(f"{file} is there already. Choose another name, or move it away.")
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as archive:
            contents = _fill(archive, connections[database])
        _to_disk(unfinished)
        unfinished.rename(file)
        _to_disk(file.parent)
    except OSError as error:
        raise ArchiveError(f"can't write {file} ({error.strerror}).") from error
    except (DatabaseError, sqlite3.Error) as error:
        raise ArchiveError(f"can't make {file}: {error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return contents


def read_archive(file: Path, database: str) -> Contents:
    """Put everything from this file in an empty database, all of it or nothing.

    Raises ArchiveError for a file that is damaged, foreign or of a newer version, and for a
    database that already keeps something.
    """
    with _opened(file) as archive:
        contents = _proved(archive, file)
        _bring_to(contents.migration, database)
        connection = connections[database]
        if any(_is_used(connection, table) for table in contents.tables):
            raise ArchiveError("the database already keeps something. Restore in an empty one.")
        try:
            with transaction.atomic(using=database):
                for table in contents.tables:
                    _copy_in(archive, connection, table)
                if _checksum(_rows_of(connection, contents.tables)) != contents.checksum:
                    raise ArchiveError("the database does not give back what was put in it.")
                _go_on_counting(connection)
            call_command("migrate", database=database, verbosity=0)
        except DatabaseError as error:
            raise ArchiveError(f"can't restore {file}: {error}") from error
    return contents


def _fill(archive: sqlite3.Connection, connection: BaseDatabaseWrapper) -> Contents:
    with _one_moment(connection):
        applied = [
            name for app, name in MigrationRecorder(connection).applied_migrations() if app == APP
        ]
        if not applied:
            raise ArchiveError("there is nothing to back up: the database is empty.")
        tables = tuple(
            sorted(t for t in connection.introspection.table_names() if t.startswith(f"{APP}_"))
        )
        archive.execute("PRAGMA journal_mode=OFF")
        archive.execute("BEGIN")
        rows = sum(_copy_out(archive, connection, table) for table in tables)
    checksum = _checksum(_rows_of(archive, tables))
    contents = Contents(max(applied), tables, rows, checksum)
    archive.execute("CREATE TABLE archive (contents TEXT NOT NULL)")
    said = {
        "format": FORMAT,
        "migration": contents.migration,
        "tables": tables,
        "rows": rows,
        "checksum": checksum,
    }
    archive.execute("INSERT INTO archive VALUES (?)", (json.dumps(said),))
    archive.execute("COMMIT")
    archive.execute(f"PRAGMA application_id={OUR_MARK}")
    return contents


@contextmanager
def _one_moment(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let every read see the same state, without holding anybody up."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("BEGIN DEFERRED")
        else:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _copy_out(archive: sqlite3.Connection, connection: BaseDatabaseWrapper, table: str) -> int:
    """Copy one table to the archive; returns how many rows."""
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        names = [column[0] for column in cursor.description]
        archive.execute(f"CREATE TABLE {table} ({', '.join(names)})")
        marks = ", ".join("?" * len(names))
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            plain = [[_plain(value) for value in row] for row in rows]
            archive.executemany(f"INSERT INTO {table} VALUES ({marks})", plain)
            count += len(rows)
    return count


def _copy_in(archive: sqlite3.Connection, connection: BaseDatabaseWrapper, table: str) -> None:
    rows = archive.execute(f"SELECT * FROM {table} ORDER BY id")
    names = [column[0] for column in rows.description]
    moments = {at for at, name in enumerate(names) if name.endswith("_at")}
    marks = ", ".join(["%s"] * len(names))
    insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        while some := rows.fetchmany(ROWS_AT_ONCE):
            cursor.executemany(
                insert,
                [
                    [
                        adapt(datetime.fromisoformat(value)) if at in moments else value
                        for at, value in enumerate(row)
                    ]
                    for row in some
                ],
            )


def _plain(value: Any) -> Any:
    """A value as an archive holds it: a moment as text, in UTC."""
    if not isinstance(value, datetime):
        return value
    moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _rows_of(
    source: sqlite3.Connection | BaseDatabaseWrapper, tables: Iterable[str]
) -> Generator[tuple[str, Row], None, None]:
    """Every row as the archive holds it, with the columns in the order of their names."""
    for table in tables:
        with closing(source.cursor()) as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            names = [column[0] for column in cursor.description]
            order = sorted(range(len(names)), key=names.__getitem__)
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                yield from ((table, [_plain(row[at]) for at in order]) for row in rows)


def _checksum(rows: Generator[tuple[str, Row], None, None]) -> str:
    total = hashlib.sha256()
    with closing(rows):
        for table, row in rows:
            total.update(json.dumps([table, row]).encode())
    return total.hexdigest()


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    if not file.is_file():
        raise ArchiveError(f"there is no file {file}.")
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as archive:
            yield archive
    except sqlite3.Error as error:
        raise ArchiveError(f"{file} is damaged, or no backup of Raamwerk ({error}).") from error
    except OF_ANOTHER_KIND as error:
        raise ArchiveError(f"{file} is damaged: it holds something of another kind.") from error


def _proved(archive: sqlite3.Connection, file: Path) -> Contents:
    """What stands in the archive, which is whole. Raises ArchiveError."""
    if archive.execute("PRAGMA application_id").fetchone()[0] != OUR_MARK:
        raise ArchiveError(f"{file} is no backup of Raamwerk.")
    if archive.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        raise ArchiveError(f"{file} is damaged.")
    contents = _said_of_itself(archive, file)
    if _checksum(_rows_of(archive, contents.tables)) != contents.checksum:
        raise ArchiveError(f"{file} is damaged: its checksum is not right.")
    return contents


def _said_of_itself(archive: sqlite3.Connection, file: Path) -> Contents:
    try:
        said = json.loads(archive.execute("SELECT contents FROM archive").fetchone()[0])
        contents = Contents(
            said["migration"], tuple(map(_table, said["tables"])), said["rows"], said["checksum"]
        )
        newer = said["format"] > FORMAT
    except (KeyError, *OF_ANOTHER_KIND) as error:
        raise ArchiveError(f"{file} is damaged: it does not say what is in it.") from error
    if newer:
        raise ArchiveError(f"{file} was made by a newer version. Install that one first.")
    return contents


def _table(name: str) -> str:
    """A name that is safe in SQL. Raises ValueError."""
    if not re.fullmatch(f"{APP}_[a-z]+", name):
        raise ValueError(name)
    return name


def _bring_to(migration: str, database: str) -> None:
    """Give the database the tables of that version. Raises ArchiveError."""
    connection = connections[database]
    known = [name for app, name in MigrationLoader(connection).disk_migrations if app == APP]
    if migration not in known:
        raise ArchiveError("the backup was made by a newer version. Install that one first.")
    applied = MigrationRecorder(connection).applied_migrations()
    if max((name for app, name in applied if app == APP), default="") > migration:
        used = (model._meta.db_table for model in apps.get_app_config(APP).get_models())
        if any(_is_used(connection, table) for table in used):
            raise ArchiveError("the database already keeps something. Restore in an empty one.")
    call_command("migrate", APP, migration, database=database, verbosity=0)


def _is_used(connection: BaseDatabaseWrapper, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
        return cursor.fetchone() is not None


def _go_on_counting(connection: BaseDatabaseWrapper) -> None:
    """Let new rows get numbers that are not taken yet."""
    models = list(apps.get_app_config(APP).get_models())
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
