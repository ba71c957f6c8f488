"""The cookies that carry a browser's secrets: the one place where they are read, given and taken.

Each key that is begun has a cookie of its own name, so that none ever replaces another: not when two tabs
begin at the same time, and not when this database does not know a key that another one still does.

Behind HTTPS no other site can plant a cookie with our name. It can plant one with the name that ours had
before, without HTTPS: what stands in those is only read to be taken over, when the person says so.
"""

import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from raamwerk.owners.access import well_formed

LONGEST_BROWSERS_KEEP = 400 * 24 * 3600
"""In seconds."""

MOST_SECRETS = 50
"""Of more cookies of ours than this the oldest, which browsers send first, are not looked at."""

MOST_PROLONGED = 8
"""So many cookies an answer brings anew at most."""

NAME_END = re.compile(r"(?:-[A-Za-z0-9_-]{1,20})?")


def secrets_in(cookie: str | None) -> tuple[str, ...]:
    """Every well-formed secret in a ``Cookie`` header, whatever else stands in it."""
    if not cookie or settings.KEY_COOKIE not in cookie:
        return ()
    return _well_formed(_our_cookies(cookie))


def secrets_of(request: HttpRequest) -> tuple[str, ...]:
    """The secrets that this browser shows, true or not."""
    return secrets_in(request.META.get("HTTP_COOKIE"))


def earlier_secrets_of(request: HttpRequest) -> tuple[str, ...]:
    """The secrets that this browser shows from before HTTPS, unless another site planted them."""
    return _well_formed(_earlier_cookies(request))


def give_secret(response: HttpResponse, secret: str) -> None:
    """Leave a new secret with the browser, for as long as browsers keep anything (400 days)."""
    name = f"{settings.KEY_COOKIE}-{secrets.token_urlsafe(6)}"
    _set(response, name, secret, LONGEST_BROWSERS_KEEP)


def keep_secrets(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser keep what it shows for another 400 days."""
    for name, value in _our_cookies(request.META.get("HTTP_COOKIE", ""))[-MOST_PROLONGED:]:
        if well_formed(value):
            _set(response, name, value, LONGEST_BROWSERS_KEEP)


def take_secrets(request: HttpRequest, response: HttpResponse) -> None:
    """Take every secret from the browser, because the person said so."""
    for name, _value in _our_cookies(request.META.get("HTTP_COOKIE", "")):
        _set(response, name, "", 0)


def take_earlier_secrets(request: HttpRequest, response: HttpResponse) -> None:
    """Take the secrets from before HTTPS from the browser, because they were taken over."""
    for name, _value in _earlier_cookies(request):
        _set(response, name, "", 0)


def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    secure = settings.KEY_COOKIE_SECURE
    response.set_cookie(name, value, max_age=seconds, secure=secure, httponly=True, samesite="Lax")


def _well_formed(cookies: list[tuple[str, str]]) -> tuple[str, ...]:
    found = (value for _name, value in cookies if well_formed(value))
    return tuple(dict.fromkeys(found))[-MOST_SECRETS:]


def _earlier_cookies(request: HttpRequest) -> list[tuple[str, str]]:
    if not settings.EARLIER_KEY_COOKIE or not request.is_secure():
        return []
    return _our_cookies(request.META.get("HTTP_COOKIE", ""), settings.EARLIER_KEY_COOKIE)


def _our_cookies(cookie: str, begin: str = "") -> list[tuple[str, str]]:
    """Name and value of each cookie of ours. Not by a library: one odd cookie spoils the rest there."""
    pairs = (piece.strip().partition("=") for piece in cookie.split(";"))
    ours = begin or settings.KEY_COOKIE
    return [(name, value.strip('"')) for name, _equals, value in pairs if _is_called(name, ours)]


def _is_called(name: str, begin: str) -> bool:
    return name.startswith(begin) and NAME_END.fullmatch(name, len(begin)) is not None
