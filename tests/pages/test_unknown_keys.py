"""A key that this database does not know is never taken away, and opens again when it is known."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from raamwerk.owners.models import AccessKey, Owner
from raamwerk.worksheets.models import Worksheet
from tests.pages.conftest import (
    BEGIN,
    FORM,
    HERE,
    OVERVIEW,
    ROLE,
    Visitor,
    is_marked,
    text,
    text_in,
)

NOTICE = "opens no worksheet here"
PAGES = [
    "/",
    ROLE,
    "/lob/mentor/?gebied=visie",
    "/en/lob/mentor/",
    OVERVIEW,
    f"{OVERVIEW}pdf/",
    "/werkbladen/",
    "/werkbladen/wissen/",
    "/lob/bronnen/",
    "/privacy/",
    "/niets",
]
SECRET = "k" * 43


@pytest.fixture(params=["werkblad", "werkblad-AbCdEfGh"])
def stranger(request: pytest.FixtureRequest, visitor: Visitor) -> Visitor:
    """A browser with a key that opens nothing here."""
    visitor.cookies[request.param] = SECRET
    return visitor


@contextmanager
def another_database() -> Iterator[None]:
    """As with a wrong folder, an older backup or a replica that is behind: it knows nobody."""
    known = {each.pk: each.digest for each in AccessKey.objects.all()}
    for key in known:
        AccessKey.objects.filter(pk=key).update(digest=f"elsewhere {key}")
    yield
    for key, digest in known.items():
        AccessKey.objects.filter(pk=key).update(digest=digest)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_takes_it_away(stranger: Visitor, path: str) -> None:
    answer = stranger.get(path)

    assert answer.status_code in (200, 404, 409)
    assert not answer.cookies


@pytest.mark.parametrize("path", ["/", ROLE, OVERVIEW, "/werkbladen/", "/werkbladen/wissen/"])
def test_the_page_is_there_and_says_so(stranger: Visitor, path: str) -> None:
    assert NOTICE in stranger.page(f"/en{path}")


@pytest.mark.parametrize("path", ["/", ROLE, OVERVIEW, "/werkbladen/"])
def test_no_page_says_so_to_whoever_has_no_key(visitor: Visitor, path: str) -> None:
    assert NOTICE not in visitor.page(f"/en{path}")


def test_a_save_of_the_script_asks_to_begin_and_takes_nothing(stranger: Visitor) -> None:
    answer = stranger.send_json(texts=[text("tekst")])

    assert answer.status_code == 403
    assert answer.json()["problem"] == "no-key"
    assert not answer.cookies


def test_a_new_key_stands_beside_the_old_one(stranger: Visitor) -> None:
    stranger.begin()
    stranger.note("tekst")

    assert len(stranger.keys) == 2
    assert SECRET in stranger.keys.values()
    assert text_in(stranger.page()) == "tekst"


def test_a_form_begins_by_itself_with_all_that_it_shows(stranger: Visitor) -> None:
    answer = stranger.save_form(
        **{"text:visie-rol": "tekst", "mark": "mentor-visie-rol-1:work-on"},
        **{"marks-before": "mentor-visie-rol-1:work-on"},
    )

    assert answer.status_code == 303
    page = stranger.page()
    assert text_in(page) == "tekst"
    assert is_marked(page, "mentor-visie-rol-1:work-on")
    assert SECRET in stranger.keys.values()


def test_when_the_old_key_is_known_again_everything_of_both_is_there(visitor: Visitor) -> None:
    visitor.note("van voor het ongeluk")
    visitor.note("als decaan", role="decaan")
    with another_database():
        assert text_in(visitor.page()) == ""
        visitor.begin()
        visitor.note("van erna", "organisatie-rol")
        assert len(visitor.keys) == 2

    page = visitor.page()

    assert text_in(page) == "van voor het ongeluk"
    assert text_in(page, "organisatie-rol") == "van erna"
    assert text_in(visitor.page("/lob/decaan/")) == "als decaan"
    assert Owner.objects.count() == 1


def test_it_is_a_worksheet_of_its_own_when_much_time_lies_between(visitor: Visitor) -> None:
    visitor.note("van vorig jaar")
    Worksheet.objects.update(begun_at=timezone.now() - timedelta(days=300))
    with another_database():
        visitor.begin()
        visitor.note("van nu")

    addresses = [f"{ROLE}?werkblad={each.public_id}" for each in Worksheet.objects.all()]
    page = visitor.page()

    assert text_in(page) == "van nu"
    assert all(address in page for address in addresses)
    assert {text_in(visitor.page(each)) for each in addresses} == {"van vorig jaar", "van nu"}


def test_a_begin_that_finds_the_old_key_unknown_gives_one_more(stranger: Visitor) -> None:
    answer = stranger.post(BEGIN, headers={"Origin": HERE})

    assert [each.value != "" for each in answer.cookies.values()] == [True]


@pytest.mark.django_db(transaction=True)
def test_only_erasing_takes_keys_away(visitor: Visitor) -> None:
    visitor.note("tekst")
    visitor.cookies["werkblad-AbCdEfGh"] = SECRET

    visitor.post("/werkbladen/wissen/", "", FORM, headers={"Origin": HERE})

    assert visitor.keys == {}


@pytest.mark.parametrize("value", ["kort", "'; DROP TABLE owners_owner; --", "é" * 43, ""])
def test_what_can_be_no_key_counts_as_none(visitor: Visitor, value: str) -> None:
    visitor.cookies["werkblad"] = value

    assert NOTICE not in visitor.page(f"/en{ROLE}")
    assert visitor.send_json(texts=[text("tekst")]).status_code == 403


def test_one_odd_cookie_spoils_no_other(visitor: Visitor) -> None:
    visitor.note("tekst")
    [(name, secret)] = visitor.keys.items()
    header = f'odd="; werkbladen=x; a[b]=c; {name}={secret}; =; ;;'

    page = Visitor().get(ROLE, headers={"Cookie": header}).content.decode()

    assert text_in(page) == "tekst"
