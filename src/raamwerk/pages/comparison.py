"""Who does what: the roles side by side, area by area."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from raamwerk.pages.addresses import area_address, find_framework, role_address
from raamwerk.pages.printed import PrintedResponse
from raamwerk.pages.surroundings import draw


@require_safe
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
                ],
            )
            for hue, area in enumerate(edition.areas, start=1)
        ],
    }
    address = reverse("comparison", args=[framework])
    page = draw(address, "pages/comparison.html", context)
    return PrintedResponse(page) if request.get_full_path() == address else HttpResponse(page)
