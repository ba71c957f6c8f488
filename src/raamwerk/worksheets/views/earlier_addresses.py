"""The addresses of version 0.1: each leads on to its successor, for good."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from raamwerk.frameworks.library import frameworks
from raamwerk.web.addresses import AREA, CONTENT
from raamwerk.web.forms import first, read_form


def worksheets(request: HttpRequest) -> HttpResponse:
    """My worksheets."""
    return _lead_on(request, reverse("worksheets"))


def erase(request: HttpRequest) -> HttpResponse:
    """Erasing them."""
    return _lead_on(request, reverse("erase"))


def save(request: HttpRequest) -> HttpResponse:
    """Saving."""
    return _lead_on(request, reverse("save"))


def overview(request: HttpRequest, format_id: str = "") -> HttpResponse:
    """The overview of a role, which was a parameter; there was one framework then, the first."""
    edition = frameworks()[0]
    form = read_form(request) if request.method == "POST" else {}
    named = edition.role(request.GET.get("rol") or first(form, "rol"))
    role = named.id if named else edition.roles[0].id
    address = reverse("overview", args=[edition.framework, role])
    if format_id:
        address = reverse("download", args=[edition.framework, role, format_id])
    kept = {name: value for name in (AREA, CONTENT) if (value := request.GET.get(name))}
    query = urlencode(kept, errors="replace")
    return _lead_on(request, f"{address}?{query}" if query else address)


def _lead_on(request: HttpRequest, address: str) -> HttpResponse:
    """Permanently; a post goes on as a post."""
    return HttpResponsePermanentRedirect(
        address, preserve_request=request.method not in ("GET", "HEAD")
    )
