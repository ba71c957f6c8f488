"""The checks of single values: each tells the fault in one part, or None."""

import re
from datetime import date
from typing import get_args
from urllib.parse import urlsplit

from raamwerk.frameworks.faults import Fault, Say
from raamwerk.frameworks.file_text import stray
from raamwerk.frameworks.formats import FORMATS, NEWEST_FORMAT
from raamwerk.frameworks.languages import well_formed
from raamwerk.frameworks.model import FootnoteStatus
from raamwerk.frameworks.tree import Part
from raamwerk.wording import gettext_noop

LONGEST_ID = 80
LONGEST_ADDRESS = 2000
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LETTER = re.compile(r"[A-Z]")
NUMBER = re.compile(r"[1-9][0-9]{0,3}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEAR = re.compile(r"[1-9][0-9]{3}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
NO_ADDRESS = re.compile(r"[\s\"<>\\^`{|}]")
STATUSES = get_args(FootnoteStatus)

KIND_NAMES = {
    "date": gettext_noop("a date"),
    "keys": gettext_noop("a set of keys"),
    "list": gettext_noop("a list"),
    "nothing": gettext_noop("nothing"),
    "number": gettext_noop("a number"),
    "other": gettext_noop("something else"),
    "text": gettext_noop("a text"),
    "truth": gettext_noop("yes or no"),
}


def kind_name(part: Part, _: Say) -> str:
    """What a part is, in words."""
    return _(KIND_NAMES[part.kind])


def text(part: Part, _: Say) -> Fault | None:
    """Words, in one paragraph or more."""
    if part.kind not in {"text", "nothing"}:
        return _no_text(part, _)
    if not part.value or part.kind == "nothing":
        problem = _("The text of “{key}” is empty.").format(key=part.key)
        return part.fault(problem, _("Write it, or leave the key out where that is allowed."))
    trouble = stray(part.value, _)
    return part.fault(*trouble) if trouble else None


def line(part: Part, _: Say) -> Fault | None:
    """Words in one paragraph."""
    fault = text(part, _)
    if fault or "\n" not in part.value:
        return fault
    problem = _("The text of “{key}” has more than one paragraph.").format(key=part.key)
    return part.fault(problem, _("Make it one, with “>-” instead of “|” and no empty lines."))


def identifier(part: Part, _: Say) -> Fault | None:
    """A name that never changes meaning."""
    fault = text(part, _)
    if fault or (ID.fullmatch(part.value) and len(part.value) <= LONGEST_ID):
        return fault
    problem = _("“{value}” can't be used as “{key}”.").format(value=part.shown, key=part.key)
    cure = _("Use a–z and 0–9, words joined by a single hyphen, no more than {most} characters.")
    return part.fault(problem, cure.format(most=LONGEST_ID))


def letter(part: Part, _: Say) -> Fault | None:
    """A letter of the legend."""
    fault = text(part, _)
    if fault or LETTER.fullmatch(part.value):
        return fault
    problem = _("“{value}” can't be the letter of a source.").format(value=part.shown)
    return part.fault(problem, _("Use one capital letter, A to Z."))


def number(part: Part, _: Say) -> Fault | None:
    """The number of a footnote."""
    if part.kind == "number" and NUMBER.fullmatch(part.value):
        return None
    problem = _("“{key}” must be a whole number.").format(key=part.key)
    return part.fault(problem, _("Write it in digits, from 1 to 9999, without quotes."))


def format_number(part: Part, _: Say) -> Fault | None:
    """The version of the format that the file is in."""
    if part.kind == "number" and part.value in FORMATS:
        return None
    problem = _("The format “{value}” is unknown.").format(value=part.shown)
    cure = _("Write “format: {newest}”, or use a newer version of Raamwerk.").format(
        newest=NEWEST_FORMAT
    )
    return part.fault(problem, cure)


def truth(part: Part, _: Say) -> Fault | None:
    """Whether or not, in YAML's own words."""
    if part.kind == "truth" and part.value in {"true", "false"}:
        return None
    problem = _("“{key}” must be true or false.").format(key=part.key)
    return part.fault(problem, _("Write true or false, without quotes."))


def day(part: Part, _: Say) -> Fault | None:
    """A day of the calendar."""
    if DAY.fullmatch(part.value) and _in_calendar(part.value):
        return None
    problem = _("“{value}” is not a date.").format(value=part.shown)
    return part.fault(problem, _("Write year, month and day, as in 2026-11-24."))


def status(part: Part, _: Say) -> Fault | None:
    """Who wrote a footnote."""
    if part.value in STATUSES:
        return None
    problem = _("“{value}” can't be the status of a footnote.").format(value=part.shown)
    return part.fault(problem, _("Choose one of: {known}.").format(known=", ".join(STATUSES)))


def language(part: Part, _: Say) -> Fault | None:
    """A language tag."""
    fault = text(part, _)
    if fault or well_formed(part.value):
        return fault
    problem = _("“{value}” is not the code of a language.").format(value=part.shown)
    return part.fault(problem, _("Use a code of BCP 47, such as nl, fy, en-GB or zh-Hant."))


def uuid(part: Part, _: Say) -> Fault | None:
    """A name that is one of a kind everywhere."""
    fault = text(part, _)
    if fault or UUID.fullmatch(part.value):
        return fault
    problem = _("“{value}” is not a UUID.").format(value=part.shown)
    cure = _("Write 32 of 0–9 and a–f as 8-4-4-4-12, or leave it out; “uuidgen” makes a new one.")
    return part.fault(problem, cure)


def address(part: Part, _: Say) -> Fault | None:
    """An address on the web that is safe to link to."""
    fault = text(part, _)
    if fault or _on_the_web(part.value):
        return fault
    problem = _("“{value}” is not a web address.").format(value=part.shown)
    return part.fault(problem, _("Write it in full, starting with https:// or http://."))


def year(part: Part, _: Say) -> Fault | None:
    """A year of publication."""
    if part.kind in {"number", "text"} and YEAR.fullmatch(part.value):
        return None
    problem = _("“{value}” is not a year.").format(value=part.shown)
    return part.fault(problem, _("Write it in four digits, as in 2017."))


def _on_the_web(value: str) -> bool:
    if len(value) > LONGEST_ADDRESS or NO_ADDRESS.search(value):
        return False
    try:
        parts = urlsplit(value)
        _port = parts.port
    except ValueError:
        return False
    named = bool(parts.hostname) and "@" not in parts.netloc
    return parts.scheme in {"https", "http"} and named


def _no_text(part: Part, _: Say) -> Fault:
    problem = _("“{key}” must be a text, but is {kind}.")
    if part.kind in {"keys", "list"}:
        cure = _("Write one text here.")
    else:
        cure = _('Put quotes around it: "{value}".').format(value=part.shown)
    return part.fault(problem.format(key=part.key, kind=kind_name(part, _)), cure)


def _in_calendar(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False
