"""The ASGI application that granian runs: every body is whole before a thread works on it.

One event loop waits for everybody; a thread begins when there is something to do. Nothing that can wait
for a database happens on the loop.
"""

import gc
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raamwerk.project.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django comes first
from django.urls import get_resolver  # noqa: E402

from raamwerk.fastpath import wrap  # noqa: E402
from raamwerk.server.bodies import NOBODY, Bodies, BodyRefusedError  # noqa: E402
from raamwerk.server.django_threads import DjangoThreads, HungUpError  # noqa: E402
from raamwerk.server.parent import end_with_parent  # noqa: E402
from raamwerk.web.admission import visitor_of  # noqa: E402
from raamwerk.web.bare import refusal_reply  # noqa: E402
from raamwerk.web.delivery import OUR_HEADERS  # noqa: E402
from raamwerk.web.forms import BODY_LIMIT  # noqa: E402
from raamwerk.web.problems import not_whole  # noqa: E402
from raamwerk.web.replies import RECEIVE, Answer, Reply, Scope, header_pairs  # noqa: E402

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

logger = logging.getLogger(__name__)

SWITCH_SECONDS = 0.0005
"""How long a thread may go on while another waits; Python's own ten times as long is felt."""


class Application:
    """Turns ASGI's messages into whole requests, and replies into messages."""

    def __init__(self, answer: Answer) -> None:
        """``answer`` knows no messages, only whole requests."""
        answer_evenly()
        self._answer = answer
        self._bodies = Bodies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        body, who = bytearray(), NOBODY
        scope[RECEIVE] = receive
        try:
            has_body, length = tidy_headers(scope)
            if has_body and (length is None or length <= BODY_LIMIT):
                who = visitor_of(scope)
                await self._bodies.receive(body, length, receive, who)
            reply = await self._answer(scope, bytes(body))
        except BodyRefusedError as refused:
            reply = refusal_reply(scope, refused.refusal, close=True)
        except HungUpError:
            return
        except Exception:
            logger.exception("No answer")
            reply = plain_reply()
        finally:
            self._bodies.give_back(len(body), who)
        content = b"" if scope["method"] == "HEAD" else reply.content
        await send(
            {"type": "http.response.start", "status": reply.status, "headers": reply.headers}
        )
        await send({"type": "http.response.body", "body": content})


def tidy_headers(scope: Scope) -> tuple[bool, int | None]:
    """Make one header of several ``Cookie`` lines; returns whether a body comes, and how long it says.

    Raises BodyRefusedError for a length that is no number.
    """
    length, in_chunks, cookies = None, False, []
    for name, value in scope["headers"]:
        if name == b"content-length":
            length = value
        elif name == b"transfer-encoding":
            in_chunks = True
        elif name == b"cookie":
            cookies.append(value)
    if len(cookies) > 1:
        others = [pair for pair in scope["headers"] if pair[0] != b"cookie"]
        scope["headers"] = [*others, (b"cookie", b"; ".join(cookies))]
    if in_chunks:
        return True, None
    if length is None:
        return False, None
    try:
        return int(length) > 0, int(length)
    except ValueError:
        raise BodyRefusedError(not_whole) from None


def plain_reply() -> Reply:
    """Our fault, said with nothing that could go wrong once more."""
    headers = {
        **OUR_HEADERS,
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Language": "en",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store, private",
        "Connection": "close",
    }
    return Reply(500, header_pairs(headers.items()), b"Our fault.\n")


def answer_evenly() -> None:
    """Let nobody wait for what Python does now and then: hand on its lock, look for waste.

    All that a start leaves in memory stays there, so there is no point in looking through it again.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()


def make_application() -> Application:
    """The whole site: Django in threads, with or without the answers that need no Django."""
    end_with_parent()
    django_threads = DjangoThreads()
    # Now, and not at the first request: what is wrong with them stops the start.
    get_resolver().url_patterns  # noqa: B018 - reading them is the point
    answer = wrap(django_threads.answer) if settings.FASTPATH else django_threads.answer
    return Application(answer)


application = make_application()
