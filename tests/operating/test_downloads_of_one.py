"""One browser that asks for documents again and again keeps nobody else from theirs."""

import asyncio
import threading

import pytest

from raamwerk.owners.access import digest
from raamwerk.owners.known import KNOWN_KEYS
from raamwerk.server.django_threads import DOWNLOADS_OF_STRANGERS, DjangoThreads
from raamwerk.web.replies import Reply, Scope
from tests import event_loop

PDF = "/lob/mentor/overzicht/pdf/"


def asked_by(who: str) -> Scope:
    cookie = f"werkblad-abcdefgh={who * 43}".encode()
    return {
        "type": "http",
        "method": "GET",
        "path": PDF,
        "query_string": b"",
        "headers": [(b"host", b"testserver"), (b"cookie", cookie)],
        "client": ("127.0.0.1", 1),
    }


def test_the_third_at_once_hears_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for who in "ab":
        KNOWN_KEYS.learn(digest(who * 43))
    go_on = threading.Event()

    def slowly(_self: DjangoThreads, _scope: Scope, _body: bytes) -> Reply:
        assert go_on.wait(60)
        return Reply(200, [], b"a document")

    monkeypatch.setattr(DjangoThreads, "_answer", slowly)

    async def ask() -> tuple[list[int], list[int]]:
        threads = DjangoThreads()
        first = [asyncio.ensure_future(threads.answer(asked_by("a"), b"")) for _ in range(2)]
        await asyncio.sleep(0)
        refused = [(await threads.answer(asked_by("a"), b"")).status for _ in range(3)]
        other = asyncio.ensure_future(threads.answer(asked_by("b"), b""))
        await asyncio.sleep(0)
        go_on.set()
        made = [reply.status for reply in await asyncio.gather(*first, other)]
        made.append((await threads.answer(asked_by("a"), b"")).status)
        return refused, made

    refused, made = event_loop.run(ask())

    assert refused == [429] * 3
    assert made == [200] * 4


def test_made_up_keys_share_what_their_network_may(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    KNOWN_KEYS.learn(digest("z" * 43))

    def slowly(_self: DjangoThreads, _scope: Scope, _body: bytes) -> Reply:
        assert go_on.wait(60)
        return Reply(200, [], b"a document")

    monkeypatch.setattr(DjangoThreads, "_answer", slowly)

    async def ask() -> list[int]:
        threads = DjangoThreads()
        made_up = "ABCDEFGHIJKLMNOP"
        asking = [asyncio.ensure_future(threads.answer(asked_by(each), b"")) for each in made_up]
        asking.append(asyncio.ensure_future(threads.answer(asked_by("z"), b"")))
        await asyncio.sleep(0)
        go_on.set()
        return [reply.status for reply in await asyncio.gather(*asking)]

    *strangers, known = event_loop.run(ask())

    assert strangers.count(200) == DOWNLOADS_OF_STRANGERS
    assert known == 200
