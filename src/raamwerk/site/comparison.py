"""Who does what: the roles side by side, area by area."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from raamwerk.web.addresses import area_address, find_framework, only_parameters, role_address
from raamwerk.web.cacheable import same_for_everyone
from raamwerk.web.rendering import render_page


@require_safe
@only_parameters()
def comparison(request: HttpRequest, framework: str) -> HttpResponse:
    """What each role does and can, per area, for the talk about who takes what up."""
    edition = find_framework(framework)
    context = {
        "edition": edition,
        "roles": [(role, role_address(edition, role)) for role in edition.roles],
        "areas": [
            (
                area,
                hue,
                [
                    (role, area_address(edition, role, area), role.fields_in(area))
                    for role in edition.roles
                    if role.fields_in(area)
                ],
            )
            for hue, area in enumerate(edition.areas, start=1)
        ],
    }
    return same_for_everyone(render_page(request, "site/comparison.html", context))
