"""What nobody used for long enough is deleted, and nothing else; opening and downloading is use."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raamwerk.owners.access import today
from raamwerk.owners.models import AccessKey, Owner
from raamwerk.worksheets import erase
from raamwerk.worksheets.erase import purge
from raamwerk.worksheets.models import Mark, Worksheet, WrittenText
from tests.pages.conftest import OVERVIEW, ROLE, Visitor, mark, text

KEEP, KEEP_EMPTY = timedelta(days=400), timedelta(days=42)

pytestmark = pytest.mark.django_db(transaction=True)


def used_last(days_ago: int) -> None:
    """Let everybody have come for the last time so many days ago."""
    then = today() - timedelta(days=days_ago)
    Owner.objects.update(used_on=then)
    AccessKey.objects.update(used_on=then)


def test_an_unused_worksheet_goes_with_everything_in_it(visitor: Visitor) -> None:
    visitor.note("tekst")
    visitor.save_json(marks=[mark()])
    used_last(401)

    assert purge(KEEP, KEEP_EMPTY) == 1
    for table in (Owner, AccessKey, Worksheet, WrittenText, Mark):
        assert not table.objects.exists()


def test_a_used_one_stays(visitor: Visitor) -> None:
    visitor.note("tekst")
    used_last(400)

    assert purge(KEEP, KEEP_EMPTY) == 0
    assert "tekst" in visitor.page()


def test_only_the_unused_go(visitor: Visitor, other_visitor: Visitor) -> None:
    visitor.note("van lang geleden")
    used_last(401)
    other_visitor.note("van gisteren")

    assert purge(KEEP, KEEP_EMPTY) == 1
    assert "van gisteren" in other_visitor.page()


WAYS_TO_USE: dict[str, Callable[[Visitor], Any]] = {
    "opening": lambda visitor: visitor.get(ROLE),
    "opening the overview": lambda visitor: visitor.get(OVERVIEW),
    "downloading": lambda visitor: visitor.get(f"{OVERVIEW}markdown/"),
    "the start page": lambda visitor: visitor.get("/"),
    "my worksheets": lambda visitor: visitor.get("/werkbladen/"),
    "saving": lambda visitor: visitor.save_json(texts=[text("meer", "visie-deskundigheid")]),
}


@pytest.mark.parametrize("way", WAYS_TO_USE)
def test_every_use_spares_all_of_the_same_owner(visitor: Visitor, way: str) -> None:
    visitor.note("tekst")
    visitor.note("als decaan", role="decaan")
    used_last(401)

    assert WAYS_TO_USE[way](visitor).status_code == 200

    assert purge(KEEP, KEEP_EMPTY) == 0
    assert "tekst" in visitor.page()
    assert "als decaan" in visitor.page("/lob/decaan/")


@pytest.mark.parametrize("way", [each for each in WAYS_TO_USE if each != "saving"])
def test_use_is_noted_at_most_once_a_day(visitor: Visitor, way: str) -> None:
    visitor.note("tekst")
    used_last(1)
    WAYS_TO_USE[way](visitor)
    assert Owner.objects.get().used_on == AccessKey.objects.get().used_on == today()

    with CaptureQueriesContext(connection) as queries:
        WAYS_TO_USE[way](visitor)

    assert not [each for each in queries if "UPDATE" in each["sql"]]


def test_a_clock_set_back_makes_nothing_older(visitor: Visitor) -> None:
    visitor.note("tekst")
    later = today() + timedelta(days=9)
    Owner.objects.update(used_on=later)

    visitor.get(ROLE)

    assert Owner.objects.get().used_on == later


def test_an_unknown_key_is_no_use(visitor: Visitor, other_visitor: Visitor) -> None:
    visitor.note("tekst")
    used_last(401)
    other_visitor.cookies["werkblad"] = "k" * 43

    other_visitor.get(ROLE)

    assert purge(KEEP, KEEP_EMPTY) == 1


def began_and_was_last_used(days_ago: int) -> None:
    """Let everybody have begun so many days ago, and have been there on that day only."""
    used_last(days_ago)
    then = datetime.now(UTC) - timedelta(days=days_ago)
    Owner.objects.update(created_at=then)


def erased_again(visitor: Visitor) -> None:
    base = visitor.note("toch niet")["saved"]["visie-rol"]
    visitor.save_json(texts=[text("", base=base, sequence=2)])


def unmarked_again(visitor: Visitor) -> None:
    visitor.save_json(marks=[mark()])
    visitor.save_json(marks=[mark(on=False, base=1, sequence=2)])


NOTHING: dict[str, Callable[[Visitor], Any]] = {
    "only a key": lambda visitor: visitor.begin(),
    "a worksheet without a word": lambda visitor: visitor.save_json(),
    "a text that was taken away": erased_again,
    "a mark that was taken away": unmarked_again,
}
SOMETHING: dict[str, Callable[[Visitor], Any]] = {
    "one letter": lambda visitor: visitor.note("x"),
    "a blank": lambda visitor: visitor.note(" "),
    "a name": lambda visitor: visitor.note("N", "name"),
    "a mark": lambda visitor: visitor.save_json(marks=[mark()]),
}


@pytest.mark.parametrize("what", NOTHING)
def test_who_noted_nothing_and_never_came_back_goes_sooner(visitor: Visitor, what: str) -> None:
    NOTHING[what](visitor)

    began_and_was_last_used(42)
    assert purge(KEEP, KEEP_EMPTY) == 0
    began_and_was_last_used(43)
    assert purge(KEEP, KEEP_EMPTY) == 1
    assert not AccessKey.objects.exists()


@pytest.mark.parametrize("what", SOMETHING)
def test_whoever_noted_anything_in_june_finds_it_in_september(visitor: Visitor, what: str) -> None:
    SOMETHING[what](visitor)

    began_and_was_last_used(120)
    assert purge(KEEP, KEEP_EMPTY) == 0
    began_and_was_last_used(400)
    assert purge(KEEP, KEEP_EMPTY) == 0


def test_who_came_back_on_another_day_stays(visitor: Visitor) -> None:
    visitor.begin()
    began_and_was_last_used(60)
    Owner.objects.update(used_on=today() - timedelta(days=50))

    assert purge(KEEP, KEEP_EMPTY) == 0


def test_what_was_never_sealed_is_not_taken_for_nothing(visitor: Visitor) -> None:
    """A short text of version 0.1 is shorter than a sealed one that holds nothing."""
    visitor.note("x")
    WrittenText.objects.update(sealed=b"\x00kort")
    AccessKey.objects.update(wrapped_key=None)
    began_and_was_last_used(60)

    assert purge(KEEP, KEEP_EMPTY) == 0


def test_it_goes_in_slices(
    visitor: Visitor, other_visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erase, "OWNERS_AT_ONCE", 2)
    for _time in range(5):
        Visitor().begin()
    began_and_was_last_used(60)
    visitor.note("van vandaag")

    assert purge(KEEP, KEEP_EMPTY) == 5
    assert "van vandaag" in visitor.page()
