"""Holding back a visitor who asks too much at once, so that the others notice nothing.

Counted in each server process by itself. A whole school sits behind one address, so what is
counted by address is set high; what is counted by key fits one busy person.
"""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from raamwerk.pages.counter import Counter
from raamwerk.pages.problems import Problem
from raamwerk.worksheets.keys import digest

COUNTED = "raamwerk.counted"
"""In a request that was counted and may pass: whoever tries it again does not count it again."""


_counter = Counter()


def hold_back(request: HttpRequest, what: str, key: str | None) -> None:
    """Count one request for ``what``, once. Raises Problem 429 when this visitor asked too much."""
    if COUNTED in request.META:
        return
    most_by_key, most_by_address = settings.PER_MINUTE[what]
    passed = _counter.hit(most_by_address, what, visitor_address(request))
    if passed and key is not None:
        passed = _counter.hit(most_by_key, what, digest(key))
    if not passed:
        raise Problem(
            429,
            "too-fast",
            _("That was a lot at once"),
            _("Nothing was lost. Wait a minute and try again."),
        )
    request.META[COUNTED] = True


def visitor_address(request: HttpRequest) -> str:
    """The address a request comes from: what our own proxy says, where there is one."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
