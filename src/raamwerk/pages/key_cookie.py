"""The one cookie: it carries the key of this browser's worksheets."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

A_KEY = "any-key"
LONGEST_BROWSERS_KEEP = 400 * 24 * 3600


def key_of(request: HttpRequest) -> str | None:
    """The key this browser shows, true or not; None when it shows none."""
    return request.COOKIES.get(settings.KEY_COOKIE)


def give_key(response: HttpResponse, key: str) -> None:
    """Leave the key with the browser, for as long as browsers keep anything (400 days)."""
    response.set_cookie(
        settings.KEY_COOKIE,
        key,
        max_age=LONGEST_BROWSERS_KEEP,
        secure=settings.KEY_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def cookie_with(key: str) -> str:
    """The header that leaves this well-formed key with the browser, for answers without Django."""
    return _cookie_to_fill().replace(A_KEY, key)


@cache
def _cookie_to_fill() -> str:
    """Written once: it says for how long, and not until when."""
    response = HttpResponse()
    give_key(response, A_KEY)
    cookie = response.cookies[settings.KEY_COOKIE]
    cookie["expires"] = ""
    return cookie.OutputString()


def take_key(response: HttpResponse) -> None:
    """Take the key from the browser."""
    response.delete_cookie(settings.KEY_COOKIE, samesite="Lax")
