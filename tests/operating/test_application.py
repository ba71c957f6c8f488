"""The real server hands requests on as they came: addresses, headers, cookies and bodies."""

import http.client
import json
import socket
from collections.abc import Iterator

import pytest

from raamwerk.server.bodies import Bodies, BodyRefusedError
from tests.person import BEGIN, OVERVIEW, ROLE, SAVE, Person, ask
from tests.serving import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data"), BEHIND_HTTPS="yes") as running:
        yield running


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/lob/mentor/", 200),
        ("/lob/mentor/?gebied=visie", 200),
        ("/lob/%C3%A9%C3%A9n/", 404),
        ("/lob/%ff%00/", 404),
        ("/lob/mentor/?gebied=%C3%A9", 404),
        ("/lob/mentor/?gebied=%ff", 302),
        ("//evil.example/", 404),
    ],
)
def test_any_address_is_answered(server: Server, path: str, status: int) -> None:
    assert ask(server, path).status == status


def test_an_address_comes_through_letter_by_letter(server: Server) -> None:
    assert "één" in ask(server, f"/en{OVERVIEW}%C3%A9%C3%A9n/").words


def test_metrics_are_for_this_machine_only_and_not_for_its_proxy(server: Server) -> None:
    assert ask(server, "/metrics").status == 200
    assert ask(server, "/metrics", {"X-Forwarded-For": "192.0.2.7"}).status == 404


def test_a_header_with_an_underscore_is_not_taken_for_the_proxys(server: Server) -> None:
    honest = ask(server, "/healthz", {"X-Forwarded-Proto": "https"})
    forged = ask(server, "/healthz", {"X_Forwarded_Proto": "https"})

    assert honest.header("strict-transport-security")
    assert not forged.header("strict-transport-security")


def save(server: Server, body: bytes) -> int:
    person = Person(server)
    person.begin()
    return person.ask(SAVE, body, "application/json").status


def test_bodies_come_through(server: Server) -> None:
    body = json.dumps({"framework": "lob", "role": "mentor"}).encode()

    assert save(server, body) == 200
    assert save(server, body + b" " * 1_500_000) == 200
    assert save(server, b"{") == 400
    assert save(server, b"") == 400


def test_several_lines_of_cookies_are_all_read(server: Server) -> None:
    person = Person(server)
    person.note("van mij")
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.putrequest("GET", ROLE)
    for cookie in ("a=b", person.cookie, "c=d"):
        connection.putheader("Cookie", cookie)
    connection.endheaders()

    assert "van mij" in connection.getresponse().read().decode()


def test_headers_that_are_no_ascii_come_through(server: Server) -> None:
    """One odd header of another program spoils nothing: not the cookie, not the page."""
    person = Person(server)
    person.note("van mij")
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        head = (
            f"GET {ROLE} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n"
            f"X-Name: Zoë\r\nCookie: naam=Zoë; {person.cookie}\r\n\r\n"
        )
        connection.sendall(head.encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"van mij" in answer


def test_a_body_without_a_length_is_bounded_too(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    pieces = (b" " * 100_000 for _number in range(30))
    headers = {"Origin": server.url, "Content-Type": "application/json"}
    try:
        connection.request("POST", "/werkbladen/bewaren/", pieces, headers, encode_chunked=True)
        assert connection.getresponse().status == 413
    except (BrokenPipeError, ConnectionResetError):
        pass  # refused while we were still sending


def test_a_body_in_chunks_is_bounded_whatever_length_it_says(server: Server) -> None:
    """Without an end to it: who waits for the whole body waits in vain."""
    head = (
        f"POST /werkbladen/bewaren/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
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
    connection.putrequest("POST", "/werkbladen/bewaren/")
    connection.putheader("Content-Length", "3000000")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Origin", server.url)
    connection.endheaders()

    assert connection.getresponse().status == 413


def test_there_is_room_for_so_many_bodies_at_a_time() -> None:
    underway = Bodies(160)
    for each in "abcd":
        underway.take(20, (each, False))
    with pytest.raises(BodyRefusedError):
        underway.take(1, ("e", False))
    underway.take(10, ("known", True))
    underway.give_back(20, ("a", False))
    underway.take(20, ("e", False))


def test_one_address_fills_a_part_of_that_room() -> None:
    underway = Bodies(160)
    for known, most in ((False, 20), (True, 10)):
        underway.take(most - 5, ("one", known))
        with pytest.raises(BodyRefusedError):
            underway.take(6, ("one", known))
        underway.take(most, ("another", known))
        underway.give_back(most - 5, ("one", known))
        underway.take(most, ("one", known))


def test_behind_https_only_a_cookie_that_browsers_guard_opens_anything(server: Server) -> None:
    """Another site under the same domain can plant a cookie, but none whose name has __Host-."""
    headers = {"X-Forwarded-Proto": "https", "Origin": f"https://127.0.0.1:{server.port}"}
    given = ask(server, BEGIN, headers, b"")
    [cookie] = given.cookies()
    name, _equals, secret = cookie.partition(";")[0].partition("=")
    assert name.startswith("__Host-werkblad-")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "HttpOnly" in cookie
    assert "Domain" not in cookie
    person = Person(server, {name: secret})
    person.note("Alleen voor mij")

    def page(cookie_name: str) -> str:
        return ask(server, ROLE, {"Cookie": f"{cookie_name}={secret}"}).words

    for guarded in (name, "__Host-werkblad", "__Host-werkblad-other"):
        assert "Alleen voor mij" in page(guarded)
    for planted in ("werkblad", "werkblad-AbCdEfGh", "__Secure-werkblad", "__host-werkblad"):
        assert "Alleen voor mij" not in page(planted)
