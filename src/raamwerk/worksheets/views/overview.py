"""The overview: the document on the page as it downloads, and the downloads themselves."""

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from raamwerk.documents.conversation import compose_conversation
from raamwerk.documents.formats import FORMATS, Format, format_named
from raamwerk.documents.overview import Overview, OverviewOptions, Words, compose_overview
from raamwerk.documents.rendering_process import render
from raamwerk.frameworks.model import Edition, FocusArea, Role
from raamwerk.notes import HEADING_FIELDS, Notes
from raamwerk.web.addresses import (
    AREA,
    CONTENT,
    WORKSHEET,
    areas_of,
    find_area,
    find_framework,
    find_role,
    only_parameters,
    overview_address,
    role_address,
)
from raamwerk.web.admission import counts_as
from raamwerk.web.cookies import keep_secrets, secrets_of
from raamwerk.web.forms import first, read_form
from raamwerk.web.metrics import DOWNLOADS, count_save
from raamwerk.web.problems import NothingHere
from raamwerk.web.rendering import current_language, in_other_languages, render_page
from raamwerk.worksheets.carry_over import earlier_fields, edition_of
from raamwerk.worksheets.posts import SavePost, read_save_form
from raamwerk.worksheets.read import Desk, OpenWorksheet, open_desk
from raamwerk.worksheets.save import SaveRequest, save
from raamwerk.worksheets.upkeep import open_settled_desk
from raamwerk.worksheets.views.personal import (
    PersonalParts,
    Refused,
    RefusedField,
    notice_of,
    state_words,
    text_values,
)
from raamwerk.worksheets.views.role import TAKING
from raamwerk.worksheets.views.save import (
    FormPage,
    result_name,
    save_form,
    troubles_of,
    unsaved_texts,
)
from raamwerk.worksheets.words import amount_words, conflict_words, no_cookie_words

ONLY_NOTED, CONVERSATION = "notities", "gesprek"
"""What an overview may have in it instead of everything."""

CHOICES = "keuze"
"""Where on the page one chooses what is in the overview."""


