"""Deleting for good: what one person erases, and what nobody used for long."""

from collections.abc import Sequence
from datetime import timedelta

from raamwerk.owners.access import erase_owners, today
from raamwerk.owners.models import Owner
from raamwerk.plain_sql import empty_log, writing

PATIENCE_FOR_THE_LOG = 2.0
"""In seconds. What is still in the log then can't be opened, as its keys are gone; it goes the next time."""

OWNERS_AT_ONCE = 500
"""So many are deleted in one transaction, so that nobody who saves waits long."""


def erase(secrets: Sequence[str]) -> None:
    """Delete everything that these secrets open, with the keys that sealed it, from every file."""
    with writing():
        erased = erase_owners(secrets)
    if erased:
        empty_log(PATIENCE_FOR_THE_LOG)


def purge(older_than: timedelta) -> int:
    """Delete the owners who used nothing for this long; returns how many.

    Decided and done in one transaction: who came back meanwhile stays.
    """
    limit = today() - older_than
    total = 0
    while True:
        with writing():
            stale = Owner.objects.filter(used_on__lt=limit).values_list("pk", flat=True)
            some = list(stale[:OWNERS_AT_ONCE])
            Owner.objects.filter(pk__in=some, used_on__lt=limit).delete()
        total += len(some)
        if len(some) < OWNERS_AT_ONCE:
            break
    if total:
        empty_log(PATIENCE_FOR_THE_LOG)
    return total
