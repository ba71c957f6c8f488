"""Compression as it was asked for: nothing that is refused is sent, and an ETag names one encoding only."""

import gzip
from collections.abc import Iterator

import brotli
import pytest

from raamwerk.web.delivery import chosen_encoding
from tests.person import ROLE, Person, ask
from tests.serving import Server, serving


@pytest.fixture(scope="module", params=["on", "off"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data"), FASTPATH=request.param) as running:
        yield running


@pytest.fixture(scope="module")
def paths(server: Server) -> list[str]:
    """A page for everyone, and a style sheet and a script under the names that it gives them."""
    page = ask(server, ROLE).words
    named = {piece.partition('"')[0] for piece in page.split('="')[1:]}
    files = [each for each in named if each.startswith("/static/") and each[-3:] in ("css", ".js")]
    assert len(files) >= 2
    return [ROLE, "/en/privacy/", *files]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip;q=0", ""),
        ("gzip; q=0.000, br;q=0", ""),
        ("gzip;q=0, *", ""),
        ("*;q=1, gzip;q=0, br;q=0", ""),
        ("gzip;foo=1;q=0", ""),
        ("gzip;q=x", ""),
        ("gzip;q=1.2.3", ""),
        ("notgzip, x-gzip-not, brr", ""),
        ("identity", ""),
        ("", ""),
        ("*", "gzip"),
        ("*;q=0", ""),
        ("GZIP;Q=0.5", "gzip"),
        ("deflate, gzip;q=0.1, br;q=0", "gzip"),
        ("gzip;q=0, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
    ],
)
def test_nothing_is_sent_in_an_encoding_that_was_refused(
    server: Server, paths: list[str], accepted: str, encoding: str
) -> None:
    assert chosen_encoding(accepted) == encoding
    for path in paths:
        for _time in range(2):
            answer = ask(server, path, {"Accept-Encoding": accepted})

            assert answer.status == 200
            assert answer.header("content-encoding") == encoding, path
            assert "accept-encoding" in answer.header("vary").lower()


def test_a_strong_etag_names_one_encoding(server: Server, paths: list[str]) -> None:
    for path in paths:
        strong: dict[str, str] = {}
        for accepted in ("", "gzip", "br"):
            answer = ask(server, path, {"Accept-Encoding": accepted})
            tag = answer.header("etag")
            assert tag
            assert strong.setdefault(tag, accepted) == accepted or tag.startswith("W/"), path


def test_a_browser_that_names_the_etag_has_it_already(server: Server, paths: list[str]) -> None:
    for path in paths:
        for accepted in ("", "gzip", "br"):
            wanted = {"Accept-Encoding": accepted}
            tag = ask(server, path, wanted).header("etag")
            for _time in range(2):
                assert ask(server, path, wanted | {"If-None-Match": tag}).status == 304


def test_every_encoding_holds_the_same(server: Server, paths: list[str]) -> None:
    person = Person(server)
    person.note("mijn woorden")
    for path in paths:
        for cookie in ({}, {"Cookie": person.cookie}):
            plain, packed, smallest = (
                ask(server, path, {"Accept-Encoding": accepted, **cookie}).body
                for accepted in ("", "gzip", "br")
            )
            assert plain == gzip.decompress(packed) == brotli.decompress(smallest)