@dataclass(frozen=True, slots=True)
class OverviewRequest:
    """Which overview is asked for, and what there is to fill it with."""

    edition: Edition
    role: Role
    area: FocusArea | None
    content: str
    desk: Desk
    named: str = ""
    notice: str = ""
    parts: PersonalParts = field(default_factory=PersonalParts)

    @property
    def worksheet(self) -> OpenWorksheet | None:
        """The worksheet that it is made of."""
        return self.desk.worksheet

    @property
    def worksheet_id(self) -> str:
        """What its form names: this worksheet, or one to begin."""
        shown = self.worksheet.public_id if self.worksheet else ""
        return shown if self.parts.worksheet_id is None else self.parts.worksheet_id

    @property
    def notes(self) -> Notes:
        """What is noted in it."""
        return self.worksheet.notes if self.worksheet else Notes()

    @property
    def used(self) -> bool:
        """Whether anything was noted: in this edition, or on what it no longer has."""
        return self.notes.used(self.role.fields) or bool(self.worksheet and self.earlier)

    @property
    def earlier(self) -> tuple[Any, ...]:
        """What was noted on what this edition no longer has."""
        return earlier_fields(self.worksheet, self.edition) if self.worksheet else ()

    @property
    def amount(self) -> str:
        """How much of what was noted is in it, in words."""
        fields = self.role.fields_in(self.area) if self.area else self.role.fields
        return amount_words(self.notes.amount(fields))

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the address that shows it like this."""
        return {
            AREA: self.area.id if self.area else "",
            WORKSHEET: self.named,
            CONTENT: self.content,
        }

    def overview(self) -> Overview:
        """The document."""
        heading = self.worksheet.heading if self.worksheet else {}
        options = OverviewOptions(
            current_language(),
            timezone.localdate(),
            self.area,
            self.content == ONLY_NOTED,
            **{name: words.strip() for name, words in heading.items()},
        )
        compose = compose_conversation if self.content == CONVERSATION else compose_overview
        return compose(self.edition, self.role, self.notes, options, self.earlier)


@require_http_methods(["GET", "HEAD", "POST"])
@only_parameters(AREA, WORKSHEET, CONTENT)
def overview(request: HttpRequest, framework: str, role: str) -> HttpResponse:
    """The document on the page. A post saves its heading and shows it anew."""
    asked, trouble = _read(request, framework, role)
    if trouble or request.method != "POST":
        return trouble or _overview_page(request, asked)
    address = overview_address(asked.edition, asked.role, **asked.parameters)
    return HttpResponseRedirect(f"{address}#{CHOICES}", status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@only_parameters(AREA, WORKSHEET, CONTENT)
@counts_as("download")
def download(request: HttpRequest, framework: str, role: str, format_id: str) -> HttpResponse:
    """The document as a file. Where nothing would be in it, the page says so and offers what there is."""
    wanted = _format(framework, role, format_id)
    asked, trouble = _read(request, framework, role)
    if trouble:
        return trouble
    document = asked.overview()
    if not asked.used or not document.areas:
        return _overview_page(request, asked, status=409)
    response = HttpResponse(render(wanted.id, document), content_type=wanted.media_type)
    DOWNLOADS.labels(wanted.id).inc()
    filename = quote(f"{document.filename}.{wanted.suffix}")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _format(framework: str, role: str, format_id: str) -> Format:
    wanted = format_named(format_id)
    if wanted is None:
        raise NothingHere(
            _("There is no format “{name}”. These are there:"),
            [(each.name, reverse("download", args=[framework, role, each.id])) for each in FORMATS],
            format_id,
        )
    return wanted


def _read(
    request: HttpRequest, framework: str, role: str
) -> tuple[OverviewRequest, HttpResponse | None]:
    """What is asked for; a post's heading is saved first. The page instead, where it can't be."""
    if request.method != "POST":
        return _opened(_overview_request(request, framework, role, dict(request.GET.lists()))), None
    form = read_form(request)
    post = read_save_form({**form, "framework": [framework], "role": [role], AREA: [""]})
    asked = _overview_request(request, framework, role, form)
    if asked.worksheet is None and any(text.strip() for text in post.texts.values()):
        return asked, save_form(request, post, _form_page(request, asked))
    if asked.worksheet is None or not post.changes.texts:
        return _opened(asked), None
    return _save_heading(request, asked, post, asked.worksheet.public_id)


def _opened(asked: OverviewRequest) -> OverviewRequest:
    """The same. Raises NothingHere where it names a worksheet that this browser doesn't open."""
    if asked.named and asked.worksheet is None:
        raise NothingHere(
            _("This browser has no such worksheet."),
            [(asked.role.name, role_address(asked.edition, asked.role))],
        )
    return asked


def _form_page(request: HttpRequest, asked: OverviewRequest) -> FormPage:
    """The page of a heading that was typed for a worksheet that this browser doesn't open."""

    def show(
        request: HttpRequest, _post: SavePost, parts: PersonalParts, status: int
    ) -> HttpResponse:
        now = replace(asked, desk=parts.desk, parts=replace(parts, notice=""), named="")
        if status == 200:
            return _overview_page(request, replace(now, notice=parts.notice))
        return _overview_page(request, now, status, _refused(parts))

    return FormPage(request.path, show, overview_address(asked.edition, asked.role))


def _save_heading(
    request: HttpRequest, asked: OverviewRequest, post: SavePost, public_id: str
) -> tuple[OverviewRequest, HttpResponse | None]:
    secrets = secrets_of(request)
    result = save(SaveRequest(secrets, post.edition, post.role, post.changes, public_id))
    count_save(result_name(result))
    desk = open_desk(secrets, asked.edition.framework, asked.role.id, public_id)
    parts = PersonalParts(desk, unsaved=unsaved_texts(post, result), troubles=troubles_of(result))
    now = replace(asked, desk=desk, parts=parts)
    if result.whole:
        return now, None
    status = 409 if result.conflicts else 422
    return now, _overview_page(request, now, status, _refused(now.parts))


def _overview_request(
    request: HttpRequest, framework: str, role_id: str, form: dict[str, list[str]]
) -> OverviewRequest:
    """What a query or a form asks for, whether or not its worksheet opens. Raises NothingHere."""
    secrets, named = secrets_of(request), first(form, WORKSHEET)
    content = first(form, CONTENT)
    worksheet_id = named or first(form, "worksheet")
    desk = open_settled_desk(secrets, framework, role_id, worksheet_id)
    edition = edition_of(desk.worksheet, framework) or find_framework(framework)
    role = find_role(edition, role_id)
    return OverviewRequest(
        edition=edition,
        role=role,
        area=find_area(edition, role, first(form, AREA)),
        content=content if content in (ONLY_NOTED, CONVERSATION) else "",
        desk=desk,
        named=named,
        notice=notice_of(secrets, desk),
        parts=PersonalParts(desk),
    )


