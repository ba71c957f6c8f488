"""Opening a worksheet: what its owner wrote and marked, ready to show."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from raamwerk.notes import HEADING_FIELDS, TITLE, Mark, Notes
from raamwerk.owners.access import OpenOwner, find_owners
from raamwerk.owners.sealing import BrokenSealError, read_plain
from raamwerk.worksheets import queries
from raamwerk.worksheets.changes import base_of
from raamwerk.worksheets.queries import NO_MARK, MarkRow, WorksheetRow
from raamwerk.worksheets.sealed import open_text, worksheet_key


@dataclass(frozen=True, slots=True)
class OpenWorksheet:
    """A worksheet as its owner sees it. ``bases`` are what the next changes of its texts start from."""

    public_id: str
    framework: str
    edition: str
    role: str
    changed_at: datetime
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
    """What a browser's keys open for one role: its worksheets, the one worked on last first."""

    owners: Sequence[OpenOwner]
    rows: Sequence[WorksheetRow] = ()
    worksheet: OpenWorksheet | None = None

    def title_of(self, row: WorksheetRow) -> str:
        """What its owner calls this worksheet. Raises BrokenSealError."""
        text = queries.texts_of([row.id], [TITLE]).get((row.id, TITLE))
        return _reader(owner_of(row, self.owners), row)(TITLE, text.sealed) if text else ""


def open_desk(secrets: Sequence[str], framework: str, role: str, public_id: str = "") -> Desk:
    """What these secrets open for a role, with one worksheet open: the named one, else the last.

    Without an owner, where no secret opens anything. Raises BrokenSealError.
    """
    owners = find_owners(secrets)
    if not owners:
        return Desk(())
    rows = rows_of_role(owners, framework, role)
    chosen = next((row for row in rows if row.public_id == public_id), None)
    if chosen is None and rows and not public_id:
        chosen = rows[0]
    return Desk(owners, rows, open_worksheet(owners, chosen) if chosen else None)


def rows_of_role(owners: Sequence[OpenOwner], framework: str, role: str) -> list[WorksheetRow]:
    """The worksheets of these owners for a role, the one changed last first."""
    rows = [row for each in owners for row in queries.worksheets_of_role(each.id, framework, role)]
    return rows if len(owners) == 1 else sorted(rows, key=lambda row: row.changed_at, reverse=True)


def owner_of(row: WorksheetRow, owners: Sequence[OpenOwner]) -> OpenOwner:
    """Whose worksheet this is."""
    return next(owner for owner in owners if owner.id == row.owner_id)


def open_worksheet(owners: Sequence[OpenOwner], row: WorksheetRow) -> OpenWorksheet:
    """Everything in this worksheet of one of these owners. Raises BrokenSealError."""
    texts, bases = {}, {}
    read = _reader(owner_of(row, owners), row)
    for name, text in queries.read_texts(row.id).items():
        words = read(name, text.sealed)
        texts[name], bases[name] = words, base_of(text.revision, words)
    return OpenWorksheet(
        public_id=row.public_id,
        framework=row.framework,
        edition=row.edition,
        role=row.role,
        changed_at=row.changed_at,
        texts=texts,
        bases=bases,
        marks=queries.read_marks(row.id),
    )


def every_worksheet(secrets: Sequence[str]) -> Iterator[OpenWorksheet | BrokenSealError]:
    """All worksheets that these secrets open, the one changed last first; what does not open, as such."""
    owners = find_owners(secrets)
    for row in queries.worksheets_of_owners([owner.id for owner in owners]):
        try:
            yield open_worksheet(owners, row)
        except BrokenSealError as broken:
            yield broken


def _reader(owner: OpenOwner, row: WorksheetRow) -> Callable[[str, bytes], str]:
    """Reads the sealed text of a field of this worksheet."""
    if owner.key is None:
        # From before sealing, and nothing can be written now.
        return lambda _field_id, plain: read_plain(plain)
    key = worksheet_key(owner, row)
    return lambda field_id, sealed: open_text(key, row.public_id, field_id, sealed)
