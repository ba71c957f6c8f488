"""Saving without loss: what was acknowledged is stored, and nothing is overwritten unseen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.db import Error as AnyDatabaseError
from django.db import OperationalError
from django.utils import timezone

from raamwerk.frameworks.model import Edition, Role
from raamwerk.notes import Mark, text_limit
from raamwerk.owners.access import (
    NoKeyError,
    OpenOwner,
    digest,
    lock_owners,
    open_owners,
    read_keys,
)
from raamwerk.owners.sealing import BrokenSealError, new_key
from raamwerk.plain_sql import Row, release_connection, writing
from raamwerk.worksheets import queries
from raamwerk.worksheets.changes import (
    Changes,
    MarkChange,
    TextChange,
    TooLong,
    base_of,
    fingerprint,
    too_long,
)
from raamwerk.worksheets.joining import joined_into
from raamwerk.worksheets.models import Worksheet, new_public_id
from raamwerk.worksheets.queries import NO_MARK, MarkRow, TextRow, WorksheetRow
from raamwerk.worksheets.read import owner_of
from raamwerk.worksheets.sealed import open_text, seal_text, worksheet_key, wrap_worksheet_key
from raamwerk.worksheets.upkeep import needs_upkeep, settled_owners

LATEST, ANOTHER = "", "new:"
"""Instead of a worksheet's public id: the one last worked on for the role; a new one, with perhaps the
public id that the page proposes for it."""

A_ROW = 100
"""In bytes: about what a mark takes."""

MOST_OF_A_ROLE = 50
"""So many worksheets one person may have for a role."""

Found = TypeVar("Found")


class OtherWorksheetError(Exception):
    """The worksheet that was named is none that this browser opens."""


class TooManyWorksheetsError(Exception):
    """This person has as many worksheets for the role as anybody may have."""


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """What one save asks: to make these changes in a worksheet that these secrets open."""

    secrets: tuple[str, ...] = field(repr=False)
    edition: Edition
    role: Role
    changes: Changes = field(repr=False)
    worksheet: str = LATEST


@dataclass(frozen=True, slots=True)
class Conflict:
    """The text that is stored and that the person has not seen, with its base."""

    text: str = field(repr=False)
    base: str


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What became of a save. By field: the base of what is now stored, or why it is not.

    ``marks`` tells for every mark that was sent what is stored now: perhaps what another page wanted.
    ``cleaned`` has the texts that are stored otherwise than they came; ``lost`` says whether invisible
    characters were left out of any. ``grown`` is how many bytes more are kept than before.
    """

    worksheet: str
    saved_at: datetime
    saved: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)
    refusals: Mapping[str, TooLong] = field(default_factory=dict)
    marks: Mapping[Mark, MarkRow] = field(default_factory=dict)
    cleaned: Mapping[str, str] = field(default_factory=dict, repr=False)
    lost: bool = False
    grown: int = 0

    @property
    def whole(self) -> bool:
        """Whether every text that was sent is now stored."""
        return not self.conflicts and not self.refusals


Outcome = SaveResult | Exception
"""What became of a save, or why it could not be done at all."""


def save(request: SaveRequest) -> SaveResult:
    """Make these changes, all in one transaction.

    What is refused or in conflict stays as it was; the rest is stored. Raises NoKeyError,
    OtherWorksheetError, TooManyWorksheetsError, BrokenSealError, and what the database raises.
    """
    [outcome] = save_all([request])
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def save_all(requests: Sequence[SaveRequest]) -> list[Outcome]:
    """Make all of these in one transaction; returns what became of each, an error as such.

    What troubles the database for one save troubles it for all, except for a fault in that one
    save: then the others are stored each by itself.
    """
    order = sorted(range(len(requests)), key=lambda at: _order(requests[at]))
    try:
        with writing():
            outcomes = dict(zip(order, _save_all([requests[at] for at in order]), strict=True))
    except Exception as error:
        if isinstance(error, AnyDatabaseError):
            release_connection()
        if len(requests) == 1 or isinstance(error, OperationalError):
            return [error] * len(requests)
        return [outcome for each in requests for outcome in save_all([each])]
    return [outcomes[at] for at in range(len(requests))]


