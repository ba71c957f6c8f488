"""The pages of trust: privacy, accessibility, and what this is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from raamwerk import __version__
from raamwerk.pages.printed import PrintedResponse
from raamwerk.pages.surroundings import draw


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, where, how long, and who can read it: from the real settings."""
    return _plain_page(request, "privacy")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the site can be used, and what to do when it can't."""
    return _plain_page(request, "accessibility")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Raamwerk is and where its framework comes from."""
    return _plain_page(request, "about")


def _plain_page(request: HttpRequest, name: str) -> HttpResponse:
    context = {
        "keep_days": settings.KEEP_FOR.days,
        "contact": settings.CONTACT,
        "key_cookie": settings.KEY_COOKIE,
        "version": __version__,
    }
    address = reverse(name)
    page = draw(address, f"pages/{name}.html", context)
    return PrintedResponse(page) if request.get_full_path() == address else HttpResponse(page)
