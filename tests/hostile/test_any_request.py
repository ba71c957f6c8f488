"""Whatever is sent to any address: an answer that is clear and strict, and never a fault of ours.

``make endurance`` tries many more (``--tries``).
"""

import json
import re
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
    "/voor-scholen/",
    "/voor-eigenaren/",
    "/werkbladen/",
    "/werkbladen/beginnen/",
    "/werkbladen/bewaren/",
    "/werkbladen/nieuw/",
    "/werkbladen/naam/",
    "/werkbladen/editie/",
    "/werkbladen/wissen/",
    "/lob/bronnen/",
    "/lob/wie-doet-wat/",
    "/lob/mentor/",
    "/lob/mentor/overzicht/",
    "/lob/mentor/overzicht/pdf/",
    "/lob/mentor/overzicht/docx/",
    "/lob/mentor/overzicht/odt/",
    "/lob/mentor/overzicht/markdown/",
    "/en/lob/mentor/",
    "/en/werkbladen/bewaren/",
    "/en/lob/mentor/overzicht/pdf/",
    "/werkblad/",
    "/werkblad/bewaren/",
    "/werkblad/wissen/",
    "/werkblad/overzicht/",
    "/werkblad/overzicht/pdf/",
)
NAMES = (
    *("framework", "edition", "role", "worksheet", "rol", "gebied", "werkblad", "inhoud", "at"),
    *("texts", "marks", "mark", "marks-before", "field", "text", "base", "writer", "sequence"),
    *("shown", "text:name", "base:name", "text:title"),
    *("statement", "kind", "on", "text:visie-rol", "base:visie-rol", "keep:visie-rol"),
    *("other:visie-rol", "bevestigd"),
)
KNOWN = (
    *("lob", "2026-1", "mentor", "decaan", "visie", "visie-rol", "work-on", "notities", "other"),
    *("both", "new", "1.e3b0c44298fc1c14", "mentor-visie-rol-1:work-on"),
)
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
a_text = st.fixed_dictionaries(
    {
        "field": st.sampled_from(["visie-rol", "name", "title"]) | plain,
        "text": typed,
        "base": st.sampled_from(["", "0.e3b0c44298fc1c14", "e3b0c44298fc1c14"]) | plain,
        "writer": st.just("w") | plain,
        "sequence": st.integers(0, 9) | plain,
    }
)
a_mark = st.fixed_dictionaries(
    {
        "statement": st.just("mentor-visie-rol-1") | plain,
        "kind": st.just("work-on") | plain,
        "on": st.booleans() | plain,
        "base": st.integers(0, 9) | plain,
        "writer": st.just("w") | plain,
        "sequence": st.integers(0, 9) | plain,
    }
)
ordinary_save = st.fixed_dictionaries(
    {"framework": st.just("lob") | plain, "role": st.just("mentor") | plain},
    optional={
        "edition": st.just("2026-1") | plain,
        "worksheet": st.sampled_from(["", "new:"]) | plain,
        "texts": st.lists(a_text, max_size=3) | anything,
        "marks": st.lists(a_mark, max_size=3) | anything,
    },
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
                *("gzip, br", "br;q=0, *", f"werkblad-x={'a' * 43}; werkblad-y={'b' * 43}", "*"),
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
def cookie(server: Server) -> str:
    """The cookie of a worksheet that is there."""
    status, given, _body = ask(server, Request("POST", "/werkbladen/beginnen/", {}, b""))
    assert status == 204
    cookie = given["set-cookie"].partition(";")[0]
    body = json.dumps({"framework": "lob", "role": "mentor"}).encode()
    headers = {"Content-Type": "application/json", "Cookie": cookie}
    status, _headers, _body = ask(server, Request("POST", "/werkbladen/bewaren/", headers, body))
    assert status == 200
    return cookie


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
    server: Server, cookie: str, pytestconfig: pytest.Config
) -> None:
    @settings(
        max_examples=pytestconfig.getoption("--tries"),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(request=requests, with_key=st.booleans())
    def answers_strictly(request: Request, with_key: bool) -> None:
        shown = {"Cookie": cookie} if with_key else {}
        sent = Request(request.method, request.address, {**request.headers, **shown}, request.body)
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
    b"POST /werkbladen/bewaren/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
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