def _order(request: SaveRequest) -> list[str]:
    """The same for every node, so that two that save for the same people seldom wait in a ring."""
    return sorted(map(digest, request.secrets))


def _save_all(requests: Sequence[SaveRequest]) -> list[Outcome]:
    """In the transaction that is open: read for all at once, change one after the other, write at once.

    Each trip to the database is made once, however many save together. What goes wrong for one request is
    found before anything of it is written.
    """
    now = timezone.now()
    meant = _worksheets_to_write(requests)
    stored = _stored(requests, meant)
    outcomes: list[Outcome] = []
    texts: dict[tuple[int, str], TextRow] = {}
    marks: dict[tuple[int, Mark], MarkRow] = {}
    last_fields = {sheet.row.id: "" for sheet in meant if isinstance(sheet, _Sheet)}
    for request, sheet in zip(requests, meant, strict=True):
        if isinstance(sheet, Exception):
            outcomes.append(sheet)
            continue
        try:
            change = _changed(request, sheet, stored, now)
        except BrokenSealError as broken:
            outcomes.append(broken)
            continue
        # What the next in line finds stored.
        stored.texts.update(change.texts)
        stored.marks.update(change.marks)
        texts |= change.texts
        marks |= change.marks
        last_fields[sheet.row.id] = _last_field(request.role, change) or last_fields[sheet.row.id]
        outcomes.append(change.result)
    if last_fields:
        queries.touch(last_fields, now)
    queries.write_texts(texts)
    queries.write_marks(marks)
    return outcomes


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A worksheet to write in, and its key."""

    row: WorksheetRow
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Stored:
    """What is stored, of all worksheets and fields that these saves are about."""

    texts: dict[tuple[int, str], TextRow]
    marks: dict[tuple[int, Mark], MarkRow]


@dataclass(frozen=True, slots=True)
class _Change:
    """What one save writes, and what to answer."""

    result: SaveResult
    texts: dict[tuple[int, str], TextRow]
    marks: dict[tuple[int, Mark], MarkRow]


def _last_field(role: Role, change: _Change) -> str:
    """The last of the attention fields that this change is in, texts before marks; empty where in none."""
    fields = [field_id for _worksheet, field_id in change.texts if field_id in role.field_ids]
    if not fields:
        statements = {statement for _worksheet, (statement, _kind) in change.marks}
        fields = [each.id for each in role.fields if each.statement_ids & statements]
    return fields[-1] if fields else ""


def _stored(requests: Sequence[SaveRequest], meant: Sequence[_Sheet | Exception]) -> _Stored:
    ids = {sheet.row.id for sheet in meant if isinstance(sheet, _Sheet)}
    if not ids:
        return _Stored({}, {})
    fields = {each.field for request in requests for each in request.changes.texts}
    statements = {each.statement for request in requests for each in request.changes.marks}
    return _Stored(dict(queries.texts_of(ids, fields)), dict(queries.marks_of(ids, statements)))


def _changed(request: SaveRequest, sheet: _Sheet, stored: _Stored, now: datetime) -> _Change:
    """What becomes of one save. Raises BrokenSealError."""
    refusals = _refusals(request.changes.texts)
    saved, conflicts, texts = {}, {}, {}
    for each in request.changes.texts:
        if each.field in refusals:
            continue
        place = (sheet.row.id, each.field)
        outcome = _changed_text(sheet, each, stored.texts.get(place))
        if isinstance(outcome, Conflict):
            conflicts[each.field] = outcome
        else:
            saved[each.field], new = outcome
            if new:
                texts[place] = new
    marks, told = _changed_marks(sheet.row.id, request.changes.marks, stored)
    kept = [each for each in request.changes.texts if each.field in saved]
    result = SaveResult(
        worksheet=sheet.row.public_id,
        saved_at=now,
        saved=saved,
        conflicts=conflicts,
        refusals=refusals,
        marks=told,
        cleaned={each.field: each.text for each in kept if each.cleaned},
        lost=any(each.lost for each in kept),
        grown=_grown(texts, marks, stored),
    )
    return _Change(result, texts, marks)


def _grown(
    texts: Mapping[tuple[int, str], TextRow],
    marks: Mapping[tuple[int, Mark], MarkRow],
    stored: _Stored,
) -> int:
    """How many bytes more are kept than before, at least: a row is more than what is in it."""
    before = (stored.texts.get(place) for place in texts)
    sealed = sum(len(new.sealed) for new in texts.values())
    return (
        sealed
        - sum(len(old.sealed) for old in before if old)
        + A_ROW * sum(place not in stored.marks for place in marks)
    )


def _refusals(changes: Sequence[TextChange]) -> dict[str, TooLong]:
    reasons = {each.field: too_long(each.text, text_limit(each.field) or 0) for each in changes}
    return {field_id: reason for field_id, reason in reasons.items() if reason}


def _worksheets_to_write(
    requests: Sequence[SaveRequest],
) -> list[_Sheet | Exception]:
    """The worksheet that each save means, begun if need be, and locked; or why there is none."""
    keys = read_keys([secret for request in requests for secret in request.secrets])
    owners = [_outcome(partial(_owners, request.secrets, keys)) for request in requests]
    ids = {owner.id for each in owners if not isinstance(each, Exception) for owner in each}
    rows = queries.worksheets_of_owners(ids)
    meant: list[_Sheet | Exception] = []
    for request, each in zip(requests, owners, strict=True):
        if isinstance(each, Exception):
            meant.append(each)
        else:
            meant.append(_outcome(partial(_sheet_to_write, each, request, rows)))
    known = {sheet.row.id for sheet in meant if isinstance(sheet, _Sheet)}
    if known:
        # In PostgreSQL the savers of a worksheet take turns so.
        queries.lock_worksheets(known)
    return meant


def _owners(secrets: Sequence[str], keys: Sequence[Row]) -> list[OpenOwner]:
    """The owners that a browser's secrets open, put in order where that is needed. Raises NoKeyError."""
    owners = open_owners(secrets, keys)
    return owners if owners and not needs_upkeep(owners) else settled_owners(secrets)


