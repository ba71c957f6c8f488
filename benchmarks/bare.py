"""The least that Django can do: one view that says ok, without middleware. A limit to compare.

It stands behind the same doorway as the site, so that only what Django does differs.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def bare(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - it says ok to everything
    """Say ok."""
    return HttpResponse("ok")


urlpatterns = [path("", bare)]

if not settings.configured:
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="bare",
        KEY_COOKIE="werkblad",
        BEHIND_PROXY=False,
        MIDDLEWARE=[],
        INSTALLED_APPS=["raamwerk.worksheets"],
    )

django_application = get_wsgi_application()

from raamwerk.config.rsgi import Doorway  # noqa: E402 - Django comes first
from raamwerk.pages.printed import PrintedPages  # noqa: E402

application = Doorway(PrintedPages(django_application))
