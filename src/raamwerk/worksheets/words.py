"""What pages say about notes: how many, when saved, and why something is not."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raamwerk.notes import Amount
from raamwerk.web.rendering import current_language
from raamwerk.worksheets.changes import TooLong


def saved_words(saved_at: datetime | None) -> str:
    """When a worksheet was last saved, in words; nothing where there is none.

    By the clock of this installation, and the same after a save as on a page that is read later. The day is
    told where it is not today.
    """
    if saved_at is None:
        return ""
    minute = saved_at.replace(second=0, microsecond=0)
    return _saved_words(minute, timezone.localdate(), current_language())


@lru_cache(maxsize=1000)
def _saved_words(minute: datetime, today: date, _language: str) -> str:
    moment = timezone.localtime(minute)
    time = formats.date_format(moment, "H:i")
    if moment.date() == today:
        return _("Saved at {time}").format(time=time)
    day = formats.date_format(moment, "j F" if moment.year == today.year else "j F Y")
    return _("Saved on {day} at {time}").format(day=day, time=time)


def begun_words(begun_at: datetime) -> str:
    """When a worksheet was begun, in words."""
    moment = timezone.localtime(begun_at)
    return _("Started on {day} at {time}").format(
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


def no_cookie_words() -> str:
    """Why nothing can be kept for a browser that gives no cookie back."""
    return _(
        "Not saved: this browser does not accept our cookie, so we can't keep your worksheet. "
        "Allow it, or copy your text before you leave."
    )


def conflict_words() -> str:
    """What to say when another window changed the same field."""
    return _(
        "This field has also been changed elsewhere, for example in another window. Both texts "
        "are here: choose what to keep."
    )


def amount_words(amount: Amount) -> str:
    """How much was noted, in words: texts and ticks apart, the same on every page."""
    return _amount_words(amount, current_language())


@lru_cache(maxsize=1000)
def _amount_words(amount: Amount, _language: str) -> str:
    ticks = tick_sentence(amount.ticks).format(count=amount.ticks)
    return f"{texts_words(amount)} · {ticks}"


def texts_words(amount: Amount) -> str:
    """In how many fields of how many a text was noted."""
    return texts_sentence().format(texts=amount.texts, fields=amount.fields)


def texts_sentence() -> str:
    """The sentence for texts, with places for the numbers."""
    return _("{texts} of {fields} fields")


def tick_sentence(count: int) -> str:
    """The sentence for so many ticks, with a place for the number."""
    return ngettext("{count} tick", "{count} ticks", count)


def room_sentence(count: int) -> str:
    """The sentence for so many characters that still fit, with a place for the number."""
    return ngettext("{count} character left", "{count} characters left", count)


def excess_sentence(count: int) -> str:
    """The sentence for so many characters over the limit, with a place for the number."""
    return ngettext("{count} character too many", "{count} characters too many", count)


def refusal_words(why: TooLong) -> str:
    """Why a text can't be saved, and what to do about it."""
    return ngettext(
        "Not saved yet: the text is {count} character too long. Shorten it a little.",
        "Not saved yet: the text is {count} characters too long. Shorten it a little.",
        why.over,
    ).format(count=why.over)


def first_words(text: str, most: int = 120) -> str:
    """The first words of a text in one line, cut between words where it is longer."""
    said = " ".join(text.split())
    if len(said) <= most:
        return said
    whole_words, _space, _rest = said[:most].rpartition(" ")
    return f"{whole_words or said[: most - 1]}…"


def lost_words() -> str:
    """That something was left out that nobody sees."""
    return _("Invisible characters that came with pasted text have been left out.")