def _outcome(find: Callable[[], Found]) -> Found | Exception:
    """What is found, or why that can't be; found before anything is written."""
    try:
        return find()
    except (NoKeyError, OtherWorksheetError, TooManyWorksheetsError, BrokenSealError) as reason:
        return reason


def _sheet_to_write(
    owners: Sequence[OpenOwner], request: SaveRequest, rows: list[WorksheetRow]
) -> _Sheet:
    """The worksheet that is meant, among these of all who save; begun, and added to them, if need be."""
    found = _worksheet_meant(owners, request, rows)
    if found is None:
        lock_owners(owners[:1])
        # Look again: another save of this browser may have begun it while we waited for the lock.
        now_there = queries.worksheets_of_owners([owner.id for owner in owners])
        found = _worksheet_meant(owners, request, now_there)
        public_id = request.worksheet.partition(ANOTHER)[2]
        found = found or joined_into(public_id, now_there)
        found = found or begin_worksheet(owners[0], request.edition, request.role, public_id)
    if found not in rows:
        rows.insert(0, found)
    return _Sheet(found, worksheet_key(owner_of(found, owners), found))


def _worksheet_meant(
    owners: Sequence[OpenOwner], request: SaveRequest, rows: Sequence[WorksheetRow]
) -> WorksheetRow | None:
    """The worksheet that is meant; None where it is to be begun. Raises OtherWorksheetError."""
    theirs, role = {owner.id for owner in owners}, (request.edition.framework, request.role.id)
    rows = [row for row in rows if row.owner_id in theirs and (row.framework, row.role) == role]
    named, another, proposed = request.worksheet.partition(ANOTHER)
    if not named and not another:
        return rows[0] if rows else None
    found = next((row for row in rows if row.public_id == (proposed if another else named)), None)
    if found is None and not another:
        raise OtherWorksheetError
    return found


