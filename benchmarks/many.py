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
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from tests.serving import Server, serving

from benchmarks.measuring import Rate, Result, middle_pair, requests_per_second
from benchmarks.reading import ROLE_PAGE, begin_worksheet

FEW, MANY = 1_000, 1_000_000
CONNECTIONS = 16
KEY = "%043d"
"""The key of the worksheet with this number: any 43 letters and digits would do."""

FILL = (
    "INSERT INTO worksheets_key (id, digest, created_at) SELECT n, {digest}, {now} {numbers}",
    "INSERT INTO worksheets_worksheet"
    " (id, key_id, framework, edition, role, name, school, occasion, changed_at)"
    " SELECT n, n, 'lob', '2026-1', 'mentor', '', '', '', {now} {numbers}",
    "INSERT INTO worksheets_attentionpoint (worksheet_id, field, text, writer, sequence)"
    " SELECT n, 'visie-rol', 'Met het team bespreken wat we willen ' || n, 'bench', 0 {numbers}",
    "INSERT INTO worksheets_attentionpoint (worksheet_id, field, text, writer, sequence)"
    " SELECT n, 'visie-deskundigheid', 'Dit werk ik verder uit ' || n, '', 0 {numbers}",
    "INSERT INTO worksheets_mark (worksheet_id, statement, kind)"
    " SELECT n, 'mentor-visie-rol-1', 'work-on' {numbers}",
)
SQLITE = {
    "digest": "digest_of(n)",
    "now": "datetime('now')",
    "numbers": "FROM (WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up"
    " WHERE n < {count}) SELECT n FROM up)",
}
POSTGRESQL = {
    "digest": "encode(sha256(lpad(n::text, 43, '0')::bytea), 'hex')",
    "now": "now()",
    "numbers": "FROM generate_series(1, {count}) n",
}
READ = """
request = function()
  wrk.headers["Cookie"] = "werkblad=" .. string.format("{key}", math.random({count}))
  return wrk.format("GET", "{page}", wrk.headers)
end
"""
SAVE = """
local number = 0
request = function()
  number = number + 1
  local body = '{{"framework":"lob","role":"mentor","points":[{{"field":"visie-rol",' ..
    '"text":"woorden ' .. number .. '","base":"","writer":"bench","sequence":' .. number .. '}}]}}'
  wrk.headers["Cookie"] = "werkblad=" .. string.format("{key}", math.random({count}))
  return wrk.format("POST", "/werkblad/bewaren/", wrk.headers, body)
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
    (with_few, _), (with_many, _) = middle_pair(partial(rate, few), partial(rate, many))
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
        database.create_function(
            "digest_of", 1, lambda n: hashlib.sha256((KEY % n).encode()).hexdigest()
        )
        for statement in FILL:
            database.execute(_statement(statement, SQLITE, count))
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    os.sync()


def _fill_postgresql(url: str, count: int) -> None:
    import psycopg

    with psycopg.connect(url) as database:
        database.execute("TRUNCATE worksheets_key CASCADE")
        for statement in FILL:
            database.execute(_statement(statement, POSTGRESQL, count).encode())
        for table in ("key", "worksheet"):
            name = f"worksheets_{table}"
            database.execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {count})".encode()
            )
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("VACUUM ANALYZE")
        database.execute("CHECKPOINT")


def _statement(statement: str, words: dict[str, str], count: int) -> str:
    numbers = words["numbers"].format(count=count)
    return statement.format(digest=words["digest"], now=words["now"], numbers=numbers)


def _read(at: Installation) -> Rate:
    return _rate(at, READ.format(key=KEY, count=at.count, page=ROLE_PAGE))


def _save(at: Installation) -> Rate:
    return _rate(at, SAVE.format(key=KEY, count=at.count, origin=at.server.url))


def _rate(at: Installation, script: str) -> Rate:
    file = at.folder / "script.lua"
    file.write_text(script)
    return requests_per_second(at.server.url, CONNECTIONS, "-s", str(file))
