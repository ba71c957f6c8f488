"""Pages that are the same for everyone are printed once, and never with anybody's words."""

import gzip
from collections.abc import Callable
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler

from raamwerk.pages.printed import PrintedPages
from tests.pages.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

Ask = Callable[..., tuple[str, dict[str, str], bytes]]


class CountingDjango:
    """Django, counting how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._django = WSGIHandler()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.asked += 1
        return self._django(environ, start_response)


@pytest.fixture
def django() -> CountingDjango:
    return CountingDjango()


@pytest.fixture
def ask(django: CountingDjango) -> Ask:
    application = PrintedPages(django)

    def ask(path: str, query: str = "", **environ: str) -> tuple[str, dict[str, str], bytes]:
        request: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, **environ}
        setup_testing_defaults(request)
        begun: list[Any] = []
        body = b"".join(application(request, lambda *said: begun.extend(said)))  # type: ignore[arg-type]
        return begun[0], dict(begun[1]), body

    return ask


def test_the_second_visitor_gets_the_same_bytes_without_django(
    ask: Ask, django: CountingDjango
) -> None:
    first = ask("/lob/mentor/")
    second = ask("/lob/mentor/")

    assert django.asked == 1
    assert second[2] == first[2]
    assert second[1]["Content-Security-Policy"] == first[1]["Content-Security-Policy"]


def test_it_comes_compressed_to_who_can_read_that(ask: Ask) -> None:
    whole = ask("/lob/mentor/")[2]
    _status, headers, body = ask("/lob/mentor/", HTTP_ACCEPT_ENCODING="gzip, br")

    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == whole


def test_who_has_the_page_already_gets_nothing_new(ask: Ask) -> None:
    etag = ask("/lob/mentor/")[1]["ETag"]

    status, _headers, body = ask("/lob/mentor/", HTTP_IF_NONE_MATCH=etag)

    assert status == "304 Not Modified"
    assert body == b""


def test_a_head_request_gets_no_body(ask: Ask) -> None:
    ask("/lob/mentor/")

    status, headers, body = ask("/lob/mentor/", REQUEST_METHOD="HEAD")

    assert status == "200 OK"
    assert int(headers["Content-Length"]) > 1000
    assert body == b""


def test_a_visitor_with_a_worksheet_gets_their_own_page(ask: Ask, visitor: Visitor) -> None:
    ask("/lob/mentor/")
    visitor.note("mijn eigen woorden")
    cookie = f"werkblad={visitor.cookies['werkblad'].value}"

    mine = ask("/lob/mentor/", HTTP_COOKIE=cookie)
    after = ask("/lob/mentor/")

    assert b"mijn eigen woorden" in mine[2]
    assert b"mijn eigen woorden" not in after[2]


@pytest.mark.parametrize("query", ["x=1", "gebied=", "gebied=visie&x=1", "utm_source=elders"])
def test_an_address_of_a_visitors_making_is_not_kept(
    ask: Ask, django: CountingDjango, query: str
) -> None:
    ask("/lob/mentor/", query)
    ask("/lob/mentor/", query)

    assert django.asked == 2


def test_areas_and_languages_are_different_pages(ask: Ask) -> None:
    pages = {
        ask(path, query)[2]
        for path in ("/lob/mentor/", "/en/lob/mentor/")
        for query in ("", "gebied=visie", "gebied=organisatie")
    }

    assert len(pages) == 6
