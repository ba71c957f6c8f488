"""Whether the server lives, and whether it can read and write."""

import threading
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from raamwerk.owners.access import digest, new_secret, today
from raamwerk.owners.models import AccessKey, Owner
from raamwerk.plain_sql import writing
from raamwerk.web.addresses import only_parameters
from raamwerk.web.cacheable import same_for_everyone

CHECKED_FOR_SECONDS = 1.0
"""Who asks within this time gets the same answer, so that asking costs nobody anything."""

Check = Callable[[], None]
CHECKS: list[Check] = []
"""What else must be well; each raises an error of the database where it is not."""

_lock = threading.Lock()
_checked_at = float("-inf")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers 200 "ok" after a write and a read that leave no trace; 503 when they fail.

    The write is committed: only then it reaches the disk, which may be full.
    """
    global _checked_at  # noqa: PLW0603 - one moment for the whole process
    with _lock:
        if time.monotonic() - _checked_at > CHECKED_FOR_SECONDS:
            _check_everything()
            _checked_at = time.monotonic()
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@only_parameters()
def livez(request: HttpRequest) -> HttpResponse:
    """Answers 200 "alive" as long as the process answers at all.

    The same for everyone, so that neither the database nor a busy thread holds it up.
    """
    return same_for_everyone(HttpResponse("alive\n", content_type="text/plain"))


def _check_everything() -> None:
    for check in CHECKS:
        check()
    with writing():
        owner = Owner.objects.create(used_on=today())
        AccessKey.objects.create(owner=owner, digest=digest(new_secret()), used_on=today())
        Owner.objects.get(pk=owner.pk)
        owner.delete()
