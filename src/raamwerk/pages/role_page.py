"""The role page: what the role asks, with room beside it for one's own notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_safe

from raamwerk.frameworks.library import find_edition
from raamwerk.frameworks.model import AttentionField, Edition, FocusArea, Role
from raamwerk.notes import POINT_LIMIT, Notes
from raamwerk.pages.addresses import (
    area_address,
    find_area,
    find_framework,
    find_role,
    overview_address,
    role_address,
)
from raamwerk.pages.key_cookie import key_of, take_key
from raamwerk.pages.printed import Fill, FilledResponse, PrintedResponse
from raamwerk.pages.problems import unknown_key
from raamwerk.pages.refusals import tell_refusal
from raamwerk.pages.slots import Sheet
from raamwerk.pages.surroundings import current_language, draw
from raamwerk.worksheets.changes import fingerprint
from raamwerk.worksheets.keeping import open_worksheet
from raamwerk.worksheets.keys import UnknownKeyError


@dataclass(frozen=True, slots=True)
class FieldTrouble:
    """Why a field is not kept: a message, and in a conflict the text that is kept."""

    message: str
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Personal:
    """What one visitor sees in the holes of the page.

    ``bases`` are the texts that are kept where they differ from what the page shows.
    """

    notes: Notes = field(default_factory=Notes)
    saved_at: datetime | None = None
    bases: Mapping[str, str] = field(default_factory=dict)
    troubles: Mapping[str, FieldTrouble] = field(default_factory=dict)
    notice: str = ""


@require_safe
def role_page(request: HttpRequest, framework: str, role: str) -> HttpResponse:
    """A role, all its areas or the one in ``?gebied=``, with this visitor's notes."""
    edition = find_framework(framework)
    the_role = find_role(edition, role)
    area = find_area(edition, the_role, request.GET.get("gebied"))
    key = key_of(request)
    if key is None:
        return _for_everyone(request, edition, the_role, area)
    page = _page_for(key, edition, the_role, area)
    if page is None:
        return _without_the_key(request, edition, the_role, area)
    if request.get_full_path() != _page_address(edition, the_role, area):
        return HttpResponse(page)
    return FilledResponse(page, _filler(edition, the_role, area))


def _page_for(key: str, edition: Edition, role: Role, area: FocusArea | None) -> bytes | None:
    """The page with the words of whoever holds this key; None for a key that opens nothing."""
    try:
        worksheet = open_worksheet(key, edition, role)
    except UnknownKeyError:
        return None
    personal = Personal(worksheet.notes, worksheet.changed_at) if worksheet else Personal()
    return role_sheet(edition, role, area).fill(_hole_values(edition, role, personal))


def _filler(edition: Edition, role: Role, area: FocusArea | None) -> Fill:
    """Fills this page in this language for any key, and leaves every trouble to the view."""
    language = current_language()

    def fill(key: str) -> bytes | None:
        try:
            with override(language):
                return _page_for(key, edition, role, area)
        except AnyDatabaseError:
            return None

    return fill


def _without_the_key(
    request: HttpRequest, edition: Edition, role: Role, area: FocusArea | None
) -> HttpResponse:
    """Reading goes on with a key that opens nothing; the page says so and takes the key away."""
    problem = unknown_key()
    tell_refusal(request, problem.code, problem.status)
    notice = f"{problem.title}. {problem.message}"
    response = personal_page(edition, role, area, Personal(notice=notice))
    take_key(response)
    return response


def personal_page(
    edition: Edition, role: Role, area: FocusArea | None, personal: Personal, status: int = 200
) -> HttpResponse:
    """The page with one visitor's words in it."""
    sheet = role_sheet(edition, role, area)
    return HttpResponse(sheet.fill(_hole_values(edition, role, personal)), status=status)


def role_sheet(edition: Edition, role: Role, area: FocusArea | None) -> Sheet:
    """The page with its holes, in the active language."""
    area_id = area.id if area else None
    return _sheet(edition.framework, edition.id, role.id, area_id, current_language())


