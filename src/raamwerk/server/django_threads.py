"""Django in threads: whole requests in, replies out, with a bound on how many may wait.

Django's own ASGI handler would begin a thread for each request, with a database connection of its own. Its
WSGI handler would need an adapter, and threads that wait for slow visitors.
"""

import asyncio
import logging
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from django.core import signals
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse

from raamwerk.server.bodies import Receive
from raamwerk.web.admission import counted_as, page_name, visitor_of
from raamwerk.web.bare import bare_reply, refusal_reply
from raamwerk.web.problems import bad_request, server_error, too_busy, too_many_downloads
from raamwerk.web.replies import RECEIVE, Reply, Scope, reply_of, request_of

READING_THREADS, WRITING_THREADS = 4, 3
"""How many requests are worked on at the same time: apart, so that who waits for a turn to write keeps no
reader waiting, nor the reverse."""

DOCUMENTS_TOGETHER = 1
"""How many downloads are worked on at the same time: documents are made one by one."""

LARGE_POST = 50_000
"""In bytes: reading a larger one takes as long as fifty saves, so they are worked on one at a time."""

DOWNLOADS_OF_ONE = 2
"""So many downloads one browser may have with us: one that is made, and one that waits."""

DOWNLOADS_OF_STRANGERS = 8
"""So many all have together who come from one network and show no key that we know."""

ABOUT_US = frozenset(("healthz", "livez", "readyz", "metrics"))
"""Pages for whoever looks after the server: they wait for no visitor."""

THREADS_ABOUT_US = 2
"""One may wait for a database in trouble, while the others say what it found last."""

MOST_WAITING = 256
"""So many requests may wait for a thread; the next hears to come back."""

logger = logging.getLogger(__name__)


class Pool:
    """Threads for one kind of work, and how many requests are with them."""

    def __init__(self, threads: int, name: str) -> None:
        """No thread begins before the first request, so that a server can fork before it."""
        self.threads = ThreadPoolExecutor(threads, name)
        self.size = threads
        self.requests = 0


class DjangoThreads(BaseHandler):
    """Django's handler, called in a thread for each request."""

    def __init__(self) -> None:
        """Loads the middleware."""
        super().__init__()
        self.load_middleware()
        self._reading = Pool(READING_THREADS, "reading")
        self._writing = Pool(WRITING_THREADS, "writing")
        self._large = Pool(1, "large")
        self._downloads = Pool(DOCUMENTS_TOGETHER, "document")
        self._about_us = Pool(THREADS_ABOUT_US, "health")
        self._downloading: Counter[str] = Counter()

    async def answer(self, scope: Scope, body: bytes) -> Reply:
        """Django's reply; 503 at once where too many wait already, 429 for too many downloads of one browser.

        Raises HungUpError for a visitor who left before a thread was free.
        """
        pool = self._pool(scope, len(body))
        who, known = visitor_of(scope) if pool is self._downloads else ("", True)
        most = DOWNLOADS_OF_ONE if known else DOWNLOADS_OF_STRANGERS
        if self._downloading[who] >= most:
            return refusal_reply(scope, too_many_downloads)
        if pool.requests >= MOST_WAITING:
            return refusal_reply(scope, too_busy)
        pool.requests += 1
        self._downloading[who] += bool(who)
        try:
            loop = asyncio.get_running_loop()
            work = loop.run_in_executor(pool.threads, self._answer, scope, body)
            return await (work if pool.requests <= pool.size else _unless_gone(work, scope))
        finally:
            pool.requests -= 1
            self._downloading[who] -= bool(who)
            if not self._downloading[who]:
                del self._downloading[who]

    def _pool(self, scope: Scope, size: int) -> Pool:
        if counted_as(scope["path"]) == "download":
            return self._downloads
        if page_name(scope["path"]) in ABOUT_US:
            return self._about_us
        if size > LARGE_POST:
            return self._large
        return self._reading if scope["method"] in ("GET", "HEAD") else self._writing

    def _answer(self, scope: Scope, body: bytes) -> Reply:
        signals.request_started.send(sender=type(self), scope=scope)
        try:
            request = request_of(scope, body)
            response = self.get_response(request)
            reply = reply_of(cast("HttpResponse", response))
            response.close()
        except UnicodeDecodeError:
            return bare_reply(scope, lambda request: bad_request(request, ValueError()))
        except Exception:
            logger.exception("No answer")
            return bare_reply(scope, server_error)
        return reply


class HungUpError(Exception):
    """The visitor left while their request waited for a thread."""


async def _unless_gone(work: asyncio.Future[Reply], scope: Scope) -> Reply:
    """The reply, unless the visitor leaves before a thread begins with it: then nobody works for them."""
    gone = asyncio.ensure_future(_until_gone(scope[RECEIVE])) if RECEIVE in scope else None
    if gone:
        await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not work.done() and work.cancel():
            raise HungUpError
    return await work


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
