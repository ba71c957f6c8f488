"""Whether the server lives, and whether it can read and write."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import Error as AnyDatabaseError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from raamwerk.plain_sql import (
    execute,
    last_write_failed,
    release_connection,
    to_database,
    writing,
)
from raamwerk.web.addresses import only_parameters
from raamwerk.web.beginnings import is_nearly_full
from raamwerk.web.cacheable import same_for_everyone

logger = logging.getLogger(__name__)

CHECKED_FOR_SECONDS = 1.0
"""Who asks within this time gets the same answer, so that asking costs nobody anything."""

Check = Callable[[], None]
CHECKS: list[Check] = []
"""What else must be well; each raises an error of the database where it is not."""

BEGIN = "INSERT INTO owners_owner (created_at, used_on) VALUES (%s, %s) RETURNING id"
END = "DELETE FROM owners_owner WHERE id = %s"

PATIENCE_SECONDS = 2.0
"""A database that can't be written to for longer is not well."""


@dataclass(slots=True)
class LastCheck:
    """Whether all was well at the last check, and when that was."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    made_at: float = float("-inf")
    is_well: bool = True


class _Undone(Exception):  # noqa: N818 - not an error of ours
    """Undoes what a check wrote, before it reaches the disk."""


_last = LastCheck()


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers 200 "ok" after a write and a read that leave no trace; 503 when they fail.

    Who asks within a second, or while somebody else's check is under way, hears what the last one found.
    """
    if time.monotonic() - _last.made_at > CHECKED_FOR_SECONDS and _last.lock.acquire(
        blocking=_last.made_at == float("-inf")
    ):
        try:
            _last.is_well = _check_everything()
            _last.made_at = time.monotonic()
        finally:
            _last.lock.release()
    if not _last.is_well:
        raise OperationalError("not well at the last check")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@only_parameters()
def livez(request: HttpRequest) -> HttpResponse:
    """Answers 200 "alive" as long as the process answers at all.

    The same for everyone, so that neither the database nor a busy thread holds it up.
    """
    return same_for_everyone(HttpResponse("alive\n", content_type="text/plain"))


def _check_everything() -> bool:
    """Whether all is well; what is not is logged."""
    try:
        for check in CHECKS:
            check()
        # Only what is committed reaches the disk, which may be full: done where there is a sign of that.
        in_doubt = last_write_failed() or is_nearly_full()
        with suppress(_Undone), writing(PATIENCE_SECONDS):
            # In as few steps as can be: whoever saves waits for them.
            now = timezone.now()
            [(owner,)] = execute(BEGIN, (to_database(now), now.date().isoformat()))
            execute(END, (owner,))
            if not in_doubt:
                raise _Undone
    except AnyDatabaseError as error:
        logger.error("Not well", exc_info=error)
        release_connection()
        return False
    return True
