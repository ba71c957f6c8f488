"""Pages that are the same for everyone: printed once, then handed out before Django.

A view that answers with a ``PrintedResponse`` promises that everybody without a worksheet gets
these very bytes at this address. They are compressed once and kept for as long as the server runs.
The views print only addresses that they know themselves, so that the shelf can't be filled up.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from raamwerk.pages.key_cookie import KEY_COOKIE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]


class PrintedResponse(HttpResponse):
    """An answer that is the same for every visitor without a worksheet."""

    def __init__(self, content: bytes | str, *, forever: bool = False, **options: Any) -> None:
        """``forever`` is for addresses whose content never changes."""
        super().__init__(content, **options)
        self["Cache-Control"] = "public, max-age=31536000, immutable" if forever else "no-cache"
        self["Vary"] = "Accept-Encoding" if forever else "Accept-Encoding, Cookie"


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
    common = [(name, value) for name, value in response.items() if name != "Content-Length"]
    common.append(("ETag", etag))
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
    """A WSGI application that answers from the shelf, and asks Django for the rest."""

    def __init__(self, application: "WSGIApplication") -> None:
        """``application`` answers what is not printed yet."""
        self._application = application
        self._shelf: dict[str, Printed] = {}

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        if _is_personal(environ):
            return self._application(environ, start_response)
        address = _address(environ)
        printed = self._shelf.get(address)
        if printed is None:
            return self._print(address, environ, start_response)
        return _hand_out(printed, environ, start_response)

    def is_printed(self, environ: "WSGIEnvironment") -> bool:
        """Whether the answer is on the shelf, so that giving it takes no work."""
        return _address(environ) in self._shelf and not _is_personal(environ)

    def _print(
        self, address: str, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        begun: list[tuple[Any, ...]] = []

        def begin_later(*arguments: Any) -> Callable[[bytes], object]:
            begun.append(arguments)
            return lambda _data: None

        answer = self._application(environ, begin_later)
        if isinstance(answer, PrintedResponse) and answer.status_code == 200:
            printed = self._shelf[address] = print_answer(answer)
            answer.close()
            return _hand_out(printed, environ, start_response)
        start_response(*begun[0])
        return answer


def _address(environ: "WSGIEnvironment") -> str:
    return f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"


def _is_personal(environ: "WSGIEnvironment") -> bool:
    """Whether this visitor changes something, or has a key."""
    changes = environ["REQUEST_METHOD"] not in ("GET", "HEAD")
    return changes or f"{KEY_COOKIE}=" in environ.get("HTTP_COOKIE", "")


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
