"""What the server did, in numbers, for whoever runs it: /metrics, in the format of Prometheus.

Counted in each server process by itself, from its start. No number says anything about one person.
"""

from functools import cache
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
REQUESTS = Counter(
    "raamwerk_requests",
    "Answered requests, by the name of the page and the class of the status",
    ["page", "status"],
    registry=REGISTRY,
)
SAVES = Counter("raamwerk_saves", "Saves, by what became of them", ["result"], registry=REGISTRY)
DOWNLOADS = Counter(
    "raamwerk_downloads", "Documents made, by format", ["format"], registry=REGISTRY
)
SAVE_SECONDS = Histogram(
    "raamwerk_save_seconds", "How long a save took, in the database", registry=REGISTRY
)
DISK_FREE = Gauge(
    "raamwerk_disk_free_bytes", "Room on the disk of the data folder", registry=REGISTRY
)
SIGNS_OF_A_PROXY = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")


def count_answer(page: str, status: int) -> None:
    """Count one answer of the page with this name."""
    _requests(page, status // 100).inc()


@cache
def _requests(page: str, hundreds: int) -> Counter:
    """Looked up once: this stands in the way of every request."""
    return REQUESTS.labels(page, f"{hundreds}xx")


def count_save(result: str) -> None:
    """Count a save by what became of it: saved, refused or conflicted."""
    SAVES.labels(result).inc()


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers, for those who may see them; for anybody else nothing is here."""
    if not may_see_numbers(request):
        raise Http404(_("There is no page at this address."))
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def may_see_numbers(request: HttpRequest) -> bool:
    """Whether METRICS lets this visitor see them: by default only this machine, not its proxy."""
    if settings.METRICS == "loopback":
        return is_on_this_machine(request)
    return bool(settings.METRICS == "public")


def is_on_this_machine(request: HttpRequest) -> bool:
    """Whether the request comes from this machine itself, and not for another through a proxy."""
    if any(name in request.headers for name in SIGNS_OF_A_PROXY):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
