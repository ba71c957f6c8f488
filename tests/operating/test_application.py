"""The real server hands requests on as they came: addresses, headers, cookies and bodies."""

import http.client
import json
import socket
from collections.abc import Iterator

import pytest

from raamwerk.worksheets.keys import new_key
from tests.serving import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data"), BEHIND_HTTPS="yes") as running:
        yield running


Headers = dict[str, str]


def ask(
    server: Server, path: str, headers: Headers | None = None, body: bytes | None = None
) -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("POST" if body is not None else "GET", path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), answer.headers


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/lob/mentor/", 200),
        ("/lob/mentor/?gebied=visie", 200),
        ("/lob/%C3%A9%C3%A9n/", 404),
        ("/lob/%ff%00/", 404),
        ("/lob/mentor/?gebied=%C3%A9", 404),
        ("/lob/mentor/?gebied=%ff", 404),
        ("//evil.example/", 404),
    ],
)
def test_any_address_is_answered(server: Server, path: str, status: int) -> None:
    assert ask(server, path)[0] == status


def test_an_address_comes_through_letter_by_letter(server: Server) -> None:
    assert "één" in ask(server, "/en/werkblad/overzicht/%C3%A9%C3%A9n/")[1]


def test_metrics_are_for_this_machine_only_and_not_for_its_proxy(server: Server) -> None:
    assert ask(server, "/metrics")[0] == 200
    assert ask(server, "/metrics", {"X-Forwarded-For": "192.0.2.7"})[0] == 404


def test_a_header_with_an_underscore_is_not_taken_for_the_proxys(server: Server) -> None:
    _status, _body, honest = ask(server, "/healthz", {"X-Forwarded-Proto": "https"})
    _status, _body, forged = ask(server, "/healthz", {"X_Forwarded_Proto": "https"})

    assert "Strict-Transport-Security" in honest
    assert "Strict-Transport-Security" not in forged


def save(server: Server, body: bytes, headers: Headers | None = None) -> int:
    site = {"Origin": server.url, "Content-Type": "application/json"}
    return ask(server, "/werkblad/bewaren/", {**site, **(headers or {})}, body)[0]


def test_bodies_come_through(server: Server) -> None:
    body = json.dumps({"framework": "lob", "role": "mentor", "key": new_key()}).encode()

    assert save(server, body) == 200
    assert save(server, body + b" " * 1_500_000) == 200
    assert save(server, b"{") == 400
    assert save(server, b"") == 400


def test_a_body_without_a_length_is_bounded_too(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    pieces = (b" " * 100_000 for _number in range(30))
    headers = {"Origin": server.url, "Content-Type": "application/json"}
    try:
        connection.request("POST", "/werkblad/bewaren/", pieces, headers, encode_chunked=True)
        assert connection.getresponse().status == 413
    except (BrokenPipeError, ConnectionResetError):
        pass  # refused while we were still sending


def test_a_body_in_chunks_is_bounded_whatever_length_it_says(server: Server) -> None:
    """Without an end to it: who waits for the whole body waits in vain."""
    head = (
        f"POST /werkblad/bewaren/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"Origin: {server.url}\r\nContent-Type: application/json\r\n"
        "Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"%x\r\n" % 100_000 + b" " * 100_000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        try:
            connection.sendall(head.encode() + chunk * 30)
            assert connection.recv(100).startswith(b"HTTP/1.1 4")
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused while we were still sending


def test_a_body_with_a_length_is_bounded(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.putrequest("POST", "/werkblad/bewaren/")
    connection.putheader("Content-Length", "3000000")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Origin", server.url)
    connection.endheaders()

    assert connection.getresponse().status == 413


def test_there_is_room_for_so_many_bodies_at_a_time() -> None:
    from raamwerk.config.rsgi import BodiesUnderway, BodyRefusedError

    underway = BodiesUnderway(100)
    underway.take(60)
    with pytest.raises(BodyRefusedError):
        underway.take(50)
    underway.give_back(60)
    underway.take(100)


def test_behind_https_only_a_cookie_that_browsers_guard_opens_anything(server: Server) -> None:
    """Another site under the same domain can plant a cookie, but none whose name has __Host-."""
    key, words = new_key(), "Alleen voor mij"
    host = f"127.0.0.1:{server.port}"
    headers = {
        "Content-Type": "application/json",
        "Origin": f"https://{host}",
        "X-Forwarded-Proto": "https",
    }
    point = {"field": "visie-rol", "text": words, "base": "", "writer": "w", "sequence": 1}
    first_save = {"framework": "lob", "role": "mentor", "points": [point]}
    for body, cookie in (({**first_save, "key": key}, ""), (first_save, f"__Host-werkblad={key}")):
        status, _answer, said = ask(
            server, "/werkblad/bewaren/", {**headers, "Cookie": cookie}, json.dumps(body).encode()
        )
        assert status == 200
        assert said["Set-Cookie"].startswith(f"__Host-werkblad={key};")
        assert "Secure" in said["Set-Cookie"]
        assert "Path=/;" in said["Set-Cookie"]
        assert "Domain" not in said["Set-Cookie"]

    def page(name: str) -> str:
        return ask(server, "/lob/mentor/", {**headers, "Cookie": f"{name}={key}"})[1]

    assert words in page("__Host-werkblad")
    assert words not in page("werkblad")
