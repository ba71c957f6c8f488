"""Saving without loss: what was acknowledged is stored, and nothing is overwritten unseen."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import Error as AnyDatabaseError
from django.db import OperationalError
from django.utils import timezone

from raamwerk.frameworks.model import Edition, Role
from raamwerk.notes import Mark, text_limit
from raamwerk.owners.access import NoKeyError, OpenOwner, digest, lock_owners
from raamwerk.owners.sealing import new_key
from raamwerk.plain_sql import release_connection, writing
from raamwerk.worksheets import queries
from raamwerk.worksheets.changes import (
    Changes,
    MarkChange,
    Refusal,
    TextChange,
    base_of,
    fingerprint,
    refusal,
)
from raamwerk.worksheets.models import Worksheet
from raamwerk.worksheets.queries import NO_MARK, MarkRow, TextRow, WorksheetRow
from raamwerk.worksheets.read import owner_of, rows_of_role
from raamwerk.worksheets.sealed import open_text, seal_text, worksheet_key, wrap_worksheet_key
from raamwerk.worksheets.upkeep import settled_owners

LATEST, ANOTHER = "", "new:"
"""Instead of a worksheet's public id: the one last worked on for the role; a new one, with perhaps the
public id that the page proposes for it."""

MOST_OF_A_ROLE = 50
"""So many worksheets one person may have for a role."""


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
    """

    worksheet: str
    saved_at: datetime
    saved: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)
    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    marks: Mapping[Mark, MarkRow] = field(default_factory=dict)

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
            outcomes = {at: _outcome(requests[at]) for at in order}
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


def _outcome(request: SaveRequest) -> Outcome:
    """What became of one save. These reasons are found before any of it is written."""
    try:
        return _save(request)
    except (NoKeyError, OtherWorksheetError, TooManyWorksheetsError) as reason:
        return reason


def _save(request: SaveRequest) -> SaveResult:
    """One save, in the transaction that is open."""
    owners, now = settled_owners(request.secrets), timezone.now()
    worksheet = _worksheet_to_write(owners, request, now)
    key = worksheet_key(owner_of(worksheet, owners), worksheet)
    refusals = _refusals(request.changes.texts)
    saved, conflicts = {}, {}
    acceptable = [change for change in request.changes.texts if change.field not in refusals]
    rows = queries.read_texts(worksheet.id, [change.field for change in acceptable])
    for change in acceptable:
        stored = _save_text(worksheet, key, change, rows.get(change.field))
        if isinstance(stored, Conflict):
            conflicts[change.field] = stored
        else:
            saved[change.field] = stored
    marks = _save_marks(worksheet.id, request.changes.marks)
    return SaveResult(worksheet.public_id, now, saved, conflicts, refusals, marks)


def _refusals(changes: Sequence[TextChange]) -> dict[str, Refusal]:
    reasons = {each.field: refusal(each.text, text_limit(each.field) or 0) for each in changes}
    return {field_id: reason for field_id, reason in reasons.items() if reason}


def _worksheet_to_write(
    owners: Sequence[OpenOwner], request: SaveRequest, now: datetime
) -> WorksheetRow:
    """The worksheet that is meant, begun if need be, and noted as changed."""
    found = _worksheet_meant(owners, request)
    if found is None:
        lock_owners(owners[:1])
        # Look again: another save of this browser may have begun it while we waited for the lock.
        found = _worksheet_meant(owners, request)
    if found is None:
        _begins, _another, public_id = request.worksheet.partition(ANOTHER)
        return begin_worksheet(owners[0], request.edition, request.role, public_id)
    queries.touch(found.id, now)
    return found


def _worksheet_meant(owners: Sequence[OpenOwner], request: SaveRequest) -> WorksheetRow | None:
    """The worksheet that is meant; None where it is to be begun. Raises OtherWorksheetError."""
    rows = rows_of_role(owners, request.edition.framework, request.role.id)
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
    if len(queries.worksheets_of_role(owner.id, edition.framework, role.id)) >= MOST_OF_A_ROLE:
        raise TooManyWorksheetsError
    public_id, now = public_id or secrets.token_urlsafe(16), timezone.now()
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
    return next(each for each in queries.worksheets_of_owner(owner.id) if each.id == row.pk)


def _save_text(
    worksheet: WorksheetRow, key: bytes, change: TextChange, row: TextRow | None
) -> str | Conflict:
    """Store one text; returns its base, or the conflict that keeps it from being stored."""
    if row and not _is_own(change, row):
        text = open_text(key, worksheet.public_id, change.field, row.sealed)
        base = base_of(row.revision, text)
        if _is_overtaken(change, row) or text == change.text:
            return base
        if not _has_seen(change, text, row):
            return Conflict(text, base)
    revision = (row.revision if row else 0) + 1
    sealed = seal_text(key, worksheet.public_id, change.field, change.text)
    new = TextRow(sealed, revision, change.writer, change.sequence)
    queries.write_text(worksheet.id, change.field, new)
    return base_of(revision, change.text)


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


def _save_marks(worksheet_id: int, changes: Sequence[MarkChange]) -> dict[Mark, MarkRow]:
    """Put these marks on their statements or take them off; returns what is stored of each."""
    rows = queries.read_marks(worksheet_id, [change.statement for change in changes])
    for change in changes:
        mark = (change.statement, change.kind)
        row = rows.get(mark, NO_MARK)
        # A form (no writer) says itself what it changed.
        meant = not change.writer or _is_own(change, row) or change.base == row.revision
        if not meant or _is_overtaken(change, row):
            continue
        if row.on != change.on:
            new = MarkRow(change.on, row.revision + 1, change.writer, change.sequence)
        elif _is_own(change, row):
            new = replace(row, sequence=change.sequence)
        else:
            continue
        rows[mark] = new
        queries.write_mark(worksheet_id, mark, new)
    sent = [(change.statement, change.kind) for change in changes]
    return {mark: rows.get(mark, NO_MARK) for mark in sent}
