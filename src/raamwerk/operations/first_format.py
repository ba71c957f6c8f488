"""The file of a backup as version 0.1 made it, in format 1: a SQLite database with a table a model.

Nothing of its schema is run: it may only hold plain tables, exactly as version 0.1 wrote them.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from raamwerk.operations.backup_file import (
    LONGEST_LINE,
    NAME,
    OF_ANOTHER_KIND,
    BackupError,
    Contents,
    Row,
)

APP = "worksheets"
BEGINNING = b"SQLite format 3\x00"
OUR_MARK = 0x5261616D  # "Raam"
SAID = "CREATE TABLE archive (contents TEXT NOT NULL)"
TABLE = re.compile(rf"CREATE TABLE ({APP}_[a-z]+) \(([a-z_]+(?:, [a-z_]+)*)\)")
MOST_TABLES = 20


@contextmanager
def opened_file(file: Path) -> Iterator[tuple[Contents, Iterator[Row]]]:
    """What a whole backup holds, and its rows. Raises BackupError, while these are read too."""
    try:
        address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as archive:
            archive.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_LINE)
            archive.execute("PRAGMA trusted_schema=OFF")
            try:
                tables = _tables(archive, file)
                contents = _contents(archive, tables, file)
            except OF_ANOTHER_KIND as error:
                raise BackupError(f"{file} is damaged: it does not say what is in it.") from error
            yield contents, _rows(archive, tables, file)
    except sqlite3.Error as error:
        raise BackupError(f"{file} is damaged, or no backup of Raamwerk ({error}).") from error


def _tables(archive: sqlite3.Connection, file: Path) -> dict[str, tuple[str, ...]]:
    """The columns of each table, by its name. Raises BackupError for anything but such tables."""
    if archive.execute("PRAGMA application_id").fetchone()[0] != OUR_MARK:
        raise BackupError(f"{file} is no backup of Raamwerk.")
    tables = {}
    schema = archive.execute("SELECT type, name, sql FROM sqlite_master LIMIT ?", (MOST_TABLES,))
    for kind, name, sql in schema.fetchall():
        if (kind, name, sql) == ("table", "archive", SAID):
            continue
        written = TABLE.fullmatch(sql) if kind == "table" and isinstance(sql, str) else None
        if written is None or written[1] != name:
            raise BackupError(f"{file} holds something that no backup of Raamwerk holds.")
        tables[name] = tuple(written[2].split(", "))
    if archive.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise BackupError(f"{file} is damaged.")
    return dict(sorted(tables.items()))


def _contents(
    archive: sqlite3.Connection, tables: dict[str, tuple[str, ...]], file: Path
) -> Contents:
    """What the file says of itself. Raises BackupError, or what is OF_ANOTHER_KIND."""
    said = json.loads(archive.execute("SELECT contents FROM archive").fetchone()[0])
    migration = said["migration"]
    if said["format"] != 1 or said["tables"] != list(tables) or not NAME.fullmatch(migration):
        raise ValueError
    if _checksum(archive, tables) != said["checksum"]:
        raise BackupError(f"{file} is damaged: its checksum is not right.")
    columns = {_model(table): names for table, names in tables.items()}
    rows = sum(1 for table, names in tables.items() for _row in _select(archive, table, names))
    return Contents({APP: migration}, columns, rows)


def _checksum(archive: sqlite3.Connection, tables: dict[str, tuple[str, ...]]) -> str:
    total = hashlib.sha256()
    for table, names in tables.items():
        for row in _select(archive, table, sorted(names)):
            total.update(json.dumps([table, row]).encode())
    return total.hexdigest()


def _rows(
    archive: sqlite3.Connection, tables: dict[str, tuple[str, ...]], file: Path
) -> Iterator[Row]:
    for table, names in tables.items():
        for row in _select(archive, table, names):
            try:
                yield _model(table), list(map(_as_text, names, row))
            except OF_ANOTHER_KIND as error:
                raise BackupError(f"{file} is damaged: {table} holds a wrong value.") from error


def _select(archive: sqlite3.Connection, table: str, names: Iterable[str]) -> Iterator[list[Any]]:
    quoted = ", ".join(f'"{name}"' for name in names)
    # Names as TABLE lets them through can't be anything but names.
    yield from map(list, archive.execute(f'SELECT {quoted} FROM "{table}" ORDER BY "id"'))  # noqa: S608


def _model(table: str) -> str:
    return table.replace("_", ".", 1)


def _as_text(name: str, value: object) -> str:
    """A value as format 2 holds it."""
    if not isinstance(value, str | int):
        raise TypeError(name)
    if name.endswith("_at"):
        with suppress(ValueError):
            return datetime.fromisoformat(str(value)).isoformat()
    return str(value)
