"""Addresses of the framework's parts, and the parts that an address names.

A part that does not exist is answered with a 404 that says what does.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from raamwerk.frameworks.library import current_edition, frameworks
from raamwerk.frameworks.model import AttentionField, Edition, FocusArea, Role
from raamwerk.web.problems import NothingHere
from raamwerk.web.rendering import language_of

View = Callable[..., HttpResponse]

AREA, WORKSHEET, CONTENT = "gebied", "werkblad", "inhoud"
"""The parameters of our addresses: which focus area, which worksheet, how much of it."""


LONGEST_PATH = 500
"""In characters: none of ours is longer, and a thousand paths as long as can be would fill the memory."""


def route_of(path: str) -> ResolverMatch | None:
    """What an address leads to, whatever the language of the thread; None where nothing is there."""
    return _route_of(path) if len(path) <= LONGEST_PATH else None


@lru_cache(maxsize=1000)
def _route_of(path: str) -> ResolverMatch | None:
    with override(language_of(path)):
        try:
            return resolve(path)
        except Resolver404:
            return None


def only_parameters(*names: str) -> Callable[[View], View]:
    """Lead an address with other parameters than these, or in another order, to the one without.

    So every page has one address for each choice, and a stranger's query makes no entry in any cache.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def with_known_parameters(request: HttpRequest, **parts: Any) -> HttpResponse:
            if request.method in ("GET", "HEAD"):
                known = {name: value for name in names if (value := request.GET.get(name))}
                query = urlencode(known, errors="replace")
                if request.META.get("QUERY_STRING", "") != query:
                    address = f"{request.path}?{query}" if query else request.path
                    return HttpResponseRedirect(_on_this_site(address))
            return view(request, **parts)

        return with_known_parameters

    return decorate


def role_address(edition: Edition, role: Role, **parameters: str) -> str:
    """The role with all its areas, or as the parameters say."""
    return _with_query(reverse("role", args=[edition.framework, role.id]), parameters)


def field_address(role_page: str, field: AttentionField) -> str:
    """The place of one attention field in a role page with this address."""
    return f"{role_page}#veld-{field.id}"


def area_address(edition: Edition, role: Role, area: FocusArea, **parameters: str) -> str:
    """The role with one of its areas."""
    return role_address(edition, role, **{AREA: area.id}, **parameters)


def overview_address(edition: Edition, role: Role, **parameters: str) -> str:
    """The overview of the worksheet for this role."""
    return _with_query(reverse("overview", args=[edition.framework, role.id]), parameters)


def _with_query(address: str, parameters: dict[str, str]) -> str:
    order = (AREA, WORKSHEET, CONTENT)
    query = urlencode({name: parameters[name] for name in order if parameters.get(name)})
    return f"{address}?{query}" if query else address


def _on_this_site(address: str) -> str:
    """Never ``//elsewhere``, which a browser takes for another site."""
    return "/" + address.lstrip("/")


def find_framework(framework: str) -> Edition:
    """The current edition of this framework. Raises NothingHere."""
    edition = current_edition(framework)
    if edition is None:
        raise NothingHere(
            _("We have no framework “{name}”."),
            [(each.title, reverse("start")) for each in frameworks()],
            framework,
        )
    return edition


def find_role(edition: Edition, role_id: str) -> Role:
    """The role of this edition. Raises NothingHere."""
    role = edition.role(role_id)
    if role is None:
        raise NothingHere(
            _("There is no role “{name}”. These roles are there:"),
            [(each.name, role_address(edition, each)) for each in edition.roles],
            role_id,
        )
    return role


def find_area(edition: Edition, role: Role, area_id: str | None) -> FocusArea | None:
    """The area of this role; None where none is asked for. Raises NothingHere."""
    if not area_id:
        return None
    areas = areas_of(edition, role)
    area = next((each for each in areas if each.id == area_id), None)
    if area is None:
        raise NothingHere(
            _("There is no focus area “{name}”. These are there:"),
            [(each.name, area_address(edition, role, each)) for each in areas],
            area_id,
        )
    return area


def areas_of(edition: Edition, role: Role) -> list[FocusArea]:
    """The areas in which this role has a field."""
    return [area for area in edition.areas if role.fields_in(area)]
