"""The rules that hold between the parts of an edition, each a function that yields the faults.

A rule leaves alone what is missing or misshapen: ``shape`` tells about that.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, product
from textwrap import shorten

from raamwerk.frameworks.faults import Fault, Say
from raamwerk.frameworks.model import FOOTNOTE_CALL, LANGUAGES
from raamwerk.frameworks.yaml_parts import Part

NAMES = {
    "provenances": "id",
    "passages": "id",
    "facets": "id",
    "areas": "id",
    "sources": "letter",
    "footnotes": "number",
    "roles": "id",
}
"""The lists whose entries have a name, and the key it stands under."""


def names_stand_once(edition: Part, _: Say) -> Iterator[Fault]:
    """No two entries of a list share a name, and no two statements of the whole file."""
    cure = _("Give each its own; a name never moves to another meaning.")
    for kind in NAMES:
        yield from _repeated(_names(edition, kind), cure, _)
    yield from _repeated(_under("id", _statements(edition)), cure, _)


def references_are_known(edition: Part, _: Say) -> Iterator[Fault]:
    """The areas, facets, provenances and sources that are named elsewhere are there."""
    cited = (letter for statement in _statements(edition) for letter in statement.each("cites"))
    yield from _unknown(_under("area", _fields(edition)), edition, "areas", _)
    yield from _unknown(_under("facet", _fields(edition)), edition, "facets", _)
    yield from _unknown(_under("provenance", edition.each("roles")), edition, "provenances", _)
    yield from _unknown(cited, edition, "sources", _)


def citations_stand_once(edition: Part, _: Say) -> Iterator[Fault]:
    """A statement cites a source once."""
    for statement in _statements(edition):
        yield from _repeated(statement.each("cites"), _("Delete it."), _)


def footnote_calls_are_known(edition: Part, _: Say) -> Iterator[Fault]:
    """Every footnote that a statement calls is there."""
    known = {number.value for number in _names(edition, "footnotes")}
    for words, number in _footnote_calls(edition):
        if number not in known:
            problem = _("There is no footnote ({number}).").format(number=number)
            yield words.fault(problem, _("Add it to “footnotes”, or write the number differently."))


def footnotes_are_called(edition: Part, _: Say) -> Iterator[Fault]:
    """Every footnote is called somewhere."""
    called = {number for _words, number in _footnote_calls(edition)}
    for number in _names(edition, "footnotes"):
        if number.value not in called:
            problem = _("No statement calls footnote ({number}).").format(number=number.shown)
            yield number.fault(problem, _("Call it in a statement, or delete it."))


def translations_call_alike(edition: Part, _: Say) -> Iterator[Fault]:
    """A statement calls the same footnotes in every language."""
    for statement in _statements(edition):
        dutch, english = (statement.part(language) for language in LANGUAGES)
        if dutch and english and _calls(dutch) != _calls(english):
            problem = _("The Dutch and the English text call different footnotes.")
            yield english.fault(problem, _("Call the same numbers in both."))


def fields_are_complete(edition: Part, _: Say) -> Iterator[Fault]:
    """Every role has a field for each area and facet."""
    areas, facets = _ranks(edition, "areas"), _ranks(edition, "facets")
    for role in edition.each("roles"):
        present = {_place(field) for field in role.each("fields")}
        for area, facet in product(areas, facets) if present else ():
            if (area, facet) not in present:
                problem = _("The role “{role}” has no field for {area} and {facet}.")
                problem = problem.format(role=role.text("id"), area=area, facet=facet)
                yield role.fault(problem, _("Add it to “fields”, with its statements."))


def fields_stand_once(edition: Part, _: Say) -> Iterator[Fault]:
    """A role has no two fields for one area and facet."""
    for role in edition.each("roles"):
        first: dict[tuple[str, str], int] = {}
        for field in role.each("fields"):
            area, facet = place = _place(field)
            if area and facet and place in first:
                problem = _("The field for {area} and {facet} stands here twice.")
                cure = _("Join it with the one on line {line}.").format(line=first[place])
                yield field.fault(problem.format(area=area, facet=facet), cure)
            first.setdefault(place, field.line)


def fields_stand_in_order(edition: Part, _: Say) -> Iterator[Fault]:
    """The fields of a role follow the order of the areas and, within each, of the facets."""
    areas, facets = _ranks(edition, "areas"), _ranks(edition, "facets")
    for role in edition.each("roles"):
        places = [(field, *_place(field)) for field in role.each("fields")]
        ranked = [
            ((areas[area], facets[facet]), field)
            for field, area, facet in places
            if area in areas and facet in facets
        ]
        for (before, _earlier), (after, field) in pairwise(ranked):
            if after < before:
                problem = _("This field stands too late in its role.")
                cure = _("Put fields in the order of “areas” and, within one, of “facets”.")
                yield field.fault(problem, cure)


def notes_have_one_place(edition: Part, _: Say) -> Iterator[Fault]:
    """Area and facet joined, under which a person's notes are kept, name one field only."""
    first: dict[str, tuple[str, str]] = {}
    for field in _fields(edition):
        place = _place(field)
        joined = "-".join(place)
        if first.setdefault(joined, place) != place:
            problem = _("Two different fields would both be called “{name}”.").format(name=joined)
            yield field.fault(problem, _("Give this area or facet another id."))