def begin_worksheet(
    owner: OpenOwner, edition: Edition, role: Role, public_id: str = ""
) -> WorksheetRow:
    """A new worksheet of this owner, with a key of its own. Raises TooManyWorksheetsError.

    ``public_id`` is what a page proposed, so that its post may come twice; else it is made here.
    """
    if len(queries.worksheets_of_role([owner.id], edition.framework, role.id)) >= MOST_OF_A_ROLE:
        raise TooManyWorksheetsError
    public_id, now = public_id or new_public_id(), timezone.now()
    row = Worksheet.objects.create(
        public_id=public_id,
        owner_id=owner.id,
        framework=edition.framework,
        edition=edition.id,
        role=role.id,
        wrapped_key=wrap_worksheet_key(owner, public_id, new_key()),
        begun_at=now,
        changed_at=now,
    )
    return next(each for each in queries.worksheets_of_owners([owner.id]) if each.id == row.pk)


def _changed_text(
    sheet: _Sheet, change: TextChange, row: TextRow | None
) -> tuple[str, TextRow | None] | Conflict:
    """The base of the text that is then stored, with what to write, if anything; or why it can't be."""
    public_id = sheet.row.public_id
    if row and not _is_own(change, row):
        text = open_text(sheet.key, public_id, change.field, row.sealed)
        base = base_of(row.revision, text)
        if _is_overtaken(change, row) or text == change.text:
            return base, None
        if not _has_seen(change, text, row):
            return Conflict(text, base)
    revision = (row.revision if row else 0) + 1
    sealed = seal_text(sheet.key, public_id, change.field, change.text)
    new = TextRow(sealed, revision, change.writer, change.sequence)
    return base_of(revision, change.text), new


def _is_overtaken(change: TextChange | MarkChange, row: TextRow | MarkRow) -> bool:
    """Whether a later save from the same page view got here first."""
    return bool(change.writer) and row.writer == change.writer and row.sequence > change.sequence


def _is_own(change: TextChange | MarkChange, row: TextRow | MarkRow) -> bool:
    """Whether this page view wrote what is stored, so that a lost answer makes no quarrel."""
    return bool(change.writer) and row.writer == change.writer and row.sequence <= change.sequence


def _has_seen(change: TextChange, stored: str, row: TextRow) -> bool:
    """Whether nothing that the person hasn't seen is wiped.

    A page's script must name the revision and its text: so a copy of its post that comes late, after the
    person went on elsewhere, undoes nothing, and neither does one from before an older backup was put back.
    A form and a page of version 0.1 are sent by a person's own hand.
    """
    made_from_it = change.base.fingerprint == fingerprint(stored)
    if change.base.revision is not None and change.writer:
        return made_from_it and change.base.revision == row.revision
    return made_from_it or not stored.strip()


def _changed_marks(
    worksheet_id: int, changes: Sequence[MarkChange], stored: _Stored
) -> tuple[dict[tuple[int, Mark], MarkRow], dict[Mark, MarkRow]]:
    """The marks to write, and what is then stored of each that was sent."""
    new: dict[tuple[int, Mark], MarkRow] = {}
    told = {}
    for change in changes:
        mark = (change.statement, change.kind)
        place = (worksheet_id, mark)
        row = new.get(place) or stored.marks.get(place, NO_MARK)
        told[mark] = row
        # A form (no writer) says itself what it changed.
        meant = not change.writer or _is_own(change, row) or change.base == row.revision
        if not meant or _is_overtaken(change, row):
            continue
        if row.on != change.on:
            told[mark] = MarkRow(change.on, row.revision + 1, change.writer, change.sequence)
        elif _is_own(change, row):
            told[mark] = replace(row, sequence=change.sequence)
        else:
            continue
        new[place] = told[mark]
    return new, told
