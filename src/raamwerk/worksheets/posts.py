"""Reading a post to save, checked against the edition it names.

The same changes come in two forms: as JSON from the page's own script, and as a form without it.
Whatever can't be read raises a ``Problem`` that says why; nothing is repaired in silence.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from raamwerk.frameworks.library import current_edition, find_edition
from raamwerk.frameworks.model import AttentionField, Edition, FocusArea, Role
from raamwerk.notes import HEADING_FIELDS, TITLE, MarkKind
from raamwerk.web.addresses import AREA
from raamwerk.web.forms import JSON_TYPE, first, read_form, read_json, unreadable
from raamwerk.worksheets.changes import (
    Base,
    Changes,
    MarkChange,
    TextChange,
    both_texts,
    fingerprint,
)
from raamwerk.worksheets.save import ANOTHER, LATEST
from raamwerk.worksheets.typed_text import Cleaned, clean

LARGEST_NUMBER = 2**53
WORKSHEET_FORM = re.compile(r"[A-Za-z0-9_-]{22}")
BASE_FORM = re.compile(r"(?:[0-9]{1,15}\.)?[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class SavePost:
    """A post to save. ``texts`` and ``marks_now`` are all that the page showed, changed or not."""

    edition: Edition
    role: Role
    area: FocusArea | None
    worksheet: str
    changes: Changes
    texts: Mapping[str, str]
    marks_now: tuple[MarkChange, ...]
    anchor: str = ""

    def everything(self) -> Changes:
        """All that a form showed as changes, for a worksheet that holds none of it yet."""
        texts = {field_id: TextChange(field_id, text) for field_id, text in self.texts.items()}
        texts |= {each.field: replace(each, base=Base()) for each in self.changes.texts}
        return Changes(tuple(texts.values()), self.marks_now)


def is_json(request: HttpRequest) -> bool:
    """Whether the page's own script sent this."""
    return request.content_type == JSON_TYPE


def read_save(request: HttpRequest) -> SavePost:
    """The changes that this post asks to save. Raises Problem."""
    return (
        _from_json(read_json(request)) if is_json(request) else read_save_form(read_form(request))
    )


def _from_json(content: dict[str, Any]) -> SavePost:
    edition, role = _role_named(*(content.get(name) for name in ("framework", "edition", "role")))
    statements = role.statement_ids
    texts = _list(content, "texts", len(role.fields) + len(HEADING_FIELDS) + 1)
    marks = _list(content, "marks", len(MarkKind) * len(statements))
    changes = Changes(
        tuple(_text_from_json(role, each) for each in texts),
        tuple(_mark_from_json(statements, each) for each in marks),
    )
    if len({change.field for change in changes.texts}) < len(texts):
        raise unreadable()
    return SavePost(
        edition=edition,
        role=role,
        area=None,
        worksheet=_worksheet_named(content.get("worksheet", LATEST)),
        changes=changes,
        texts={},
        marks_now=(),
    )


def _text_from_json(role: Role, content: object) -> TextChange:
    match content:
        case {
            "field": str(field_id),
            "text": str(text),
            "base": str(base),
            "writer": str(writer),
            "sequence": int(sequence),
        } if _is_writer(writer) and _is_number(sequence) and _has_text(role, field_id):
            kept = clean(field_id, text)
            new = kept.text != text
            return TextChange(field_id, kept.text, _base(base), writer, sequence, new, kept.lost)
    raise unreadable()


def _mark_from_json(statements: Collection[str], content: object) -> MarkChange:
    match content:
        case {
            "statement": str(statement),
            "kind": str(kind),
            "on": bool(on),
            "base": int(base),
            "writer": str(writer),
            "sequence": int(sequence),
        } if _is_writer(writer) and _is_number(sequence) and _is_number(base):
            mark = _mark(statements, statement, kind)
            return replace(mark, on=on, base=base, writer=writer, sequence=sequence)
    raise unreadable()


def _list(content: dict[str, Any], name: str, most: int) -> list[Any]:
    value = content.get(name, [])
    if not isinstance(value, list) or len(value) > most:
        raise unreadable()
    return value


