"""The application as granian runs it: every body is whole before a thread works on it.

Behind WSGI a thread waits while a visitor sends, so a handful of slow visitors would hold all
threads, and with them the site. Here one loop waits for everybody, and a thread begins when there
is something to do. Printed pages need no thread at all.
"""

import asyncio
import gc
import io
import logging
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import Error as AnyDatabaseError
from django.http import HttpResponseBase
from granian._granian import RSGIProtocolClosed as ProtocolClosed
from granian.rsgi import Scope

from raamwerk.config.wsgi import application as wsgi_application
from raamwerk.pages.metrics import SAVE_SECONDS
from raamwerk.pages.posts import BODY_LIMIT
from raamwerk.pages.printed import TROUBLE, PrintedPages, shelf_name
from raamwerk.pages.rate_limits import address_of
from raamwerk.worksheets.database import InPassing, is_in_a_file
from raamwerk.worksheets.keeping import Kept, Save, keep_all
from raamwerk.worksheets.together import OneWriter

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol

# Django guards the thread of the loop against waiting for a database; InPassing sees to that.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"

THREADS = 8
"""How many requests are worked on at the same time."""

DOCUMENTS_TOGETHER = 1
"""How many downloads are worked on at the same time: ``documents.workshop`` makes one by one."""

BODY_WITHIN_SECONDS = 30
"""How long a body may be on its way."""

SMALL_BODY = 8_000
"""In bytes: what all connections together may send of these at once needs no counting."""

BODIES_TOGETHER = 64_000_000
"""The most bytes of all bodies in memory at the same time, whole or on their way."""

