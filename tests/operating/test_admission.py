"""Which requests are refused, asked of the real server: by host, by origin, or without any header."""

import socket
from collections.abc import Iterator

import pytest

from tests.person import BEGIN, ROLE, SAVE, Person, ask
from tests.serving import Server, serving


@pytest.fixture(scope="module", params=["on", "off"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data"), FASTPATH=request.param) as running:
        yield running


def say(server: Server, words: str) -> bytes:
    """What the server answers to exactly these bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(words.encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_the_cached_page_of_a_foreign_host_is_refused(server: Server) -> None:
    person = Person(server)
    person.note("tekst")
    for cookie in ({}, {"Cookie": person.cookie}):
        for _time in range(2):
            assert ask(server, ROLE, cookie).status == 200

        refused = ask(server, ROLE, cookie | {"Host": "evil.example"})

        assert refused.status == 400
        assert "tekst" not in refused.words


@pytest.mark.parametrize("path", ["/", ROLE, "/livez", "/healthz", "/niets"])
def test_a_request_without_any_header_is_refused_in_words(server: Server, path: str) -> None:
    for _time in range(2):
        answer = say(server, f"GET {path} HTTP/1.0\r\n\r\n")

        assert answer.startswith(b"HTTP/1.0 400 "), answer[:100]
        assert b"Traceback" not in answer


@pytest.mark.parametrize("path", [SAVE, f"/en{SAVE}", BEGIN, "/werkbladen/wissen/"])
@pytest.mark.parametrize(
    "origin",
    ["http://[", "http://]", "http://[::1", "http://a:b:c", "http://\u0663", "%", "//", "null", ""],
)
def test_an_origin_that_is_none_is_foreign(server: Server, path: str, origin: str) -> None:
    person = Person(server)
    encoded = origin.encode().decode("latin-1")
    for name in ("Origin", "Referer"):
        headers = {"Origin": encoded} if name == "Origin" else {"Origin": "", "Referer": encoded}

        answer = person.ask(path, b"{}", "application/json", **headers)

        assert answer.status == 403
        assert answer.json()["problem"] == "foreign-post"


@pytest.mark.parametrize("path", [SAVE, BEGIN])
def test_a_post_with_nothing_but_a_host_is_foreign(server: Server, path: str) -> None:
    host = f"127.0.0.1:{server.port}"

    answer = say(server, f"POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 403 "), answer[:100]


def test_another_port_of_this_machine_is_foreign(server: Server) -> None:
    person = Person(server)

    answer = person.ask(BEGIN, b"", Origin="http://127.0.0.1:1")

    assert answer.status == 403
    assert not person.cookies