def read_save_form(form: Mapping[str, list[str]]) -> SavePost:
    """The changes that this form asks to save: only of what it shows. Raises Problem."""
    edition, role = _role_named(*(first(form, name) for name in ("framework", "edition", "role")))
    area = edition.area(first(form, AREA))
    sent = {
        name.removeprefix("text:"): values[0]
        for name, values in form.items()
        if name.startswith("text:")
    }
    if not all(_has_text(role, field_id) for field_id in sent):
        raise unreadable()
    cleaned = {field_id: clean(field_id, text) for field_id, text in sent.items()}
    texts = {field_id: each.text for field_id, each in cleaned.items()}
    statements = {each.id for field in _shown(role, area) for each in field.statements}
    # No more than the role has are even cut apart: a few bytes each make a post of very many.
    most = len(MarkKind) * len(role.statement_ids)
    marks_before = first(form, "marks-before").split(maxsplit=most)
    before = [mark for mark in _pairs(marks_before, most) if mark[0] in statements]
    marks_now = _pairs(form.get("mark", []), len(MarkKind) * len(statements))
    now = [_mark(statements, *mark) for mark in marks_now]
    return SavePost(
        edition=edition,
        role=role,
        area=area,
        worksheet=_worksheet_named(first(form, "worksheet")),
        changes=Changes(
            tuple(
                change for field_id in texts for change in _text(form, field_id, cleaned[field_id])
            ),
            tuple(_differences([_mark(statements, *mark) for mark in before], now)),
        ),
        texts=texts,
        marks_now=tuple(now),
        anchor=_anchor(role, first(form, "at")),
    )


def _shown(role: Role, area: FocusArea | None) -> tuple[AttentionField, ...]:
    return role.fields_in(area) if area else role.fields


def _text(form: Mapping[str, list[str]], field_id: str, typed: Cleaned) -> Iterator[TextChange]:
    """The change to one field, if any: untouched text is none, nor is keeping the other text."""
    base, text = _base(first(form, f"base:{field_id}")), typed.text
    choice = first(form, f"keep:{field_id}")
    if choice == "other" or (not choice and fingerprint(text) == base.fingerprint):
        return
    if choice == "both":
        other = clean(field_id, first(form, f"other:{field_id}")).text
        text = both_texts(field_id, other, text)
    yield TextChange(field_id, text, base, lost=typed.lost)


def _pairs(written: Sequence[str], most: int) -> list[tuple[str, str]]:
    """Statement and kind of each mark; no more than there can be. Raises Problem."""
    if len(written) > most:
        raise unreadable()
    pairs = [each.rpartition(":") for each in written]
    return [(statement, kind) for statement, _colon, kind in pairs]


def _differences(before: list[MarkChange], now: list[MarkChange]) -> Iterator[MarkChange]:
    """Only what this page changed, so that it leaves alone what another window did."""
    old, new = set(before), set(now)
    yield from (mark for mark in now if mark not in old)
    yield from (MarkChange(m.statement, m.kind, on=False) for m in before if m not in new)


def _mark(statements: Collection[str], statement: str, kind: str) -> MarkChange:
    if statement not in statements or kind not in list(MarkKind):
        raise unreadable()
    return MarkChange(statement, MarkKind(kind), on=True)


def _has_text(role: Role, field_id: str) -> bool:
    return field_id in (*HEADING_FIELDS, TITLE) or role.field(field_id) is not None


def _base(written: str) -> Base:
    if written and not BASE_FORM.fullmatch(written):
        raise unreadable()
    return Base.read(written)


def _is_writer(writer: str) -> bool:
    return 0 < len(writer) <= 40 and writer.isascii()


def _is_number(number: int) -> bool:
    return not isinstance(number, bool) and 0 <= number <= LARGEST_NUMBER


def _worksheet_named(public_id: object) -> str:
    if isinstance(public_id, str):
        named = public_id.removeprefix(ANOTHER)
        if named == LATEST or WORKSHEET_FORM.fullmatch(named):
            return public_id
    raise unreadable()


def _anchor(role: Role, field_id: str) -> str:
    return f"veld-{field_id}" if role.field(field_id) else ""


def _role_named(framework: object, edition_id: object, role_id: object) -> tuple[Edition, Role]:
    """The role of the edition that the page showed. A page of version 0.1 did not name that one."""
    if isinstance(framework, str) and isinstance(role_id, str):
        if isinstance(edition_id, str) and edition_id:
            edition = find_edition(framework, edition_id)
        else:
            edition = current_edition(framework)
        role = edition.role(role_id) if edition else None
        if edition and role:
            return edition, role
    raise unreadable()
