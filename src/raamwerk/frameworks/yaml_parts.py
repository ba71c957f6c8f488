"""A file's YAML as parts that know their file and line; nothing in it is ever executed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any

import yaml

from raamwerk.frameworks.faults import Fault, FaultyEdition, Say
from raamwerk.frameworks.file_text import LINE_BREAK

# libyaml is some fifteen times as fast; the pure loader stands in where it was not compiled.
LOADER: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)

TAG = "tag:yaml.org,2002:"
KINDS = {
    f"{TAG}bool": "truth",
    f"{TAG}float": "number",
    f"{TAG}int": "number",
    f"{TAG}map": "keys",
    f"{TAG}null": "nothing",
    f"{TAG}seq": "list",
    f"{TAG}str": "text",
    f"{TAG}timestamp": "date",
}

DEEPEST = 20
"""More nesting than an edition has; beyond it a reader would run out of stack."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of YAML and the key it stands under. Asks for what isn't there are answered empty."""

    path: Path
    node: yaml.Node
    name: str = ""

    @property
    def line(self) -> int:
        """The line it begins on, counted from 1."""
        return _line(self.node.start_mark)

    @property
    def kind(self) -> str:
        """What YAML takes it for: one of ``KINDS``, or "other"."""
        return KINDS.get(self.node.tag, "other")

    @property
    def value(self) -> str:
        """Its words, without the white space around them; empty for a list and for keys."""
        return str(self.node.value).strip() if isinstance(self.node, yaml.ScalarNode) else ""

    @property
    def shown(self) -> str:
        """Its words, short enough to repeat in a message."""
        return shorten(self.value, 60, placeholder="…")

    def key_parts(self) -> Iterator["Part"]:
        """Its keys, as they stand; none where it has no keys."""
        if isinstance(self.node, yaml.MappingNode):
            yield from (Part(self.path, key) for key, _value in self.node.value)

    def values(self) -> Iterator["Part"]:
        """What stands under each of its keys, in the same order."""
        if isinstance(self.node, yaml.MappingNode):
            for key, value in self.node.value:
                yield Part(self.path, value, str(key.value))

    def items(self) -> Iterator["Part"]:
        """Its entries; none where it is no list."""
        if isinstance(self.node, yaml.SequenceNode):
            yield from (Part(self.path, node, self.name) for node in self.node.value)

    def part(self, key: str) -> "Part | None":
        """What stands under this key."""
        return next((value for value in self.values() if value.name == key), None)

    def each(self, key: str) -> Iterator["Part"]:
        """The entries of the list under this key."""
        found = self.part(key)
        return found.items() if found else iter(())

    def text(self, *path: str) -> str:
        """The words under a key, or under a key of what stands under that, and so on."""
        found: Part | None = self
        for key in path:
            found = found.part(key) if found else None
        return found.value if found else ""

    def fault(self, problem: str, cure: str) -> Fault:
        """A fault that stands here."""
        return Fault(self.path, self.line, problem, cure)


def compose(path: Path, text: str, _: Say) -> Part:
    """The YAML in this text as one part. Raises FaultyEdition."""
    try:
        _refuse_bombs(path, text, _)
        node = yaml.compose(text, Loader=LOADER)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise FaultyEdition(_syntax_fault(path, text, error, _)) from error
    if node is None:
        cure = _("Begin with an example: docs/framework-format.md has one.")
        raise FaultyEdition(Fault(path, 1, _("The file is empty."), cure))
    return Part(path, node)


def _refuse_bombs(path: Path, text: str, _: Say) -> None:
    """Stop at what would make a small file grow without end. Raises FaultyEdition."""
    depth = 0
    aliases = []
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise FaultyEdition(_depth_fault(path, event, _))
        if isinstance(event, yaml.AliasEvent):
            aliases.append(_alias_fault(path, event, _))
    if aliases:
        raise FaultyEdition(*aliases)


def _depth_fault(path: Path, event: yaml.Event, _: Say) -> Fault:
    problem = _("Lists and keys are nested too deeply here.")
    cure = _("Close the brackets that are still open, or indent these lines less.")
    return Fault(path, _line(event.start_mark), problem, cure)


def _alias_fault(path: Path, event: yaml.AliasEvent, _: Say) -> Fault:
    problem = _("“*{name}” repeats another piece of the file, which an edition may not do.")
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
