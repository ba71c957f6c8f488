"""The same work with a thousand and with a million worksheets in the database.

Each save changes a text that is there: in a small database most new texts would soon be old ones.
"""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from tests.serving import Server, serving

from benchmarks.browser import ROLE_PAGE, SAVE, begin_worksheet
from benchmarks.measuring import Rate, Result, middle_pair, requests_per_second, say
from benchmarks.saving import later_than_ever
from raamwerk.owners.sealing import new_key, seal, wrapping_key

FEW, MANY = 1_000, 1_000_000
CONNECTIONS = 16
BATCH = 100_000
SECRET = "%043d"
"""The secret of the owner with this number: any 43 letters and digits would do."""

OWNER_KEY, WORKSHEET_KEY = new_key(), new_key()
"""All owners have the same keys, each sealed for its own place: that takes as long to open."""

NOW = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
TODAY = NOW[:10]

Row = tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """A table to fill: its columns, and the row of the worksheet with this number."""

    name: str
    columns: str
    row: Callable[[int], Row]

    def rows(self, count: int) -> Iterator[Row]:
        """A row for every worksheet, while telling how far it is."""
        for number in range(1, count + 1):
            if number % BATCH == 0:
                say(f"    {self.name}: {number:,} of {count:,}")
            yield self.row(number)


def _access_key(number: int) -> Row:
    secret = SECRET % number
    digest = hashlib.sha256(secret.encode()).hexdigest()
    wrapped = seal(wrapping_key(secret), OWNER_KEY, f"owner:{number}")
    return number, number, digest, wrapped, NOW, TODAY


def _worksheet(number: int) -> Row:
    name = _public_id(number)
    wrapped = seal(OWNER_KEY, WORKSHEET_KEY, f"worksheet:{name}")
    return number, name, number, "lob", "2026-1", "mentor", wrapped, NOW, NOW


def _text(field: str, number: int) -> Row:
    words = f"Met het team bespreken wat we willen {number}".encode()
    sealed = seal(WORKSHEET_KEY, words, f"text:{_public_id(number)}:{field}")
    return number, field, sealed, 1, "bench", 0


def _mark(number: int) -> Row:
    return number, "mentor-visie-rol-1", "work-on", True, 1, "bench", 0


def _public_id(number: int) -> str:
    return f"{number:022d}"


TEXT_COLUMNS = "worksheet_id, field, sealed, revision, writer, sequence"
TABLES = (
    Table("owners_owner", "id, created_at, used_on", lambda number: (number, NOW, TODAY)),
    Table(
        "owners_accesskey", "id, owner_id, digest, wrapped_key, created_at, used_on", _access_key
    ),
    Table(
        "worksheets_worksheet",
        "id, public_id, owner_id, framework, edition, role, wrapped_key, begun_at, changed_at",
        _worksheet,
    ),
    Table("worksheets_writtentext", TEXT_COLUMNS, partial(_text, "visie-rol")),
    Table("worksheets_writtentext", TEXT_COLUMNS, partial(_text, "visie-deskundigheid")),
    Table(
        "worksheets_mark",
        'worksheet_id, statement, kind, "on", revision, writer, sequence',
        _mark,
    ),
)
READ = """
request = function()
  wrk.headers["Cookie"] = "werkblad-bench=" .. string.format("{secret}", math.random({count}))
  return wrk.format("GET", "{page}", wrk.headers)
end
wrk.headers["Accept-Encoding"] = "gzip"
"""
SAVE_SCRIPT = """
local number = {first}
request = function()
  number = number + 1
  local sequence = string.format("%.0f", number)
  local body = '{{"framework":"lob","edition":"2026-1","role":"mentor","worksheet":"",' ..
    '"texts":[{{"field":"visie-rol","text":"woorden ' .. sequence .. '","base":"","writer":"bench",' ..
    '"sequence":' .. sequence .. '}}],"marks":[]}}'
  wrk.headers["Cookie"] = "werkblad-bench=" .. string.format("{secret}", math.random({count}))
  return wrk.format("POST", "{path}", wrk.headers, body)
end
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Origin"] = "{origin}"
"""


