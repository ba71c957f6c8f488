"""What the server refuses before any view sees it is said in the visitor's language, with safe headers."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from raamwerk.server import bodies, django_threads
from raamwerk.server.application import Application
from raamwerk.server.bodies import Bodies
from raamwerk.server.django_threads import DjangoThreads
from raamwerk.web.forms import BODY_LIMIT
from tests import event_loop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("static_files")]

SAFE = (
    "content-security-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
)
SAVES = {"nl": "/werkbladen/bewaren/", "en": "/en/werkbladen/bewaren/"}
Messages = list[dict[str, Any]]


def half(_application: Application) -> Messages:
    return [{"type": "http.request", "body": b"a", "more_body": True}, {"type": "http.disconnect"}]


def shorter(_application: Application) -> Messages:
    return [{"type": "http.request", "body": b"a", "more_body": False}]


def slow(_application: Application) -> Messages:
    return []


def no_room(application: Application) -> Messages:
    application._bodies = Bodies(1)
    return [{"type": "http.request", "body": b"much", "more_body": True}]


def too_long(_application: Application) -> Messages:
    return [{"type": "http.request", "body": b"a" * (BODY_LIMIT + 1), "more_body": False}]


def nobody_free(_application: Application) -> Messages:
    django_threads.MOST_WAITING = 0
    return [{"type": "http.request", "body": b"a" * 10, "more_body": False}]


REFUSALS: dict[str, tuple[Callable[[Application], Messages], bytes, int]] = {
    "half a body": (half, b"10", 400),
    "less than was said": (shorter, b"10", 400),
    "no length": (shorter, b"\xb2", 400),
    "too slow": (slow, b"10", 408),
    "too much": (too_long, b"", 413),
    "too much of all together": (no_room, b"10", 503),
    "too many who wait": (nobody_free, b"10", 503),
}


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODY_WITHIN_SECONDS", 0.05)
    monkeypatch.setattr(django_threads, "MOST_WAITING", django_threads.MOST_WAITING)


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("language", SAVES)
@pytest.mark.parametrize("why", REFUSALS)
def test_a_refusal_is_said_in_words_with_safe_headers(why: str, language: str, kind: str) -> None:
    prepare, length, status = REFUSALS[why]
    application = Application(DjangoThreads().answer)
    messages = prepare(application)

    begun, content = event_loop.run(asked(application, SAVES[language], length, kind, messages))

    headers = {name.decode(): value.decode() for name, value in begun["headers"]}
    assert begun["status"] == status
    assert headers["content-language"] == language
    assert headers["cache-control"] == "no-store, private"
    assert set(SAFE) <= headers.keys()
    if kind == "application/json":
        words = json.loads(content["body"])["message"]
    else:
        words = content["body"].decode()
        assert f'<html lang="{language}"' in words
    assert (
        "Er is niets veranderd" if language == "nl" else "Nothing has been changed"
    ) in words or status == 503
    if status == 503:
        assert headers["retry-after"]


async def asked(
    application: Application, path: str, length: bytes, kind: str, messages: Messages
) -> Messages:
    """What the application sends when it receives these messages, and nothing after them."""
    said = [(b"host", b"testserver"), (b"origin", b"http://testserver")]
    said += [(b"content-type", kind.encode())]
    said += [(b"content-length", length)] if length else [(b"transfer-encoding", b"chunked")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": said,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
        "scheme": "http",
    }
    sent: Messages = []

    async def receive() -> dict[str, Any]:
        if not messages:
            await asyncio.sleep(3600)
        return messages.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await application(scope, receive, send)
    return sent
