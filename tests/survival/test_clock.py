"""A clock that was set back costs nobody a word, and holds nobody back."""

import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from raamwerk.frameworks.library import current_edition
from raamwerk.frameworks.model import Edition, Role
from raamwerk.notes import Notes
from raamwerk.owners.access import begin_owner
from raamwerk.web.rate_limit import WINDOW_SECONDS, RateLimit
from raamwerk.worksheets.changes import Base, Changes, TextChange
from raamwerk.worksheets.erase import purge
from raamwerk.worksheets.read import open_desk
from raamwerk.worksheets.save import SaveRequest, save

FIELD = "visie-rol"
YEARS = timedelta(days=3 * 365)


def the_role() -> tuple[Edition, Role]:
    edition = current_edition("lob")
    assert edition
    role = edition.role("mentor")
    assert role
    return edition, role


def write(secret: str, text: str, revision: int, sequence: int) -> None:
    """A save of the same page, made from this revision."""
    change = TextChange(FIELD, text, Base(revision), "w1", sequence)
    edition, role = the_role()
    assert save(SaveRequest((secret,), edition, role, Changes((change,)))).whole


def notes_of(secret: str) -> Notes:
    worksheet = open_desk((secret,), "lob", "mentor").worksheet
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
    secret = begin_owner()
    write(secret, "eerst", 0, 1)

    set_back(monkeypatch, YEARS)
    write(secret, "later", 1, 2)

    assert notes_of(secret).points == {FIELD: "later"}


def test_the_worksheet_worked_on_last_is_shown_whatever_the_clock_says(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = begin_owner()
    write(secret, "eerst", 0, 1)
    with monkeypatch.context() as meanwhile:
        set_back(meanwhile, YEARS)
        write(secret, "later", 1, 2)

    desk = open_desk((secret,), "lob", "mentor")
    assert desk.worksheet
    assert timezone.now() - desk.worksheet.changed_at < timedelta(days=1)


def test_what_was_saved_meanwhile_is_not_purged_when_the_clock_is_right_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = begin_owner()
    write(secret, "eerst", 0, 1)
    with monkeypatch.context() as meanwhile:
        set_back(meanwhile, YEARS)
        write(secret, "later", 1, 2)

    assert purge(timedelta(days=400), timedelta(days=42)) == 0
    assert notes_of(secret).points == {FIELD: "later"}


def test_a_clock_that_was_ahead_does_not_make_today_count_as_unused(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        set_back(meanwhile, -YEARS)
        secret = begin_owner()
        write(secret, "eerst", 0, 1)
    write(secret, "later", 1, 2)

    assert purge(timedelta(days=400), timedelta(days=42)) == 0
    assert notes_of(secret).points == {FIELD: "later"}


def test_nobody_waits_for_the_clock_to_catch_up(monkeypatch: pytest.MonkeyPatch) -> None:
    counter, measured = RateLimit(), time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: measured)
    assert counter.hit(1, "somebody")
    assert not counter.hit(1, "somebody")

    set_back(monkeypatch, timedelta(hours=1))
    assert not counter.hit(1, "somebody")
    monkeypatch.setattr(time, "monotonic", lambda: measured + WINDOW_SECONDS)

    assert counter.hit(1, "somebody")
    assert not counter.hit(1, "somebody")
