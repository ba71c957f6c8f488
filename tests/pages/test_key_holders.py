"""What is the same for everyone is the same for whoever holds a key; own pages come compressed."""

import gzip

import pytest

from tests.pages.conftest import OVERVIEW, ROLE, Visitor

SAME = [
    "/lob/bronnen/",
    "/en/lob/bronnen/",
    "/privacy/",
    "/over/",
    "/voor-scholen/",
    "/voor-eigenaren/",
    "/toegankelijkheid/",
    "/livez",
]


@pytest.mark.parametrize("path", SAME)
def test_a_key_makes_no_difference(visitor: Visitor, path: str) -> None:
    stranger = Visitor().get(path)
    visitor.note("tekst")

    holder = visitor.get(path)

    assert holder.content == stranger.content
    assert dict(holder.headers) == dict(stranger.headers)
    assert "Cookie" not in holder.headers.get("Vary", "")
    assert holder["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"


@pytest.mark.parametrize("path", SAME)
def test_a_browser_that_has_it_already_gets_nothing_new(visitor: Visitor, path: str) -> None:
    visitor.note("tekst")
    etag = visitor.get(path)["ETag"]

    again = visitor.get(path, headers={"If-None-Match": etag})

    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == etag


@pytest.mark.parametrize("path", ["/", ROLE, "/lob/wie-doet-wat/"])
def test_a_page_with_room_for_notes_is_shared_by_strangers_only(
    visitor: Visitor, path: str
) -> None:
    stranger = visitor.get(path)
    visitor.note("tekst")
    holder = visitor.get(path)

    assert "public" in stranger["Cache-Control"]
    assert "Cookie" in stranger["Vary"]
    assert holder["Cache-Control"] == "no-store, private"
    assert "ETag" not in holder


@pytest.mark.parametrize("path", [ROLE, OVERVIEW, "/werkbladen/", "/lob/bronnen/"])
def test_pages_come_compressed(visitor: Visitor, path: str) -> None:
    visitor.note("tekst")
    whole = visitor.get(path)

    answer = visitor.get(path, headers={"Accept-Encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == whole.content
    assert len(answer.content) < len(whole.content) / 2
    assert "Accept-Encoding" in answer["Vary"]
    assert int(answer["Content-Length"]) == len(answer.content)


@pytest.mark.parametrize("accepted", ["", "identity", "br;q=0, gzip;q=0", "deflate"])
def test_whoever_can_read_no_compression_gets_it_whole(visitor: Visitor, accepted: str) -> None:
    answer = visitor.get("/lob/bronnen/", headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in answer
    assert answer.content.startswith(b"<!doctype html>")


def test_the_first_view_of_an_own_page_is_small(visitor: Visitor) -> None:
    """At most 25 kB over the wire, with the style sheet and scripts counted apart."""
    visitor.note("tekst")

    answer = visitor.get(ROLE, headers={"Accept-Encoding": "gzip, deflate, br"})

    assert len(answer.content) < 25_000
