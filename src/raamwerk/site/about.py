"""The pages of trust: privacy, accessibility, what this is, and what schools and owners ask."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from raamwerk import __version__
from raamwerk.frameworks.library import frameworks
from raamwerk.web.addresses import only_parameters
from raamwerk.web.cacheable import same_for_everyone
from raamwerk.web.rendering import render_page


@require_safe
@only_parameters()
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, where, how long, and who can read it: from the real settings."""
    return _plain_page(request, "privacy")


@require_safe
@only_parameters()
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the site can be used, and what to do when it can't."""
    return _plain_page(request, "accessibility")


@require_safe
@only_parameters()
def about(request: HttpRequest) -> HttpResponse:
    """What Raamwerk is and where its framework comes from."""
    return _plain_page(request, "about")


@require_safe
@only_parameters()
def schools(request: HttpRequest) -> HttpResponse:
    """What a school asks before it runs this: what it costs, and what becomes of people's data."""
    return _plain_page(request, "schools")


@require_safe
@only_parameters()
def owners(request: HttpRequest) -> HttpResponse:
    """How the owner of a framework has it shown in their own words, and what stays in their hands."""
    without_official_words = (
        (edition, [role for role in edition.roles if not role.provenance.official])
        for edition in frameworks()
    )
    return _plain_page(
        request, "owners", waiting=[each for each in without_official_words if each[1]]
    )


def _plain_page(request: HttpRequest, name: str, **more: object) -> HttpResponse:
    context = {
        "keep_days": settings.KEEP_FOR.days,
        "keep_empty_days": settings.KEEP_EMPTY_FOR.days,
        "contact": settings.CONTACT,
        "key_cookie": settings.KEY_COOKIE,
        "version": __version__,
        "editions": frameworks(),
        **more,
    }
    return same_for_everyone(render_page(request, f"site/{name}.html", context))
