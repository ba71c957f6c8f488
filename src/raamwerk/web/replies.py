"""Replies: what any way of answering a request hands to the server, in bytes."""

import io
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse

Scope = dict[str, Any]
RECEIVE = "raamwerk.receive"
"""In a scope: ASGI's ``receive``, which tells when the visitor hangs up."""
HeaderPairs = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, headers and content. ``response`` is Django's, with what a view said of it."""

    status: int
    headers: HeaderPairs
    content: bytes
    response: HttpResponse | None = None


Answer = Callable[[Scope, bytes], Awaitable[Reply]]
"""Answers a request: its ASGI scope and its whole body."""


def reply_of(response: HttpResponse) -> Reply:
    """Django's response as a reply."""
    pairs = header_pairs(response.items())
    pairs += [(b"set-cookie", each.OutputString().encode()) for each in response.cookies.values()]
    content = response.getvalue()
    if "Content-Length" not in response and response.status_code != 304:
        pairs.append((b"content-length", str(len(content)).encode()))
    return Reply(response.status_code, pairs, content, response)


def header_pairs(headers: Iterable[tuple[str, str]]) -> HeaderPairs:
    """Headers as ASGI wants them."""
    return [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in headers]


def request_of(scope: Scope, body: bytes) -> ASGIRequest:
    """Django's request; a body that came in chunks gets the length that it turned out to have.

    Raises UnicodeDecodeError for a query that is no text.
    """
    request = ASGIRequest(scope, io.BytesIO(body))
    request.META["CONTENT_LENGTH"] = request.META.get("CONTENT_LENGTH") or str(len(body))
    return request
