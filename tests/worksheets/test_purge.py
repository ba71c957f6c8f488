"""What nobody used for long enough is deleted, and nothing else; opening and downloading is use."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raamwerk.owners.access import today
from raamwerk.owners.models import AccessKey, Owner
from raamwerk.worksheets.erase import purge
from raamwerk.worksheets.models import Mark, Worksheet, WrittenText
from tests.pages.conftest import OVERVIEW, ROLE, Visitor, mark, text

KEEP = timedelta(days=400)

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

    assert purge(KEEP) == 1
    for table in (Owner, AccessKey, Worksheet, WrittenText, Mark):
        assert not table.objects.exists()


def test_a_used_one_stays(visitor: Visitor) -> None:
    visitor.note("tekst")
    used_last(400)

    assert purge(KEEP) == 0
    assert "tekst" in visitor.page()


def test_only_the_unused_go(visitor: Visitor, other_visitor: Visitor) -> None:
    visitor.note("van lang geleden")
    used_last(401)
    other_visitor.note("van gisteren")

    assert purge(KEEP) == 1
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

    assert purge(KEEP) == 0
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

    assert purge(KEEP) == 1
