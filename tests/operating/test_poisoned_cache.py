"""No stranger decides what others get: not by odd encodings, and not by queries of static files."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from raamwerk.fastpath import answering
from tests.operating.test_fast_path import Site, site
from tests.pages.conftest import ROLE

__all__ = ["site"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("static_files")]

STATIC = ["site/raamwerk.css", "worksheets/worksheet.js"]
ODD = [
    "gzip, br;q=0",
    "br;q=0",
    "identity;q=0",
    "identity;q=0, br;q=0, gzip;q=0",
    "gzip;q=0, br",
    "br;q=0, *",
    "*;q=0",
    "br;q=x, gzip",
    "zebra, gzipped, brr",
]
ORDINARY = ["", "gzip", "gzip, deflate, br"]


def addresses() -> list[str]:
    return ["/", ROLE, "/lob/bronnen/", *map(staticfiles_storage.url, STATIC)]


def everything(of: Site) -> dict[tuple[str, str], tuple[object, ...]]:
    """What ordinary browsers get, by address and by what they accept."""
    answers: dict[tuple[str, str], tuple[object, ...]] = {}
    for path in addresses():
        for accepted in ORDINARY:
            reply = of.ask(path, accept_encoding=accepted)
            assert reply.status == 200
            answers[path, accepted] = (sorted(reply.headers), reply.content)
    return answers


def test_odd_encodings_change_nothing_for_others(site: Site) -> None:
    expected = everything(Site())

    for accepted in ODD:
        for path in addresses():
            for _time in range(2):
                assert site.ask(path, accept_encoding=accepted).status == 200

    assert everything(site) == expected
    assert everything(site) == expected


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("name", STATIC)
def test_a_strange_query_of_a_static_file_makes_no_entry(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = staticfiles_storage.url(name)
    monkeypatch.setattr(answering, "MOST_ENTRIES", 3)
    small = Site()
    small.ask(ROLE)
    small.ask(path)

    assert all(small.asks_django(path, query="x=1") for _time in range(2))
    for number in range(9):
        small.ask(path, query=f"v={number}")

    assert not small.asks_django(ROLE)
    assert not small.asks_django(path)
