"""No word that anyone typed is readable anywhere: data folder, log, backup, tables of PostgreSQL.

Words are looked for in every form in which a program could have left them.
"""

import base64
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote_plus

import psycopg
import pytest

from raamwerk.frameworks.library import current_edition
from tests.person import OVERVIEW, ROLE, SAVE, Person, ask
from tests.serving import Server, serving

DATABASE_URL = os.environ.get("DATABASE_URL", "")
HEADING = ("name", "school", "occasion")
MARKED = "mentor-visie-rol-1"


def places(server: Server) -> dict[str, bytes]:
    """Everything that is kept or told, by where it is: files, the log, tables."""
    assert server.log
    files = [each for each in server.data_dir.parent.rglob("*") if each.is_file()]
    assert server.log in files
    found = {str(each): each.read_bytes() for each in files if "static" not in each.parts}
    return found | (tables() if DATABASE_URL else {})


def tables() -> dict[str, bytes]:
    """Every table of PostgreSQL as text, and each column of bytes as it is."""
    found = {}
    with psycopg.connect(DATABASE_URL) as connection:
        named = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in named.fetchall():
            rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
            cells = [cell for row in rows for cell in row]
            found[f"table {table}"] = b"\n".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                for cell in cells
            )
    return found


def forms_of(words: str) -> set[bytes]:
    """The words as a program may write them: in an encoding, in JSON, an address, or Base64."""
    plain = words.encode()
    escaped = {json.dumps(words)[1:-1], quote_plus(words), words.upper(), words.lower()}
    shifted = {base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)}
    wide = {words.encode("utf-16-le"), words.encode("utf-16-be"), plain.hex().encode()}
    return {plain} | {each.encode() for each in escaped} | shifted | wide


def where(words: str, kept: dict[str, bytes]) -> list[str]:
    """The places where these words can be read."""
    forms = forms_of(words)
    return [place for place, content in kept.items() if any(form in content for form in forms)]


class Writer:
    """Somebody who types other words each time, by every way there is, and remembers them all."""

    def __init__(self, server: Server, name: str) -> None:
        self.person = Person(server)
        self.name = name
        self.typed: list[str] = []

    def words(self) -> str:
        self.typed.append(f"Zonderlinge {self.name} woordé {len(self.typed):04d} kwispedoor")
        return self.typed[-1]

    def write_everything(self) -> None:
        edition = current_edition("lob")
        role = edition.role("mentor") if edition else None
        assert role
        for field in role.fields:
            self.person.note(self.words(), field.id)
        for field_id in (*HEADING, "title"):
            self.person.note(self.words(), field_id)
        self.save_by_form()
        self.ask_for_documents()
        self.be_refused()

    def save_by_form(self) -> None:
        fields = {"framework": "lob", "role": "decaan", "text:visie-rol": self.words()}
        assert self.person.form(SAVE, **fields).status == 303
        mark = {"statement": MARKED, "kind": "work-on", "on": True, "base": 0}
        self.person.send(marks=[{**mark, "writer": "w", "sequence": 1}])
        heading = {f"text:{name}": self.words() for name in HEADING}
        assert self.person.form("/lob/decaan/overzicht/", **heading).status == 303

    def ask_for_documents(self) -> None:
        for format_id in ("pdf", "docx", "odt", "markdown"):
            assert self.person.ask(f"{OVERVIEW}{format_id}/").status == 200
        for path in ("/", ROLE, OVERVIEW, "/werkbladen/", f"/en{ROLE}"):
            self.person.page(path)

    def be_refused(self) -> None:
        """Conflicts, too long ones, and posts that are damaged or come from elsewhere."""
        unseen = self.person.change(self.words(), writer="other")
        assert self.person.send(texts=[unseen]).status == 409
        too_long = self.person.change(self.words() + "x" * 10_000)
        assert self.person.send(texts=[too_long]).status == 422
        assert self.person.send(texts=[self.person.change(self.words(), "nergens")]).status == 400
        damaged = json.dumps({"framework": self.words()}).encode()
        assert self.person.ask(SAVE, damaged, "application/json").status == 400
        foreign = {"Origin": "https://elsewhere.example"}
        assert self.person.ask(SAVE, self.words().encode(), "text/plain", **foreign).status == 403
        assert ask(self.person.server, f"/{quote_plus(self.words())}/").status == 404

    @property
    def secrets(self) -> list[str]:
        return list(self.person.cookies.values())


