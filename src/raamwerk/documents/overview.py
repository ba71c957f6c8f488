"""What stands in an overview and in which order, decided once for the page and every format.

An ``Overview`` holds finished words: a format only lays them out. They are in the language of the
interface, except ``Words`` that say otherwise: a framework's own, where its edition lacks that one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from raamwerk.frameworks.model import (
    AttentionField,
    Edition,
    FocusArea,
    Footnote,
    Role,
    Statement,
    Text,
)
from raamwerk.notes import MarkKind, Notes
from raamwerk.wording import wording, written_date

EARLIER = "from-an-earlier-edition"
"""The id of the section with what this edition no longer has."""

NO_BREAK_SPACE = "\u00a0"
TAIL = re.compile(r"\b\S{1,40}(?:[ ]\([\d,A-Z]{1,40}\)){1,3}$")
"""The last word of a statement with the calls and letters after it: not what is as long as a line."""

MOST_OF_A_NAME = 36
"""As many letters of a name, however wide, as a footer has room for."""


@dataclass(frozen=True, slots=True)
class OverviewOptions:
    """What a person asks of an overview. No ``area`` means all of them.

    ``only_noted`` leaves the marked statements and the points that were typed, and nothing else.
    """

    language: str
    day: date
    area: FocusArea | None = None
    only_noted: bool = False
    name: str = ""
    school: str = ""
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its language tag (BCP 47); no tag means the language of the document.

    ``verbatim`` is what nobody may translate: a person's own words, a code.
    """

    text: str
    language: str = ""
    verbatim: bool = False

    def __str__(self) -> str:
        """The text alone."""
        return self.text


def as_words(part: str | Words) -> Words:
    """The part as ``Words``: plain text is in the language of the document."""
    return part if isinstance(part, Words) else Words(part)


@dataclass(frozen=True, slots=True)
class OverviewStatement:
    """A statement: its words cut at footnote calls (int), its letters, its marks in words.

    ``language`` is that of its own words, as in ``Words``.
    """

    id: str
    pieces: tuple[str | int, ...]
    letters: tuple[str, ...]
    marks: tuple[str, ...]
    language: str

    @property
    def line(self) -> str:
        """The statement on one line as the source prints it: ``words (8) more words (A,C)``."""
        words = "".join(f"({each})" if isinstance(each, int) else each for each in self.pieces)
        return f"{words} ({','.join(self.letters)})" if self.letters else words

    @property
    def unbroken_line(self) -> str:
        """The same with its last word, calls and letters held together, for who breaks lines."""
        return TAIL.sub(lambda tail: tail.group().replace(" (", f"{NO_BREAK_SPACE}("), self.line)


@dataclass(frozen=True, slots=True)
class OverviewField:
    """One facet of an area: its statements, then the point of attention exactly as typed.

    ``point`` is empty where nothing was typed; ``nothing_noted`` then says so in words. Without any of the
    three there is no room for a point here.
    """

    id: str
    heading: Words
    statements: tuple[OverviewStatement, ...]
    point_heading: str
    point: str
    nothing_noted: str

    @property
    def has_point(self) -> bool:
        """Whether there is room for a point of attention."""
        return bool(self.point_heading or self.point)


@dataclass(frozen=True, slots=True)
class OverviewArea:
    """A focus area, or another section. ``hue`` picks its colour: from 1, or 0 for grey.

    ``room`` is how many lines are left open at its end, to write on.
    """

    id: str
    hue: int
    heading: Words
    explanation: str
    fields: tuple[OverviewField, ...]
    room: int = 0


