"""No other site can post here in a visitor's name.

Browsers say where a post comes from: in ``Sec-Fetch-Site``, or in ``Origin`` or ``Referer``. A post
without any of these, or from elsewhere, is refused. This needs no token in the page, so a page can
be the same for everyone (OWASP ASVS 5.0, 3.5.1).
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from raamwerk.pages.headers import Answer
from raamwerk.pages.problems import Problem, problem_page

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")


def only_from_our_own_pages(answer: Answer) -> Answer:
    """Refuse every post that does not come from a page of this site."""

    def answer_our_own(request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS or from_our_own_page(request):
            return answer(request)
        return problem_page(request, _foreign_post())

    return answer_our_own


def from_our_own_page(request: HttpRequest) -> bool:
    """Whether the browser vouches that this request comes from this site itself."""
    # Not request.headers: that costs as much as all the rest of an everyday save's reading.
    said = request.META.get
    site = said("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return bool(site == "same-origin")
    origin = said("HTTP_ORIGIN") or said("HTTP_REFERER", "")
    parts = urlsplit(origin)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())


def _foreign_post() -> Problem:
    return Problem(
        403,
        "foreign-post",
        _("This did not come from a page of this site"),
        _(
            "To protect you we only accept what you send from our own pages. "
            "Go back, reload the page and try again. What you typed has not been changed."
        ),
    )
