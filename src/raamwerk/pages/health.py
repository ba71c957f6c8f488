"""Whether the server lives, and whether it can read and write."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from raamwerk.pages.printed import PrintedResponse
from raamwerk.worksheets.keys import digest, new_key
from raamwerk.worksheets.models import Key


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers 200 "ok" after a write and a read that leave no trace; 503 when they fail.

    The write is committed: only then it reaches the disk, which may be full.
    """
    with transaction.atomic():
        key = Key.objects.create(digest=digest(new_key()))
        Key.objects.get(pk=key.pk)
        key.delete()
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Answers 200 "alive" as long as the process answers at all.

    Printed, so that from the second time on neither the database nor a busy thread holds it up.
    """
    return PrintedResponse("alive\n", content_type="text/plain")