def mends_show(edition: Part, _: Say) -> Iterator[Fault]:
    """A mend changes something, and what it writes can be read in the Dutch text."""
    for part, printed in _printed(edition):
        for mend in part.each("mends"):
            wrote, writes = mend.text("wrote"), mend.text("writes")
            if wrote and wrote == writes:
                yield mend.fault(_("This mend changes nothing."), _("Delete it."))
            elif writes not in printed:
                problem = _("The mend writes “{words}”, but the Dutch text does not have that.")
                cure = _("Make the two agree, letter by letter.")
                yield mend.fault(problem.format(words=shorten(writes, 60, placeholder="…")), cure)


RULES: tuple[Callable[[Part, Say], Iterator[Fault]], ...] = (
    names_stand_once,
    references_are_known,
    citations_stand_once,
    footnote_calls_are_known,
    footnotes_are_called,
    translations_call_alike,
    fields_are_complete,
    fields_stand_once,
    fields_stand_in_order,
    notes_have_one_place,
    mends_show,
)


def rule_faults(edition: Part, _: Say) -> Iterator[Fault]:
    """Everything that breaks a rule."""
    for rule in RULES:
        yield from rule(edition, _)


def _repeated(values: Iterable[Part], cure: str, _: Say) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for part in values:
        if part.value and part.value in first:
            problem = _("“{value}” stands on line {line} already.")
            yield part.fault(problem.format(value=part.shown, line=first[part.value]), cure)
        first.setdefault(part.value, part.line)


def _unknown(values: Iterable[Part], edition: Part, kind: str, _: Say) -> Iterator[Fault]:
    known = _ranks(edition, kind)
    for part in values:
        if part.value and part.value not in known:
            problem = _("There is no “{value}” in the list “{list}”.")
            cure = _("Add it there, or choose one of: {known}.")
            shown = shorten(", ".join(known), 200, placeholder="…")
            yield part.fault(problem.format(value=part.shown, list=kind), cure.format(known=shown))


def _fields(edition: Part) -> Iterator[Part]:
    return (field for role in edition.each("roles") for field in role.each("fields"))


def _statements(edition: Part) -> Iterator[Part]:
    return (statement for field in _fields(edition) for statement in field.each("statements"))


def _under(key: str, parts: Iterable[Part]) -> Iterator[Part]:
    return (found for part in parts if (found := part.part(key)))


def _names(edition: Part, kind: str) -> Iterator[Part]:
    return _under(NAMES[kind], edition.each(kind))


def _ranks(edition: Part, kind: str) -> dict[str, int]:
    """The names in a list, each with its place in the order."""
    names = (name.value for name in _names(edition, kind))
    return {name: rank for rank, name in enumerate(dict.fromkeys(names)) if name}


def _place(field: Part) -> tuple[str, str]:
    return field.text("area"), field.text("facet")


def _calls(words: Part) -> list[str]:
    return sorted(FOOTNOTE_CALL.findall(words.value))


def _footnote_calls(edition: Part) -> Iterator[tuple[Part, str]]:
    for statement in _statements(edition):
        for language in LANGUAGES:
            for words in _under(language, [statement]):
                yield from ((words, number) for number in dict.fromkeys(_calls(words)))


def _printed(edition: Part) -> Iterator[tuple[Part, str]]:
    """Everything that may be mended, with its Dutch text as it stands on the page."""
    for part in (*edition.each("passages"), *edition.each("facets")):
        yield part, part.text("nl")
    for footnote in edition.each("footnotes"):
        yield footnote, f"{footnote.text('nl')} {footnote.text('reference')}"
    for statement in _statements(edition):
        letters = ",".join(letter.value for letter in statement.each("cites"))
        yield statement, f"{statement.text('nl')} ({letters})"