NOT_WHOLE = "What you sent did not arrive whole."
REFUSAL_HEADERS = [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")]
EVERY_REQUEST = {
    "wsgi.version": (1, 0),
    "wsgi.input": io.BytesIO(),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}
Headers = list[tuple[str, str]]
logger = logging.getLogger(__name__)

SWITCH_SECONDS = 0.001
"""How long a thread may go on while another waits; Python's own five times as long is felt."""


class BodyRefusedError(Exception):
    """A body that we do not wait for; it carries the status and the words to say so."""

    def __init__(self, status: int, words: str) -> None:
        """``words`` are for whoever sends bodies in a way that no browser does."""
        super().__init__(words)
        self.status = status
        self.words = words


@dataclass(slots=True)
class Answer:
    """What a WSGI application answered."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    def begin(
        self, status: str, headers: Headers, _error: object = None, /
    ) -> Callable[[bytes], object]:
        """WSGI's ``start_response``."""
        self.status = int(status.partition(" ")[0])
        self.headers = headers
        return self.write

    def write(self, data: bytes) -> None:
        """WSGI's old way to send."""
        self.body += data


class BodiesUnderway:
    """How many bytes of bodies are in memory."""

    def __init__(self, most: int = BODIES_TOGETHER) -> None:
        """Room for this many bytes."""
        self._room = most

    def take(self, size: int) -> None:
        """Count bytes that came in. Raises BodyRefusedError where there is no room for them."""
        if size > self._room:
            raise BodyRefusedError(503, "Too much is being sent. Try again in a moment.")
        self._room -= size

    def give_back(self, size: int) -> None:
        """These bytes are gone again."""
        self._room += size


class Doorway:
    """An RSGI application that hands each request to a WSGI application, with its body whole."""

    def __init__(self, site: PrintedPages) -> None:
        """``site`` answers, and tells what it can answer without a thread or without Django."""
        answer_evenly()
        self._site = site
        self._threads = ThreadPoolExecutor(THREADS, "request")
        self._makers = ThreadPoolExecutor(DOCUMENTS_TOGETHER, "document")
        self._writer = OneWriter()
        self._in_passing = InPassing()
        self._underway = BodiesUnderway()

    async def __rsgi__(self, scope: Scope, protocol: "HTTPProtocol") -> None:
        """Answer one request."""
        if scope.method == "GET" and self._hand_out(scope, protocol):
            return
        environ = environ_of(scope)
        body = bytearray()
        try:
            if has_readable_body(environ):
                await self._receive(body, environ, protocol)
            environ["wsgi.input"] = io.BytesIO(body)
            save = self._site.everyday_save(environ)
            answer = await self._keep(environ, save) if save else None
            send(protocol, answer or await self._answer_in_thread(environ, bytes(body)))
        except BodyRefusedError as refused:
            protocol.response_str(refused.status, REFUSAL_HEADERS, f"{refused.words}\n")
        finally:
            self._underway.give_back(len(body))

    def _hand_out(self, scope: Scope, protocol: "HTTPProtocol") -> bool:
        """Answer at once what is on a shelf, if it is.

        To read a person's notes from SQLite takes less time than to hand that to a thread.
        """
        said = scope.headers.get
        cookie = said("cookie")
        name = shelf_name(scope.path, scope.query_string, said("x-forwarded-proto"))
        if printed := self._site.printed(name, cookie):
            encoding, etag = said("accept-encoding"), said("if-none-match")
            protocol.response_bytes(*printed.for_visitor(encoding, etag))
            return True
        if not cookie:
            return False
        address = address_of(said("x-forwarded-for"), address_in(scope.client))
        if self._in_passing.lend() and (filled := self._site.filled(name, cookie, address)):
            protocol.response_bytes(200, *filled)
            return True
        return False

    async def _receive(
        self, body: bytearray, environ: "WSGIEnvironment", protocol: "HTTPProtocol"
    ) -> None:
        """Fill ``body``, and say how long it is. Raises BodyRefusedError."""
        try:
            async with asyncio.timeout(BODY_WITHIN_SECONDS):
                await self._collect(body, environ, protocol)
        except TimeoutError:
            raise BodyRefusedError(408, "What you sent did not arrive in time.") from None
        except ProtocolClosed:
            raise BodyRefusedError(400, NOT_WHOLE) from None
        if len(body) < int(environ.setdefault("CONTENT_LENGTH", str(len(body)))):
            # Half a form can look like a whole one with a shorter text in it.
            raise BodyRefusedError(400, NOT_WHOLE)

    async def _collect(
        self, body: bytearray, environ: "WSGIEnvironment", protocol: "HTTPProtocol"
    ) -> None:
        if is_small(environ):
            piece = await protocol()
            self._underway.take(len(piece))
            body += piece
            return
        async for piece in protocol:
            self._underway.take(len(piece))
            body += piece
            if len(body) > BODY_LIMIT:
                return

    async def _keep(self, environ: "WSGIEnvironment", save: Save) -> Answer | None:
        """Keep an everyday save; None where it could not be kept whole, and Django has to tell."""
        with SAVE_SECONDS.time():
            if is_in_a_file():
                outcome = await self._writer.keep(save)
            else:
                loop = asyncio.get_running_loop()
                [outcome] = await loop.run_in_executor(self._threads, keep_all, [save])
        if isinstance(outcome, Kept) and outcome.whole:
            return Answer(200, *self._site.answer_kept(environ, save, outcome))
        if isinstance(outcome, AnyDatabaseError):
            environ[TROUBLE] = outcome
        return None

    async def _answer_in_thread(self, environ: "WSGIEnvironment", body: bytes) -> Answer:
        environ["wsgi.input"] = io.BytesIO(body)
        loop = asyncio.get_running_loop()
        threads = self._makers if makes_document(environ) else self._threads
        return await loop.run_in_executor(threads, self._answer, environ)

    def _answer(self, environ: "WSGIEnvironment") -> Answer:
        answer = Answer()
        try:
            parts = self._site(environ, answer.begin)
            answer.body += b"".join(parts)
            if isinstance(parts, HttpResponseBase):
                parts.close()
        except Exception:
            logger.exception("No answer to %s", environ["PATH_INFO"])
            return Answer(500, [("Content-Type", "text/plain; charset=utf-8")], b"Our fault.\n")
        return answer


def makes_document(environ: "WSGIEnvironment") -> bool:
    """Whether the answer is a document, which takes longer to make than anything else."""
    _before, found, format_id = environ["PATH_INFO"].partition("/werkblad/overzicht/")
    return bool(found and format_id)


def answer_evenly() -> None:
    """Let nobody wait for what Python does now and then: hand on its lock, look for waste.

    All that a start leaves in memory stays there, so there is no point in looking through it again.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()


def environ_of(scope: Scope) -> "WSGIEnvironment":
    """A request as WSGI describes it, without its body.

    WSGI makes one of ``-`` and ``_`` in the name of a header. A proxy that sets ``X-Forwarded-For``
    lets ``X_Forwarded_For`` through as it came, so headers with ``_`` are left out.
    """
    host, _colon, port = scope.server.rpartition(":")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": as_wsgi(scope.path),
        "QUERY_STRING": as_wsgi(scope.query_string),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": address_in(scope.client),
        "wsgi.url_scheme": scope.scheme,
        **EVERY_REQUEST,
    }
    for name, value in scope.headers.items():
        if "_" not in name:
            add_header(environ, name.upper().replace("-", "_"), value)
    return environ


def address_in(client: str) -> str:
    """The address in an address with a port."""
    return client.rpartition(":")[0].strip("[]")


def add_header(environ: "WSGIEnvironment", name: str, value: str) -> None:
    """Put a header in; one that comes more than once becomes one."""
    key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
    if key in environ:
        separator = "; " if name == "COOKIE" else ","
        value = f"{environ[key]}{separator}{value}"
    environ[key] = value


def as_wsgi(text: str) -> str:
    """WSGI writes each byte as one character."""
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("latin-1")


def has_readable_body(environ: "WSGIEnvironment") -> bool:
    """Whether a body comes that the application would read: not without one, nor too large."""
    if "CONTENT_LENGTH" in environ:
        return 0 < int(environ["CONTENT_LENGTH"]) <= BODY_LIMIT
    return "HTTP_TRANSFER_ENCODING" in environ


def is_small(environ: "WSGIEnvironment") -> bool:
    """Whether a body is small for sure: one that comes in chunks need not be what it says."""
    in_chunks = "HTTP_TRANSFER_ENCODING" in environ
    return not in_chunks and int(environ["CONTENT_LENGTH"]) <= SMALL_BODY


def send(protocol: "HTTPProtocol", answer: Answer) -> None:
    """Hand an answer to the server."""
    protocol.response_bytes(answer.status, answer.headers, bytes(answer.body))


application = Doorway(wsgi_application)
