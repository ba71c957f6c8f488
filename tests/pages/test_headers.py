"""Every answer carries the headers that keep a browser safe, and personal ones stay private."""

import pytest

from tests.pages.conftest import Visitor

PATHS = [
    "/",
    "/en/",
    "/lob/mentor/",
    "/lob/mentor/overzicht/",
    "/werkbladen/",
    "/werkbladen/?strange=1",
    "/werkblad/",
    "/niets",
    "/readyz",
    "/livez",
    "/privacy/",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_strict(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_page_with_notes_is_stored_nowhere(visitor: Visitor) -> None:
    visitor.note("tekst")

    for path in ("/", "/lob/mentor/", "/werkbladen/", "/lob/mentor/overzicht/"):
        assert visitor.get(path)["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("path", PATHS)
def test_reading_leaves_no_cookie(visitor: Visitor, path: str) -> None:
    assert not visitor.get(path).cookies


def test_nothing_on_a_page_comes_from_elsewhere(visitor: Visitor) -> None:
    page = visitor.get("/lob/mentor/").content.decode()

    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "<script>" not in page
    assert "style=" not in page
    assert " onclick" not in page
