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

from django.http import HttpResponse, parse_cookie

from raamwerk.pages.everyday_save import kept_words, read_everyday_save
from raamwerk.pages.key_cookie import KEY_COOKIE, cookie_with
from raamwerk.pages.metrics import count_save
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
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        address = _address(environ)
        if _has_key(environ):
            filled = self._fill(address, environ, start_response)
            return self._ask(address, environ, start_response) if filled is None else filled
        printed = self._printed.get(address)
        if printed is None:
            return self._ask(address, environ, start_response)
        return _hand_out(printed, environ, start_response)

    def is_printed(self, environ: "WSGIEnvironment") -> bool:
        """Whether the answer is on the shelf, so that giving it takes no work."""
        reads = environ["REQUEST_METHOD"] in ("GET", "HEAD")
        return reads and not _has_key(environ) and _address(environ) in self._printed

    def _fill(
        self, address: str, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> list[bytes] | None:
        """The page on the shelf with this visitor's words in it, if all that can be."""
        headers, fill = self._to_fill.get(address, ([], None))
        key = parse_cookie(environ["HTTP_COOKIE"]).get(KEY_COOKIE)
        page = fill(key) if fill and key else None
        if page is None:
            return None
        start_response("200 OK", [*headers, ("Content-Length", str(len(page)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page]

    def everyday_save(self, environ: "WSGIEnvironment") -> Save | None:
        """What this request asks to keep, if that needs no Django."""
        if environ["REQUEST_METHOD"] != "POST" or _address(environ) not in self._after_saving:
            return None
        return read_everyday_save(environ)

    def answer_kept(
        self, environ: "WSGIEnvironment", save: Save, kept: Kept
    ) -> tuple[Headers, bytes]:
        """The answer to an everyday save that is kept whole."""
        count_save(kept)
        body = kept_words(kept)
        headers = [
            *self._after_saving[_address(environ)],
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


def _address(environ: "WSGIEnvironment") -> str:
    """What tells one answer from another: also whether a proxy says it came by HTTPS."""
    secure = environ.get("HTTP_X_FORWARDED_PROTO") == "https"
    return f"{secure:d} {environ['PATH_INFO']}?{environ['QUERY_STRING']}"


def _has_key(environ: "WSGIEnvironment") -> bool:
    return f"{KEY_COOKIE}=" in environ.get("HTTP_COOKIE", "")


def _kept_headers(response: HttpResponse) -> Headers:
    return [(name, value) for name, value in response.items() if name != "Content-Length"]


def _hand_out(
    printed: Printed, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    if printed.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", printed.unchanged_headers)
        return []
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body, headers = printed.compressed, printed.compressed_headers
    else:
        body, headers = printed.plain, printed.plain_headers
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
