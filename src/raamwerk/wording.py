"""The words of the interface for the floors that know no Django: the same catalogue, by gettext."""

import gettext
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "to translate, but later"
    """Mark a message for translation without translating it here."""
    return message


MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


@cache
def wording(language: str) -> Callable[[str], str]:
    """The function that says a message in ``language``; English where a translation lacks."""
    return gettext.translation("django", LOCALE, [language], fallback=True).gettext


def written_date(day: date, language: str) -> str:
    """A date as people write it: ``24 november 2026``, ``24 November 2026``."""
    return f"{day.day} {wording(language)(MONTHS[day.month - 1])} {day.year}"
