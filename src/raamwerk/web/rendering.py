"""Rendering pages: the context that every page has, and words in the page's language."""

from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse, translate_url
from django.urls.exceptions import Resolver404
from django.utils.translation import get_language, get_language_from_path, override

from raamwerk.frameworks.library import frameworks
from raamwerk.frameworks.model import Edition

LANGUAGE_WITHIN = 20
"""Of an address: so many characters at its beginning tell its language."""


def current_language() -> str:
    """The language of the page that is being made."""
    return get_language() or str(settings.LANGUAGE_CODE)


def language_of(path: str) -> str:
    """The language that an address speaks: what it begins with, else the default."""
    return _language_of(path[:LANGUAGE_WITHIN])


@lru_cache(maxsize=1000)
def _language_of(beginning: str) -> str:
    return get_language_from_path(beginning) or str(settings.LANGUAGE_CODE)


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the page's name and language, its addresses in the others, and the framework."""
    return {
        "here": request.resolver_match.url_name if request.resolver_match else "",
        "language": current_language(),
        "other_languages": in_other_languages(page_address(request)),
        "framework": framework_of(request),
    }


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a page."""
    return render(request, template, context, status=status)


def in_other_languages(address: str) -> list[tuple[str, str, str]]:
    """Code, name and address of this page in each other language; the start page where there is none.

    A view that answers a post with a page says by ``other_languages`` in its context which page that is.
    """
    return [
        (code, name, _in_language(address, code))
        for code, name in settings.LANGUAGES
        if code != current_language()
    ]


def _in_language(address: str, language: str) -> str:
    if _counts_as(urlsplit(address).path) is None:
        with override(language):
            return reverse("start")
    return translate_url(address, language)


def page_address(request: HttpRequest) -> str:
    """Where what is shown now can be read again: after a post that is the page that its form was on."""
    own = _counts_as(request.path)
    if request.method in ("GET", "HEAD") and own != "save":
        return request.get_full_path()
    try:
        said = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        said = urlsplit("")
    if said.netloc == request.headers.get("Host", "").lower() and _counts_as(said.path) == "page":
        return said._replace(scheme="", netloc="", fragment="").geturl()
    # Not every browser says where the form was; whoever sent one finds their work there.
    return request.path if own == "page" else reverse("worksheets")


def _counts_as(path: str) -> str | None:
    """What the view at this address counts as (``web.admission``); None where there is no view."""
    try:
        return str(getattr(resolve(unquote(path)).func, "counted_as", "page"))
    except Resolver404:
        return None


def framework_of(request: HttpRequest) -> Edition | None:
    """The framework that a page belongs to: the one in its address, or the only one there is."""
    match = request.resolver_match
    named = match.kwargs.get("framework") if match else None
    choices = frameworks()
    if named is None:
        return choices[0] if len(choices) == 1 else None
    return next((each for each in choices if each.framework == named), None)
