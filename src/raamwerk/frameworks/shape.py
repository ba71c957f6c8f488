"""The shape of an edition, written down the way the file itself is written.

A ``dict`` is a set of keys (a question mark: may be left out), a list holds entries of one shape,
and a function checks a single value.
"""

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches

from raamwerk.frameworks.faults import Fault, Say
from raamwerk.frameworks.languages import well_formed
from raamwerk.frameworks.tree import Part, shown
from raamwerk.frameworks.values import (
    address,
    day,
    format_number,
    identifier,
    kind_name,
    language,
    letter,
    line,
    number,
    status,
    text,
    truth,
    uuid,
    year,
)

Keys = dict[str, "Shape"]
Shape = Keys | list["Shape"] | Callable[[Part, Say], Fault | None]
Languages = tuple[str, ...]

EACH_LANGUAGE = "<language>"
"""Stands for one key for each language of the edition."""

LINES: Keys = {EACH_LANGUAGE: line}
TEXTS: Keys = {EACH_LANGUAGE: text}
NAMED: Keys = {"id": identifier, "uuid?": uuid}
CORRECTED: Keys = {"corrections?": [{"wrote": line, "writes": line}]}
STATEMENT: Keys = {**NAMED, **LINES, "cites?": [line], **CORRECTED}
ROLE: Keys = {
    **NAMED,
    **LINES,
    "setting": LINES,
    "audience": LINES,
    "introduction": TEXTS,
    "provenance": line,
    "fields": [{"area": line, "facet": line, "statements": [STATEMENT]}],
}
SOURCE: Keys = {
    "letter": letter,
    "uuid?": uuid,
    **LINES,
    "url?": address,
    "publisher?": line,
    "year?": year,
    "archived?": address,
    "language?": language,
}
FOOTNOTE: Keys = {
    "number": number,
    "uuid?": uuid,
    "status": status,
    **TEXTS,
    "reference?": line,
    **CORRECTED,
}
EDITION: Keys = {
    "format": format_number,
    "framework": identifier,
    "edition": identifier,
    "uuid?": uuid,
    "published": day,
    "languages": [language],
    "title": LINES,
    "background": TEXTS,
    "provenances": [{"id": identifier, "official": truth, **TEXTS}],
    "passages?": [{"id": identifier, **TEXTS, **CORRECTED}],
    "facets": [{**NAMED, **LINES, **CORRECTED}],
    "areas": [{**NAMED, **LINES, "short": LINES}],
    "sources?": [SOURCE],
    "footnotes?": [FOOTNOTE],
    "roles": [ROLE],
    "gone?": [{"id": identifier, "replaced_by?": identifier}],
}


def keys_of(shape: Shape) -> frozenset[str]:
    """Every key that is written somewhere in a shape."""
    match shape:
        case dict():
            own = frozenset(key.removesuffix("?") for key in shape)
            return own.union(*map(keys_of, shape.values()))
        case [inner]:
            return keys_of(inner)
    return frozenset()


def shape_faults(part: Part, shape: Shape, languages: Languages, _: Say) -> Iterator[Fault]:
    """Everything in which a part, and all that stands in it, differs from a shape."""
    if isinstance(shape, dict):
        yield from _keys_faults(part, shape, languages, _)
    elif isinstance(shape, list):
        yield from _list_faults(part, shape[0], languages, _)
    elif fault := shape(part, _):
        yield fault


def _list_faults(part: Part, shape: Shape, languages: Languages, _: Say) -> Iterator[Fault]:
    if part.kind != "list":
        problem = _("“{key}” must be a list, but is {kind}.")
        problem = problem.format(key=part.key, kind=kind_name(part, _))
        yield part.fault(problem, _("Begin each entry with a hyphen and a space."))
    elif not part.items:
        problem = _("The list “{key}” is empty.").format(key=part.key)
        cure = _("Give it an entry, or leave the key out where that is allowed.")
        yield part.fault(problem, cure)
    for item in part.items:
        yield from shape_faults(item, shape, languages, _)


def _keys_faults(part: Part, keys: Keys, languages: Languages, _: Say) -> Iterator[Fault]:
    shapes = _by_key(keys, languages)
    if part.kind != "keys":
        problem = _("There must be keys with values here, but it is {kind}.")
        yield part.fault(problem.format(kind=kind_name(part, _)), _these_keys(shapes, _))
        return
    yield from _repeated_keys(part, _)
    near = set()
    for value in part.values:
        if value.key in shapes:
            yield from shape_faults(value, shapes[value.key], languages, _)
        else:
            nearest = get_close_matches(shown(value.key), shapes, n=1)
            near.update(nearest)
            problem = _("The key “{key}” is unknown here.").format(key=shown(value.key))
            yield value.key_fault(problem, _better_key(value.key, nearest, keys, shapes, _))
    yield from _missing_keys(part, keys, languages, near, _)


def _by_key(keys: Keys, languages: Languages) -> Keys:
    """The shapes by the keys as they stand in a file in these languages."""
    shapes: Keys = {}
    for key, shape in keys.items():
        names = languages if key == EACH_LANGUAGE else [key.removesuffix("?")]
        shapes |= dict.fromkeys(names, shape)
    return shapes


def _repeated_keys(part: Part, _: Say) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for value in part.values:
        if value.key in first:
            problem = _("The key “{key}” is here twice.").format(key=shown(value.key))
            cure = _("Keep this one or the one on line {line}.").format(line=first[value.key])
            yield value.key_fault(problem, cure)
        first.setdefault(value.key, value.key_line)


def _missing_keys(
    part: Part, keys: Keys, languages: Languages, near: set[str], _: Say
) -> Iterator[Fault]:
    """Keys that must be there, are not, and were not merely misspelt."""
    accounted_for = near | {value.key for value in part.values}
    for key in keys:
        if key == EACH_LANGUAGE:
            for tag in (each for each in languages if each not in accounted_for):
                problem = _("The text in “{language}” is missing.").format(language=tag)
                yield part.fault(problem, _("Add “{key}:” with the same words.").format(key=tag))
        elif key not in accounted_for and not key.endswith("?"):
            problem = _("The key “{key}” is missing.").format(key=key)
            yield part.fault(problem, _("Add “{key}:” and what it stands for.").format(key=key))


def _better_key(key: str, nearest: list[str], keys: Keys, known: Iterable[str], _: Say) -> str:
    if nearest:
        return _("Did you mean “{key}”?").format(key=nearest[0])
    if EACH_LANGUAGE in keys and well_formed(key):
        return _("Add “{key}” to “languages”, with every text in it, or delete it.").format(key=key)
    return _these_keys(known, _)


def _these_keys(known: Iterable[str], _: Say) -> str:
    return _("Only these keys belong here: {known}.").format(known=", ".join(known))