@pytest.fixture(params=["on", "off"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """Also what programs leave in a folder for temporary files ends up where we look."""
    (tmp_path / "temporary").mkdir()
    log = tmp_path / "log"
    variables = {"FASTPATH": request.param, "TMPDIR": str(tmp_path / "temporary")}
    with serving(tmp_path / "data", log, **variables) as running:
        yield running


def assert_unreadable(writer: Writer, server: Server) -> None:
    kept = places(server)
    for words in [*writer.typed, *writer.secrets]:
        assert where(words, kept) == []


def test_the_search_finds_what_is_there(server: Server) -> None:
    """Else nothing below proves anything: plain words in a file, and marks, which are not sealed."""
    writer = Writer(server, "vindbaar")
    words = writer.words()
    writer.save_by_form()
    for number, form in enumerate(sorted(forms_of(words))):
        (server.data_dir / f"control-{number}").write_bytes(b"\x00\xff" + form + b"\x00\xff")

    assert len(where(words, places(server))) == len(forms_of(words))
    assert where(MARKED, places(server))


def test_no_word_is_readable_while_in_use(server: Server) -> None:
    writer = Writer(server, "gebruikte")
    writer.write_everything()

    assert len(writer.typed) > 20
    assert_unreadable(writer, server)
    assert writer.typed[0] in writer.person.page()


def test_no_word_is_readable_after_the_server_stopped_or_died(server: Server) -> None:
    writer = Writer(server, "gestopte")
    writer.write_everything()
    server.kill()
    assert_unreadable(writer, server)
    server.start()
    assert writer.typed[0] in writer.person.page()

    server.stop()

    assert_unreadable(writer, server)


def test_after_erasing_not_even_the_sealed_values_are_left(server: Server) -> None:
    """In no file, so that keys that turn up elsewhere later open nothing."""
    writer, other = Writer(server, "gewiste"), Writer(server, "blijvende")
    writer.write_everything()
    other.save_by_form()
    sealed = stored_values(server, writer)
    assert len(sealed) > 10
    assert all(where_bytes(each, places(server)) for each in sealed)

    writer.person.erase()

    kept = places(server)
    assert [each for each in sealed if where_bytes(each, kept)] == []
    assert_unreadable(writer, server)
    assert other.typed[0] in other.person.page("/lob/decaan/")


def where_bytes(value: bytes, kept: dict[str, bytes]) -> list[str]:
    return [place for place, content in kept.items() if value in content]


def stored_values(server: Server, writer: Writer) -> list[bytes]:
    """Wrapped keys and sealed texts of this writer, as an administrator sees them."""
    [secret] = writer.secrets
    digest = hashlib.sha256(secret.encode()).hexdigest()
    questions = [
        "SELECT wrapped_key FROM owners_accesskey WHERE owner_id = {owner}",
        "SELECT wrapped_key FROM worksheets_worksheet WHERE owner_id = {owner}",
        "SELECT sealed FROM worksheets_writtentext WHERE worksheet_id IN "
        "(SELECT id FROM worksheets_worksheet WHERE owner_id = {owner})",
    ]
    owner = f"(SELECT owner_id FROM owners_accesskey WHERE digest = '{digest}')"
    return [
        bytes(value) for each in questions for (value,) in rows(server, each.format(owner=owner))
    ]


def rows(server: Server, question: str) -> list[tuple[bytes]]:
    if DATABASE_URL:
        with psycopg.connect(DATABASE_URL) as connection:
            return connection.execute(question).fetchall()
    with closing(sqlite3.connect(server.data_dir / "raamwerk.sqlite3")) as connection:
        return connection.execute(question).fetchall()


def test_no_word_is_readable_in_a_backup(server: Server) -> None:
    writer = Writer(server, "veilige")
    writer.write_everything()
    backup = server.data_dir.parent / "backup"

    done = subprocess.run(
        [sys.executable, "-m", "raamwerk.cli", "backup", str(backup)],
        env={**os.environ, "DATA_DIR": str(server.data_dir)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    kept = places(server)
    assert str(backup) in where(MARKED, kept)
    assert_unreadable(writer, server)
