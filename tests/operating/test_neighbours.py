"""Who shares an address with somebody in a loop goes on: limits count by key first, and strangers apart."""

import time
from collections.abc import Iterator
from itertools import count

import pytest

from raamwerk.owners.known import KnownKeys
from tests.person import BEGIN, JSON, SAVE, Answer, Person, ask
from tests.serving import Server, serving

BY_KEY = 4
BY_ADDRESS = 50 * BY_KEY
FAMILY, ELSEWHERE = "2001:db8:1:2:", "2001:db8:1:3:"
"""The first half of two IPv6 addresses."""

numbers = count()


@pytest.fixture(scope="module", params=["on", "off"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    few = {"SAVES_PER_MINUTE": str(BY_KEY), "BEHIND_HTTPS": "yes"}
    with serving(tmp_path_factory.mktemp("data"), FASTPATH=request.param, **few) as running:
        yield running


@pytest.fixture(autouse=True)
def within_one_minute() -> None:
    """Limits count by the minute of the monotonic clock, which all processes share."""
    if time.monotonic() % 60 > 30:
        time.sleep(60.1 - time.monotonic() % 60)


@pytest.fixture
def place() -> str:
    """A network of its own for each test."""
    return f"2001:db8:7:{next(numbers):x}:"


class Neighbour(Person):
    """Somebody behind our proxy, at one of the addresses of a network."""

    def __init__(self, server: Server, place: str) -> None:
        super().__init__(server)
        self.place = place

    def ask(self, path: str, body: bytes | None = None, kind: str = "", **more: str) -> Answer:
        from_where = {
            "X-Forwarded-For": f"{self.place}:{next(numbers):x}",
            "X-Forwarded-Proto": "https",
        }
        if body is not None:
            from_where["Origin"] = f"https://127.0.0.1:{self.server.port}"
        return super().ask(path, body, kind, **from_where, **more)


def loop(server: Server, place: str, cookie: str | None, times: int) -> list[int]:
    """Save so often, with a made-up key each time unless one is given; the statuses."""
    statuses = []
    for number in range(times):
        made_up = f"__Host-werkblad={number:k>43}" if cookie is None else cookie
        headers = {
            "X-Forwarded-For": f"{place}:{number:x}",
            "X-Forwarded-Proto": "https",
            "Origin": f"https://127.0.0.1:{server.port}",
            "Content-Type": JSON,
            "Cookie": made_up,
        }
        body = b'{"framework":"lob","role":"mentor","texts":[],"marks":[]}'
        statuses.append(ask(server, SAVE, headers, body).status)
    return statuses


def test_who_is_in_a_loop_is_held_back_and_no_neighbour(server: Server, place: str) -> None:
    busy, neighbour = Neighbour(server, place), Neighbour(server, place)
    busy.note("begin")
    neighbour.note("begin")

    statuses = loop(server, place, busy.cookie, BY_ADDRESS + 10)

    assert set(statuses[BY_KEY:]) == {429}
    assert neighbour.note("verder")


def test_made_up_keys_are_held_back_and_nobody_who_is_known(server: Server, place: str) -> None:
    neighbour = Neighbour(server, place)
    neighbour.note("begin")

    statuses = loop(server, place, None, BY_ADDRESS + 10)

    assert statuses[:BY_ADDRESS] == [403] * BY_ADDRESS
    assert set(statuses[BY_ADDRESS:]) == {429}, "a made-up key for each request escapes the limit"
    assert neighbour.note("verder")
    newcomer = Neighbour(server, place)
    newcomer.note("nieuw hier")


def test_a_made_up_key_beside_a_good_one_makes_nobody_a_stranger(
    server: Server, place: str
) -> None:
    busy = Neighbour(server, place)
    busy.note("begin")

    for number in range(BY_KEY + 1):
        made_up = f"__Host-werkblad={number:j>43}; {busy.cookie}"
        statuses = loop(server, place, made_up, 1)

    assert statuses == [429], "another made-up key each time escapes the limit by key"


def test_an_ipv6_network_counts_as_one_address(server: Server) -> None:
    assert loop(server, FAMILY, None, BY_ADDRESS + 1)[-1] == 429
    assert loop(server, ELSEWHERE, None, 1) == [403]


def test_who_asks_for_a_key_in_a_loop_holds_nobody_back_who_has_one(
    server: Server, place: str
) -> None:
    neighbour = Neighbour(server, place)
    neighbour.note("begin")

    answers = [Neighbour(server, place).ask(BEGIN, b"").status for _ in range(BY_ADDRESS + 10)]

    assert answers[-1] == 429
    assert neighbour.note("verder")


def test_so_many_keys_are_known_and_the_oldest_is_forgotten() -> None:
    known = KnownKeys(2)
    for digest in ("a", "b", "a", "c"):
        known.learn(digest)

    assert [each in known for each in "abc"] == [False, True, True]
