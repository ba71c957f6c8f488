"""Saving without loss: what was acknowledged is kept, and nothing is overwritten unseen."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import Error as AnyDatabaseError
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from raamwerk.frameworks.model import Edition, Role
from raamwerk.notes import Notes
from raamwerk.worksheets import statements
from raamwerk.worksheets.changes import Changes, PointChange, Refusal, fingerprint, refusal
from raamwerk.worksheets.keys import UnknownKeyError, digest, find_key
from raamwerk.worksheets.models import Key, Worksheet
from raamwerk.worksheets.statements import FoundWorksheet, KeptPoint

USE_IS_NOTED_EVERY = timedelta(days=1)

_one_writer = threading.Lock()


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a save, by field id: the text now kept, or why the new one was not.

    ``conflicts`` holds the text that was kept earlier and that the person has not seen.
    """

    saved_at: datetime
    points: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, str] = field(default_factory=dict)
    refusals: Mapping[str, Refusal] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether everything that was asked is now kept."""
        return not self.conflicts and not self.refusals


@dataclass(frozen=True, slots=True)
class Save:
    """What one save asks: to keep these changes in this known key's worksheet for the role."""

    key: str
    edition: Edition
    role: Role
    changes: Changes


Outcome = Kept | UnknownKeyError | AnyDatabaseError
"""What became of a save: kept, in conflict or refused, or why it could not be done at all."""


@dataclass(frozen=True, slots=True)
class OpenWorksheet:
    """A worksheet as its owner sees it: when it last changed, its heading and its notes."""

    id: int
    changed_at: datetime
    details: Mapping[str, str]
    notes: Notes


def keep(key: str, edition: Edition, role: Role, changes: Changes, *, begin: bool) -> Kept:
    """Keep these changes in this key's worksheet for the role, all in one transaction.

    ``begin`` says the key is new and may start a worksheet; otherwise raises UnknownKeyError for
    a key that opens nothing. What is refused or in conflict stays as it was; the rest is kept.
    """
    with _writing():
        return _keep_in_turn(Save(key, edition, role, changes), begin=begin)


def keep_all(saves: Sequence[Save]) -> list[Outcome]:
    """Keep all of these in one transaction; returns what became of each, and raises nothing.

    What troubles the database for one save troubles it for all, except for a fault in that one
    save: then the others are kept each by itself.
    """
    try:
        with _writing():
            return [_outcome(save) for save in saves]
    except AnyDatabaseError as error:
        # A connection keeps what it met when it was opened, such as a file it could only read.
        connection.close()
        if len(saves) == 1 or isinstance(error, OperationalError):
            return [error] * len(saves)
        return [outcome for save in saves for outcome in keep_all([save])]


def _outcome(save: Save) -> Outcome:
    try:
        return _keep_in_turn(save, begin=False)
    except UnknownKeyError as unknown:
        return unknown


def _keep_in_turn(save: Save, *, begin: bool) -> Kept:
    """Keep one save, in the transaction that is open."""
    refusals = _refusals(save.changes.points)
    acceptable = [change for change in save.changes.points if change.field not in refusals]
    now = timezone.now()
    worksheet_id = _worksheet_to_write(save.key, save.edition, save.role, now, begin=begin)
    conflicts = _keep_points(worksheet_id, acceptable)
    statements.write_marks(
        worksheet_id, ((mark.statement, mark.kind, mark.on) for mark in save.changes.marks)
    )
    points = {each.field: each.text for each in acceptable if each.field not in conflicts}
    return Kept(now, points, conflicts, refusals)


def keep_details(worksheet: OpenWorksheet, details: Mapping[str, str]) -> None:
    """Keep what heads the overview: name, school and occasion, each of them optional.

    What is there already is not written again, except once a day to note that it is still in use.
    """
    now = timezone.now()
    if worksheet.details == details and now - worksheet.changed_at < USE_IS_NOTED_EVERY:
        return
    changed_at = max(now, worksheet.changed_at)
    with _writing():
        Worksheet.objects.filter(pk=worksheet.id).update(**details, changed_at=changed_at)


def open_worksheet(key: str, edition: Edition, role: Role) -> OpenWorksheet | None:
    """This key's worksheet for the role with its notes, or None before its first note.

    Raises UnknownKeyError for a key that opens nothing.
    """
    found = statements.find(digest(key), edition.framework, role.id)
    if found is None:
        raise UnknownKeyError
    return _with_notes(found.worksheet) if found.worksheet else None


