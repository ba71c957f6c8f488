"""The same work with a thousand and with a million worksheets in the database.

Each save changes a text that is there: in a small database most new texts would soon be old ones.
"""

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from tests.serving import Server, serving

from benchmarks.measuring import Result, requests_per_second
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


def measure(postgresql: str) -> list[Result]:
    """On SQLite, and on PostgreSQL where an address of an empty one is given."""
    results = _compare("SQLite", "")
    return results + (_compare("PostgreSQL", postgresql) if postgresql else [])


def _compare(name: str, url: str) -> list[Result]:
    few, many = (_rates(url, count) for count in (FEW, MANY))
    works = ("role page with somebody's notes", f"saving one field, {CONNECTIONS} connections")
    return [
        Result(
            f"{work}, {MANY:,} worksheets in {name}",
            f"{with_many:,.0f}/s",
            f"with {FEW:,}: {with_few:,.0f}/s",
            with_few / with_many,
            "at most 1.2 × slower",
        )
        for work, with_few, with_many in zip(works, few, many, strict=True)
    ]


def _rates(url: str, count: int) -> tuple[float, float]:
    """Pages and saves a second, each of a worksheet drawn by lot."""
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
            return _read(server, Path(folder), count), _save(server, Path(folder), count)


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


def _read(server: Server, folder: Path, count: int) -> float:
    script = folder / "read.lua"
    script.write_text(READ.format(key=KEY, count=count, page=ROLE_PAGE))
    return requests_per_second(server.url, CONNECTIONS, "-s", str(script))[0]


def _save(server: Server, folder: Path, count: int) -> float:
    script = folder / "save.lua"
    script.write_text(SAVE.format(key=KEY, count=count, origin=server.url))
    return requests_per_second(server.url, CONNECTIONS, "-s", str(script))[0]
