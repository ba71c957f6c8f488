"""Answering without Django: public answers from a cache, own pages from patterns, saves by group commit."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.db import Error as AnyDatabaseError
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override

from raamwerk.fastpath.batches import BatchThread
from raamwerk.fastpath.bounded import BoundedCache
from raamwerk.plain_sql import empty_log, release_connection
from raamwerk.web import health
from raamwerk.web.addresses import route_of
from raamwerk.web.admission import (
    ADMISSION,
    Visit,
    admit,
    counted_as,
    is_secure,
    page_name,
    visitor_address,
)
from raamwerk.web.bare import refusal_reply
from raamwerk.web.cacheable import Fill, OwnPage, is_public
from raamwerk.web.cookies import secrets_in
from raamwerk.web.delivery import chosen_encoding, compressed, finish, is_unchanged
from raamwerk.web.forms import JSON_TYPE
from raamwerk.web.metrics import SAVE_SECONDS, count_answer
from raamwerk.web.placeholders import Pattern
from raamwerk.web.problems import Problem, problem_page, server_error
from raamwerk.web.rendering import language_of
from raamwerk.web.replies import Answer, HeaderPairs, Reply, Scope, reply_of, request_of
from raamwerk.worksheets.posts import read_save
from raamwerk.worksheets.save import Outcome, SaveRequest, save_all
from raamwerk.worksheets.views.save import json_answer, json_save_request

Headers = Mapping[str, str]
logger = logging.getLogger(__name__)

MOST_ENTRIES, MOST_BYTES = 2000, 64_000_000
"""Of each cache."""

LARGEST_SAVE = 50_000
"""In bytes: reading a larger one would keep others waiting, so a thread does."""

GRACE_SECONDS = 5
"""The database itself gives up after DATABASE_WAIT; we wait this much longer for the thread."""

ANYBODY, WITHOUT_KEY = "anybody", "without key"
"""Whom a cached reply is for."""

LOOKED_AT = frozenset(
    (
        b"host cookie accept-encoding if-none-match if-modified-since x-forwarded-proto "
        b"x-forwarded-for content-type sec-fetch-site origin referer"
    ).split()
)
OF_CONTENT = (b"content-length", b"content-encoding", b"content-type")
OF_COMPRESSION = (b"content-length", b"content-encoding")


@dataclass(frozen=True, slots=True)
class CachedReply:
    """A public reply with the name of its page, and what to say to who has it already."""

    page: str
    reply: Reply
    etag: str
    unchanged: Reply


@dataclass(frozen=True, slots=True)
class CachedPattern:
    """An own page that was drawn once: its pattern, how to fill it, and the headers it came with."""

    page: str
    pattern: Pattern
    fill: Fill
    headers: HeaderPairs


FillRequest = tuple[CachedPattern, tuple[str, ...], str]
"""The pattern, the browser's secrets, and the encoding of the reply."""


class FastAnswers:
    """Answers what it can by itself, and asks for the rest."""

    def __init__(self, answer: Answer) -> None:
        """``answer`` is Django's."""
        self._ask = answer
        self._replies: BoundedCache[CachedReply] = BoundedCache(MOST_ENTRIES, MOST_BYTES)
        self._patterns: BoundedCache[CachedPattern] = BoundedCache(MOST_ENTRIES, MOST_BYTES)
        patience = settings.DATABASE_WAIT + GRACE_SECONDS
        self._writer: BatchThread[SaveRequest, Outcome] = BatchThread(
            "saving", save_all, patience, when_idle=empty_log
        )
        self._reader: BatchThread[FillRequest, bytes | None] = BatchThread(
            "reading", _fill_all, patience
        )
        health.CHECKS.extend([self._writer.check, self._reader.check])

    async def answer(self, scope: Scope, body: bytes) -> Reply:
        """The reply to a whole request."""
        headers = _headers(scope)
        if _is_small_save(scope, headers, body):
            return await self._answer_save(scope, headers, body)
        visit = _visit(scope, headers)
        scope[ADMISSION] = refusal = admit(visit, counted_as(scope["path"]))
        if refusal:
            return refusal_reply(scope, refusal)
        if scope["method"] in ("GET", "HEAD") and "if-modified-since" not in headers:
            return await self._answer_reading(scope, headers, visit.secrets, secure=visit.secure)
        return await self._ask(scope, body)

    async def _answer_reading(
        self, scope: Scope, headers: Headers, secrets: tuple[str, ...], *, secure: bool
    ) -> Reply:
        address = secure, scope["path"], scope["query_string"]
        encoding = chosen_encoding(headers.get("accept-encoding"))
        cached = self._replies.get((*address, encoding, ANYBODY))
        if cached is None and not secrets:
            cached = self._replies.get((*address, encoding, WITHOUT_KEY))
        pattern = self._patterns.get(address) if secrets and not cached else None
        if cached:
            return _from_cache(cached, headers.get("if-none-match"))
        if pattern and (own := await self._fill(pattern, secrets, encoding)):
            return own
        reply = await self._ask(scope, b"")
        if scope["method"] == "GET" and reply.status == 200 and reply.response is not None:
            await self._keep(scope, address, encoding, reply, reply.response)
        return reply

    async def _fill(
        self, pattern: CachedPattern, secrets: tuple[str, ...], encoding: str
    ) -> Reply | None:
        """An own page; None where only the view can answer, or has to say why it can't."""
        try:
            page = await self._reader.do((pattern, secrets, encoding))
        except OperationalError:
            return None
        if page is None:
            return None
        count_answer(pattern.page, 200)
        own = [(b"content-length", str(len(page)).encode())]
        if encoding:
            own.append((b"content-encoding", encoding.encode()))
        return Reply(200, [*pattern.headers, *own], page)

    async def _keep(
        self,
        scope: Scope,
        address: tuple[Any, ...],
        encoding: str,
        reply: Reply,
        response: HttpResponse,
    ) -> None:
        """Keep what the view says that others may get too."""
        page = page_name(scope["path"])
        if response.headers.get("Content-Encoding", "") != encoding or (
            response.streaming and scope["query_string"]
        ):
            # A library chose otherwise than we would, or a file under a name of a stranger's making.
            return
        if is_public(response):
            etag = response.headers.get("ETag", "")
            varies = "cookie" in response.headers.get("Vary", "").lower()
            whose = WITHOUT_KEY if varies else ANYBODY
            unchanged = Reply(
                304, [each for each in reply.headers if each[0] not in OF_CONTENT], b""
            )
            entry = CachedReply(page, Reply(200, reply.headers, reply.content), etag, unchanged)
            self._replies.put((*address, encoding, whose), entry, len(reply.content))
        elif isinstance(response, OwnPage) and self._patterns.get(address) is None:
            pattern = await asyncio.to_thread(_draw, response, language_of(scope["path"]))
            shared = [each for each in reply.headers if each[0] not in OF_COMPRESSION]
            size = sum(map(len, pattern.pieces))
            self._patterns.put(address, CachedPattern(page, pattern, response.fill, shared), size)

    async def _answer_save(self, scope: Scope, headers: Headers, body: bytes) -> Reply:
        """A save of the page's script, whatever becomes of it."""
        try:
            request = request_of(scope, body)
        except UnicodeDecodeError:
            return await self._ask(scope, body)
        request.resolver_match = route_of(scope["path"])
        language = language_of(scope["path"])
        with override(language):
            wanted = _read_save(request, _visit(scope, headers))
        if isinstance(wanted, SaveRequest):
            with SAVE_SECONDS.time():
                outcome = await self._save(wanted)
        with override(language):
            if isinstance(wanted, Problem):
                response = problem_page(request, wanted)
            else:
                response = _answer_to(request, outcome)
        finish(request, response)
        return reply_of(response)

    async def _save(self, wanted: SaveRequest) -> Outcome:
        try:
            return await self._writer.do(wanted)
        except Exception as error:
            return error