def _with_notes(found: FoundWorksheet) -> OpenWorksheet:
    points, marks = statements.read_notes(found.id)
    return OpenWorksheet(
        id=found.id,
        changed_at=found.changed_at,
        details={"name": found.name, "school": found.school, "occasion": found.occasion},
        notes=Notes(points, marks),
    )


def worked_on(key: str, edition: Edition) -> list[Role]:
    """The roles this key has a worksheet for, latest changed first. Raises UnknownKeyError."""
    worksheets = find_key(key).worksheets.filter(framework=edition.framework)
    roles = worksheets.order_by("-changed_at").values_list("role", flat=True)
    return [role for role_id in roles if (role := edition.role(role_id))]


def forget(key: str) -> None:
    """Delete everything this key opens, for good. Raises UnknownKeyError."""
    find_key(key).delete()


def purge(older_than: timedelta) -> int:
    """Delete the keys of which no worksheet changed for this long; returns how many."""
    limit = timezone.now() - older_than
    stale = Key.objects.filter(created_at__lt=limit).exclude(worksheets__changed_at__gte=limit)
    count = stale.count()
    stale.delete()
    return count


@contextmanager
def _writing() -> Iterator[None]:
    """A transaction that writes.

    SQLite has one writer at a time and lets the others sleep and ask again, in ever longer naps.
    A lock in front of it lets the threads of this process follow each other at once.
    """
    turn = _turn_to_write() if connection.vendor == "sqlite" else nullcontext()
    with turn, transaction.atomic():
        yield


@contextmanager
def _turn_to_write() -> Iterator[None]:
    """This thread's turn. Raises OperationalError when it does not come in time.

    In front of a locked database nobody then waits for all the others to wait in vain first.
    """
    if not _one_writer.acquire(timeout=connection.settings_dict["OPTIONS"]["timeout"]):
        raise OperationalError("no turn to write came")
    try:
        yield
    finally:
        _one_writer.release()


def _refusals(points: Iterable[PointChange]) -> dict[str, Refusal]:
    reasons = {change.field: refusal(change.text) for change in points}
    return {field_id: reason for field_id, reason in reasons.items() if reason}


def _worksheet_to_write(
    key: str, edition: Edition, role: Role, now: datetime, *, begin: bool
) -> int:
    """The worksheet's id, begun if need be, and noted as changed."""
    worksheet_id = statements.touch(digest(key), edition.framework, role.id, now)
    if worksheet_id is not None:
        return worksheet_id
    if not begin and statements.find(digest(key), edition.framework, role.id) is None:
        raise UnknownKeyError
    return _begin_worksheet(key, edition, role, now)


def _begin_worksheet(key: str, edition: Edition, role: Role, now: datetime) -> int:
    owner, _new = Key.objects.get_or_create(digest=digest(key))
    worksheet, _new = Worksheet.objects.select_for_update().get_or_create(
        key=owner,
        framework=edition.framework,
        role=role.id,
        defaults={"changed_at": now, "edition": edition.id},
    )
    return int(worksheet.pk)


def _keep_points(worksheet_id: int, changes: list[PointChange]) -> dict[str, str]:
    """Write the texts that may be written; return the unseen text of those that may not."""
    kept = statements.read_points(worksheet_id, [change.field for change in changes])
    conflicts = {}
    for change in changes:
        point = kept.get(change.field, KeptPoint())
        if _overtaken(point, change):
            continue
        if _unseen(point, change):
            conflicts[change.field] = point.text
            continue
        new = KeptPoint(change.text, change.writer, change.sequence)
        statements.write_point(worksheet_id, change.field, new)
    return conflicts


def _overtaken(kept: KeptPoint, change: PointChange) -> bool:
    """Whether a later save from the same page view got here first."""
    return bool(change.writer) and kept.writer == change.writer and kept.sequence > change.sequence


def _unseen(kept: KeptPoint, change: PointChange) -> bool:
    """Whether writing would wipe a text that this page view neither wrote nor started from."""
    own = bool(change.writer) and kept.writer == change.writer
    same = kept.text == change.text or fingerprint(kept.text) == change.base
    return bool(kept.text.strip()) and not own and not same
