"""What a newer edition changed for a role, and what became of what was noted on an older one."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from raamwerk.frameworks.model import AttentionField, Edition, Statement, Text


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed for one role: each statement that differs stands here once."""

    added: tuple[Statement, ...]
    reworded: tuple[tuple[Statement, Statement], ...]
    gone: tuple[tuple[Statement, Statement | None], ...]

    @property
    def any(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.added or self.reworded or self.gone)


def differences(old: Edition, new: Edition, role_id: str) -> Differences:
    """What ``new`` changed for this role: by statement id, in reading order.

    What took the place of a statement that is gone stands with that one, and isn't told as added.
    """
    before, after = _statements(old, role_id), _statements(new, role_id)
    gone = [
        (statement, after.get(new.replaced_by.get(statement.id, "")))
        for statement in before.values()
        if statement.id not in after
    ]
    replacing = {successor.id for _statement, successor in gone if successor}
    return Differences(
        added=tuple(
            each for each in after.values() if each.id not in before and each.id not in replacing
        ),
        reworded=tuple(
            (earlier, after[earlier.id])
            for earlier in before.values()
            if earlier.id in after and _differ(earlier.text, after[earlier.id].text)
        ),
        gone=tuple(gone),
    )


def successor(new: Edition, statement_id: str) -> str:
    """The id of the statement to carry a mark to: what replaced it, else the same."""
    return new.replaced_by.get(statement_id, statement_id)


def fields_gone(
    earlier: Iterable[Edition],
    edition: Edition,
    role_id: str,
    fields: Collection[str],
    statements: Collection[str],
) -> tuple[AttentionField, ...]:
    """The attention fields of what was noted on, but this edition's role no longer has.

    Each is as the newest earlier edition had it, with only those gone statements that are in
    ``statements``. What went to another role is gone from this one; what no edition knows is left
    out.
    """
    role = edition.role(role_id)
    here = role.fields if role else ()
    lost_fields = set(fields) - {field.id for field in here}
    lost = set(statements) - _statements(edition, role_id).keys()
    areas_and_facets: dict[str, AttentionField] = {}
    found: dict[str, list[Statement]] = {}
    for field in _earlier_fields(earlier, edition, role_id):
        kept = [each for each in field.statements if each.id in lost]
        lost.difference_update(each.id for each in kept)
        if kept or field.id in lost_fields:
            areas_and_facets.setdefault(field.id, field)
            found.setdefault(field.id, []).extend(kept)
    return tuple(
        AttentionField(field.area, field.facet, tuple(found[field_id]))
        for field_id, field in areas_and_facets.items()
    )


def _earlier_fields(
    earlier: Iterable[Edition], edition: Edition, role_id: str
) -> Iterator[AttentionField]:
    """The fields to look in: this role's, newest edition first, and then those of other roles."""
    newest_first = sorted(earlier, key=lambda each: (each.published, each.id), reverse=True)
    for each in newest_first:
        role = each.role(role_id)
        yield from role.fields if role else ()
    for each in (edition, *newest_first):
        for role in each.roles:
            if role.id != role_id:
                yield from role.fields


def _statements(edition: Edition, role_id: str) -> dict[str, Statement]:
    role = edition.role(role_id)
    return {each.id: each for each in role.statements} if role else {}


def _differ(old: Text, new: Text) -> bool:
    """Whether the words differ in a language that both have; a new translation is no rewording."""
    before = dict(zip(old.languages, old.words, strict=True))
    after = dict(zip(new.languages, new.words, strict=True))
    shared = before.keys() & after.keys()
    return not shared or any(before[tag] != after[tag] for tag in shared)
