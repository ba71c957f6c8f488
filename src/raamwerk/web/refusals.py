"""Logging of refused requests: that it happened and where, never who, from where or what.

A line looks like ``Refused: foreign-post (403) at save``. Of each kind a minute has a few at most,
so that nobody can fill the log; ``/metrics`` counts them all.
"""

import logging

from django.http import HttpRequest

from raamwerk.web.rate_limit import RateLimit

MOST_A_MINUTE = 20
CODES = frozenset(
    {
        "bad-request",
        "forbidden",
        "foreign-post",
        "too-fast",
        "too-large",
        "too-much-new",
        "other-worksheet",
        "unreadable",
        "wrong-type",
    }
)
"""The problems that may tell of somebody trying; what a person can meet by typing is none."""

logger = logging.getLogger(__name__)
_rate_limit = RateLimit()


def log_refusal(request: HttpRequest | None, code: str, status: int) -> None:
    """Write one line, unless this code tells of nobody trying or had its lines this minute."""
    if code in CODES and _rate_limit.hit(MOST_A_MINUTE, code):
        match = request.resolver_match if request else None
        logger.warning("Refused: %s (%s) at %s", code, status, match.url_name if match else "any")
