"""What surrounds every page: its language, its address in the other one, and the frameworks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from raamwerk.frameworks.library import editions
from raamwerk.frameworks.model import DEFAULT_LANGUAGE, Edition


def surroundings(address: str) -> dict[str, Any]:
    """What the page at this address (path and query) needs around it, in the active language."""
    language = current_language()
    other = "en" if language == "nl" else "nl"
    return {
        "language": language,
        "other_language": other,
        "other_address": in_language(address, other),
        "framework": the_framework(),
    }


def current_language() -> str:
    """The language of the page that is being made."""
    return get_language() or DEFAULT_LANGUAGE


def in_language(address: str, language: str) -> str:
    """The same page in another language: English lives under /en/, Dutch at the root."""
    dutch = address.removeprefix("/en") if address.startswith("/en/") else address
    return f"/en{dutch}" if language == "en" else dutch


def the_framework() -> Edition:
    """The framework that the site opens with."""
    return editions()[0]


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a page made for this request only."""
    return HttpResponse(draw(request.get_full_path(), template, context), status=status)


def draw(address: str, template: str, context: dict[str, Any]) -> str:
    """The page at this address, as HTML."""
    return render_to_string(template, {**surroundings(address), **context})