def _refused(parts: PersonalParts) -> Refused:
    labels = _heading_labels()
    return Refused(
        [
            RefusedField(f"text-{name}", (labels[name],), parts.troubles[name].message)
            for name in HEADING_FIELDS
            if name in parts.troubles
        ],
        parts.notice,
    )


def _overview_page(
    request: HttpRequest, asked: OverviewRequest, status: int = 200, refused: Refused | None = None
) -> HttpResponse:
    edition, role = asked.edition, asked.role
    parameters = {WORKSHEET: asked.named}
    document = asked.overview() if asked.used else None
    heading = [_heading_field(name, asked.parts) for name in HEADING_FIELDS]
    heading_open = any(each["words"] or each["trouble"] for each in heading)
    context: dict[str, Any] = {
        "asked": asked,
        "refused": refused,
        "homes": f"new:{edition.framework}/{role.id} {asked.worksheet.public_id if asked.worksheet else ''}",
        "overview": document,
        "details": _details(document) if document else [],
        "formats": _formats(asked),
        "offers": _offers(asked),
        "taking": [each for each in edition.passages if each.id in TAKING],
        "heading": heading,
        "heading_open": heading_open,
        "shows_form": asked.used or heading_open,
        "worksheet_id": asked.worksheet_id,
        "areas": areas_of(edition, role),
        "role_address": role_address(edition, role, **parameters),
        "own_address": reverse("overview", args=[edition.framework, role.id]),
        "conflict_words": conflict_words(),
        "no_cookie_words": no_cookie_words(),
        "saved": state_words(asked.worksheet, asked.parts),
        "first_field": role.fields[0].id if role.fields else "",
        "other_languages": in_other_languages(overview_address(edition, role, **asked.parameters)),
        "roles": [(each, overview_address(edition, each)) for each in edition.roles],
    }
    response = render_page(request, "worksheets/overview.html", context, status=status)
    if request.method == "POST":
        keep_secrets(request, response)
    return response


def _formats(asked: OverviewRequest) -> list[tuple[str, str, str]]:
    """Each format that it downloads in: its name, what it is for, its address. The first stands out."""
    purposes = {
        "pdf": _("to keep and to print"),
        "docx": _("to edit further"),
        "odt": _("for LibreOffice"),
        "markdown": _("plain text"),
    }
    parts = [asked.edition.framework, asked.role.id]
    return [
        (each.name, purposes[each.id], reverse("download", args=[*parts, each.id]))
        for each in FORMATS
    ]


def _offers(asked: OverviewRequest) -> list[tuple[str, str]]:
    """What to take instead where the choice leaves nothing: what it is, with its address."""
    own = asked.parameters
    everything = amount_words(asked.notes.amount(asked.role.fields))
    choices = [
        (
            _("Only what I filled in, of all focus areas: {amount}").format(amount=everything),
            {AREA: ""},
        ),
        (_("This focus area with all its statements"), {CONTENT: ""}),
    ]
    return [
        (words, f"{overview_address(asked.edition, asked.role, **own | change)}#{CHOICES}")
        for words, change in choices
    ]


def _heading_labels() -> dict[str, str]:
    return {"name": _("Name"), "school": _("School"), "occasion": _("What do you use it for?")}


def _heading_field(name: str, parts: PersonalParts) -> dict[str, Any]:
    """One field of the heading, as its template shows it."""
    hints = {
        "occasion": _("For example: appraisal, team day, personal development plan"),
    }
    beside = text_values(name, parts)
    return {
        "name": name,
        "label": _heading_labels()[name],
        "hint": hints.get(name, ""),
        "words": parts.text(name),
        "base": beside[f"base-{name}"],
        "trouble": beside.get(f"trouble-{name}", ""),
    }


def _details(document: Overview) -> list[tuple[str, str, Words]]:
    """Name, label and value of each detail; the heading's also where blank, for the page's script to fill."""
    written = dict(document.details)
    labels = {"name": _("Name"), "school": _("School"), "occasion": _("Occasion")}
    own = [(name, label, written.pop(label, Words(""))) for name, label in labels.items()]
    return own + [("", label, value) for label, value in written.items()]
