"""What stands in an overview and in which order, decided once for the page and every format.

An ``Overview`` holds finished words in one language: a format only lays them out.
"""

from dataclasses import dataclass
from datetime import date

from raamwerk.frameworks.model import (
    AttentionField,
    Edition,
    FocusArea,
    Footnote,
    Role,
    Statement,
)
from raamwerk.notes import MarkKind, Notes
from raamwerk.wording import wording, written_date


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks of an overview. No ``area`` means all of them."""

    language: str
    day: date
    area: FocusArea | None = None
    only_noted: bool = False
    name: str = ""
    school: str = ""
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class OverviewStatement:
    """A statement: its words cut at footnote calls (int), its letters, its marks in words."""

    id: str
    pieces: tuple[str | int, ...]
    letters: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def line(self) -> str:
        """The statement on one line as the source prints it: ``words (8) more words (A,C)``."""
        words = "".join(f"({each})" if isinstance(each, int) else each for each in self.pieces)
        return f"{words} ({','.join(self.letters)})" if self.letters else words


@dataclass(frozen=True, slots=True)
class OverviewField:
    """One facet of an area: its statements, then the point of attention exactly as typed.

    ``point`` is empty where nothing was typed; ``nothing_noted`` then says so in words.
    """

    id: str
    heading: str
    statements: tuple[OverviewStatement, ...]
    point_heading: str
    point: str
    nothing_noted: str


@dataclass(frozen=True, slots=True)
class OverviewArea:
    """A focus area. ``hue`` counts from 1 and picks its quiet colour."""

    id: str
    hue: int
    heading: str
    fields: tuple[OverviewField, ...]


@dataclass(frozen=True, slots=True)
class OverviewFootnote:
    """A footnote that is called. ``remark`` says so when the text is not the source's own."""

    number: int
    text: str
    reference: str
    remark: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole document, in reading order. Headings are empty where their part is."""

    language: str
    day: date
    title: str
    framework: str
    filename: str
    details: tuple[tuple[str, str], ...]
    explanation: str
    areas: tuple[OverviewArea, ...]
    nothing_here: str
    sources_heading: str
    sources: tuple[tuple[str, str], ...]
    footnotes_heading: str
    footnotes: tuple[OverviewFootnote, ...]
    origin_heading: str
    origin: tuple[str, ...]


def compose_overview(edition: Edition, role: Role, notes: Notes, wish: Wish) -> Overview:
    """Decide the whole document for this role and these notes."""
    _ = wording(wish.language)
    fields = [field for field in role.fields if _wanted(field, notes, wish)]
    statements = [statement for field in fields for statement in field.statements]
    letters = {letter for statement in statements for letter in statement.citations}
    numbers = {number for statement in statements for number in statement.footnote_numbers}
    sources = [source for source in edition.sources if source.letter in letters]
    footnotes = [footnote for footnote in edition.footnotes if footnote.number in numbers]
    return Overview(
        language=wish.language,
        day=wish.day,
        title=_("Overview: {role}").format(role=role.name.read(wish.language)),
        framework=edition.title.read(wish.language),
        filename="-".join((_("overview"), role.id, wish.day.isoformat())),
        details=_details(edition, wish),
        explanation=role.introduction.read(wish.language),
        areas=_areas(edition, fields, notes, wish.language),
        nothing_here="" if fields else _("You noted nothing here yet."),
        sources_heading=_("Sources") if sources else "",
        sources=tuple((source.letter, source.title.read(wish.language)) for source in sources),
        footnotes_heading=_("Footnotes") if footnotes else "",
        footnotes=tuple(_footnote(footnote, wish.language) for footnote in footnotes),
        origin_heading=_("Origin of the texts"),
        origin=_origin(edition, role, wish.language),
    )


def _wanted(field: AttentionField, notes: Notes, wish: Wish) -> bool:
    chosen = wish.area is None or field.area == wish.area
    return chosen and (not wish.only_noted or notes.used([field]))


def _details(edition: Edition, wish: Wish) -> tuple[tuple[str, str], ...]:
    _ = wording(wish.language)
    every = (
        (_("Name"), wish.name),
        (_("School"), wish.school),
        (_("Occasion"), wish.occasion),
        (_("Date"), written_date(wish.day, wish.language)),
        (_("Focus area"), wish.area.name.read(wish.language) if wish.area else ""),
        (_("Edition"), edition.id),
    )
    return tuple((label, value) for label, value in every if value)


def _areas(
    edition: Edition, fields: list[AttentionField], notes: Notes, language: str
) -> tuple[OverviewArea, ...]:
    return tuple(
        OverviewArea(
            id=area.id,
            hue=hue,
            heading=area.name.read(language),
            fields=tuple(_field(field, notes, language) for field in fields if field.area == area),
        )
        for hue, area in enumerate(edition.areas, start=1)
        if any(field.area == area for field in fields)
    )


def _field(field: AttentionField, notes: Notes, language: str) -> OverviewField:
    _ = wording(language)
    point = notes.point(field)
    return OverviewField(
        id=field.id,
        heading=field.facet.name.read(language),
        statements=tuple(_statement(each, notes, language) for each in field.statements),
        point_heading=_("My points of attention"),
        point=point if point.strip() else "",
        nothing_noted="" if point.strip() else _("Nothing written here."),
    )


def _statement(statement: Statement, notes: Notes, language: str) -> OverviewStatement:
    _ = wording(language)
    said = {
        MarkKind.WORK_ON: _("I want to work on this"),
        MarkKind.TALK_OVER: _("I want to talk this over"),
    }
    return OverviewStatement(
        id=statement.id,
        pieces=tuple(statement.pieces(language)),
        letters=statement.citations,
        marks=tuple(words for kind, words in said.items() if notes.marked(statement.id, kind)),
    )


def _footnote(footnote: Footnote, language: str) -> OverviewFootnote:
    _ = wording(language)
    remarks = {"editorial": _("Note by the editors of this edition."), "missing": "", "source": ""}
    return OverviewFootnote(
        number=footnote.number,
        text=footnote.text.read(language),
        reference=footnote.reference,
        remark=remarks[footnote.status],
    )


def _origin(edition: Edition, role: Role, language: str) -> tuple[str, ...]:
    _ = wording(language)
    legend = edition.passage("legend")
    published = _("Edition {edition}, published {date}.").format(
        edition=edition.id, date=written_date(edition.published, language)
    )
    lines = (
        role.provenance.text.read(language),
        legend.read(language) if legend else "",
        published,
    )
    return tuple(line for line in lines if line)
