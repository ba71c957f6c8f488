"""The start page: what this is, the roles to choose from, and how it works."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.urls.converters import SlugConverter
from django.views.decorators.http import require_safe

from raamwerk.documents.formats import FORMATS
from raamwerk.frameworks.library import current_edition, frameworks
from raamwerk.web.addresses import only_parameters, role_address
from raamwerk.web.cacheable import same_without_key
from raamwerk.web.rendering import render_page
from raamwerk.worksheets.views.mine import known_worksheets


@require_safe
@only_parameters()
def start(request: HttpRequest) -> HttpResponse:
    """The first page; it leads a browser that has worksheets to where it was."""
    context = {
        "editions": [
            (edition, [(role, role_address(edition, role)) for role in edition.roles])
            for edition in frameworks()
        ],
        "formats": FORMATS,
        **known_worksheets(request),
    }
    response = render_page(request, "site/start.html", context)
    return response if context["has_keys"] else same_without_key(response)


class KnownFramework(SlugConverter):
    """In an address: a framework that is at hand. Any other word is no address, with or without a slash."""

    def to_python(self, value: str) -> str:
        """The same word. Raises ValueError where no framework is called so."""
        if current_edition(value) is None:
            raise ValueError
        return value


@require_safe
def framework_start(request: HttpRequest, framework: str) -> HttpResponse:
    """Lead the address of a framework without a role to its roles on the start page."""
    return HttpResponseRedirect(f"{reverse('start')}#roles-{framework}")
