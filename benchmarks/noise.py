"""Somebody who abuses the site, in a process of their own: ``… benchmarks.noise KIND PORT ADDRESS SECONDS``.

Each kind of noise goes on without a pause on many connections, until its time is over. The process steps
back for the server and for who types: noise comes from another machine in real life.
"""

import asyncio
import json
import os
import random
import secrets
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.browser import BEGIN, SAVE, save_body
from benchmarks.line import Line

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
ROLE_PAGE, SOURCES, PDF = "/lob/mentor/", "/lob/bronnen/", "/lob/mentor/overzicht/pdf/"
FIELDS = ("visie-rol", "visie-deskundigheid", "orientatie-rol", "orientatie-deskundigheid")
FULL = 9_999
"""In characters: nearly all that a field holds."""

HANGING_UP, HUNG_UP_A_SECOND = 32, 1500
"""On so many connections, so often; more than 3,000 in 2.3 seconds, which once held everybody up."""

KEY = "__Host-werkblad-noise"


class ProxiedLine(Line):
    """A connection by way of our own proxy, for a visitor at this address."""

    def __init__(self, port: int, address: str) -> None:
        """``address`` is what the proxy says of the visitor."""
        super().__init__(port)
        self.address = address
        self.more: list[str] = []

    def _head(self, path: str, body: bytes | None, kind: str) -> bytes:
        head = super()._head(path, body, kind).decode()
        first, rest = head.split("\r\n", 1)
        said = [f"X-Forwarded-For: {self.address}", "X-Forwarded-Proto: https", *self.more]
        rest = rest.replace("Origin: http:", "Origin: https:")
        return "\r\n".join([first, *said, rest]).encode()

    def hang_up_after(self, path: str, body: bytes | None = None, kind: str = "") -> bytes:
        """What to send before hanging up."""
        return self._head(path, body, kind) + (body or b"")


@dataclass
class Noise:
    """One who makes noise: where, from which address, until when, and what was answered."""

    port: int
    address: str
    end: float
    answers: Counter[str] = field(default_factory=Counter)

    def line(self) -> ProxiedLine:
        """A new connection."""
        return ProxiedLine(self.port, self.address)

    async def ask(self, line: Line, path: str, body: bytes | None = None, kind: str = "") -> int:
        """One request; its status, or 0 where there was no answer."""
        try:
            status = (await line.ask(path, body, kind)).status
        except (OSError, ValueError, asyncio.LimitOverrunError):
            status = 0
        self.answers[str(status)] += 1
        return status

    async def many(self, count: int, work: Callable[[int], Awaitable[None]]) -> None:
        """Do this on so many connections, each again and again until the end."""

        async def again(number: int) -> None:
            while time.monotonic() < self.end:
                await work(number)
                await asyncio.sleep(0)

        await asyncio.gather(*(again(number) for number in range(count)))


def made_up_key() -> str:
    """A cookie that this server never gave."""
    return f"{KEY}={secrets.token_urlsafe(32)}"


async def reading_without_cache(noise: Noise) -> None:
    """Pages that no memory holds: strange queries, and questions that only Django answers."""
    lines = [noise.line() for _ in range(32)]

    async def read(number: int) -> None:
        line = lines[number]
        line.more = ["If-Modified-Since: Wed, 21 Oct 2026 07:28:00 GMT"] if number % 2 else []
        await noise.ask(line, ROLE_PAGE if number % 2 else f"{SOURCES}?n={random.random()}")

    await noise.many(len(lines), read)


async def first_saves(noise: Noise) -> None:
    """A new key and a full worksheet each time."""

    async def begin(_number: int) -> None:
        line = noise.line()
        if await noise.ask(line, BEGIN, b"") == 204:
            await noise.ask(line, SAVE, full_worksheet(), JSON)
        line.close()

    await noise.many(16, begin)


async def downloads(noise: Noise) -> None:
    """Documents of a worksheet that is full of odd characters, by one key and by made-up ones."""
    lines = [noise.line() for _ in range(16)]
    await noise.ask(lines[0], BEGIN, b"")
    await noise.ask(lines[0], SAVE, full_worksheet("\ue000 -x \u4e00"), JSON)
    for number, line in enumerate(lines):
        line.cookie = lines[0].cookie if number % 2 == 0 else made_up_key()

    async def download(number: int) -> None:
        await noise.ask(lines[number], PDF)

    await noise.many(len(lines), download)


async def hanging_up(noise: Noise) -> None:
    """Requests whose answer nobody waits for."""
    paths = [f"{SOURCES}?n=1", PDF, ROLE_PAGE, "/healthz", "/werkbladen/"]

    async def ask_and_leave(number: int) -> None:
        line = noise.line()
        line.cookie = made_up_key() if number % 2 else ""
        with suppress(OSError):
            _reader, writer = await asyncio.open_connection("127.0.0.1", noise.port)
            writer.write(line.hang_up_after(paths[number % len(paths)]))
            await writer.drain()
            writer.transport.abort()
            noise.answers["hung up"] += 1
        await asyncio.sleep(random.uniform(0, 2 * HANGING_UP / HUNG_UP_A_SECOND))

    await noise.many(HANGING_UP, ask_and_leave)


