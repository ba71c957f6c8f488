"""What pages say about notes: how many, when saved, and why something is not."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raamwerk.web.rendering import current_language
from raamwerk.worksheets.changes import TooLong


def saved_words(saved_at: datetime | None) -> str:
    """When a worksheet was last saved, in words; nothing where there is none."""
    if saved_at is None:
        return ""
    return _saved_words(saved_at.replace(second=0, microsecond=0), current_language())


@lru_cache(maxsize=1000)
def _saved_words(minute: datetime, _language: str) -> str:
    moment = timezone.localtime(minute)
    return _("Saved on {day} at {time}").format(
        day=formats.date_format(moment, "j F"), time=formats.date_format(moment, "H:i")
    )


def begun_words(begun_at: datetime) -> str:
    """When a worksheet was begun, in words."""
    moment = timezone.localtime(begun_at)
    return _("Begun on {day} at {time}").format(
        day=formats.date_format(moment, "j F"), time=formats.date_format(moment, "H:i")
    )


def told_apart(worksheets: Sequence[tuple[str, datetime]]) -> list[str]:
    """What to say beside the title of each worksheet of one role, so that no two look alike.

    Each is given by its title and when it was begun. A title that only one has says enough.
    """
    if len(worksheets) == 1:
        return [""]
    titles = Counter(title.strip() for title, _begun in worksheets)
    said = Counter[tuple[str, str]]()
    words = [""] * len(worksheets)
    for at in sorted(range(len(worksheets)), key=lambda at: worksheets[at][1]):
        title, begun_at = worksheets[at]
        if title.strip() and titles[title.strip()] == 1:
            continue
        begun = begun_words(begun_at)
        said[title.strip(), begun] += 1
        number = said[title.strip(), begun]
        words[at] = begun if number == 1 else f"{begun} ({number})"
    return words


def saved_now_words(saved_at: datetime) -> str:
    """That it is saved, and at what time, by the clock of this installation."""
    return _saved_now_words(saved_at.replace(second=0, microsecond=0), current_language())


@lru_cache(maxsize=1000)
def _saved_now_words(minute: datetime, _language: str) -> str:
    return _("Saved at {time}").format(time=timezone.localtime(minute).strftime("%H:%M"))


def no_cookie_words() -> str:
    """Why nothing can be kept for a browser that gives no cookie back."""
    return _(
        "Not saved: this browser keeps no cookie of this site, so we can't keep your worksheet. "
        "Allow it, or copy your text before you leave."
    )


def conflict_words() -> str:
    """What to say when another window changed the same field."""
    return _(
        "This field was also changed elsewhere, for example in another window. "
        "Both texts are here: choose what to keep."
    )


def count_words(count: int) -> str:
    """How much was noted, in words."""
    return _count_words(count, current_language())


@lru_cache(maxsize=1000)
def _count_words(count: int, _language: str) -> str:
    return note_sentence(count).format(count=count)


def note_sentence(count: int) -> str:
    """The sentence for so many notes, with a place for the number."""
    return ngettext("{count} note", "{count} notes", count)


def refusal_words(why: TooLong) -> str:
    """Why a text can't be saved, and what to do about it."""
    return ngettext(
        "Not saved yet: the text is {count} character too long. Shorten it a little.",
        "Not saved yet: the text is {count} characters too long. Shorten it a little.",
        why.over,
    ).format(count=why.over)


def lost_words() -> str:
    """That something was left out that nobody sees."""
    return _("Invisible characters that came along with pasted text were left out.")
