"""A clock that was set back costs nobody a word, and holds nobody back."""

import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from raamwerk.pages.counter import WINDOW_SECONDS, Counter
from raamwerk.worksheets.keeping import keep, open_worksheet, purge
from raamwerk.worksheets.keys import new_key

from raamwerk.frameworks.library import current_edition
from raamwerk.frameworks.model import Edition, Role
from raamwerk.notes import Notes
from raamwerk.worksheets.changes import Changes, PointChange, fingerprint
from raamwerk.worksheets.models import Key

FIELD = "visie-rol"
YEARS = timedelta(days=3 * 365)


def the_role() -> tuple[Edition, Role]:
    edition = current_edition("lob")
    assert edition
    role = edition.role("mentor")
    assert role
    return edition, role


def write(key: str, text: str, before: str, sequence: int) -> None:
    change = PointChange(FIELD, text, fingerprint(before), "w1", sequence)
    kept = keep(key, *the_role(), Changes((change,)), begin=True)
    assert kept.whole


def notes_of(key: str) -> Notes:
    worksheet = open_worksheet(key, *the_role())
    assert worksheet
    return worksheet.notes


def set_back(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Every clock that says what time it is; not those that only measure how long things take."""
    real_now, real_time = timezone.now, time.time

    def earlier() -> datetime:
        return real_now() - by

    monkeypatch.setattr(timezone, "now", earlier)
    monkeypatch.setattr(time, "time", lambda: real_time() - by.total_seconds())


def test_later_words_win_whatever_the_clock_says(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    key = new_key()
    write(key, "eerst", "", 1)

    set_back(monkeypatch, YEARS)
    write(key, "later", "eerst", 2)

    assert notes_of(key).points == {FIELD: "later"}


def test_what_was_saved_meanwhile_is_not_purged_when_the_clock_is_right_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key()
    write(key, "eerst", "", 1)
    with monkeypatch.context() as meanwhile:
        set_back(meanwhile, YEARS)
        write(key, "later", "eerst", 2)
        Key.objects.update(created_at=timezone.now())

    assert purge(timedelta(days=400)) == 0
    assert notes_of(key).points == {FIELD: "later"}


def test_nobody_waits_for_the_clock_to_catch_up(monkeypatch: pytest.MonkeyPatch) -> None:
    counter, measured = Counter(), time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: measured)
    assert counter.hit(1, "somebody")
    assert not counter.hit(1, "somebody")

    set_back(monkeypatch, timedelta(hours=1))
    assert not counter.hit(1, "somebody")
    monkeypatch.setattr(time, "monotonic", lambda: measured + WINDOW_SECONDS)

    assert counter.hit(1, "somebody")
    assert not counter.hit(1, "somebody")
