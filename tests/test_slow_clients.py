"""Slow and hostile visitors keep nobody else waiting: the site answers while they dawdle."""

import resource
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.person import Person
from tests.serving import Server, serving

AT_ONCE = 15.0
"""Seconds within which a regular visitor is answered, on a machine that is busy testing."""


@pytest.fixture(scope="module", autouse=True)
def enough_open_files() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, before[1]), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


@contextmanager
def connections(server: Server, count: int, begin: bytes = b"") -> Iterator[list[socket.socket]]:
    """This many connections that each said ``begin`` and then fell silent."""
    with ExitStack() as open_ones:
        made = []
        for _number in range(count):
            made.append(
                open_ones.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            )
            made[-1].sendall(begin)
        yield made


def half_a_post(server: Server, body: bytes = b'{"frame', length: int = 1000) -> bytes:
    head = (
        f"POST /werkbladen/bewaren/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"Origin: {server.url}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {length}\r\n\r\n"
    )
    return head.encode() + body


def assert_serves_others(server: Server, rounds: int = 3) -> None:
    """Pages from the cache, pages that ask the database, and saves: all at once."""
    for number in range(rounds):
        begin = time.monotonic()
        for address in ("/", "/healthz"):
            with urllib.request.urlopen(f"{server.url}{address}", timeout=AT_ONCE) as answer:
                assert answer.status == 200
        Person(server).note(f"keer {number}")
        assert time.monotonic() - begin < AT_ONCE


def test_two_thousand_idle_connections_stop_nobody(server: Server) -> None:
    with connections(server, 2000):
        assert_serves_others(server)


def test_headers_that_come_a_byte_at_a_time_stop_nobody(server: Server) -> None:
    with connections(server, 200, b"GET / HTTP/1.1\r\nX-Slow: ") as slow:
        for _round in range(5):
            for each in slow:
                each.sendall(b"a")
            assert_serves_others(server, rounds=1)


def test_two_hundred_bodies_that_never_end_stop_nobody(server: Server) -> None:
    with connections(server, 200, half_a_post(server)) as slow:
        for _round in range(5):
            for each in slow:
                each.sendall(b"a")
            assert_serves_others(server, rounds=1)


def test_a_silent_connection_is_closed(server: Server) -> None:
    with connections(server, 1) as [silent], connections(server, 1, b"GET / HT") as [halfway]:
        for each in (silent, halfway):
            each.settimeout(20)
            assert each.recv(100) == b""


def test_a_body_that_stays_away_is_refused(server: Server) -> None:
    with connections(server, 1, half_a_post(server)) as [slow]:
        slow.settimeout(45)
        assert slow.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_half_a_form_is_not_kept_as_a_shorter_text(server: Server) -> None:
    form = half_a_post(server, b"framework=lob&role=mentor&text%3Avisie-rol=half+a+te")
    form = form.replace(b"application/json", b"application/x-www-form-urlencoded")
    with connections(server, 1, form) as [broken]:
        broken.shutdown(socket.SHUT_WR)
        broken.settimeout(10)
        answer = broken.recv(1000)

    assert b"Set-Cookie" not in answer
    assert not answer or answer.startswith(b"HTTP/1.1 400 ")


def test_it_stops_while_a_body_is_on_its_way(tmp_path: Path) -> None:
    with serving(tmp_path) as server, connections(server, 20, half_a_post(server)):
        begin = time.monotonic()
        server.stop()
        assert time.monotonic() - begin < 15
