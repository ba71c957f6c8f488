"""Holding back a visitor who asks too much at once, so that the others notice nothing.

Counted in each server process by itself. A whole school sits behind one address, so what is
counted by address is set high; what is counted by key fits one busy person.
"""

import time
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from raamwerk.pages.problems import Problem
from raamwerk.worksheets.keys import digest


class Counter:
    """Counts by the wall clock; counts anew when that was set back, so that nobody waits for it."""

    def __init__(self) -> None:
        """Nothing counted yet."""
        self._storage = MemoryStorage()
        self._limiter = FixedWindowRateLimiter(self._storage)
        self._latest = time.time()

    def hit(self, allowed: RateLimitItem, *who: str) -> bool:
        """Count one more; returns whether that is allowed."""
        now = time.time()
        if now < self._latest - 1:
            self._storage.reset()
        self._latest = now
        return self._limiter.hit(allowed, *who)


_counter = Counter()


@cache
def _allowed(what: str, by_key: bool) -> RateLimitItem:
    by_key_limit, by_address_limit = settings.PER_MINUTE[what]
    return RateLimitItemPerMinute(by_key_limit if by_key else by_address_limit)


def hold_back(request: HttpRequest, what: str, key: str | None) -> None:
    """Count one request for ``what``. Raises Problem 429 when this visitor asked too much."""
    passed = _counter.hit(_allowed(what, by_key=False), what, visitor_address(request))
    if passed and key is not None:
        passed = _counter.hit(_allowed(what, by_key=True), what, digest(key))
    if not passed:
        raise Problem(
            429,
            "too-fast",
            _("That was a lot at once"),
            _("Nothing was lost. Wait a minute and try again."),
        )


def visitor_address(request: HttpRequest) -> str:
    """The address a request comes from: what our own proxy says, where there is one."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
