"""Deleting for good: what one person erases, and what nobody used for long."""

from collections.abc import Sequence
from datetime import UTC, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length, TruncDate

from raamwerk.owners.access import erase_owners, today
from raamwerk.owners.models import AccessKey, Owner
from raamwerk.owners.sealing import new_key, seal
from raamwerk.plain_sql import empty_log, writing
from raamwerk.worksheets.models import Mark, WrittenText

PATIENCE_FOR_THE_LOG = 2.0
"""In seconds. What is still in the log then can't be opened, as its keys are gone; it goes the next time."""

SEALED_NOTHING = len(seal(new_key(), b"", ""))
"""In bytes: what a text without a character takes."""

OWNERS_AT_ONCE = 500
"""So many are deleted in one transaction, so that nobody who saves waits long."""


def erase(secrets: Sequence[str]) -> None:
    """Delete everything that these secrets open, with the keys that sealed it, from every file."""
    with writing():
        erased = erase_owners(secrets)
    if erased:
        empty_log(PATIENCE_FOR_THE_LOG)


def purge(older_than: timedelta, empty_older_than: timedelta) -> int:
    """Delete the owners who used nothing for this long; returns how many.

    ``empty_older_than`` is how long for those who never came back, and of whom no word and no mark is kept:
    what a page began for somebody who noted nothing, or a program by the thousands.
    """
    stale = Owner.objects.filter(used_on__lt=today() - older_than)
    total = _delete(stale) + _delete(_empty_owners().filter(used_on__lt=today() - empty_older_than))
    if total:
        empty_log(PATIENCE_FOR_THE_LOG)
    return total


def _delete(owners: QuerySet[Owner]) -> int:
    """Delete these owners, in slices; returns how many.

    Each slice is decided and done in one transaction: who came back meanwhile stays.
    """
    total = 0
    while True:
        with writing():
            locked = owners.select_for_update().values_list("pk", flat=True)
            some = list(locked[:OWNERS_AT_ONCE])
            Owner.objects.filter(pk__in=some).delete()
        total += len(some)
        if len(some) < OWNERS_AT_ONCE:
            return total


def _empty_owners() -> QuerySet[Owner]:
    """Owners who were only there on the day they began, and of whom no word and no mark is kept.

    How long a sealed text is tells whether there is one. Nothing of version 0.1 is sealed: that stays.
    """
    words = WrittenText.objects.annotate(size=Length("sealed")).filter(size__gt=SEALED_NOTHING)
    marks = Mark.objects.filter(on=True)
    from_before_sealing = AccessKey.objects.filter(owner=OuterRef("pk"), wrapped_key=None)
    return Owner.objects.filter(
        ~Exists(words.filter(worksheet__owner=OuterRef("pk"))),
        ~Exists(marks.filter(worksheet__owner=OuterRef("pk"))),
        ~Exists(from_before_sealing),
        used_on=TruncDate("created_at", tzinfo=UTC),
    )
