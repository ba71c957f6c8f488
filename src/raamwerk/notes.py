"""What one person adds to a role: words in its attention fields and heading, marks on its statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from raamwerk.frameworks.model import AttentionField

POINT_LIMIT = 10_000
"""The most characters (code points; a line break counts as one) in one attention point."""

HEADING_LIMIT = 200
"""The most characters in one field of the heading."""

HEADING_FIELDS = ("name", "school", "occasion")
"""What may stand above an overview. Their ids have no hyphen; those of attention fields always have."""

TITLE = "title"
"""The field that holds a worksheet's own title, by which its owner tells it from another."""


def is_one_line(field_id: str) -> bool:
    """Whether a text in this field has no line breaks."""
    return field_id in (*HEADING_FIELDS, TITLE)


def text_limit(field_id: str) -> int | None:
    """The most characters in this field, or None where there is no such kind of field."""
    if is_one_line(field_id):
        return HEADING_LIMIT
    return POINT_LIMIT if "-" in field_id else None


class MarkKind(StrEnum):
    """What a person wants with a statement."""

    WORK_ON = "work-on"
    TALK_OVER = "talk-over"


Mark = tuple[str, MarkKind]
"""The id of a statement, and what the person wants with it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much was noted: in so many of so many fields a text, and so many ticks."""

    texts: int
    fields: int
    ticks: int


@dataclass(frozen=True, slots=True)
class Notes:
    """The points of attention by field id, and the statement ids that carry each kind of mark."""

    points: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    marks: frozenset[Mark] = frozenset()

    def point(self, attention_field: AttentionField) -> str:
        """The text in this field exactly as typed; empty where nothing was."""
        return self.points.get(attention_field.id, "")

    def marked(self, statement_id: str, kind: MarkKind) -> bool:
        """Whether the statement carries this kind of mark."""
        return (statement_id, kind) in self.marks

    def amount(self, fields: Iterable[AttentionField]) -> Amount:
        """How much was noted in these fields: texts and ticks, counted apart."""
        marked = [
            {statement for statement, each in self.marks if each is kind} for kind in MarkKind
        ]
        texts = number = ticks = 0
        for shown in fields:
            number += 1
            texts += bool(self.point(shown).strip())
            ticks += sum(len(shown.statement_ids & ids) for ids in marked)
        return Amount(texts, number, ticks)

    def in_all(self, fields: Iterable[AttentionField]) -> Amount:
        """The same of a whole role, with what its edition no longer has."""
        ids = {each.id for each in fields}
        written = {field for field, text in self.points.items() if text.strip()}
        return Amount(len(written), len(ids | written), len(self.marks))

    def used(self, fields: Iterable[AttentionField]) -> bool:
        """Whether anything at all was noted in these fields."""
        amount = self.amount(fields)
        return bool(amount.texts or amount.ticks)
