"""The words of the interface for the floors that know no Django: the same catalogue, by gettext."""

import gettext
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES: Mapping[str, str] = MappingProxyType({"nl": "Nederlands", "en": "English"})
"""The languages of the interface by code, each by its own name; the first is the default.

Another one takes a catalogue in ``locale/`` and its place here; Django's settings read this.
"""

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
    """The gettext function of ``language``: English where it has no catalogue or no translation."""
    # A language tag says pt-BR, the folder of its catalogue pt_BR.
    names = [language.replace("-", "_")]
    return gettext.translation("django", LOCALE, names, fallback=True).gettext


def written_date(day: date, language: str) -> str:
    """A date as people write it: ``24 november 2026``, ``24 November 2026``."""
    _ = wording(language)
    return _("{day} {month} {year}").format(
        day=day.day, month=_(MONTHS[day.month - 1]), year=day.year
    )
