"""Who begins is bounded by the room on the disk and by network address; who is here goes on."""

from types import SimpleNamespace
from typing import Any

import pytest

from raamwerk.web import beginnings
from raamwerk.web.rate_limit import RateLimit
from tests.pages.conftest import BEGIN, HERE, Visitor, text, text_in


@pytest.fixture(params=["no room", "too many"])
def closed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Any) -> int:
    """Nobody new may begin; the status that says so. Whoever began before this is there already."""
    if request.param == "no room":
        full = SimpleNamespace(total=10**12, used=10**12 - 10**6, free=10**6)
        monkeypatch.setattr("shutil.disk_usage", lambda _folder: full)
        return 507
    monkeypatch.setattr(beginnings, "_rate_limit", RateLimit(3600))
    settings.BEGINNINGS_PER_HOUR = 1
    Visitor().begin()
    return 429


@pytest.fixture
def visitor_of_before(visitor: Visitor) -> Visitor:
    visitor.note("al eerder")
    return visitor


def test_the_script_hears_why_and_keeps_trying(
    visitor_of_before: Visitor, other_visitor: Visitor, closed: int
) -> None:
    answer = other_visitor.post(BEGIN, headers={"Origin": HERE, "Accept": "application/json"})

    assert answer.status_code == closed
    assert answer.json()["message"]
    assert not other_visitor.keys


def test_a_form_keeps_what_was_typed(
    visitor_of_before: Visitor, other_visitor: Visitor, closed: int
) -> None:
    answer = other_visitor.save_form(**{"text:visie-rol": "mijn woorden"})

    page = answer.content.decode()
    assert answer.status_code == closed
    assert text_in(page) == "mijn woorden"
    assert 'class="notice"' in page


def test_who_began_before_goes_on(visitor_of_before: Visitor, closed: int) -> None:
    visitor_of_before.note("verder", "visie-deskundigheid")
    form = {"framework": "lob", "role": "decaan"}

    assert visitor_of_before.send_form("/werkbladen/nieuw/", form).status_code == 303
    assert text_in(visitor_of_before.page(), "visie-deskundigheid") == "verder"


def test_the_room_is_in_the_numbers(visitor: Visitor) -> None:
    numbers = visitor.page("/metrics")

    assert "raamwerk_disk_free_bytes" in numbers


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """A person may add 1,000 bytes an hour, and all at one address 2,000 more."""
    monkeypatch.setattr(beginnings, "A_PERSONS_WORTH", 1000)
    monkeypatch.setattr(beginnings, "_added_by_key", RateLimit(3600))
    monkeypatch.setattr(beginnings, "_added_at_address", RateLimit(3600))
    settings.BYTES_PER_HOUR = 2000


def test_who_adds_without_end_is_held_back_and_no_neighbour(
    visitor: Visitor, other_visitor: Visitor, little: None
) -> None:
    other_visitor.note("van een ander")
    visitor.note("x" * 4000)

    refused = visitor.save_json(texts=[text("nog meer", "visie-deskundigheid")])
    form = visitor.save_form(**{"text:orientatie-rol": "met de knop"})

    assert refused.status_code == form.status_code == 429
    assert refused.json()["problem"] == "too-much-new"
    assert refused["Retry-After"]
    other_visitor.note("gaat verder", "visie-deskundigheid")
    Visitor().note("is nieuw")


def test_writing_the_same_field_anew_adds_nothing(visitor: Visitor, little: None) -> None:
    base = ""
    for number in range(20):
        words = f"{number:03}" + "x" * 500
        change = text(words, base=base, sequence=number + 1)
        answer = visitor.save_json(texts=[change])
        assert answer.status_code == 200
        base = answer.json()["saved"]["visie-rol"]
