"""The personal parts of a role page, by the names under which its templates ask for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from raamwerk.frameworks.differences import differences
from raamwerk.frameworks.model import AttentionField, Edition, FocusArea, Role, Statement, Text
from raamwerk.notes import Mark, MarkKind, Notes
from raamwerk.owners.sealing import BrokenSealError
from raamwerk.web.addresses import WORKSHEET, role_address
from raamwerk.web.problems import broken_seal
from raamwerk.worksheets.carry_over import earlier_fields, newer_edition
from raamwerk.worksheets.changes import base_of
from raamwerk.worksheets.queries import MarkRow, WorksheetRow
from raamwerk.worksheets.read import Desk, OpenWorksheet
from raamwerk.worksheets.words import amount_words, saved_words, told_apart

NO_BASE = base_of(0, "")


NO_DESK = Desk(())
"""Of a browser whose keys open nothing."""


@dataclass(frozen=True, slots=True)
class FieldTrouble:
    """Why a field is not saved: a message, and in a conflict the text that is stored."""

    message: str
    other: str | None = None


@dataclass(frozen=True, slots=True)
class RefusedField:
    """A field that is not saved: where it is on the page, what it is called, and why."""

    anchor: str
    label: Sequence[Text | str]
    message: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What the page says first when a form was not saved whole. ``typed`` is quoted in the notice."""

    fields: Sequence[RefusedField] = ()
    notice: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class PersonalParts:
    """What one visitor sees. ``unsaved`` is what a form sent and that is not stored, by field."""

    desk: Desk = NO_DESK
    notice: str = ""
    unsaved: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[Mark, MarkRow] | None = None
    troubles: Mapping[str, FieldTrouble] = field(default_factory=dict)
    worksheet_id: str | None = None

    @property
    def worksheet(self) -> OpenWorksheet | None:
        """The worksheet that is shown."""
        return self.desk.worksheet

    def text(self, field_id: str) -> str:
        """What stands in this field of the page."""
        stored = self.worksheet.texts.get(field_id, "") if self.worksheet else ""
        return self.unsaved.get(field_id, stored)

    def base(self, field_id: str) -> str:
        """What the next change of this field starts from."""
        stored = self.worksheet.bases.get(field_id, NO_BASE) if self.worksheet else NO_BASE
        return self.bases.get(field_id, stored)

    @property
    def shown_marks(self) -> Mapping[Mark, MarkRow]:
        """The marks as the page shows them."""
        if self.marks is not None:
            return self.marks
        return self.worksheet.marks if self.worksheet else {}


def personal_values(
    edition: Edition, role: Role, area: FocusArea | None, parts: PersonalParts
) -> dict[str, str]:
    """Every personal part of the page of this role, or of one of its areas."""
    worksheet, marks = parts.worksheet, parts.shown_marks
    shown = role.fields_in(area) if area else role.fields
    on_page = frozenset[str]().union(*(each.statement_ids for each in shown))
    shown_id = worksheet.public_id if worksheet else ""
    values = {
        "worksheet": shown_id if parts.worksheet_id is None else parts.worksheet_id,
        "notice": _notice(parts.notice),
        "saved": state_words(worksheet, parts),
        "marks-before": _marks_on(marks, on_page),
        "switch": _switch(edition, role, parts.desk),
        "edition-news": _edition_news(edition, worksheet),
        "earlier": _earlier(edition, role, worksheet),
    }
    values |= _amounts(edition, role, shown, parts)
    for each in shown:
        values[f"point-{each.id}"] = parts.text(each.id)
        values |= text_values(each.id, parts)
    for (statement, kind), row in marks.items():
        if row.revision or row.on:
            values[f"mark-{statement}-{kind}"] = _mark_attributes(row)
    return values


def unknown_key_notice() -> str:
    """What a page says to a browser whose keys open nothing here. Reading goes on; the key stays."""
    return _(
        "This browser has a key that opens no worksheet here: it has been deleted, or has not "
        "been used for so long that it expired. If you fill something in now, a new worksheet "
        "starts; the old key stays in your browser."
    )


def notice_of(secrets: Sequence[str], desk: Desk) -> str:
    """What a page says first of the keys that this browser shows."""
    if desk.some_closed:
        closed = broken_seal()
        said = f"{closed.title}. {closed.message}"
        begins = _("If you fill something in now, a new worksheet starts; what is kept stays.")
        return said if desk.owners else f"{said} {begins}"
    return unknown_key_notice() if secrets and not desk.owners else ""


def state_words(worksheet: OpenWorksheet | None, parts: PersonalParts) -> str:
    """When it was saved, or that not everything is."""
    if parts.troubles or parts.unsaved:
        return _("Not saved yet")
    return saved_words(worksheet.changed_at if worksheet else None)


