"""The file of a backup, in format 2: JSON Lines of plain ASCII, with a checksum.

The first line says of which version it is: the migration of each app and the columns of each model.
Then comes a line for each row, with its values as Django's fields write them as text. The last line
holds the number of rows and the SHA-256 checksum of every line before it.

No line is SQL, and none is longer than ``LONGEST_LINE``: whatever a file holds, reading it takes no
more work than its size asks.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = 2
LONGEST_LINE = 4 * 1024 * 1024
NAME = re.compile(r"[a-z0-9_.]{1,200}")

OF_ANOTHER_KIND = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What Python raises for a value that can't be what its place says."""

Row = tuple[str, list[Any]]
"""The model of a row (``app.model``), and its values in the order of that model's columns."""


class BackupError(Exception):
    """A backup can't be made or restored; the message says why and what would help."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a backup: the migration of each app's tables, and the columns of each model.

    ``left_out`` tells, once it was restored, what was not taken over as it stood there.
    """

    migrations: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]
    rows: int = 0
    left_out: tuple[str, ...] = ()


def write_file(file: Path, contents: Contents, rows: Iterable[Row]) -> Contents:
    """Write a backup to a file that is not there yet; returns what is in it.

    Raises BackupError; the file is there whole and for its owner only, or not at all.
    """
    total, count = hashlib.sha256(), 0
    with _new_file(file) as opened:
        for line in _lines_of(contents, rows):
            if len(line) > LONGEST_LINE:
                raise BackupError(f"can't make {file}: a row is longer than a backup can hold.")
            total.update(line)
            opened.write(line)
            count += 1
        whole = replace(contents, rows=count - 1)
        opened.write(_line({"rows": whole.rows, "checksum": total.hexdigest()}))
    return whole


def read_file(opened: BinaryIO, file: Path) -> tuple[Contents, Iterator[Row]]:
    """What a whole backup holds, and its rows. Raises BackupError, while these are read too."""
    contents = _contents(opened, file)
    opened.seek(0)
    return replace(contents, rows=_prove(opened, file)), _rows(opened, file, contents)


def line_of(row: Row) -> bytes:
    """A row as the file holds it."""
    model, values = row
    return _line([model, *values])


def _lines_of(contents: Contents, rows: Iterable[Row]) -> Iterator[bytes]:
    yield _line(
        {
            "raamwerk": "backup",
            "format": FORMAT,
            "migrations": contents.migrations,
            "columns": contents.columns,
        }
    )
    yield from map(line_of, rows)


def _line(content: Any) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode("ascii") + b"\n"


@contextmanager
def _new_file(file: Path) -> Iterator[BinaryIO]:
    """Open a file under another name, that gets its own name once it is whole and on disk."""
    if file.exists():
        raise BackupError(f"{file} is there already. Choose another name, or move it away.")
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        handle = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as opened:
            yield opened
            opened.flush()
            os.fsync(handle)
        unfinished.rename(file)
        _to_disk(file.parent)
    except OSError as error:
        raise BackupError(f"can't write {file} ({error.strerror}).") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lines(opened: BinaryIO, file: Path) -> Iterator[bytes]:
    while line := opened.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise BackupError(f"{file} is damaged, or no backup of Raamwerk: a line is too long.")
        yield line


def _contents(opened: BinaryIO, file: Path) -> Contents:
    """What the first line says."""
    try:
        said = json.loads(next(_lines(opened, file), b""))
        if said["raamwerk"] != "backup":
            raise ValueError
    except OF_ANOTHER_KIND as error:
        raise BackupError(f"{file} is damaged, or no backup of Raamwerk.") from error
    try:
        if said["format"] > FORMAT:
            raise BackupError(f"{file} was made by a newer version. Install that one first.")
        if said["format"] != FORMAT:
            raise ValueError
        return Contents(
            {_name(app): _name(migration) for app, migration in said["migrations"].items()},
            {_name(model): tuple(map(_name, names)) for model, names in said["columns"].items()},
        )
    except (AttributeError, *OF_ANOTHER_KIND) as error:
        raise BackupError(f"{file} is damaged: it does not say what is in it.") from error


def _name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return name


def _prove(opened: BinaryIO, file: Path) -> int:
    """Check that every line is as it was written; returns how many rows there are."""
    total, count, last = hashlib.sha256(), -2, b""
    for line in _lines(opened, file):
        total.update(last)
        count, last = count + 1, line
    try:
        said = json.loads(last)
        whole = (said["rows"], said["checksum"]) == (count, total.hexdigest())
    except OF_ANOTHER_KIND as error:
        raise BackupError(f"{file} is damaged: its end is missing.") from error
    if not whole:
        raise BackupError(f"{file} is damaged: its checksum is not right.")
    return count


def _rows(opened: BinaryIO, file: Path, contents: Contents) -> Iterator[Row]:
    opened.seek(0)
    lines = _lines(opened, file)
    next(lines)
    last = next(lines)
    for line in lines:
        try:
            model, *values = json.loads(last)
            expected = len(contents.columns[model])
        except OF_ANOTHER_KIND as error:
            raise BackupError(f"{file} is damaged: it holds a line that is no row.") from error
        if len(values) != expected:
            raise BackupError(f"{file} is damaged: a row of {model} has not {expected} values.")
        yield model, values
        last = line
