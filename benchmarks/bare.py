"""The least that Django can do: one view that says ok, without middleware. A limit to compare.

Granian serves it over WSGI in threads of its own; nothing of ours stands between.
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
        MIDDLEWARE=[],
        INSTALLED_APPS=[],
    )

application = get_wsgi_application()
