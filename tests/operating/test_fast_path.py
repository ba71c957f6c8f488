"""The fast path answers again without Django, keeps no strange address, and gives nobody's words away."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.db import connections
from pytest_django import Settings

from raamwerk.fastpath import wrap
from raamwerk.server.django_threads import DjangoThreads
from raamwerk.web import health
from raamwerk.web.replies import Reply, Scope
from tests import event_loop
from tests.operating.test_both_paths import SAMPLES
from tests.pages.conftest import ROLE, Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("static_files")]


class CountingDjango:
    """Django, counting how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._django = DjangoThreads()

    async def answer(self, scope: Scope, body: bytes) -> Reply:
        self.asked += 1
        return await self._django.answer(scope, body)


@dataclass
class Site:
    """The whole site with its fast path, asked within this process."""

    django: CountingDjango = field(default_factory=CountingDjango)

    def __post_init__(self) -> None:
        self._answer = wrap(self.django.answer)

    def ask(self, path: str, method: str = "GET", query: str = "", **headers: str) -> Reply:
        return event_loop.run(self.answer(path, method, query, headers))

    async def answer(
        self, path: str, method: str, query: str, headers: dict[str, str], body: bytes = b""
    ) -> Reply:
        named = {"host": "testserver"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        scope: Scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8000),
            "scheme": "http",
        }
        return await self._answer(scope, body)

    def asks_django(self, path: str, **request: str) -> bool:
        before = self.django.asked
        self.ask(path, **request)
        return self.django.asked > before


@pytest.fixture
def site() -> Iterator[Site]:
    checks = list(health.CHECKS)
    yield Site()
    health.CHECKS[:] = checks
    connections.close_all()


def header(reply: Reply, name: str) -> str:
    return dict(reply.headers).get(name.encode(), b"").decode()


def own_cookie(visitor: Visitor) -> str:
    return "; ".join(f"{name}={value}" for name, value in visitor.keys.items())


@pytest.mark.parametrize("path", ["/", ROLE, "/en/", "/lob/bronnen/", "/privacy/", "/livez"])
def test_the_second_visitor_gets_the_same_bytes_without_django(site: Site, path: str) -> None:
    first, second = site.ask(path), site.ask(path)

    assert site.django.asked == 1
    assert second.content == first.content
    assert second.headers == first.headers


def test_it_comes_compressed_to_who_can_read_that(site: Site) -> None:
    whole = site.ask(ROLE)
    site.ask(ROLE, accept_encoding="gzip")
    compressed = site.ask(ROLE, accept_encoding="gzip")

    assert header(compressed, "content-encoding") == "gzip"
    assert gzip.decompress(compressed.content) == whole.content
    assert site.django.asked == 2


def test_who_has_the_page_already_gets_nothing_new(site: Site) -> None:
    etag = header(site.ask(ROLE), "etag")

    reply = site.ask(ROLE, if_none_match=etag)

    assert (reply.status, reply.content) == (304, b"")
    assert site.django.asked == 1


def test_what_is_the_same_for_everyone_is_so_for_whoever_holds_a_key(
    site: Site, visitor: Visitor
) -> None:
    visitor.note("tekst")
    site.ask("/lob/bronnen/")

    assert not site.asks_django("/lob/bronnen/", cookie=own_cookie(visitor))
    assert not site.asks_django("/lob/bronnen/", cookie=f"werkblad={'u' * 43}")


def test_an_own_page_comes_from_a_pattern_without_django(
    site: Site, visitor: Visitor, other_visitor: Visitor
) -> None:
    visitor.note("van mij")
    other_visitor.note("van een ander")
    first = site.ask(ROLE, cookie=own_cookie(visitor))

    again = site.ask(ROLE, cookie=own_cookie(visitor))
    theirs = site.ask(ROLE, cookie=own_cookie(other_visitor))

    assert site.django.asked == 1
    assert again.content == first.content
    assert b"van mij" in again.content
    assert b"van een ander" in theirs.content
    assert b"van mij" not in theirs.content
    assert header(again, "cache-control") == "no-store, private"


def test_nobody_gets_anothers_words(site: Site, visitor: Visitor) -> None:
    site.ask(ROLE)
    visitor.note("mijn eigen woorden")
    assert b"mijn eigen woorden" in site.ask(ROLE, cookie=own_cookie(visitor)).content

    for cookie in ("", "a=b", f"werkblad={'u' * 43}", "werkblad=kort"):
        assert b"mijn eigen woorden" not in site.ask(ROLE, cookie=cookie).content


def test_what_changed_is_on_the_next_page(site: Site, visitor: Visitor) -> None:
    visitor.note("eerst")
    site.ask(ROLE, cookie=own_cookie(visitor))
    visitor.save_form(**{"text:visie-deskundigheid": "daarna"})

    assert b"daarna" in site.ask(ROLE, cookie=own_cookie(visitor)).content


def test_areas_and_languages_are_different_pages(site: Site) -> None:
    asked = [
        site.ask(path, query=query)
        for _time in range(2)
        for path in (ROLE, f"/en{ROLE}")
        for query in ("", "gebied=visie", "gebied=organisatie")
    ]

    assert len({reply.content for reply in asked}) == 6
    assert site.django.asked == 6


@pytest.mark.parametrize(
    "query", ["x=1", "gebied=", "gebied=visie&x=1", "x=1&gebied=visie", "gebied=visie&gebied=visie"]
)
@pytest.mark.parametrize("path", ["/", ROLE, "/lob/bronnen/", "/werkbladen/"])
def test_a_strange_query_leads_to_the_address_without_it_and_is_not_kept(
    site: Site, path: str, query: str
) -> None:
    first = site.ask(path, query=query)

    assert first.status == 302
    assert header(first, "location") == (
        f"{path}?gebied=visie" if path == ROLE and "visie" in query else path
    )
    assert header(first, "cache-control") == "no-store, private"
    assert site.asks_django(path, query=query)


@pytest.mark.parametrize("route", SAMPLES)
def test_no_page_is_kept_under_a_strange_query(site: Site, route: str) -> None:
    path = SAMPLES[route][0].path.partition("?")[0]
    site.ask(path, query="x=1")

    assert site.asks_django(path, query="x=1")


@pytest.mark.parametrize("path", ["/niets/", "/lob/koning/", "/lob/mentor"])
def test_what_is_not_there_is_not_kept(site: Site, path: str) -> None:
    site.ask(path)

    assert site.asks_django(path)


@pytest.mark.parametrize("path", [ROLE, "/lob/bronnen/"])
def test_a_foreign_host_is_refused_also_when_the_page_is_cached(
    site: Site, visitor: Visitor, path: str
) -> None:
    visitor.note("tekst")
    for cookie in ("", own_cookie(visitor)):
        assert site.ask(path, cookie=cookie).status == 200

        for host in ("evil.example", "testserver.evil.example", "", "testserver:x", "a" * 70_000):
            assert site.ask(path, cookie=cookie, host=host).status == 400


def test_a_page_over_https_is_another_than_the_one_without(site: Site, settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    site.ask(ROLE)

    assert site.asks_django(ROLE, x_forwarded_proto="https")