async def big_bodies(noise: Noise) -> None:
    """Posts of 2 MB: some never end, some are dear to read, some hold nothing at all."""
    base = urlencode({"framework": "lob", "edition": "2026-1", "role": "mentor"})
    bodies = [
        (f"{base}&text:visie-rol={'%41' * 600_000}".encode(), FORM),
        (f"{base}&marks-before={'a:+' * 600_000}".encode(), FORM),
        (f"{base}{'&mark=mentor-visie-rol-1:work-on' * 40_000}".encode(), FORM),
        (b'{"texts":[' + b"1," * 900_000 + b"1]}", JSON),
        (b"[" * 1_900_000, JSON),
    ]
    lines = [noise.line() for _ in range(10)]

    async def post(number: int) -> None:
        if number < len(lines):
            await noise.ask(lines[number], SAVE, *bodies[number % len(bodies)])
            return
        with suppress(OSError):
            _reader, writer = await asyncio.open_connection("127.0.0.1", noise.port)
            whole = noise.line().hang_up_after(SAVE, b" " * 1_900_000, JSON)
            writer.write(whole[:-1])
            await writer.drain()
            await asyncio.sleep(5)
            writer.transport.abort()
            noise.answers["never whole"] += 1

    await noise.many(43, post)


async def made_up_keys(noise: Noise) -> None:
    """Saves and pages with a key that was never given, another one each time."""
    lines = [noise.line() for _ in range(32)]
    change = text_change("visie-rol", "x")

    async def ask(number: int) -> None:
        line = lines[number]
        line.cookie = made_up_key()
        if number % 2:
            await noise.ask(line, SAVE, save_body("mentor", [change]), JSON)
        else:
            await noise.ask(line, ROLE_PAGE)
        line.cookie = ""

    await noise.many(len(lines), ask)


async def one_tab_in_a_loop(noise: Noise) -> None:
    """Somebody who is known here, and saves a full worksheet as fast as they can."""
    lines = [noise.line() for _ in range(8)]
    await noise.ask(lines[0], BEGIN, b"")
    for line in lines:
        line.cookie = lines[0].cookie

    async def save(number: int) -> None:
        await noise.ask(lines[number], SAVE, full_worksheet(), JSON)

    await noise.many(len(lines), save)


async def health(noise: Noise) -> None:
    """Twenty who ask after its health without a pause."""
    lines = [noise.line() for _ in range(20)]

    async def ask(number: int) -> None:
        await noise.ask(lines[number], "/healthz")

    await noise.many(len(lines), ask)


async def nonsense(noise: Noise) -> None:
    """What is no request, foreign hosts, foreign origins, and addresses that are not there."""
    pieces = [
        b"\x16\x03\x01 hello\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: " + b"a" * 60_000 + b"\r\n\r\n",
        b"GET /" + b"%ff" * 10_000 + b" HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"POST " + SAVE.encode() + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n",
        b"GET /chat HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
    ]

    async def say(number: int) -> None:
        with suppress(OSError, TimeoutError):
            reader, writer = await asyncio.open_connection("127.0.0.1", noise.port)
            writer.write(pieces[number % len(pieces)])
            await writer.drain()
            async with asyncio.timeout(5):
                noise.answers[(await reader.read(12)).decode("latin-1")[9:]] += 1
            writer.transport.abort()

    await noise.many(20, say)


KINDS: dict[str, Callable[[Noise], Awaitable[None]]] = {
    each.__name__.replace("_", " "): each
    for each in (
        reading_without_cache,
        first_saves,
        downloads,
        hanging_up,
        big_bodies,
        made_up_keys,
        one_tab_in_a_loop,
        health,
        nonsense,
    )
}


def text_change(field_id: str, text: str) -> dict[str, object]:
    """A change that this page view never made before."""
    return {
        "field": field_id,
        "text": text,
        "base": "",
        "writer": secrets.token_hex(8),
        "sequence": 1,
    }


def full_worksheet(piece: str = "woorden ") -> bytes:
    """A save that fills several fields."""
    text = (piece * FULL)[:FULL]
    return save_body("mentor", [text_change(each, text) for each in FIELDS])


def main() -> int:
    """Make this noise, and print what was answered as JSON."""
    kind, port, address, seconds = sys.argv[1:]
    os.nice(10)
    noise = Noise(int(port), address, time.monotonic() + float(seconds))

    async def make() -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(float(seconds) + 10):
                await KINDS[kind](noise)

    asyncio.run(make())
    print(json.dumps(noise.answers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
