"""Addresses of the framework's parts, and the parts that an address names.

A part that does not exist is answered with a 404 that says what does.
"""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from raamwerk.frameworks.library import current_edition, editions
from raamwerk.frameworks.model import Edition, FocusArea, Role
from raamwerk.pages.problems import NothingHere
from raamwerk.pages.surroundings import current_language


def role_address(edition: Edition, role: Role) -> str:
    """The role with all its areas."""
    return reverse("role", args=[edition.framework, role.id])


def area_address(edition: Edition, role: Role, area: FocusArea) -> str:
    """The role with one of its areas."""
    return f"{role_address(edition, role)}?{urlencode({'gebied': area.id})}"


def overview_address(role: Role, area: FocusArea | None = None, only_noted: bool = False) -> str:
    """The overview of the worksheet for this role."""
    query = {"rol": role.id}
    if area:
        query["gebied"] = area.id
    if only_noted:
        query["inhoud"] = "notities"
    return f"{reverse('overview')}?{urlencode(query)}"


def find_framework(framework: str) -> Edition:
    """The current edition of this framework. Raises NothingHere."""
    edition = current_edition(framework)
    if edition is None:
        raise NothingHere(
            _("We have no framework “{name}”.").format(name=framework[:80]),
            [(each.title.read(current_language()), reverse("start")) for each in editions()],
        )
    return edition


def find_role(edition: Edition, role_id: str) -> Role:
    """The role of this edition. Raises NothingHere."""
    role = edition.role(role_id)
    if role is None:
        raise NothingHere(
            _("There is no role “{name}”. These roles are there:").format(name=role_id[:80]),
            [
                (each.name.read(current_language()), role_address(edition, each))
                for each in edition.roles
            ],
        )
    return role


def find_area(edition: Edition, role: Role, area_id: str | None) -> FocusArea | None:
    """The area of this edition; None where none is asked for. Raises NothingHere."""
    if not area_id:
        return None
    area = edition.area(area_id)
    if area is None:
        raise NothingHere(
            _("There is no focus area “{name}”. These are there:").format(name=area_id[:80]),
            [
                (each.name.read(current_language()), area_address(edition, role, each))
                for each in edition.areas
            ],
        )
    return area
