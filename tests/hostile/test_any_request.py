"""Whatever is sent to any address: an answer that is clear and strict, and never a fault of ours.

``make endurance`` tries many more (``--tries``).
"""

import json
import re
import secrets
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.serving import Server, serving

ADDRESSES = (
    "/",
    "/healthz",
    "/livez",
    "/metrics",
    "/.well-known/security.txt",
    "/static/raamwerk.css",
    "/privacy/",
    "/over/",
    "/werkblad/",
    "/werkblad/wissen/",
    "/werkblad/bewaren/",
    "/werkblad/overzicht/",
    "/werkblad/overzicht/pdf/",
    "/werkblad/overzicht/docx/",
    "/werkblad/overzicht/odt/",
    "/werkblad/overzicht/markdown/",
    "/lob/bronnen/",
    "/lob/wie-doet-wat/",
    "/lob/mentor/",
    "/en/lob/mentor/",
    "/en/werkblad/bewaren/",
    "/en/werkblad/overzicht/pdf/",
)
NAMES = (
    *("framework", "role", "rol", "gebied", "inhoud", "name", "school", "occasion", "key", "at"),
    *("points", "marks", "mark", "marks-before", "field", "text", "base", "writer", "sequence"),
    *("statement", "kind", "on", "text:visie-rol", "base:visie-rol", "keep:visie-rol"),
    *("other:visie-rol", "bevestigd"),
)
KNOWN = ("lob", "mentor", "decaan", "visie", "visie-rol", "work-on", "notities", "other", "both")
STRICT = ("content-security-policy", "x-content-type-options", "referrer-policy")

typed = st.text(max_size=60) | st.sampled_from([*KNOWN, "\0", "\ud800", "a" * 10**4])
plain = st.none() | st.booleans() | st.integers() | st.floats() | typed
anything = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | typed, inner, max_size=6)
    ),
    max_leaves=20,
)
ordinary_save = st.fixed_dictionaries(
    {"framework": st.just("lob") | plain, "role": st.just("mentor") | plain},
    optional={"points": anything, "marks": anything, "key": plain},
)
json_bodies = (ordinary_save | anything).map(lambda value: json.dumps(value).encode())


def as_form(fields: list[tuple[str, bytes]]) -> bytes:
    return "&".join(f"{name}={quote_from_bytes(value)}" for name, value in fields).encode()


form_values = st.binary(max_size=60) | st.sampled_from([each.encode() for each in KNOWN])
form_bodies = st.lists(st.tuples(st.sampled_from(NAMES), form_values), max_size=12).map(as_form)
header_values = st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60
)


@dataclass(frozen=True)
class Request:
    """What is sent."""

    method: str
    address: str
    headers: dict[str, str]
    body: bytes


requests = st.builds(
    Request,
    st.sampled_from(["GET", "HEAD", "POST", "POST", "POST", "PUT", "DELETE", "OPTIONS", "BREW"]),
    st.sampled_from(ADDRESSES)
    | st.binary(max_size=30).map(lambda raw: f"/{quote_from_bytes(raw)}")
    | st.builds(
        lambda address, query: f"{address}?{query.decode()}",
        st.sampled_from(ADDRESSES),
        form_bodies,
    ),
    st.dictionaries(
        st.sampled_from(
            [
                *("Content-Type", "Accept", "Accept-Language", "Accept-Encoding", "Cookie"),
                *("If-None-Match", "X-Forwarded-For", "X-Forwarded-Proto", "Range", "Referer"),
            ]
        ),
        header_values
        | st.sampled_from(
            [
                *("application/json", "application/x-www-form-urlencoded", "text/plain"),
                *("multipart/form-data; boundary=x", "werkblad=x", "nl", "en-GB,nl;q=0.1"),
            ]
        ),
        max_size=5,
    ),
    json_bodies | form_bodies | st.binary(max_size=200),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("hostile")) as running:
        yield running


@pytest.fixture(scope="module")
def key(server: Server) -> str:
    """The key of a worksheet that is there."""
    key = secrets.token_urlsafe(32)
    body = json.dumps({"framework": "lob", "role": "mentor", "key": key}).encode()
    headers = {"Content-Type": "application/json"}
    status, _headers, _body = ask(server, Request("POST", "/werkblad/bewaren/", headers, body))
    assert status == 200
    return key


def ask(server: Server, request: Request) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Origin": server.url, **request.headers}
    try:
        connection.request(request.method, request.address, request.body, headers)
        answer = connection.getresponse()
        return answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_every_request_gets_a_strict_answer(
    server: Server, key: str, pytestconfig: pytest.Config
) -> None:
    @settings(
        max_examples=pytestconfig.getoption("--tries"),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(request=requests, with_key=st.booleans())
    def answers_strictly(request: Request, with_key: bool) -> None:
        cookie = {"Cookie": f"werkblad={key}"} if with_key else {}
        sent = Request(request.method, request.address, {**request.headers, **cookie}, request.body)
        status, headers, body = ask(server, sent)
        assert 200 <= status < 500, (status, body[:500])
        if headers.get("content-type", "").startswith(("text/html", "application/json")):
            assert all(name in headers for name in STRICT), headers
        if status >= 400 and sent.method != "HEAD":
            assert body

    answers_strictly()


RAW = (
    b"",
    b"\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET\0/ HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n",
    b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /werkblad/bewaren/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
)


@pytest.mark.parametrize("raw", RAW, ids=range(len(RAW)))
def test_what_is_no_request_is_refused_and_the_site_goes_on(server: Server, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        answer = b""
        try:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65536):
                answer += piece
        except OSError:
            pass
    for status in re.findall(rb"HTTP/1\.[01] (\d{3})", answer):
        assert not status.startswith(b"5"), answer[:300]
    assert len(re.findall(rb"HTTP/1\.1 \d{3}", answer)) <= 1
    status, _headers, _body = ask(server, Request("GET", "/", {}, b""))
    assert status == 200


def test_nothing_of_it_was_a_fault(server: Server) -> None:
    """The server's own count agrees."""
    try:
        _status, _headers, numbers = ask(server, Request("GET", "/metrics", {}, b""))
    except HTTPException:
        pytest.fail("no numbers came")
    assert b'status="5xx"' not in numbers
