"""One clock: when something was saved is told by the installation's, in summer and in winter."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from raamwerk.worksheets.words import saved_words

SUMMER, WINTER = (
    datetime(2026, 7, 1, 21, 59, 58, tzinfo=UTC),
    datetime(2026, 1, 1, 22, 30, tzinfo=UTC),
)


def told(saved_at: datetime, now: datetime, patch: pytest.MonkeyPatch, language: str = "nl") -> str:
    patch.setattr(timezone, "now", lambda: now)
    with override(language):
        return saved_words(saved_at)


@pytest.mark.parametrize(
    ("saved_at", "now", "words"),
    [
        (SUMMER, datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC), "Bewaard om 23:59"),
        (SUMMER, datetime(2026, 7, 1, 22, 0, tzinfo=UTC), "Bewaard op 1 juli om 23:59"),
        (WINTER, datetime(2026, 1, 1, 22, 59, tzinfo=UTC), "Bewaard om 23:30"),
        (WINTER, datetime(2026, 1, 1, 23, 0, tzinfo=UTC), "Bewaard op 1 januari om 23:30"),
        (WINTER, datetime(2027, 1, 1, 22, 59, tzinfo=UTC), "Bewaard op 1 januari 2026 om 23:30"),
    ],
)
def test_the_day_is_told_where_it_is_not_today(
    monkeypatch: pytest.MonkeyPatch, saved_at: datetime, now: datetime, words: str
) -> None:
    assert told(saved_at, now, monkeypatch) == words


def test_each_in_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 7, 3, 12, 0, tzinfo=UTC)

    assert told(SUMMER, now, monkeypatch, "en") == "Saved on 1 July at 23:59"
    assert told(SUMMER, now, monkeypatch, "nl") == "Bewaard op 1 juli om 23:59"
    assert told(now, now, monkeypatch, "en") == "Saved at 14:00"