@dataclass(frozen=True, slots=True)
class OverviewFootnote:
    """A footnote that is called. ``remark`` says so when the text is not the source's own."""

    number: int
    text: Words
    reference: Words
    remark: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole document, in reading order. Headings are empty where their part is.

    ``heading`` is the title in parts, as the role may be named in another language. ``footer`` says
    on every page whose it is and of which day.
    """

    language: str
    day: date
    title: str
    footer: str
    heading: tuple[Words, ...]
    framework: Words
    filename: str
    details: tuple[tuple[str, Words], ...]
    explanation: Words
    areas: tuple[OverviewArea, ...]
    nothing_here: str
    sources_heading: str
    legend: Words
    sources: tuple[tuple[str, Words], ...]
    footnotes_heading: str
    footnotes: tuple[OverviewFootnote, ...]
    origin_heading: str
    origin: tuple[Words, ...]
    compact: bool = False
    """Whether it is set closely, to fit on one page where it can."""


def compose_overview(
    edition: Edition,
    role: Role,
    notes: Notes,
    options: OverviewOptions,
    earlier: Sequence[AttentionField] = (),
) -> Overview:
    """Decide the whole document for this role and these notes.

    ``earlier`` holds the statements and fields that were noted and are gone from this edition.
    """
    language = options.language
    _ = wording(language)
    fields = [field for field in role.fields if _wanted(field, notes, options)]
    areas = (
        *_areas(edition, fields, notes, options),
        *_earlier(role, notes, options, earlier),
    )
    statements = [each for field in fields for each in _shown_statements(field, notes, options)]
    letters = {letter for statement in statements for letter in statement.citations}
    numbers = {number for statement in statements for number in statement.footnote_numbers}
    sources = [source for source in edition.sources if source.letter in letters]
    footnotes = [footnote for footnote in edition.footnotes if footnote.number in numbers]
    legend = edition.passage("legend")
    heading = heading_of(_("Overview: {role}"), role, language)
    return Overview(
        language=language,
        day=options.day,
        title="".join(map(str, heading)),
        footer=_footer(options),
        heading=heading,
        framework=_words(edition.title, language),
        filename="-".join((_("overview"), role.id, options.day.isoformat())),
        details=_details(edition, options),
        explanation=_words(role.introduction, language),
        areas=areas,
        nothing_here="" if areas else _("You have not filled in anything here yet."),
        sources_heading=_("Sources") if sources else "",
        legend=_words(legend, language) if legend and sources else Words(""),
        sources=tuple((source.letter, _words(source.title, language)) for source in sources),
        footnotes_heading=_("Footnotes") if footnotes else "",
        footnotes=tuple(_footnote(edition, footnote, language) for footnote in footnotes),
        origin_heading=_("Origin of the texts"),
        origin=_origin(edition, role, language),
    )


def _words(text: Text, language: str) -> Words:
    return Words(text.read(language), _own_language(text, language))


def _own_language(text: Text, language: str) -> str:
    """The language tag of the words that a reader of ``language`` gets; empty if it is that."""
    own = text.language(language)
    return "" if own == language else own


def heading_of(title: str, role: Role, language: str) -> tuple[Words, ...]:
    """The title with the role in its place, in as few parts as it has languages."""
    name = _words(role.name, language)
    if not name.language:
        return (Words(title.format(role=name)),)
    before, _role, after = title.partition("{role}")
    return tuple(part for part in (Words(before), name, Words(after)) if part.text)


def _footer(options: OverviewOptions) -> str:
    """Whose it is and of which day, on one line."""
    name = " ".join(options.name.split())
    if len(name) > MOST_OF_A_NAME:
        name = name[: MOST_OF_A_NAME - 1].rstrip() + "…"
    return " · ".join(filter(None, (name, written_date(options.day, options.language))))


def _wanted(field: AttentionField, notes: Notes, options: OverviewOptions) -> bool:
    chosen = options.area is None or field.area.id == options.area.id
    return chosen and (not options.only_noted or notes.used([field]))


def _details(edition: Edition, options: OverviewOptions) -> tuple[tuple[str, Words], ...]:
    language, area = options.language, options.area
    _ = wording(language)
    every = (
        (_("Name"), Words(options.name, verbatim=True)),
        (_("School"), Words(options.school, verbatim=True)),
        (_("Occasion"), Words(options.occasion, verbatim=True)),
        (_("Date"), Words(written_date(options.day, language))),
        (_("Focus area"), _words(area.name, language) if area else Words("")),
        (_("Edition"), Words(edition.id, verbatim=True)),
    )
    return tuple((label, value) for label, value in every if value.text)


def _shown_statements(
    field: AttentionField, notes: Notes, options: OverviewOptions
) -> tuple[Statement, ...]:
    def is_marked(statement: Statement) -> bool:
        return any(notes.marked(statement.id, kind) for kind in MarkKind)

    return tuple(each for each in field.statements if not options.only_noted or is_marked(each))


def _areas(
    edition: Edition, fields: list[AttentionField], notes: Notes, options: OverviewOptions
) -> tuple[OverviewArea, ...]:
    return tuple(
        OverviewArea(
            id=area.id,
            hue=hue,
            heading=_words(area.name, options.language),
            explanation="",
            fields=tuple(_field(field, notes, options) for field in fields if field.area == area),
        )
        for hue, area in enumerate(edition.areas, start=1)
        if any(field.area == area for field in fields)
    )


def _field(field: AttentionField, notes: Notes, options: OverviewOptions) -> OverviewField:
    language = options.language
    _ = wording(language)
    point = notes.point(field) if notes.point(field).strip() else ""
    has_room = bool(point) or not options.only_noted
    shown = _shown_statements(field, notes, options)
    return OverviewField(
        id=field.id,
        heading=_words(field.facet.name, language),
        statements=tuple(_statement(each, notes, language) for each in shown),
        point_heading=_("My points of attention") if has_room else "",
        point=point,
        nothing_noted=""
        if point or not has_room
        else _("You have not filled in anything here yet."),
    )


def _statement(statement: Statement, notes: Notes, language: str) -> OverviewStatement:
    _ = wording(language)
    said = {
        MarkKind.WORK_ON: _("I want to work on this"),
        MarkKind.TALK_OVER: _("I want to discuss this"),
    }
    return OverviewStatement(
        id=statement.id,
        pieces=tuple(statement.pieces(language)),
        letters=statement.citations,
        marks=tuple(words for kind, words in said.items() if notes.marked(statement.id, kind)),
        language=_own_language(statement.text, language),
    )


def _earlier(
    role: Role, notes: Notes, options: OverviewOptions, earlier: Sequence[AttentionField]
) -> tuple[OverviewArea, ...]:
    """One section, or none, of what was noted by what this edition no longer has."""
    _ = wording(options.language)
    area = options.area
    chosen = (field for field in earlier if area is None or field.area.id == area.id)
    found = (_earlier_field(field, role, notes, options.language) for field in chosen)
    fields = tuple(field for field in found if field.statements or field.point)
    if not fields:
        return ()
    explanation = _(
        "These parts are no longer in this edition of the framework. What you filled in is kept here."
    )
    return (OverviewArea(EARLIER, 0, Words(_("From an earlier edition")), explanation, fields),)


def _earlier_field(field: AttentionField, role: Role, notes: Notes, language: str) -> OverviewField:
    _ = wording(language)
    area, facet = _words(field.area.name, language), _words(field.facet.name, language)
    # The field may be there still, with only statements gone: its point stands by that one then.
    point = "" if role.field(field.id) else notes.point(field)
    point = point if point.strip() else ""
    return OverviewField(
        id=f"{EARLIER}-{field.id}",
        heading=Words(f"{area} – {facet}", area.language),
        statements=tuple(
            plain_statement(_statement(each, notes, language)) for each in field.statements
        ),
        point_heading=_("My points of attention") if point else "",
        point=point,
        nothing_noted="",
    )


def plain_statement(statement: OverviewStatement) -> OverviewStatement:
    """The statement without its letters and footnote calls, where nothing is that they point to."""
    words = "".join(
        piece.rstrip() if isinstance(after, int) else piece
        for piece, after in zip_longest(statement.pieces, statement.pieces[1:])
        if isinstance(piece, str)
    )
    return replace(statement, pieces=(words,), letters=())


def _footnote(edition: Edition, footnote: Footnote, language: str) -> OverviewFootnote:
    _ = wording(language)
    remarks = {"editorial": _("Note by the editors of this edition."), "missing": "", "source": ""}
    return OverviewFootnote(
        number=footnote.number,
        text=_words(footnote.text, language),
        reference=_reference(edition, footnote, language),
        remark=remarks[footnote.status],
    )


def _reference(edition: Edition, footnote: Footnote, language: str) -> Words:
    """What a footnote refers to: as the source has it, so in its language."""
    own = edition.languages[0]
    return Words(footnote.reference, "" if own == language else own)


def _origin(edition: Edition, role: Role, language: str) -> tuple[Words, ...]:
    _ = wording(language)
    published = _("Edition {edition}, published {date}.").format(
        edition=edition.id, date=written_date(edition.published, language)
    )
    return (_words(role.provenance.text, language), Words(published))
