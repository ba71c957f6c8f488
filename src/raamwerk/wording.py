"""The words of the interface for the floors that know no Django: the same catalogue, by gettext."""

import gettext
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


def gettext_noop(message: str) -> str:
    """Mark a message for translation without translating it here."""
    return message


MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)


@cache
def wording(language: str) -> Callable[[str], str]:
    """The function that says a message in ``language``; English where a translation lacks."""
    return gettext.translation("django", LOCALE, [language], fallback=True).gettext


def written_date(day: date, language: str) -> str:
    """A date as people write it: ``24 november 2026``, ``24 November 2026``."""
    return f"{day.day} {wording(language)(MONTHS[day.month - 1])} {day.year}"
