"""Somebody who uses the real server over the wire, as a browser does: with cookies, and an origin."""

import http.client
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.serving import Server

BEGIN, SAVE, ERASE = "/werkbladen/beginnen/", "/werkbladen/bewaren/", "/werkbladen/wissen/"
ROLE, OVERVIEW = "/lob/mentor/", "/lob/mentor/overzicht/"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
ANSWERED_WITHIN = 60
"""In seconds: who waits longer is not answered at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said. Of headers that come more than once, each stands in ``headers``."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def words(self) -> str:
        return self.body.decode()

    def json(self) -> dict[str, Any]:
        content = json.loads(self.body)
        assert isinstance(content, dict)
        return content

    def header(self, name: str) -> str:
        """The last header of this name; empty where there is none."""
        return dict(self.headers).get(name, "")

    def cookies(self) -> list[str]:
        return [value for name, value in self.headers if name == "set-cookie"]


def ask(
    server: Server,
    path: str,
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
    method: str = "",
) -> Answer:
    """One request with exactly these headers, besides Host and Accept-Encoding."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=ANSWERED_WITHIN)
    try:
        method = method or ("GET" if body is None else "POST")
        connection.request(method, path, body, headers or {})
        said = connection.getresponse()
        named = tuple((name.lower(), value) for name, value in said.getheaders())
        return Answer(said.status, named, said.read())
    finally:
        connection.close()


@dataclass
class Person:
    """A browser, with its cookies."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)
    sequence: int = 0

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(self, path: str, body: bytes | None = None, kind: str = "", **more: str) -> Answer:
        """One request; keeps and lets go of cookies as it is told."""
        headers = {"Cookie": self.cookie} if self.cookies else {}
        if body is not None:
            headers |= {"Origin": self.server.url, "Content-Type": kind or FORM}
        answer = ask(self.server, path, headers | more, body)
        for said in answer.cookies():
            name, _equals, value = said.partition(";")[0].partition("=")
            if "Max-Age=0" in said:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer

    def page(self, path: str = ROLE) -> str:
        """A page that is there."""
        answer = self.ask(path)
        assert answer.status == 200, answer
        return answer.words

    def begin(self) -> None:
        """Get a key, as the page's script does before the first save."""
        assert self.ask(BEGIN, b"").status == 204

    def send(self, **content: Any) -> Answer:
        """A save of the page's script."""
        whole = {"framework": "lob", "role": "mentor", "texts": [], "marks": [], **content}
        return self.ask(SAVE, json.dumps(whole).encode(), JSON)

    def form(self, path: str, **fields: str) -> Answer:
        """Any form of ours; sent again where the answer asks so, as every browser does."""
        answer = self.ask(path, urlencode(fields).encode(), FORM)
        if answer.status == 307:
            return self.ask(answer.header("location"), urlencode(fields).encode(), FORM)
        return answer

    def change(self, words: str, field_id: str = "visie-rol", **more: Any) -> dict[str, Any]:
        """The next change of a text, as this page view writes it."""
        self.sequence += 1
        change = {"field": field_id, "text": words, "base": "", "writer": "w"}
        return {**change, "sequence": self.sequence, **more}

    def note(self, words: str, field_id: str = "visie-rol", **content: Any) -> dict[str, Any]:
        """Save one text, beginning if need be; gives what was answered. Fails unless it is kept."""
        if not self.cookies:
            self.begin()
        answer = self.send(texts=[self.change(words, field_id)], **content)
        assert answer.status == 200, answer
        return answer.json()

    def erase(self) -> None:
        """Erase everything."""
        assert self.ask(ERASE, b"").status == 303
