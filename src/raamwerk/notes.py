"""What one person adds to a role: words in its attention fields, and marks on its statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from raamwerk.frameworks.model import AttentionField

POINT_LIMIT = 10_000
"""The most characters (code points; a line break counts as one) in one attention point."""


class MarkKind(StrEnum):
    """What a person wants with a statement."""

    WORK_ON = "work-on"
    TALK_OVER = "talk-over"


KINDS = tuple(MarkKind)


@dataclass(frozen=True, slots=True)
class Notes:
    """The points of attention by field id, and the statement ids that carry each kind of mark."""

    points: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    marks: frozenset[tuple[str, MarkKind]] = frozenset()

    def point(self, attention_field: AttentionField) -> str:
        """The text in this field exactly as typed; empty where nothing was."""
        return self.points.get(attention_field.id, "")

    def marked(self, statement_id: str, kind: MarkKind) -> bool:
        """Whether the statement carries this kind of mark."""
        return (statement_id, kind) in self.marks

    def count(self, fields: Iterable[AttentionField]) -> int:
        """How much was noted in these fields: each text counts as one, and so does each mark."""
        fields = tuple(fields)
        texts = sum(bool(self.point(each).strip()) for each in fields)
        if not self.marks:
            return texts
        statements = (statement.id for each in fields for statement in each.statements)
        return texts + sum((each, kind) in self.marks for each in statements for kind in KINDS)

    def used(self, fields: Iterable[AttentionField]) -> bool:
        """Whether anything at all was noted in these fields."""
        return self.count(fields) > 0
