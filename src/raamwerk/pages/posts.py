"""Reading what is posted: bounded in size, exact in its characters, checked against the framework.

The same changes come in two forms: as JSON from the page's own script, and as a form without it.
Whatever can't be read raises a ``Problem`` that says why; nothing is repaired in silence.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.utils.translation import gettext as _

from raamwerk.frameworks.library import current_edition
from raamwerk.frameworks.model import Edition, FocusArea, Role
from raamwerk.notes import MarkKind
from raamwerk.pages.problems import Problem
from raamwerk.worksheets.changes import (
    Changes,
    MarkChange,
    PointChange,
    fingerprint,
    with_plain_newlines,
)
from raamwerk.worksheets.keys import well_formed

BODY_LIMIT = 2_000_000
"""The most bytes in one post: eight full fields of the widest characters, and room to spare."""

FORM_TYPE = "application/x-www-form-urlencoded"
JSON_TYPE = "application/json"
MOST_FORM_FIELDS = 2000
LARGEST_SEQUENCE = 2**53


@dataclass(frozen=True, slots=True)
class SavePost:
    """A post to save. ``texts`` and ``marks_now`` are all that the page showed, changed or not."""

    edition: Edition
    role: Role
    area: FocusArea | None
    changes: Changes
    texts: Mapping[str, str]
    marks_now: tuple[MarkChange, ...]
    proposed_key: str | None = None
    anchor: str = ""

    def everything(self) -> Changes:
        """All that a form showed as changes, for a worksheet that holds none of it yet."""
        points = {field_id: PointChange(field_id, text) for field_id, text in self.texts.items()}
        points |= {change.field: change for change in self.changes.points}
        return Changes(tuple(points.values()), self.marks_now)


def read_save(request: HttpRequest) -> SavePost:
    """The changes that this post asks to keep. Raises Problem."""
    if request.content_type == JSON_TYPE:
        return _from_json(read_json(request))
    return _from_form(read_form(request))


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in this post. Raises Problem."""
    try:
        content = json.loads(read_body(request))
    except (ValueError, RecursionError):
        raise unreadable() from None
    if not isinstance(content, dict):
        raise unreadable()
    return content


def read_form(request: HttpRequest) -> dict[str, list[str]]:
    """The fields of this form, with every value. Raises Problem."""
    if request.content_type != FORM_TYPE:
        raise Problem(
            415,
            "wrong-type",
            _("Not readable"),
            _("We read forms and JSON here, nothing else."),
        )
    form: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(
            read_body(request).decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FORM_FIELDS,
        )
    except ValueError:
        raise unreadable() from None
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    return form


def read_body(request: HttpRequest) -> bytes:
    """The body of this post, whole and within the limit. Raises Problem."""
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > BODY_LIMIT:
        raise Problem(
            413,
            "too-large",
            _("This is too much to send at once"),
            _("Nothing was changed. Go back in your browser, shorten your text and save again."),
        )
    body = request.read(size)
    if len(body) < size:
        # Half a form can look like a whole one with a shorter text in it.
        raise unreadable()
    return body


def unreadable() -> Problem:
    """What was sent is broken."""
    return Problem(
        400,
        "unreadable",
        _("Not readable"),
        _("What your browser sent is damaged. Nothing was changed. Go back and try again."),
    )


def _from_json(content: dict[str, Any]) -> SavePost:
    edition, role = _role_named(content.get("framework"), content.get("role"))
    points = [_point_from_json(role, each) for each in _list(content, "points")]
    marks = [_mark_from_json(role, each) for each in _list(content, "marks")]
    proposed = content.get("key")
    if proposed is not None and not (isinstance(proposed, str) and well_formed(proposed)):
        raise unreadable()
    return SavePost(
        edition=edition,
        role=role,
        area=None,
        changes=Changes(tuple(points), tuple(marks)),
        texts={},
        marks_now=(),
        proposed_key=proposed,
    )


def _point_from_json(role: Role, content: object) -> PointChange:
    match content:
        case {
            "field": str(field_id),
            "text": str(text),
            "base": str(base),
            "writer": str(writer),
            "sequence": int(sequence),
        } if len(writer) <= 40 and writer.isascii() and 0 <= sequence <= LARGEST_SEQUENCE:
            _check_field(role, field_id)
            return PointChange(field_id, with_plain_newlines(text), base, writer, sequence)
    raise unreadable()


def _mark_from_json(role: Role, content: object) -> MarkChange:
    match content:
        case {"statement": str(statement), "kind": str(kind), "on": bool(on)}:
            return _mark(role, statement, kind, on=on)
    raise unreadable()


def _list(content: dict[str, Any], name: str) -> list[Any]:
    value = content.get(name, [])
    if not isinstance(value, list) or len(value) > MOST_FORM_FIELDS:
        raise unreadable()
    return value


def _from_form(form: dict[str, list[str]]) -> SavePost:
    edition, role = _role_named(first(form, "framework"), first(form, "role"))
    texts = {
        name.removeprefix("text:"): with_plain_newlines(values[0])
        for name, values in form.items()
        if name.startswith("text:")
    }
    points = [change for field_id, text in texts.items() for change in _point(form, field_id, text)]
    for change in texts:
        _check_field(role, change)
    before = _marks(role, first(form, "marks-before").split())
    now = _marks(role, form.get("mark", []))
    return SavePost(
        edition=edition,
        role=role,
        area=edition.area(first(form, "gebied")),
        changes=Changes(tuple(points), tuple(_differences(before, now))),
        texts=texts,
        marks_now=tuple(now),
        anchor=_anchor(role, first(form, "at")),
    )


def _point(form: dict[str, list[str]], field_id: str, text: str) -> Iterable[PointChange]:
    """The change to one field, if any: untouched text is none, nor is keeping the other text."""
    base = first(form, f"base:{field_id}")
    choice = first(form, f"keep:{field_id}")
    if choice == "other" or (not choice and fingerprint(text) == base):
        return
    if choice == "both":
        other = with_plain_newlines(first(form, f"other:{field_id}"))
        text = f"{other}\n\n{text}"
    yield PointChange(field_id, text, base)


def _marks(role: Role, written: Iterable[str]) -> list[MarkChange]:
    pairs = (each.rpartition(":") for each in written)
    return [_mark(role, statement, kind, on=True) for statement, _colon, kind in pairs]


def _differences(before: list[MarkChange], now: list[MarkChange]) -> Iterable[MarkChange]:
    """Only what this page changed, so that it leaves alone what another window did."""
    yield from (mark for mark in now if mark not in before)
    yield from (MarkChange(m.statement, m.kind, on=False) for m in before if m not in now)


def _mark(role: Role, statement: str, kind: str, *, on: bool) -> MarkChange:
    if statement not in {each.id for each in role.statements} or kind not in list(MarkKind):
        raise unreadable()
    return MarkChange(statement, MarkKind(kind), on)


def _check_field(role: Role, field_id: str) -> None:
    if role.field(field_id) is None:
        raise unreadable()


def _anchor(role: Role, field_id: str) -> str:
    return f"veld-{field_id}" if role.field(field_id) else ""


def _role_named(framework: object, role_id: object) -> tuple[Edition, Role]:
    edition = current_edition(framework) if isinstance(framework, str) else None
    role = edition.role(role_id) if edition and isinstance(role_id, str) else None
    if edition is None or role is None:
        raise unreadable()
    return edition, role


def first(form: Mapping[str, list[str]], name: str) -> str:
    """The first value of a form field; empty where it has none."""
    return form.get(name, [""])[0]
