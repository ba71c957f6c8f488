"""The overview: the document on the page as it downloads, and the downloads themselves."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from raamwerk.documents.formats import FORMATS, Format, format_named
from raamwerk.documents.overview import Overview, Wish, compose_overview
from raamwerk.documents.workshop import workshop
from raamwerk.frameworks.model import Edition, FocusArea, Role
from raamwerk.notes import Notes
from raamwerk.pages.addresses import find_area, find_role, overview_address, role_address
from raamwerk.pages.key_cookie import key_of
from raamwerk.pages.metrics import DOWNLOADS
from raamwerk.pages.posts import first, read_form
from raamwerk.pages.problems import NothingHere
from raamwerk.pages.rate_limits import hold_back
from raamwerk.pages.surroundings import current_language, show, the_framework
from raamwerk.worksheets.changes import DETAIL_LIMIT, TooLong, refusal
from raamwerk.worksheets.keeping import (
    OpenWorksheet,
    keep_details,
    open_worksheet,
    worked_on,
)

DETAILS = ("name", "school", "occasion")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which overview is asked for, and what there is to fill it with."""

    edition: Edition
    role: Role
    area: FocusArea | None
    only_noted: bool
    worksheet: OpenWorksheet | None
    notes: Notes
    details: dict[str, str]

    @property
    def used(self) -> bool:
        """Whether an attention field of this role was used at all."""
        return self.notes.used(self.role.fields)

    def overview(self) -> Overview:
        """The document."""
        wish = Wish(
            current_language(),
            timezone.localdate(),
            self.area,
            self.only_noted,
            **{name: words.strip() for name, words in self.details.items()},
        )
        return compose_overview(self.edition, self.role, self.notes, wish)


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """The document on the page. A post keeps its heading and shows it anew."""
    asked = _asked(request)
    if request.method != "POST":
        return _overview_page(request, asked)
    troubles = _keep_details(asked)
    if troubles:
        return _overview_page(request, asked, troubles, status=422)
    return HttpResponseRedirect(
        overview_address(asked.role, asked.area, asked.only_noted), status=303
    )


@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest, format_id: str) -> HttpResponse:
    """The document as a file. Without any note the page explains why there is none yet."""
    wanted = _format(format_id)
    hold_back(request, "download", key_of(request))
    asked = _asked(request)
    troubles = _keep_details(asked) if request.method == "POST" else {}
    if troubles:
        return _overview_page(request, asked, troubles, status=422)
    if not asked.used:
        return _overview_page(request, asked, status=409)
    document = asked.overview()
    response = HttpResponse(workshop.make(wanted.id, document), content_type=wanted.media_type)
    DOWNLOADS.labels(wanted.id).inc()
    filename = quote(f"{document.filename}.{wanted.suffix}")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _format(format_id: str) -> Format:
    wanted = format_named(format_id)
    if wanted is None:
        raise NothingHere(
            _("There is no format “{name}”. These are there:").format(name=format_id[:80]),
            [(each.name, reverse("download", args=[each.id])) for each in FORMATS],
        )
    return wanted


def _asked(request: HttpRequest) -> Asked:
    """What a query (or the form that was posted) asks for. Raises NothingHere, UnknownKeyError."""
    form = read_form(request) if request.method == "POST" else dict(request.GET.lists())
    edition = the_framework()
    key = key_of(request)
    role = _role(edition, first(form, "rol"), key)
    worksheet = open_worksheet(key, edition, role) if key else None
    kept = worksheet.details if worksheet else {}
    return Asked(
        edition=edition,
        role=role,
        area=find_area(edition, role, first(form, "gebied")),
        only_noted=first(form, "inhoud") == "notities",
        worksheet=worksheet,
        notes=worksheet.notes if worksheet else Notes(),
        details={
            name: first(form, name) if name in form else kept.get(name, "") for name in DETAILS
        },
    )


def _role(edition: Edition, role_id: str, key: str | None) -> Role:
    """The role that is asked for; else the one this browser last worked on; else the first."""
    if role_id:
        return find_role(edition, role_id)
    latest = worked_on(key, edition) if key else []
    return latest[0] if latest else edition.roles[0]


def _keep_details(asked: Asked) -> dict[str, str]:
    """Keep the heading with the worksheet; return in words, by name, what can't be kept."""
    reasons = {name: refusal(words, DETAIL_LIMIT) for name, words in asked.details.items()}
    troubles = {
        name: _detail_words(reason.over if isinstance(reason, TooLong) else 0)
        for name, reason in reasons.items()
        if reason
    }
    if asked.worksheet and not troubles:
        keep_details(asked.worksheet, asked.details)
    return troubles


def _detail_words(over: int) -> str:
    if not over:
        return _("This holds a character that no document can show.")
    return ngettext(
        "This is {count} character too long.", "This is {count} characters too long.", over
    ).format(count=over)


def _overview_page(
    request: HttpRequest, asked: Asked, troubles: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    labels = {"name": _("Name"), "school": _("School"), "occasion": _("Occasion")}
    context: dict[str, Any] = {
        "asked": asked,
        "overview": asked.overview() if asked.used and not troubles else None,
        "formats": [(each, reverse("download", args=[each.id])) for each in FORMATS],
        "details": [
            (name, labels[name], asked.details[name], (troubles or {}).get(name, ""))
            for name in DETAILS
        ],
        "detail_limit": DETAIL_LIMIT,
        "role_address": role_address(asked.edition, asked.role),
        "first_field": asked.role.fields[0].id,
        "roles": [(each, overview_address(each)) for each in asked.edition.roles],
    }
    return show(request, "pages/overview.html", context, status=status)
