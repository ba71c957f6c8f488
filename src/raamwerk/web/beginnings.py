"""Whether somebody new may begin: while the disk has room, and so many an hour from one network address.

Who is here already goes on in any case: what fills a disk is beginning anew, time and again.
"""

import shutil

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from raamwerk.web.admission import network, visit_of
from raamwerk.web.metrics import DISK_FREE
from raamwerk.web.problems import Problem
from raamwerk.web.rate_limit import RateLimit

LEAST_FREE, PART_OF_DISK = 200_000_000, 20
"""In bytes, or a twentieth of a small disk: what is left then is for those who are at work."""

SECONDS_IN_AN_HOUR = 3600

_rate_limit = RateLimit(SECONDS_IN_AN_HOUR)


def check_beginning(request: HttpRequest) -> None:
    """Count one who begins. Raises Problem where there is no room, or where too many began from there."""
    if is_nearly_full():
        raise _no_room()
    if not _rate_limit.hit(settings.BEGINNINGS_PER_HOUR, network(visit_of(request).address)):
        raise _too_many()


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
        _("There is no room for something new now"),
        _(
            "Who noted something here before can go on. Tell whoever runs this site, and try again later. "
            "What you typed is still in your browser."
        ),
    )


def _too_many() -> Problem:
    return Problem(
        429,
        "too-many-beginnings",
        _("A great many people began here at once"),
        _(
            "From your network so many began in the last hour that we wait a little. "
            "Try again later. What you typed is still in your browser."
        ),
    )
