"""Everything that is kept, in one file: for a backup, and to move from one database to another.

Every model of every app of ours is in it, with the values as Django's own fields write and read
them, so that a new app or model needs no line here. The models are those of the migrations that the
database is at: a backup of an earlier version is put in tables of that version, which then migrate
as any database does.
"""

import dataclasses
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.db.models import (
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    JSONField,
    Model,
    TimeField,
)
from django.utils import timezone
from django.utils.timezone import is_naive

from raamwerk.operations import first_format
from raamwerk.operations.backup_file import (
    OF_ANOTHER_KIND,
    BackupError,
    Contents,
    Row,
    line_of,
    read_file,
    write_file,
)
from raamwerk.operations.tables import (
    Models,
    applied_migrations,
    bring_to,
    go_on_counting,
    models_at,
    refuse_used,
    remove_tables,
)

__all__ = ["BackupError", "Contents", "back_up", "restore"]

ROWS_AT_ONCE = 200
AnyField: TypeAlias = "Field[Any, Any]"


def back_up(file: Path, database: str) -> Contents:
    """Write all that this database keeps, as it is at one moment, to a file that is not there yet.

    People can go on saving meanwhile. Raises BackupError; the file is there whole, or not at all.
    """
    connection = connections[database]
    try:
        with _one_moment(connection):
            migrations = applied_migrations(connection)
            if not migrations:
                raise BackupError("there is nothing to back up: the database is empty.")
            models = models_at(connection, migrations)
            columns = {name: tuple(fields_of(model)) for name, model in models.items()}
            return write_file(
                file, Contents(migrations, columns), _rows_of(database, models, columns)
            )
    except DatabaseError as error:
        raise BackupError(f"can't make {file}: {_first_line(error)}") from error


def restore(file: Path, database: str) -> Contents:
    """Put everything from this file in an empty database, all of it or nothing.

    A row of a kind that this version does not know is left out, and a date that can't be becomes today:
    nobody's words are refused for another's odd row. ``left_out`` tells so.
    Raises BackupError for a file that is damaged, foreign or of a newer version, and for a
    database that already keeps something.
    """
    connection = connections[database]
    with _opened(file) as (contents, rows):
        models = models_at(connection, contents.migrations)
        _check_columns(contents, models, file)
        _keep_private(connection)
        try:
            bring_to(connection, contents.migrations)
            with transaction.atomic(using=database):
                refuse_used(connection, models.values())
                taken = _put_in(rows, models, contents, database)
                if taken.total != _sum_of(_rows_of(database, models, contents.columns)):
                    raise BackupError("the database does not give back what was put in it.")
                go_on_counting(connection, models.values())
        except (DatabaseError, OverflowError, ValueError) as error:
            raise BackupError(f"can't restore {file}: {_first_line(error)}") from error
    _bring_up_to_date(connection, file)
    return replace(contents, rows=taken.rows, left_out=tuple(taken.left_out))


def fields_of(model: type[Model]) -> dict[str, AnyField]:
    """The fields of a model that its table has a column for, by the name of their value."""
    fields = model._meta.local_concrete_fields
    return {field.attname: field for field in fields if not field.generated}


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