@cache
def _sheet(
    framework: str, edition_id: str, role_id: str, area_id: str | None, language: str
) -> Sheet:
    """Drawn once for each role, area and language. By ids: a whole edition is slow to look up."""
    edition = find_edition(framework, edition_id)
    role = edition.role(role_id) if edition else None
    if edition is None or role is None:
        raise LookupError(role_id)
    area = edition.area(area_id) if area_id else None
    with override(language):
        address = _page_address(edition, role, area)
        return Sheet.cut(draw(address, "pages/role.html", _context(edition, role, area)))


def _context(edition: Edition, role: Role, area: FocusArea | None) -> dict[str, Any]:
    return {
        "edition": edition,
        "role": role,
        "area": area,
        "areas": [
            (each, hue, area_address(edition, role, each), role.fields_in(each))
            for hue, each in enumerate(edition.areas, start=1)
        ],
        "role_address": role_address(edition, role),
        "footnotes": {footnote.number: footnote for footnote in edition.footnotes},
        "titles": {source.letter: source.title for source in edition.sources},
        "overview_address": overview_address(role, area),
        "conflict_words": conflict_words(),
        "point_limit": POINT_LIMIT,
        "note_words": _note_sentence(1),
        "notes_words": _note_sentence(2),
    }


def _for_everyone(
    request: HttpRequest, edition: Edition, role: Role, area: FocusArea | None
) -> HttpResponse:
    sheet = role_sheet(edition, role, area)
    page = sheet.fill(_hole_values(edition, role, Personal()))
    if request.get_full_path() != _page_address(edition, role, area):
        return HttpResponse(page)
    return PrintedResponse(page)


def _page_address(edition: Edition, role: Role, area: FocusArea | None) -> str:
    return area_address(edition, role, area) if area else role_address(edition, role)


def _hole_values(edition: Edition, role: Role, personal: Personal) -> dict[str, str]:
    values = {
        "notice": _notice(personal.notice),
        "saved": saved_words(personal.saved_at),
        "kept": "yes" if personal.saved_at else "no",
        "marks-before": " ".join(f"{statement}:{kind}" for statement, kind in personal.notes.marks),
    }
    for area in edition.areas:
        count = personal.notes.count(role.fields_in(area))
        values[f"count-{area.id}"] = str(count or "")
        values[f"count-words-{area.id}"] = count_words(count)
    for each in role.fields:
        values |= _field_values(each, personal)
    for statement, kind in personal.notes.marks:
        values[f"mark-{statement}-{kind}"] = "checked"
    return values


def _field_values(attention_field: AttentionField, personal: Personal) -> dict[str, str]:
    name = attention_field.id
    text = personal.notes.point(attention_field)
    trouble = personal.troubles.get(name)
    return {
        f"point-{name}": text,
        f"base-{name}": fingerprint(personal.bases.get(name, text)),
        f"trouble-{name}": _trouble(name, trouble) if trouble else "",
        f"invalid-{name}": mark_safe('aria-invalid="true"') if trouble else "",
    }


def _trouble(field_id: str, trouble: FieldTrouble) -> str:
    return render_to_string("pages/field_trouble.html", {"field": field_id, "trouble": trouble})


def _notice(words: str) -> str:
    return render_to_string("pages/notice.html", {"words": words}) if words else ""


def saved_words(saved_at: datetime | None) -> str:
    """When a worksheet was last kept, in words; nothing where there is none."""
    if saved_at is None:
        return ""
    return _saved_words(saved_at.replace(second=0, microsecond=0), current_language())


@lru_cache(maxsize=1000)
def _saved_words(minute: datetime, _language: str) -> str:
    moment = timezone.localtime(minute)
    return _("Saved on {day} at {time}").format(
        day=formats.date_format(moment, "j F"), time=formats.date_format(moment, "H:i")
    )


def conflict_words() -> str:
    """What to say when another window changed the same field."""
    return _(
        "This field was also changed elsewhere, for example in another window. "
        "Both texts are here: choose what to keep."
    )


def count_words(count: int) -> str:
    """How much was noted, in words."""
    return _count_words(count, current_language())


@lru_cache(maxsize=1000)
def _count_words(count: int, _language: str) -> str:
    return _note_sentence(count).format(count=count)


def _note_sentence(count: int) -> str:
    return ngettext("{count} note", "{count} notes", count)
