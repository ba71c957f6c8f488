"""A framework beside the built-in one is a whole one: saved, listed, downloaded and erased."""

from pathlib import Path

import pytest

from tests.pages.conftest import OVERVIEW, Visitor, text_in
from tests.pages.frameworks_beside import put_framework

FIELD, MARK = "zaaien-taak", "tuinier-zaait:work-on"


@pytest.fixture(params=["aap", "tuin"])
def other(request: pytest.FixtureRequest, beside: Path) -> str:
    """The name of a second framework, sorted before or after the built-in one."""
    put_framework(beside, request.param)
    return str(request.param)


def note_there(visitor: Visitor, other: str, words: str = "over zaaien") -> None:
    visitor.note(words, FIELD, framework=other, role="tuinier")


def test_the_start_page_lets_one_choose(visitor: Visitor, other: str) -> None:
    page = visitor.page("/")

    assert f'href="/{other}/tuinier/"' in page
    assert 'href="/lob/mentor/"' in page
    assert page.index("/lob/mentor/") < page.index(f"/{other}/tuinier/")


@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_an_address_without_a_role_leads_to_its_roles(
    visitor: Visitor, other: str, prefix: str
) -> None:
    for framework in ("lob", other):
        for asked in (f"{prefix}{framework}/", f"{prefix}{framework}/?x=1"):
            answer = visitor.get(asked)

            assert answer.status_code == 302
            assert answer["Location"] == f"{prefix}#roles-{framework}"
            assert f'id="roles-{framework}"' in visitor.page(prefix)


def test_its_pages_are_there(visitor: Visitor, other: str) -> None:
    for part in ("tuinier/", "tuinier/overzicht/", "bronnen/", "wie-doet-wat/"):
        assert "tuin" in visitor.page(f"/{other}/{part}").lower()


def test_what_is_noted_is_on_its_page_and_in_its_overview(visitor: Visitor, other: str) -> None:
    note_there(visitor, other)

    assert text_in(visitor.page(f"/{other}/tuinier/"), FIELD) == "over zaaien"
    assert "over zaaien" in visitor.page(f"/{other}/tuinier/overzicht/")
    assert "over zaaien" in visitor.page(f"/{other}/tuinier/overzicht/markdown/")


def test_the_other_one_is_as_it_was(visitor: Visitor, other: str) -> None:
    visitor.note("over loopbanen")
    note_there(visitor, other)

    assert text_in(visitor.page()) == "over loopbanen"
    assert "over loopbanen" in visitor.page(f"{OVERVIEW}markdown/")
    assert "over zaaien" not in visitor.page(f"{OVERVIEW}markdown/")


@pytest.mark.parametrize("page", ["/", "/werkbladen/", "/werkbladen/wissen/"])
def test_it_stands_among_my_worksheets(visitor: Visitor, other: str, page: str) -> None:
    visitor.note("over loopbanen")
    note_there(visitor, other)

    shown = visitor.page(page)

    assert f'href="/{other}/tuinier/' in shown
    assert f'href="/{other}/tuinier/overzicht/' in shown
    assert 'href="/lob/mentor/' in shown


@pytest.mark.django_db(transaction=True)
def test_it_can_be_erased_when_it_is_the_only_one(visitor: Visitor, other: str) -> None:
    note_there(visitor, other)
    assert 'method="post" action="/werkbladen/wissen/">' in visitor.page("/werkbladen/wissen/")

    visitor.erase()

    assert text_in(visitor.page(f"/{other}/tuinier/"), FIELD) == ""


def test_when_its_file_is_away_nothing_of_it_is_lost(
    visitor: Visitor, other: str, beside: Path
) -> None:
    from raamwerk.frameworks import library

    note_there(visitor, other)
    visitor.note("over loopbanen")

    library.serve_from(None)
    assert visitor.get(f"/{other}/tuinier/").status_code == 404
    assert "/lob/mentor/" in visitor.page("/werkbladen/")
    library.serve_from(beside)

    assert text_in(visitor.page(f"/{other}/tuinier/"), FIELD) == "over zaaien"
