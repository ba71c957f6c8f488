"""The start page: what this is, three roles to choose from, and how it works."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from raamwerk.frameworks.model import Role
from raamwerk.pages.addresses import overview_address, role_address
from raamwerk.pages.key_cookie import key_of
from raamwerk.pages.printed import PrintedResponse
from raamwerk.pages.role_page import count_words, saved_words
from raamwerk.pages.surroundings import draw, show, the_framework
from raamwerk.worksheets.keeping import open_worksheet, worked_on
from raamwerk.worksheets.keys import UnknownKeyError


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The first page; with "where you were" for a browser that has a worksheet."""
    edition = the_framework()
    context: dict[str, Any] = {
        "edition": edition,
        "roles": [(role, role_address(edition, role)) for role in edition.roles],
        "kept": kept_worksheets(key_of(request)),
    }
    if context["kept"] or request.get_full_path() != reverse("start"):
        return show(request, "pages/start.html", context)
    return PrintedResponse(draw(reverse("start"), "pages/start.html", context))


def kept_worksheets(key: str | None) -> list[dict[str, Any]]:
    """This browser's worksheets, latest changed first, each with its role, amount and addresses."""
    try:
        roles = worked_on(key, the_framework()) if key else []
    except UnknownKeyError:
        roles = []
    return [_describe(key, role) for role in roles if key]


def _describe(key: str, role: Role) -> dict[str, Any]:
    edition = the_framework()
    worksheet = open_worksheet(key, edition, role)
    return {
        "role": role,
        "noted": count_words(worksheet.notes.count(role.fields) if worksheet else 0),
        "saved": saved_words(worksheet.changed_at if worksheet else None),
        "address": role_address(edition, role),
        "overview_address": overview_address(role),
    }