@dataclass(frozen=True)
class Installation:
    """A running server, its folder, and how many worksheets it keeps."""

    server: Server
    folder: Path
    count: int


def measure(postgresql: str) -> list[Result]:
    """On SQLite, and on PostgreSQL where an address of an empty one is given."""
    results = _compare("SQLite", "", "")
    if postgresql:
        results += _compare("PostgreSQL", postgresql, _another_database(postgresql))
    return results


def _compare(name: str, url_of_few: str, url_of_many: str) -> list[Result]:
    """Both run at the same time, and are measured in turns."""
    with _installation(url_of_few, FEW) as few, _installation(url_of_many, MANY) as many:
        return [
            _result(
                f"role page with somebody's notes, {MANY:,} worksheets in {name}", _read, few, many
            ),
            _result(
                f"saving one field, {CONNECTIONS} connections, {MANY:,} worksheets in {name}",
                _save,
                few,
                many,
            ),
        ]


def _result(
    work: str, rate: Callable[[Installation], Rate], few: Installation, many: Installation
) -> Result:
    (with_few, _), (with_many, _) = middle_pair(work, partial(rate, few), partial(rate, many))
    return Result(
        work,
        f"{with_many:,.0f}/s",
        f"with {FEW:,}: {with_few:,.0f}/s",
        with_few / with_many,
        "at most 1.2 × slower",
    )


@contextmanager
def _installation(url: str, count: int) -> Iterator[Installation]:
    """A server with this many worksheets."""
    with tempfile.TemporaryDirectory() as folder:
        say(f"  filling {'PostgreSQL' if url else 'SQLite'} with {count:,} worksheets")
        data = Path(folder) / "data"
        with serving(data, DATABASE_URL=url):
            pass  # it makes the tables
        if url:
            _fill_postgresql(url, count)
        else:
            _fill_sqlite(data / "raamwerk.sqlite3", count)
        with serving(data, DATABASE_URL=url) as server:
            begin_worksheet(server.url)
            yield Installation(server, Path(folder), count)


def _another_database(url: str) -> str:
    """The address of a new database on the same PostgreSQL."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as database:
        database.execute("CREATE DATABASE many_worksheets")
    return urlsplit(url)._replace(path="/many_worksheets").geturl()


def _fill_sqlite(file: Path, count: int) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("PRAGMA cache_size = -500000")
        for table in TABLES:
            places = ", ".join("?" * len(table.columns.split(",")))
            insert = f"INSERT INTO {table.name} ({table.columns}) VALUES ({places})"
            database.executemany(insert, table.rows(count))
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    os.sync()


def _fill_postgresql(url: str, count: int) -> None:
    import psycopg

    with psycopg.connect(url) as database, database.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute("TRUNCATE owners_owner CASCADE")
        for table in TABLES:
            copy_in = f"COPY {table.name} ({table.columns}) FROM STDIN".encode()
            with cursor.copy(copy_in) as copy:
                for row in table.rows(count):
                    copy.write_row(row)
        for name in ("owners_owner", "owners_accesskey", "worksheets_worksheet"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {count})".encode()
            )
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("VACUUM ANALYZE")
        database.execute("CHECKPOINT")


def _read(at: Installation) -> Rate:
    return _rate(at, READ.format(secret=SECRET, count=at.count, page=ROLE_PAGE))


def _save(at: Installation) -> Rate:
    names = {"secret": SECRET, "count": at.count, "path": SAVE, "origin": at.server.url}
    return _rate(at, SAVE_SCRIPT.format(first=later_than_ever(), **names))


def _rate(at: Installation, script: str) -> Rate:
    file = at.folder / "script.lua"
    file.write_text(script)
    return requests_per_second(at.server.url, CONNECTIONS, "-s", str(file))