def _amounts(
    edition: Edition, role: Role, shown: Sequence[AttentionField], parts: PersonalParts
) -> dict[str, str]:
    """How much is noted: in all, in what the page does not show, by area in words, by field as a dot."""
    notes = Notes(
        {each.id: parts.text(each.id) for each in role.fields},
        frozenset(mark for mark, row in parts.shown_marks.items() if row.on),
    )
    elsewhere = notes.amount(each for each in role.fields if each not in shown)
    values = {
        "amount": amount_words(notes.amount(role.fields)),
        "elsewhere": f"{elsewhere.texts} {elsewhere.ticks}",
    }
    for area in edition.areas:
        values[f"amount-{area.id}"] = amount_words(notes.amount(role.fields_in(area)))
    for each in role.fields:
        if notes.used([each]):
            values[f"noted-{each.id}"] = "noted"
    return values


def text_values(name: str, parts: PersonalParts) -> dict[str, str]:
    """What stands beside the text of any field: its base, and why it is not saved."""
    values = {f"base-{name}": parts.base(name)}
    if trouble := parts.troubles.get(name):
        values[f"trouble-{name}"] = _trouble(name, trouble)
        values[f"invalid-{name}"] = mark_safe('aria-invalid="true"')
    return values


def _mark_attributes(row: MarkRow) -> str:
    checked = "checked " if row.on else ""
    return mark_safe(f'{checked}data-base="{row.revision}"')  # noqa: S308 - a number


def _marks_on(marks: Mapping[Mark, MarkRow], on_page: frozenset[str]) -> str:
    return " ".join(
        f"{statement}:{kind}"
        for (statement, kind), row in marks.items()
        if row.on and statement in on_page
    )


def _trouble(field_id: str, trouble: FieldTrouble) -> str:
    return render_to_string(
        "worksheets/field_trouble.html", {"field": field_id, "trouble": trouble}
    )


def _notice(words: str) -> str:
    return render_to_string("web/notice.html", {"words": words}) if words else ""


def _switch(edition: Edition, role: Role, desk: Desk) -> str:
    """The way to the other worksheets of this role, where there are any."""
    if len(desk.rows) < 2:
        return ""
    shown = desk.worksheet.public_id if desk.worksheet else ""
    titles = [_title(desk, row) for row in desk.rows]
    begun = [row.begun_at for row in desk.rows]
    told = told_apart(list(zip(titles, begun, strict=True)))
    choices = [
        (
            role_address(edition, role, **{WORKSHEET: row.public_id}),
            title,
            words,
            row.public_id == shown,
        )
        for row, title, words in zip(desk.rows, titles, told, strict=True)
    ]
    return render_to_string("worksheets/switch.html", {"choices": choices})


def _title(desk: Desk, row: WorksheetRow) -> str:
    """What its owner calls a worksheet; one that does not open says so itself, once it is asked for."""
    try:
        return desk.title_of(row)
    except BrokenSealError:
        return ""


def _edition_news(edition: Edition, worksheet: OpenWorksheet | None) -> str:
    """That a newer edition is there, and what changed in it for this role."""
    newer = newer_edition(worksheet) if worksheet else None
    if worksheet is None or newer is None or newer.id == edition.id:
        return ""
    context = {
        "worksheet": worksheet,
        "edition": edition,
        "newer": newer,
        "differences": differences(edition, newer, worksheet.role),
        "role_stays": newer.role(worksheet.role) is not None,
    }
    return render_to_string("worksheets/edition_news.html", context)


def _earlier(edition: Edition, role: Role, worksheet: OpenWorksheet | None) -> str:
    """What was noted on what this edition no longer has."""
    fields = earlier_fields(worksheet, edition) if worksheet else ()
    if worksheet is None or not fields:
        return ""
    return render_to_string(
        "worksheets/earlier.html", {"fields": earlier_rows(worksheet, role, fields)}
    )


def earlier_rows(
    worksheet: OpenWorksheet, role: Role, fields: Sequence[AttentionField]
) -> list[tuple[AttentionField, list[tuple[Statement, list[str]]], str]]:
    """Each field with its statements, what they are marked with in words, and its text if it is gone."""
    words = {
        MarkKind.WORK_ON: _("I want to work on this"),
        MarkKind.TALK_OVER: _("I want to discuss this"),
    }
    notes = worksheet.notes

    def said(statement: Statement) -> list[str]:
        return [words[kind] for kind in MarkKind if notes.marked(statement.id, kind)]

    return [
        (
            each,
            [(statement, said(statement)) for statement in each.statements],
            "" if role.field(each.id) else notes.point(each),
        )
        for each in fields
    ]