def _answer_to(request: ASGIRequest, outcome: Outcome) -> HttpResponse:
    try:
        return json_answer(request, outcome)
    except Exception as error:
        logger.error("A save met an error that nobody foresaw", exc_info=error)
        return server_error(request)


def _is_small_save(scope: Scope, headers: Headers, body: bytes) -> bool:
    return (
        scope["method"] == "POST"
        and headers.get("content-type", "") == JSON_TYPE
        and len(body) <= LARGEST_SAVE
        and scope["path"] in _save_paths()
    )


@cache
def _save_paths() -> frozenset[str]:
    paths = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            paths.append(reverse("save"))
    return frozenset(paths)


def _read_save(request: ASGIRequest, visit: Visit) -> SaveRequest | Problem:
    refusal = admit(visit, "save")
    if refusal:
        return refusal()
    try:
        return json_save_request(request, read_save(request))
    except Problem as problem:
        return problem


def _headers(scope: Scope) -> Headers:
    """The headers that we look at, each the last of its name."""
    return {
        name.decode(): value.decode("latin-1")
        for name, value in scope["headers"]
        if name in LOOKED_AT
    }


def _visit(scope: Scope, headers: Headers) -> Visit:
    """The same facts as ``admission.visit_of`` finds in Django's request."""
    said = headers.get
    connected = scope["client"][0] if scope.get("client") else ""
    return Visit(
        method=scope["method"],
        secure=is_secure(said("x-forwarded-proto")),
        host=said("host"),
        secrets=secrets_in(said("cookie")),
        address=visitor_address(said("x-forwarded-for"), connected),
        site=said("sec-fetch-site"),
        origin=said("origin"),
        referer=said("referer"),
    )


def _from_cache(cached: CachedReply, if_none_match: str | None) -> Reply:
    has_it = bool(cached.etag) and is_unchanged(cached.etag, if_none_match)
    reply = cached.unchanged if has_it else cached.reply
    count_answer(cached.page, reply.status)
    return reply


def _draw(response: OwnPage, language: str) -> Pattern:
    with override(language):
        return response.pattern()


def _fill_all(wanted: Sequence[FillRequest]) -> list[bytes | None]:
    """All who wait for the same page at the same time are read for together."""
    pages: dict[int, list[int]] = {}
    for at, (pattern, _secrets, _encoding) in enumerate(wanted):
        pages.setdefault(id(pattern), []).append(at)
    filled: dict[int, bytes | None] = {}
    for places in pages.values():
        filled |= zip(places, _fill_page([wanted[at] for at in places]), strict=True)
    return [filled[at] for at in range(len(wanted))]


def _fill_page(wanted: Sequence[FillRequest]) -> list[bytes | None]:
    pattern, _secrets, _encoding = wanted[0]
    try:
        found = pattern.fill([secrets for _pattern, secrets, _encoding in wanted])
    except AnyDatabaseError:
        release_connection()
        return [None] * len(wanted)
    except Exception:
        # One owner's trouble is not that of all who wait together; the view meets it again, and says so.
        if len(wanted) > 1:
            return [page for each in wanted for page in _fill_page([each])]
        logger.exception("An own page could not be filled")
        return [None]
    return [
        compressed(pattern.pattern.fill(values), encoding, is_public=False) if values else None
        for values, (_pattern, _secrets, encoding) in zip(found, wanted, strict=True)
    ]
