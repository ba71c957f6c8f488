"""People who go on saving whatever happens to the server, and remember what was acknowledged."""

import html
import http.client
import json
import re
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.serving import Server

FIELDS = ("visie-rol", "orientatie-rol", "samenwerking-deskundigheid")
BEGIN, SAVE = "/werkbladen/beginnen/", "/werkbladen/bewaren/"
ROLE_PAGE = "/lob/mentor/"
SAVES_IN_ONE_WORKSHEET = 60
PAUSE = 0.002
AREA = re.compile(r'<textarea id="text-([^"]+)"[^>]*>\n(.*?)</textarea>', re.DOTALL)
MEMORY = re.compile(r'name="(worksheet|base:[^"]+)" value="([^"]*)"')


@dataclass
class Sheet:
    """One worksheet as its writer knows it: per field, what was sent last and acknowledged last.

    ``cookie`` is what a begin gave; ``worksheet`` and ``bases`` are what the acknowledgements said.
    """

    cookie: str = ""
    writer: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    worksheet: str = ""
    sequence: int = 0
    sent: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)

    def text(self, field_id: str, sequence: int) -> str:
        """The only text this sheet ever sends with this number."""
        if not sequence:
            return ""
        return f"{sequence} {field_id} {self.writer} " + "woorden, zoals \U0001f600 " * (
            sequence % 40
        )

    def next_save(self) -> dict[str, object]:
        """The next change, made from the text that was acknowledged last."""
        self.sequence += 1
        field_id = FIELDS[self.sequence % len(FIELDS)]
        self.sent[field_id] = self.sequence
        text = {
            "field": field_id,
            "text": self.text(field_id, self.sequence),
            "base": self.bases.get(field_id, ""),
            "writer": self.writer,
            "sequence": self.sequence,
        }
        return {
            "framework": "lob",
            "edition": "2026-1",
            "role": "mentor",
            "worksheet": self.worksheet,
            "texts": [text],
            "marks": [],
        }

    def acknowledge(self, content: dict[str, object]) -> None:
        """The server said that the change sent last is kept, and in which worksheet."""
        field_id, saved = FIELDS[self.sequence % len(FIELDS)], content["saved"]
        assert isinstance(saved, dict)
        assert self.worksheet in ("", content["worksheet"]), "it went into another worksheet"
        self.acknowledged[field_id] = self.sequence
        self.bases[field_id] = saved[field_id]
        self.worksheet = str(content["worksheet"])


def post_save(
    connection: http.client.HTTPConnection, server: Server, sheet: Sheet, path: str = SAVE
) -> tuple[int, dict[str, object]]:
    """Send the sheet's next change as its page would; returns the status and the answer.

    A sheet without a key gets one first, as a page does; where that fails, this is the answer.
    """
    if not sheet.cookie:
        status, content = post_begin(connection, server, sheet)
        if status != 204:
            return status, content
    body = json.dumps(sheet.next_save())
    sent = {"Content-Type": "application/json", "Origin": server.url, "Cookie": sheet.cookie}
    connection.request("POST", path, body, sent)
    answer = connection.getresponse()
    content = read_content(answer)
    if answer.status == 200:
        sheet.acknowledge(content)
    return answer.status, content


def post_begin(
    connection: http.client.HTTPConnection, server: Server, sheet: Sheet
) -> tuple[int, dict[str, object]]:
    """Ask for a key for this sheet; returns the status and what else was said."""
    asked = {"Accept": "application/json", "Origin": server.url}
    connection.request("POST", BEGIN, b"", asked)
    answer = connection.getresponse()
    content = read_content(answer)
    if answer.status == 204:
        sheet.cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        assert sheet.cookie, "a begin without a key"
    return answer.status, content


def read_content(answer: http.client.HTTPResponse) -> dict[str, object]:
    """What the server says in JSON, or what a proxy in front of it says in words of its own."""
    body = answer.read()
    if answer.getheader("Content-Type") != "application/json":
        return {"words": body.decode()}
    content: dict[str, object] = json.loads(body)
    return content


def read_page(server: Server, cookie: str, path: str = ROLE_PAGE) -> tuple[int, str]:
    """A page as the browser with this cookie sees it: status and HTML."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page


def texts_on(page: str) -> dict[str, str]:
    """What stands in each field of a role page."""
    return {field_id: html.unescape(text) for field_id, text in AREA.findall(page)}


def memory_of(page: str) -> dict[str, str]:
    """What a role page tells its next save: the worksheet that it shows, and every base."""
    return dict(MEMORY.findall(page))


def losses(server: Server, sheet: Sheet) -> list[str]:
    """What was acknowledged of this sheet and is not on its page; texts that nobody sent."""
    acknowledged = dict(sheet.acknowledged)
    if not acknowledged:
        return []
    status, page = read_page(server, sheet.cookie)
    if status != 200:
        return [f"{sheet.writer}: its page answers {status}"]
    shown = memory_of(page)["worksheet"]
    if shown != sheet.worksheet:
        return [f"{sheet.writer}: its page shows worksheet {shown!r}"]
    kept = texts_on(page)
    found = (
        _loss(sheet, field_id, least, kept[field_id]) for field_id, least in acknowledged.items()
    )
    return [loss for loss in found if loss]


def _loss(sheet: Sheet, field_id: str, least: int, text: str) -> str:
    sequence = int(text.partition(" ")[0] or 0)
    if not least <= sequence <= sheet.sent[field_id]:
        return f"{sheet.writer}: {field_id} holds {sequence}, acknowledged was {least}"
    whole = text == sheet.text(field_id, sequence)
    return "" if whole else f"{sheet.writer}: {field_id} holds a text that was never sent"


@dataclass
class Writer:
    """One person at work, in one worksheet after the other."""

    server: Server
    sheet: Sheet = field(default_factory=Sheet)
    finished: list[Sheet] = field(default_factory=list)
    saves: int = 0
    surprises: list[str] = field(default_factory=list)

    def work(self, stopped: threading.Event) -> None:
        """Save until stopped; a server that is away is tried again."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        while not stopped.wait(PAUSE):
            try:
                self.save(connection)
            except (OSError, http.client.HTTPException):
                connection.close()
        connection.close()

    def save(self, connection: http.client.HTTPConnection) -> None:
        """Save once; an answer that is no acknowledgement is a surprise."""
        status, content = post_save(connection, self.server, self.sheet)
        self.saves += status == 200
        if status != 200:
            self.surprises.append(f"{status} {content}")
        if self.sheet.sequence >= SAVES_IN_ONE_WORKSHEET:
            self.finished.append(self.sheet)
            self.sheet = Sheet()


@contextmanager
def writing(server: Server, count: int) -> Iterator[list[Writer]]:
    """So many people saving at the same time, for as long as this lasts."""
    stopped = threading.Event()
    writers = [Writer(server) for _ in range(count)]
    threads = [threading.Thread(target=each.work, args=(stopped,)) for each in writers]
    for thread in threads:
        thread.start()
    try:
        yield writers
    finally:
        stopped.set()
        for thread in threads:
            thread.join()


def wait_for_more_saves(writers: list[Writer]) -> None:
    """Return when every writer got another acknowledgement, or fail after half a minute."""
    before = [each.saves for each in writers]
    deadline = time.monotonic() + 30
    while any(each.saves == count for each, count in zip(writers, before, strict=True)):
        assert time.monotonic() < deadline, "saving did not go on"
        time.sleep(0.01)
