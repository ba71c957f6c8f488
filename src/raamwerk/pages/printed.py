"""Answers that need Django only once: printed pages, pages to fill in, and everyday saves.

A view that answers with a ``PrintedResponse`` promises that everybody without a worksheet gets
these very bytes at this address. They are compressed once and kept for as long as the server runs.
A view that answers with a ``FilledResponse`` tells how to fill the same page for another key; its
headers are kept, its words never. A ``KeptResponse`` lets its address answer everyday saves, and
lends them its headers. The views promise either only for addresses that they know
themselves, so that the shelves can't be filled up.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, parse_cookie

from raamwerk.pages.everyday_save import kept_words, read_everyday_save
from raamwerk.pages.key_cookie import cookie_with
from raamwerk.pages.metrics import count_answer, count_save
from raamwerk.pages.rate_limits import address_of, may_pass
from raamwerk.worksheets.keeping import Kept, Save

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]

TROUBLE = "raamwerk.trouble"
"""In a request that was tried before Django: the error that stopped it, for the view to raise."""


class PrintedResponse(HttpResponse):
    """An answer that is the same for every visitor without a worksheet."""

    def __init__(self, content: bytes | str, *, forever: bool = False, **options: Any) -> None:
        """``forever`` is for addresses whose content never changes."""
        super().__init__(content, **options)
        self["Cache-Control"] = "public, max-age=31536000, immutable" if forever else "no-cache"
        self["Vary"] = "Accept-Encoding" if forever else "Accept-Encoding, Cookie"


Fill = Callable[[str], bytes | None]
"""A page for the holder of a key; None where only the view itself can answer."""


class FilledResponse(HttpResponse):
    """An answer with one visitor's words in it, that tells how to fill it for another."""

    def __init__(self, content: bytes, fill: Fill) -> None:
        """``content`` is what ``fill`` gave for this visitor's key."""
        super().__init__(content)
        self.fill = fill


class KeptResponse(HttpResponse):
    """The answer in JSON to a save of which everything is kept."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One answer, ready to hand out: whole, and compressed."""

    etag: str
    plain: bytes
    plain_headers: Headers
    compressed: bytes
    compressed_headers: Headers
    unchanged_headers: Headers

    def for_visitor(self, accepted: str | None, has: str | None) -> tuple[int, Headers, bytes]:
        """Status, headers and body for who accepts this encoding and has that etag already."""
        if has and self.etag in has:
            return 304, self.unchanged_headers, b""
        if accepted and "gzip" in accepted:
            return 200, self.compressed_headers, self.compressed
        return 200, self.plain_headers, self.plain


def print_answer(response: PrintedResponse) -> Printed:
    """Compress a response and make up its headers, once."""
    plain = response.content
    compressed = gzip.compress(plain, 9, mtime=0)
    etag = f'"{hashlib.sha256(plain).hexdigest()[:20]}"'
    common = [*_kept_headers(response), ("ETag", etag)]
    return Printed(
        etag=etag,
        plain=plain,
        plain_headers=[*common, ("Content-Length", str(len(plain)))],
        compressed=compressed,
        compressed_headers=[
            *common,
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(compressed))),
        ],
        unchanged_headers=common,
    )


class PrintedPages:
    """A WSGI application that answers from its shelves, and asks Django for the rest."""

    def __init__(self, application: "WSGIApplication") -> None:
        """``application`` answers what is not on a shelf yet."""
        self._application = application
        self._printed: dict[str, Printed] = {}
        self._to_fill: dict[str, tuple[Headers, Fill]] = {}
        self._after_saving: dict[str, Headers] = {}

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        name = _name_of(environ)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._ask(name, environ, start_response)
        cookie = environ.get("HTTP_COOKIE")
        if printed := self.printed(name, cookie):
            return _hand_out(printed, environ, start_response)
        address = address_of(environ.get("HTTP_X_FORWARDED_FOR"), environ.get("REMOTE_ADDR", ""))
        if filled := self.filled(name, cookie, address):
            headers, page = filled
            start_response("200 OK", headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [page]
        return self._ask(name, environ, start_response)

    def printed(self, name: str, cookie: str | None) -> Printed | None:
        """The page with this name on the shelf, for a visitor who sends this cookie."""
        return None if cookie and f"{settings.KEY_COOKIE}=" in cookie else self._printed.get(name)

    def filled(self, name: str, cookie: str | None, address: str) -> tuple[Headers, bytes] | None:
        """The page on the shelf with this visitor's words in it, if all that can and may be."""
        headers, fill = self._to_fill.get(name, ([], None))
        key = parse_cookie(cookie or "").get(settings.KEY_COOKIE)
        page = fill(key) if fill and key and may_pass("page", key, address) else None
        if page is None:
            return None
        count_answer("role", 200)
        return [*headers, ("Content-Length", str(len(page)))], page

    def everyday_save(self, environ: "WSGIEnvironment") -> Save | None:
        """What this request asks to keep, if that needs no Django."""
        if environ["REQUEST_METHOD"] != "POST" or _name_of(environ) not in self._after_saving:
            return None
        return read_everyday_save(environ)

    def answer_kept(
        self, environ: "WSGIEnvironment", save: Save, kept: Kept
    ) -> tuple[Headers, bytes]:
        """The answer to an everyday save that is kept whole."""
        count_save(kept)
        count_answer("save", 200)
        body = kept_words(kept)
        headers = [
            *self._after_saving[_name_of(environ)],
            ("Set-Cookie", cookie_with(save.key)),
            ("Content-Length", str(len(body))),
        ]
        return headers, body

    def _ask(
        self, address: str, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Django's answer; what it promises is put on a shelf."""
        begun: list[tuple[Any, ...]] = []

        def begin_later(*arguments: Any) -> Callable[[bytes], object]:
            begun.append(arguments)
            return lambda _data: None

        answer = self._application(environ, begin_later)
        if isinstance(answer, FilledResponse) and answer.status_code == 200:
            self._to_fill[address] = (_kept_headers(answer), answer.fill)
        if isinstance(answer, KeptResponse):
            self._after_saving[address] = _kept_headers(answer)
        if isinstance(answer, PrintedResponse) and answer.status_code == 200:
            printed = self._printed[address] = print_answer(answer)
            answer.close()
            return _hand_out(printed, environ, start_response)
        start_response(*begun[0])
        return answer


def shelf_name(path: str, query: str, proto: str | None) -> str:
    """What tells one answer from another: also whether a proxy says it came by HTTPS."""
    return f"{proto == 'https':d} {path}?{query}"


def _name_of(environ: "WSGIEnvironment") -> str:
    proto = environ.get("HTTP_X_FORWARDED_PROTO")
    return shelf_name(environ["PATH_INFO"], environ["QUERY_STRING"], proto)


def _kept_headers(response: HttpResponse) -> Headers:
    return [(name, value) for name, value in response.items() if name != "Content-Length"]


def _hand_out(
    printed: Printed, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    status, headers, body = printed.for_visitor(
        environ.get("HTTP_ACCEPT_ENCODING"), environ.get("HTTP_IF_NONE_MATCH")
    )
    start_response("304 Not Modified" if status == 304 else "200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
