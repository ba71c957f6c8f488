"""From YAML to a located tree; nothing in it is ever executed."""

from pathlib import Path
from typing import Any

import yaml

from raamwerk.frameworks.faults import Fault, FaultyEdition, Say
from raamwerk.frameworks.file_text import LINE_BREAK
from raamwerk.frameworks.tree import Kind, Part

# libyaml is some fifteen times as fast; the pure loader stands in where it was not compiled.
LOADER: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)

TAG = "tag:yaml.org,2002:"
KINDS: dict[str, Kind] = {
    f"{TAG}bool": "truth",
    f"{TAG}float": "number",
    f"{TAG}int": "number",
    f"{TAG}null": "nothing",
    f"{TAG}str": "text",
    f"{TAG}timestamp": "date",
}

DEEPEST = 20
"""More nesting than an edition has; beyond it a reader would run out of stack."""

MOST_PIECES = 250_000
"""More keys, texts and lists than the largest edition has; each costs memory."""


def read_tree(path: Path, text: str, _: Say) -> Part:
    """The YAML in this text as a tree. Raises FaultyEdition."""
    try:
        _refuse_bombs(path, text, _)
        node = yaml.compose(text, Loader=LOADER)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise FaultyEdition(_syntax_fault(path, text, error, _)) from error
    if node is None:
        cure = _("Begin with an example: docs/framework-format.md has one.")
        raise FaultyEdition(Fault(path, 1, _("The file is empty."), cure))
    return _part(path, node)


def _part(path: Path, node: yaml.Node, key: str = "", key_line: int = 0) -> Part:
    line = _line(node.start_mark)
    match node:
        case yaml.MappingNode():
            pairs = ((_part(path, name), value) for name, value in node.value)
            children = tuple(_part(path, value, name.value, name.line) for name, value in pairs)
            return Part(path, line, "keys", "", key, key_line or line, children)
        case yaml.SequenceNode():
            children = tuple(_part(path, item, key) for item in node.value)
            return Part(path, line, "list", "", key, key_line or line, children)
    kind = KINDS.get(node.tag, "other")
    return Part(path, line, kind, str(node.value).strip(), key, key_line or line)


def _refuse_bombs(path: Path, text: str, _: Say) -> None:
    """Stop at what would make a small file grow without end. Raises FaultyEdition."""
    depth = pieces = 0
    aliases = []
    for event in yaml.parse(text, Loader=LOADER):
        pieces += isinstance(event, yaml.NodeEvent)
        if pieces > MOST_PIECES:
            raise FaultyEdition(_size_fault(path, event, _))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise FaultyEdition(_depth_fault(path, event, _))
        if isinstance(event, yaml.AliasEvent):
            aliases.append(_alias_fault(path, event, _))
    if aliases:
        raise FaultyEdition(*aliases)


def _size_fault(path: Path, event: yaml.Event, _: Say) -> Fault:
    problem = _("The file has more parts than an edition can have.")
    cure = _("Check that this is an edition and nothing else.")
    return Fault(path, _line(event.start_mark), problem, cure)


def _depth_fault(path: Path, event: yaml.Event, _: Say) -> Fault:
    problem = _("Lists and keys are nested too deeply here.")
    cure = _("Close the brackets that are still open, or indent these lines less.")
    return Fault(path, _line(event.start_mark), problem, cure)


def _alias_fault(path: Path, event: yaml.AliasEvent, _: Say) -> Fault:
    problem = _("“*{name}” repeats another part of the file, which is not allowed in an edition.")
    cure = _("Write it out; if the text itself begins with *, put quotes around it.")
    return Fault(path, _line(event.start_mark), problem.format(name=event.anchor), cure)


def _syntax_fault(path: Path, text: str, error: Exception, _: Say) -> Fault:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    # A quote that is never closed runs to the end: tell where it was opened.
    if reason == "found unexpected end of stream":
        mark = getattr(error, "context_mark", None) or mark
    problem = _("This is not valid YAML ({reason}).").format(reason=reason)
    cure = _(
        "Look at this line and the one above it for a missing quote, colon or bracket, or a line"
        " that is not straight below its neighbours; put quotes around a text that has a colon."
    )
    # What is missing at the end is missing on the last line that has anything.
    last = len(LINE_BREAK.split(text.rstrip()))
    return Fault(path, min(_line(mark), last), problem, cure)


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1
