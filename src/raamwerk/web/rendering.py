"""Rendering pages: the context that every page has, and words in the page's language."""

from functools import lru_cache
from typing import Any

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
    """Context processor: the page's language, its addresses in the others, and the framework."""
    return {
        "language": current_language(),
        "other_languages": [
            (code, name, in_language(request, code))
            for code, name in settings.LANGUAGES
            if code != current_language()
        ],
        "framework": framework_of(request),
    }


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a page."""
    return render(request, template, context, status=status)


def in_language(request: HttpRequest, language: str) -> str:
    """The same page in another language; its start page where there is no such page."""
    try:
        resolve(request.path_info)
    except Resolver404:
        with override(language):
            return reverse("start")
    if request.method not in ("GET", "HEAD"):
        return translate_url(request.path_info, language)
    return translate_url(request.get_full_path(), language)


def framework_of(request: HttpRequest) -> Edition | None:
    """The framework that a page belongs to: the one in its address, or the only one there is."""
    match = request.resolver_match
    named = match.kwargs.get("framework") if match else None
    choices = frameworks()
    if named is None:
        return choices[0] if len(choices) == 1 else None
    return next((each for each in choices if each.framework == named), None)
