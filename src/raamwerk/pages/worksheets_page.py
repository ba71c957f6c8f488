"""My worksheets: what this browser keeps, and how to erase it."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from raamwerk.pages.addresses import role_address
from raamwerk.pages.key_cookie import key_of, take_key
from raamwerk.pages.start import kept_worksheets
from raamwerk.pages.surroundings import show, the_framework
from raamwerk.worksheets.keeping import forget
from raamwerk.worksheets.keys import UnknownKeyError


@require_safe
def worksheets(request: HttpRequest) -> HttpResponse:
    """The worksheets of this browser, and the way to each."""
    edition = the_framework()
    context = {
        "kept": kept_worksheets(key_of(request)),
        "roles": [(role, role_address(edition, role)) for role in edition.roles],
        "erased": request.GET.get("gewist") == "ja",
    }
    return show(request, "pages/worksheets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Ask whether to erase everything; on a post, do it."""
    key = key_of(request)
    if request.method != "POST":
        return show(request, "pages/erase.html", {"kept": kept_worksheets(key)})
    response = HttpResponseRedirect(f"{reverse('worksheets')}?gewist=ja", status=303)
    if key is not None:
        with suppress(UnknownKeyError):
            forget(key)
        take_key(response)
    return response
