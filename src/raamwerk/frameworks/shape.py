"""The shape of an edition's file, written down the way the file itself is written.

A ``dict`` is a set of keys (a question mark: may be left out), a list holds entries of one shape,
and a function checks a single value.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from difflib import get_close_matches

import yaml

from raamwerk.frameworks.faults import Fault, Say
from raamwerk.frameworks.values import (
    day,
    format_number,
    identifier,
    kind_name,
    letter,
    line,
    number,
    status,
    text,
    truth,
)
from raamwerk.frameworks.yaml_parts import Part
from raamwerk.wording import gettext_noop

Keys = dict[str, "Shape"]
Shape = Keys | list["Shape"] | Callable[[Part, Say], Fault | None]

LINES: Keys = {"nl": line, "en": line}
TEXTS: Keys = {"nl": text, "en": text}
MENDS: Shape = [{"wrote": line, "writes": line}]
STATEMENT: Keys = {"id": identifier, **LINES, "cites?": [line], "mends?": MENDS}
ROLE: Keys = {
    "id": identifier,
    **LINES,
    "setting": LINES,
    "audience": LINES,
    "introduction": TEXTS,
    "provenance": line,
    "fields": [{"area": line, "facet": line, "statements": [STATEMENT]}],
}
EDITION: Keys = {
    "format": format_number,
    "framework": identifier,
    "edition": identifier,
    "published": day,
    "title": LINES,
    "background": TEXTS,
    "provenances": [{"id": identifier, "official": truth, **TEXTS}],
    "passages?": [{"id": identifier, **TEXTS, "mends?": MENDS}],
    "facets": [{"id": identifier, **LINES, "mends?": MENDS}],
    "areas": [{"id": identifier, **LINES, "short": LINES}],
    "sources?": [{"letter": letter, **LINES}],
    "footnotes?": [
        {"number": number, "status": status, **TEXTS, "reference?": line, "mends?": MENDS}
    ],
    "roles": [ROLE],
}

LANGUAGE_NAMES = {"nl": gettext_noop("Dutch"), "en": gettext_noop("English")}


def shape_faults(part: Part, shape: Shape, _: Say) -> Iterator[Fault]:
    """Everything in which a part, and all that stands in it, differs from a shape."""
    if isinstance(shape, dict):
        yield from _keys_faults(part, shape, _)
    elif isinstance(shape, list):
        yield from _list_faults(part, shape[0], _)
    elif fault := shape(part, _):
        yield fault


def _list_faults(part: Part, shape: Shape, _: Say) -> Iterator[Fault]:
    if not isinstance(part.node, yaml.SequenceNode):
        problem = _("“{key}” must be a list, but is {kind}.")
        problem = problem.format(key=part.name, kind=kind_name(part, _))
        yield part.fault(problem, _("Begin each entry with a hyphen and a space."))
    elif not part.node.value:
        problem = _("The list “{key}” is empty.").format(key=part.name)
        cure = _("Give it an entry, or leave the key out where that is allowed.")
        yield part.fault(problem, cure)
    for item in part.items():
        yield from shape_faults(item, shape, _)


def _keys_faults(part: Part, keys: Keys, _: Say) -> Iterator[Fault]:
    shapes = {key.removesuffix("?"): shape for key, shape in keys.items()}
    if not isinstance(part.node, yaml.MappingNode):
        problem = _("Keys with values must stand here, but it is {kind}.")
        yield part.fault(problem.format(kind=kind_name(part, _)), _these_keys(shapes, _))
        return
    yield from _repeated_keys(part, _)
    yield from _strange_keys(part, keys, shapes, _)
    for value in part.values():
        if value.name in shapes:
            yield from shape_faults(value, shapes[value.name], _)


def _repeated_keys(part: Part, _: Say) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for key in part.key_parts():
        if key.value in first:
            problem = _("The key “{key}” stands here twice.").format(key=key.shown)
            cure = _("Keep this one or the one on line {line}.").format(line=first[key.value])
            yield key.fault(problem, cure)
        first.setdefault(key.value, key.line)


def _strange_keys(part: Part, keys: Keys, known: Collection[str], _: Say) -> Iterator[Fault]:
    """Keys that are unknown, and keys that are missing and were not merely misspelt."""
    accounted_for = set()
    for present in part.key_parts():
        accounted_for.add(present.value)
        if present.value not in known:
            nearest = get_close_matches(present.shown, known, n=1)
            accounted_for.update(nearest)
            problem = _("The key “{key}” is unknown here.").format(key=present.shown)
            yield present.fault(problem, _did_you_mean(nearest, known, _))
    for key in keys:
        if key not in accounted_for and not key.endswith("?"):
            yield _missing_key(part, key, _)


def _missing_key(part: Part, key: str, _: Say) -> Fault:
    if key in LANGUAGE_NAMES:
        problem = _("The text in {language} is missing.").format(language=_(LANGUAGE_NAMES[key]))
        return part.fault(problem, _("Add “{key}:” with the same words.").format(key=key))
    problem = _("The key “{key}” is missing.").format(key=key)
    return part.fault(problem, _("Add “{key}:” and what it stands for.").format(key=key))


def _did_you_mean(nearest: list[str], known: Iterable[str], _: Say) -> str:
    if nearest:
        return _("Did you mean “{key}”?").format(key=nearest[0])
    return _these_keys(known, _)


def _these_keys(known: Iterable[str], _: Say) -> str:
    return _("Only these keys belong here: {known}.").format(known=", ".join(known))
