"""Opening a worksheet: what its owner wrote and marked, ready to show."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from raamwerk.notes import HEADING_FIELDS, TITLE, Mark, Notes
from raamwerk.owners.access import (
    OpenOwner,
    find_owners,
    open_owners,
    read_keys,
    some_stay_closed,
)
from raamwerk.owners.sealing import BrokenSealError, read_plain
from raamwerk.worksheets import queries
from raamwerk.worksheets.changes import base_of
from raamwerk.worksheets.queries import NO_MARK, MarkRow, TextRow, WorksheetRow
from raamwerk.worksheets.sealed import open_text, worksheet_key

Contents = tuple[dict[str, TextRow], dict[Mark, MarkRow]]
"""The sealed texts of a worksheet by field, and its marks."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class OpenWorksheet:
    """A worksheet as its owner sees it. ``bases`` are what the next changes of its texts start from."""

    public_id: str
    framework: str
    edition: str
    role: str
    begun_at: datetime
    changed_at: datetime
    last_field: str
    texts: Mapping[str, str] = field(repr=False)
    bases: Mapping[str, str] = field(repr=False)
    marks: Mapping[Mark, MarkRow] = field(repr=False)

    @property
    def title(self) -> str:
        """What its owner calls it; empty where they call it nothing."""
        return self.texts.get(TITLE, "")

    @property
    def heading(self) -> dict[str, str]:
        """What stands above the overview, by field."""
        return {name: self.texts.get(name, "") for name in HEADING_FIELDS}

    @property
    def notes(self) -> Notes:
        """Its points of attention and marks."""
        points = {name: text for name, text in self.texts.items() if "-" in name}
        return Notes(points, frozenset(mark for mark, row in self.marks.items() if row.on))

    def mark(self, mark: Mark) -> MarkRow:
        """What is stored of this mark."""
        return self.marks.get(mark, NO_MARK)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a browser's keys open for one role: its worksheets, the one worked on last first.

    ``some_closed`` says that it has a key, or another one, that is damaged.
    """

    owners: Sequence[OpenOwner]
    rows: Sequence[WorksheetRow] = ()
    worksheet: OpenWorksheet | None = None
    some_closed: bool = False

    def title_of(self, row: WorksheetRow) -> str:
        """What its owner calls this worksheet. Raises BrokenSealError."""
        text = queries.texts_of([row.id], [TITLE]).get((row.id, TITLE))
        return _reader(owner_of(row, self.owners), row)(TITLE, text.sealed) if text else ""


def open_desk(secrets: Sequence[str], framework: str, role: str, public_id: str = "") -> Desk:
    """What these secrets open for a role, with one worksheet open: the named one, else the last.

    Without an owner, where no secret opens anything. Raises BrokenSealError.
    """
    [desk] = open_desks([secrets], framework, role, public_id)
    if isinstance(desk, BrokenSealError):
        raise desk
    return desk


def open_desks(
    browsers: Sequence[Sequence[str]], framework: str, role: str, public_id: str = ""
) -> list[Desk | BrokenSealError]:
    """The same for several browsers: each trip to the database is made once for all of them."""
    keys = read_keys([secret for secrets in browsers for secret in secrets])
    found = [open_owners(secrets, keys) for secrets in browsers]
    ids = {owner.id for owners in found for owner in owners}
    all_rows = queries.worksheets_of_role(ids, framework, role)
    desks: list[Desk] = []
    for secrets, owners in zip(browsers, found, strict=True):
        theirs = {owner.id for owner in owners}
        rows = [row for row in all_rows if row.owner_id in theirs]
        desks.append(Desk(owners, rows, some_closed=some_stay_closed(secrets, keys, owners)))
    chosen = [_chosen(desk, public_id) for desk in desks]
    contents = _contents([row.id for row in chosen if row])
    return [
        _attempt(partial(_opened, desk, row, contents[row.id])) if row else desk
        for desk, row in zip(desks, chosen, strict=True)
    ]


def _attempt(work: Callable[[], Found]) -> Found | BrokenSealError:
    try:
        return work()
    except BrokenSealError as broken:
        return broken


def _chosen(desk: Desk, public_id: str) -> WorksheetRow | None:
    if not public_id:
        return desk.rows[0] if desk.rows else None
    return next((row for row in desk.rows if row.public_id == public_id), None)


def _opened(desk: Desk, row: WorksheetRow, contents: Contents) -> Desk:
    return replace(desk, worksheet=_open(owner_of(row, desk.owners), row, contents))


def owner_of(row: WorksheetRow, owners: Sequence[OpenOwner]) -> OpenOwner:
    """Whose worksheet this is."""
    return next(owner for owner in owners if owner.id == row.owner_id)


def _contents(ids: Sequence[int]) -> Mapping[int, Contents]:
    """What stands in these worksheets, by their id."""
    found: dict[int, Contents] = {each: ({}, {}) for each in ids}
    if ids:
        for (worksheet, name), text in queries.texts_of(ids).items():
            found[worksheet][0][name] = text
        for (worksheet, mark), row in queries.marks_of(ids).items():
            found[worksheet][1][mark] = row
    return found


def _open(owner: OpenOwner, row: WorksheetRow, contents: Contents) -> OpenWorksheet:
    """Everything in this worksheet. Raises BrokenSealError."""
    texts, bases = {}, {}
    sealed, marks = contents
    read = _reader(owner, row)
    for name, text in sealed.items():
        words = read(name, text.sealed)
        texts[name], bases[name] = words, base_of(text.revision, words)
    return OpenWorksheet(
        public_id=row.public_id,
        framework=row.framework,
        edition=row.edition,
        role=row.role,
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        last_field=row.last_field,
        texts=texts,
        bases=bases,
        marks=marks,
    )


def every_worksheet(secrets: Sequence[str]) -> Iterator[OpenWorksheet | BrokenSealError]:
    """All worksheets that these secrets open, the one changed last first; what does not open, as such."""
    owners = find_owners(secrets)
    rows = queries.worksheets_of_owners([owner.id for owner in owners])
    contents = _contents([row.id for row in rows])
    for row in rows:
        yield _attempt(partial(_open, owner_of(row, owners), row, contents[row.id]))


def _reader(owner: OpenOwner, row: WorksheetRow) -> Callable[[str, bytes], str]:
    """Reads the sealed text of a field of this worksheet."""
    if owner.key is None:
        # From before sealing, and nothing can be written now.
        return lambda _field_id, plain: read_plain(plain)
    key = worksheet_key(owner, row)
    return lambda field_id, sealed: open_text(key, row.public_id, field_id, sealed)