def _rows_of(database: str, models: Models, columns: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    """Every row of these models as a backup holds it."""
    for name, model in models.items():
        by_name = fields_of(model)
        fields = [by_name[column] for column in columns[name]]
        rows = model._base_manager.using(database).order_by("pk")
        for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
            yield name, [_written(field, row) for field in fields]


def _written(field: AnyField, row: Model) -> Any:
    return None if field.value_from_object(row) is None else field.value_to_string(row)


def _sum_of(rows: Iterable[Row]) -> int:
    """A checksum that does not depend on the order, in which databases sort texts differently."""
    return sum(int.from_bytes(sha256(line_of(row)).digest()) for row in rows)


@contextmanager
def _opened(file: Path) -> Iterator[tuple[Contents, Iterator[Row]]]:
    """What a backup of any format holds, which is whole. Raises BackupError."""
    if not file.is_file():
        raise BackupError(f"there is no file {file}.")
    try:
        with file.open("rb") as opened:
            if opened.read(len(first_format.BEGINNING)) == first_format.BEGINNING:
                with first_format.opened_file(file) as found:
                    yield found
                return
            opened.seek(0)
            yield read_file(opened, file)
    except OSError as error:
        raise BackupError(f"can't read {file} ({error.strerror}).") from error


def _check_columns(contents: Contents, models: Models, file: Path) -> None:
    """Make sure that the file holds what its version kept: no more, no less. Raises BackupError."""
    for name in contents.columns.keys() ^ models.keys():
        raise BackupError(f"{file} does not fit its own version: it should hold {name}, or not.")
    for name, model in models.items():
        if sorted(contents.columns[name]) != sorted(fields_of(model)):
            raise BackupError(f"{file} does not fit its own version: {name} has other columns.")


def _keep_private(connection: BaseDatabaseWrapper) -> None:
    """Make the file of SQLite, or what is there of it, readable for its owner only."""
    if not isinstance(connection, SQLite) or connection.is_in_memory_db():
        return
    name = connection.settings_dict["NAME"]
    try:
        with suppress(FileExistsError):
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{name}{ending}").chmod(0o600)
    except OSError as error:
        raise BackupError(f"can't write {name} ({error.strerror}).") from error


@dataclass
class Taken:
    """What was put in the database: the sum of its rows by ``_sum_of``, and what is not as it stood there."""

    total: int = 0
    rows: int = 0
    left_out: list[str] = dataclasses.field(default_factory=list)


def _put_in(rows: Iterator[Row], models: Models, contents: Contents, database: str) -> Taken:
    """Insert every row. Raises BackupError."""
    taken, done = Taken(), 0
    for name, of_model in groupby(rows, itemgetter(0)):
        model, by_name = models[name], fields_of(models[name])
        fields = [by_name[column] for column in contents.columns[name]]
        _fill_in_nothing(fields)
        while some := list(islice(of_model, ROWS_AT_ONCE)):
            found = [
                _made(model, fields, row, number, taken.left_out)
                for number, row in enumerate(some, done + 1)
            ]
            made = [each for each in found if each]
            model._base_manager.using(database).bulk_create(made)
            taken.total += _sum_of((name, [_written(f, each) for f in fields]) for each in made)
            taken.rows += len(made)
            done += len(some)
    return taken


def _fill_in_nothing(fields: Iterable[AnyField]) -> None:
    """Let models as they were, which are ours alone, take the moments that they are given."""
    for field in fields:
        if isinstance(field, DateField | TimeField):
            field.auto_now = field.auto_now_add = False


def _made(
    model: type[Model], fields: Sequence[AnyField], row: Row, number: int, left_out: list[str]
) -> Model | None:
    """The row as a model; None where it is left out. Raises BackupError where it could not be one."""
    name, values = row
    made = model()
    for field, value in zip(fields, values, strict=True):
        try:
            setattr(made, field.attname, _read(field, value))
            right = _written(field, made) == value
        except (AttributeError, ValidationError, *OF_ANOTHER_KIND):
            right = False
        if not right and isinstance(value, str) and field.choices:
            left_out.append(f"{name}, row {number}: left out, of an unknown {field.attname}")
            return None
        if not right and isinstance(value, str) and isinstance(field, DateField):
            left_out.append(f"{name}, row {number}: {field.attname} can't be, and became today")
            now = timezone.now()
            setattr(made, field.attname, now if isinstance(field, DateTimeField) else now.date())
        elif not right:
            raise BackupError(
                f"the backup holds a wrong value: {field.attname} of {name}, in row {number}."
            )
    return made


def _read(field: AnyField, written: Any) -> Any:
    """The value of a field. Raises ValidationError, or what is OF_ANOTHER_KIND."""
    if written is None:
        if not field.null:
            raise ValueError
        return None
    if not isinstance(written, str) and not isinstance(field, JSONField):
        raise TypeError
    value = field.to_python(written)
    (field.target_field if isinstance(field, ForeignKey) else field).run_validators(value)
    if field.choices and value not in dict(field.flatchoices):
        raise ValueError
    # The first and the last year can't be told in every time zone.
    if isinstance(value, date) and not date.min.year < value.year < date.max.year:
        raise ValueError
    if isinstance(value, datetime) and is_naive(value):
        raise ValueError
    return value


def _bring_up_to_date(connection: BaseDatabaseWrapper, file: Path) -> None:
    """Migrate what was restored. When that fails nothing stays: all of it is in the file."""
    try:
        call_command("migrate", database=connection.alias, verbosity=0)
    except Exception as error:
        remove_tables(connection, only_empty=False)
        raise BackupError(f"can't bring {file} up to date: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    """What went wrong, without the row that PostgreSQL shows in the lines after it."""
    return str(error).partition("\n")[0]
