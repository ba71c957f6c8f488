"""Whatever strangers send, the server remembers little of it: memory does not grow along."""

import re
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.person import BEGIN, ROLE, SAVE, ask
from tests.serving import Server, serving

WARMING_UP, REQUESTS = 600, 3000
LONG = 60_000
"""In characters: kept of each request, this much of it would be 180 MB after all of them."""

MAY_GROW = 8_000_000
"""In bytes: what an allocator needs more or less for the same work."""

Odd = tuple[str, dict[str, str], bytes | None]
"""A path, headers and a body."""


def noise() -> str:
    return secrets.token_hex(LONG // 2)


ODD: dict[str, Callable[[], Odd]] = {
    "queries of a page": lambda: (f"{ROLE}?{noise()}", {}, None),
    "queries of /livez": lambda: (f"/livez?{noise()}", {}, None),
    "queries of saving": lambda: (f"{SAVE}?{noise()}", {}, b"{}"),
    "short queries of saving": lambda: (f"{SAVE}?{noise()[:8]}", {}, None),
    "areas": lambda: (f"{ROLE}?gebied={noise()}", {}, None),
    "paths": lambda: (f"/{noise()}/", {}, None),
    "paths of roles": lambda: (f"/lob/{noise()}/", {}, None),
    "hosts": lambda: ("/", {"Host": noise()}, None),
    "short hosts": lambda: ("/", {"Host": f"{noise()[:60]}.example"}, None),
    "keys": lambda: (ROLE, {"Cookie": f"werkblad={secrets.token_urlsafe(32)}"}, None),
    "cookies": lambda: (ROLE, {"Cookie": f"werkblad={noise()}"}, None),
    "encodings": lambda: (ROLE, {"Accept-Encoding": f"gzip;q=0.{noise()}"}, None),
    "languages": lambda: (ROLE, {"Accept-Language": noise()}, None),
    "tags": lambda: (ROLE, {"If-None-Match": f'"{noise()}"'}, None),
    "origins": lambda: (BEGIN, {"Origin": f"http://{noise()}"}, b""),
    "visitors": lambda: (ROLE, {"X-Forwarded-For": f"192.0.2.1, {noise()}"}, None),
}


def memory_of(server: Server) -> int:
    """The bytes in memory of the process that answers."""
    found = re.search(
        r"^process_resident_memory_bytes (\S+)$", ask(server, "/metrics").words, re.MULTILINE
    )
    assert found
    return int(float(found[1]))


def send(server: Server, count: int) -> None:
    kinds = list(ODD.values())
    for number in range(count):
        path, headers, body = kinds[number % len(kinds)]()
        assert ask(server, path, headers, body).status < 500, path[:60]


@pytest.mark.parametrize("fastpath", ["on", "off"])
def test_odd_requests_leave_nothing_behind(tmp_path: Path, fastpath: str) -> None:
    with serving(tmp_path, FASTPATH=fastpath, BEHIND_HTTPS="yes") as server:
        send(server, WARMING_UP)
        before = memory_of(server)

        send(server, REQUESTS)

        assert memory_of(server) - before < MAY_GROW
