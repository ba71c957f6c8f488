"""The rules that hold between the parts of an edition, each a function that yields the faults.

A rule leaves alone what is missing or misshapen: ``shape`` tells about that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, pairwise

from raamwerk.frameworks.faults import Fault, Say
from raamwerk.frameworks.formats import FIRST_LANGUAGES, languages_of
from raamwerk.frameworks.model import FOOTNOTE_CALL
from raamwerk.frameworks.reserved import RESERVED_FRAMEWORKS, RESERVED_ROLES
from raamwerk.frameworks.shape import EDITION, keys_of
from raamwerk.frameworks.tree import Part, shown

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

MOST = {"languages": 8, "areas": 12, "facets": 6, "roles": 40, "statements": 2000}
"""How many entries a list may have; the statements are those of the whole edition."""

TAKEN_KEYS = keys_of(EDITION)


def names_stand_once(edition: Part, _: Say) -> Iterator[Fault]:
    """No two entries of a list share a name, and no two statements of the whole file."""
    cure = _("Give each a name of its own; a name never changes meaning.")
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
            problem = _("No statement refers to footnote ({number}).").format(number=number.shown)
            yield number.fault(problem, _("Refer to it in a statement, or delete it."))


def translations_call_alike(edition: Part, _: Say) -> Iterator[Fault]:
    """A statement calls the same footnotes in every language."""
    languages = languages_of(edition)
    for statement in _statements(edition):
        texts = [text for language in languages if (text := statement.part(language))]
        for translated in texts[1:]:
            if _calls(translated) != _calls(texts[0]):
                problem = _("The texts in “{first}” and “{other}” refer to different footnotes.")
                problem = problem.format(first=texts[0].key, other=translated.key)
                yield translated.fault(problem, _("Refer to the same numbers in both."))


def fields_stand_once(edition: Part, _: Say) -> Iterator[Fault]:
    """A role has no two fields for one area and facet."""
    for role in edition.each("roles"):
        first: dict[tuple[str, str], int] = {}
        for field in role.each("fields"):
            area, facet = place = _place(field)
            if area and facet and place in first:
                problem = _("The field for {area} and {facet} is here twice.")
                cure = _("Merge it with the one on line {line}.").format(line=first[place])
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
                problem = _("This field comes too late in its role.")
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


def corrections_show(edition: Part, _: Say) -> Iterator[Fault]:
    """A correction changes something, and what it writes can be read in the text as printed."""
    language = next(iter(languages_of(edition)), "")
    for part, printed in _printed(edition, language):
        for correction in part.each("corrections"):
            wrote, writes = correction.text("wrote"), correction.text("writes")
            if wrote and wrote == writes:
                yield correction.fault(_("This correction changes nothing."), _("Delete it."))
            elif writes not in printed:
                problem = _(
                    "The correction writes “{words}”, but that is not in the text in “{language}”."
                )
                cure = _("Make the two match, letter by letter.")
                problem = problem.format(words=shown(writes), language=language)
                yield correction.fault(problem, cure)


def lists_have_an_end(edition: Part, _: Say) -> Iterator[Fault]:
    """No list is longer than pages can show and people can read."""
    lists = {name: tuple(edition.each(name)) for name in MOST}
    lists["statements"] = tuple(_statements(edition))
    for name, entries in lists.items():
        if len(entries) > MOST[name]:
            problem = _("An edition has at most {most} “{list}”; this is one too many.")
            cure = _("Merge some, or delete what you can do without.")
            yield entries[MOST[name]].fault(problem.format(most=MOST[name], list=name), cure)


def languages_are_keys(edition: Part, _: Say) -> Iterator[Fault]:
    """A language stands once, is no other key of the format, and format 1 has its own two."""
    first: dict[str, int] = {}
    for language in edition.each("languages"):
        tag = language.value.lower()
        if tag in first:
            problem = _("“{value}” is already on line {line}.")
            yield language.fault(
                problem.format(value=language.shown, line=first[tag]), _("Delete it.")
            )
        first.setdefault(tag, language.line)
        if tag in TAKEN_KEYS:
            problem = _("“{value}” is the name of another key, so it can't hold a text.")
            cure = _("Add a region or script, as in {example}.").format(example=f"{tag}-Latn")
            yield language.fault(problem.format(value=language.shown), cure)
    named = edition.part("languages")
    if edition.text("format") == "1" and named and languages_of(edition) != FIRST_LANGUAGES:
        yield named.key_fault(_("Format 1 names no languages."), _("Write “format: 2”."))


def uuids_stand_once(edition: Part, _: Say) -> Iterator[Fault]:
    """No two items of the file share a UUID, however its letters are written."""
    lists = [edition.each(name) for name in NAMES]
    items = (edition, *chain.from_iterable(lists), *_statements(edition))
    found = (replace(each, value=each.value.lower()) for each in _under("uuid", items))
    yield from _repeated(found, _("Make a new one; a UUID names one thing in the world."), _)


def names_are_free(edition: Part, _: Say) -> Iterator[Fault]:
    """Frameworks and roles are parts of addresses: none takes the name of another page."""
    for found in _under("framework", [edition]):
        if found.value in RESERVED_FRAMEWORKS:
            yield _reserved(found, _)
    for found in _names(edition, "roles"):
        if found.value in RESERVED_ROLES:
            yield _reserved(found, _)


def gone_is_gone(edition: Part, _: Say) -> Iterator[Fault]:
    """What is gone stands once, is not there, and was replaced by what is."""
    there = {found.value for found in _under("id", _statements(edition))}
    last = last_successors(edition)
    yield from _repeated(_under("id", edition.each("gone")), _("Delete it."), _)
    for found in _under("id", edition.each("gone")):
        if found.value in there:
            problem = _("“{value}” is in “gone”, but is a statement of this edition.")
            cure = _("Delete it from “gone”, or give the statement an id of its own.")
            yield found.fault(problem.format(value=found.shown), cure)
    for found in _under("replaced_by", edition.each("gone")):
        if found.value and found.value not in there and found.value not in last:
            problem = _("There is no statement “{value}” in this edition.")
            yield found.fault(
                problem.format(value=found.shown),
                _("Name the one that stands in its place, or leave “replaced_by” out."),
            )
        elif last.get(found.value, found.value) is None:
            problem = _("“{value}” replaces itself in the end.").format(value=found.shown)
            yield found.fault(problem, _("Name the statement that is there now."))


RULES: tuple[Callable[[Part, Say], Iterator[Fault]], ...] = (
    names_stand_once,
    uuids_stand_once,
    names_are_free,
    languages_are_keys,
    lists_have_an_end,
    references_are_known,
    citations_stand_once,
    footnote_calls_are_known,
    footnotes_are_called,
    translations_call_alike,
    fields_stand_once,
    fields_stand_in_order,
    notes_have_one_place,
    corrections_show,
    gone_is_gone,
)


def rule_faults(edition: Part, _: Say) -> Iterator[Fault]:
    """Everything that breaks a rule."""
    for rule in RULES:
        yield from rule(edition, _)


def last_successors(edition: Part) -> Mapping[str, str | None]:
    """What replaced each statement that is gone, followed to the end; empty where nothing did.

    None where it goes round for ever.
    """
    gone = {each.text("id"): each.text("replaced_by") for each in edition.each("gone")}
    last: dict[str, str | None] = {}
    for start in gone:
        trail: dict[str, None] = {}
        found = start
        while found in gone and found not in last and found not in trail:
            trail[found] = None
            found = gone[found]
        end = None if found in trail else last.get(found, found)
        last |= dict.fromkeys(trail, end)
    return last


def _reserved(name: Part, _: Say) -> Fault:
    problem = _("“{value}” is taken: other pages have that address.").format(value=name.shown)
    return name.fault(problem, _("Choose another id."))


def _repeated(values: Iterable[Part], cure: str, _: Say) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for part in values:
        if part.value and part.value in first:
            problem = _("“{value}” is already on line {line}.")
            yield part.fault(problem.format(value=part.shown, line=first[part.value]), cure)
        first.setdefault(part.value, part.line)


def _unknown(values: Iterable[Part], edition: Part, kind: str, _: Say) -> Iterator[Fault]:
    known = _ranks(edition, kind)
    names = shown(", ".join(known), 200)
    for part in values:
        if part.value and part.value not in known:
            problem = _("There is no “{value}” in the list “{list}”.")
            cure = _("Add it there, or choose one of: {known}.")
            yield part.fault(problem.format(value=part.shown, list=kind), cure.format(known=names))


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
    languages = languages_of(edition)
    for statement in _statements(edition):
        for language in languages:
            for words in _under(language, [statement]):
                yield from ((words, number) for number in dict.fromkeys(_calls(words)))


def _printed(edition: Part, language: str) -> Iterator[tuple[Part, str]]:
    """Everything that may be corrected, with its text as it stands on the page."""
    for part in (*edition.each("passages"), *edition.each("facets")):
        yield part, part.text(language)
    for footnote in edition.each("footnotes"):
        yield footnote, f"{footnote.text(language)} {footnote.text('reference')}"
    for statement in _statements(edition):
        letters = ",".join(letter.value for letter in statement.each("cites"))
        yield statement, f"{statement.text(language)} ({letters})"
