"""Who may begin, and how much may be added: what keeps somebody from filling the disk.

Somebody new may begin while the disk has room, and so many an hour from one network address. Who is here
already goes on in any case, with as much as a person can write. What they add beyond that is shared by all at
one address, as it is only ever pasted or made up. What takes the place of other words counts for nothing.
"""

import shutil
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from raamwerk.web.admission import known_key, place_of
from raamwerk.web.metrics import DISK_FREE
from raamwerk.web.problems import Problem
from raamwerk.web.rate_limit import RateLimit

LEAST_FREE, PART_OF_DISK = 200_000_000, 20
"""In bytes, or a twentieth of a small disk: what is left then is for those who are at work."""

SECONDS_IN_AN_HOUR = 3600

A_PERSONS_WORTH = 100_000
"""In bytes an hour: nobody types so much, and it fills every field of a role."""

_rate_limit = RateLimit(SECONDS_IN_AN_HOUR)
_added_by_key = RateLimit(SECONDS_IN_AN_HOUR)
_added_at_address = RateLimit(SECONDS_IN_AN_HOUR)


def check_beginning(request: HttpRequest) -> None:
    """Count one who begins. Raises Problem where there is no room, or where too many began from there."""
    if is_nearly_full():
        raise _no_room()
    if not _rate_limit.hit(settings.BEGINNINGS_PER_HOUR, place_of(request)):
        raise _too_many()


def check_growth(request: HttpRequest, secrets: Sequence[str]) -> None:
    """Raises Problem for who added more than a person can, where all at their address added too much."""
    if _added_by_key.is_used_up(
        A_PERSONS_WORTH, known_key(secrets)
    ) and _added_at_address.is_used_up(settings.BYTES_PER_HOUR, place_of(request)):
        raise _too_much()


def count_growth(request: HttpRequest, secrets: Sequence[str], added: int) -> None:
    """Count what a save added, in bytes."""
    if added > 0 and _added_by_key.add(added, known_key(secrets)) > A_PERSONS_WORTH:
        _added_at_address.add(added, place_of(request))


def is_nearly_full() -> bool:
    """Whether what is left of the disk of the data folder is for those who are at work."""
    disk = shutil.disk_usage(settings.DATA_DIR)
    return disk.free < min(LEAST_FREE, disk.total // PART_OF_DISK)


def free_bytes() -> int:
    """How much room there is on the disk of the data folder."""
    return shutil.disk_usage(settings.DATA_DIR).free


DISK_FREE.set_function(free_bytes)


def _no_room() -> Problem:
    return Problem(
        507,
        "no-room",
        _("There is no room for anything new at the moment"),
        _(
            "Anyone who has already filled something in here can continue. Tell the people who "
            "run this site, and try again later. What you typed is still in your browser."
        ),
    )


def _too_many() -> Problem:
    return Problem(
        429,
        "too-many-beginnings",
        _("A great many people started here at once"),
        _(
            "So many people on your network started in the last hour that we have to wait a "
            "little. Try again later. What you typed is still in your browser."
        ),
    )


def _too_much() -> Problem:
    return Problem(
        429,
        "too-much-new",
        _("A great deal has been written here at once"),
        _(
            "So much was added from your network in the last hour that we have to wait a little. "
            "Try again later. What you typed is still in your browser."
        ),
    )
