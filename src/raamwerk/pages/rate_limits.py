"""Holding back a visitor who asks too much at once, so that the others notice nothing.

Counted in each server process by itself. A whole school sits behind one address, so what is
counted by address is set high; what is counted by key fits one busy person.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from raamwerk.pages.counter import Counter
from raamwerk.pages.headers import Answer
from raamwerk.pages.key_cookie import key_of
from raamwerk.pages.problems import Problem, problem_page
from raamwerk.worksheets.keys import digest

COUNTED = "raamwerk.counted."
"""In a request that was counted and may pass, before what it was counted as: counted no more."""


_counter = Counter()


def hold_back(request: HttpRequest, what: str, key: str | None) -> None:
    """Count one request for ``what``, once. Raises Problem 429 when this visitor asked too much."""
    if COUNTED + what in request.META:
        return
    if not may_pass(what, key, visitor_address(request)):
        raise Problem(
            429,
            "too-fast",
            _("That was a lot at once"),
            _("Nothing was lost. Wait a minute and try again."),
        )
    request.META[COUNTED + what] = True


def may_pass(what: str, key: str | None, address: str) -> bool:
    """Count one request; returns whether this key and this address did not ask too much."""
    most_by_key, most_by_address = settings.PER_MINUTE[what]
    if not _counter.hit(most_by_address, what, address):
        return False
    return key is None or _counter.hit(most_by_key, what, digest(key))


def in_measure(answer: Answer) -> Answer:
    """Hold back whoever asks too many pages that are not handed out from memory."""

    def answer_in_measure(request: HttpRequest) -> HttpResponse:
        try:
            hold_back(request, "page", key_of(request))
        except Problem as problem:
            return problem_page(request, problem)
        return answer(request)

    return answer_in_measure


def visitor_address(request: HttpRequest) -> str:
    """The address a request comes from: what our own proxy says, where there is one."""
    said = request.META.get
    return address_of(said("HTTP_X_FORWARDED_FOR"), said("REMOTE_ADDR", ""))


def address_of(forwarded: str | None, connected: str) -> str:
    """The same, from the header that a proxy sets and the address at the other end."""
    believed = (forwarded or "") if settings.BEHIND_PROXY else ""
    return believed.rpartition(",")[2].strip() or connected
