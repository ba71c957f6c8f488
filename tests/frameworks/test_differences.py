"""What a newer edition changed is told once, and nothing that was noted is lost on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raamwerk.frameworks.differences import Differences, differences, fields_gone, successor
from raamwerk.frameworks.model import (
    AttentionField,
    Edition,
    Facet,
    FocusArea,
    Provenance,
    Role,
    Statement,
    Text,
)

Layout = Mapping[str, Sequence[tuple[str, str]]]
"""The statements, as id and words, by field: ``{"a-f": [("one", "Sows")]}``."""


def text(words: str) -> Text:
    return Text(("en",), (words,))


def attention_field(field_id: str, statements: Sequence[tuple[str, str]]) -> AttentionField:
    area, facet = field_id.split("-")
    bullets = tuple(Statement(each, text(words)) for each, words in statements)
    return AttentionField(
        FocusArea(area, text(area), text(area)), Facet(facet, text(facet)), bullets
    )


def role(role_id: str, layout: Layout) -> Role:
    fields = tuple(attention_field(*each) for each in layout.items())
    source = Provenance("p", text("p"), official=True)
    return Role(role_id, text("r"), text("r"), text("r"), text("r"), source, fields)


def edition(
    year: int, roles: Mapping[str, Layout], replaced_by: Mapping[str, str] | None = None
) -> Edition:
    return Edition(
        framework="tuin",
        id=str(year),
        published=date(year, 1, 1),
        languages=("en",),
        title=text("t"),
        background=text("b"),
        passages=(),
        facets=(),
        areas=(),
        sources=(),
        footnotes=(),
        provenances=(),
        roles=tuple(role(*each) for each in roles.items()),
        replaced_by=replaced_by or {},
    )


def ids(statements: Sequence[Statement]) -> list[str]:
    return [each.id for each in statements]


OLD = edition(2026, {"r": {"a-f": [("one", "Sows"), ("two", "Digs")], "b-f": [("three", "Rakes")]}})
NEW = edition(
    2027,
    {"r": {"a-f": [("one", "Sows in time"), ("four", "Weeds"), ("five", "Rakes all")]}},
    {"three": "five"},
)


def test_each_change_is_told_in_its_own_way() -> None:
    told = differences(OLD, NEW, "r")
    assert ids(told.added) == ["four"]
    assert [(old.text.words, new.text.words) for old, new in told.reworded] == [
        (("Sows",), ("Sows in time",))
    ]
    assert [(old.id, new.id if new else None) for old, new in told.gone] == [
        ("two", None),
        ("three", "five"),
    ]
    assert told.any


def test_a_mark_is_carried_to_what_replaced_its_statement() -> None:
    assert successor(NEW, "three") == "five"
    assert successor(NEW, "one") == "one"
    assert successor(NEW, "two") == "two"


def test_a_role_that_came_or_went_is_all_new_or_all_gone() -> None:
    gone = differences(OLD, edition(2027, {}), "r").gone
    assert [(each.id, instead) for each, instead in gone] == [
        ("one", None),
        ("two", None),
        ("three", None),
    ]
    assert ids(differences(edition(2026, {}), NEW, "r").added) == ["one", "four", "five"]
    assert differences(OLD, NEW, "unknown") == Differences((), (), ())


def in_languages(words: Mapping[str, str]) -> Edition:
    found = edition(2026, {"r": {"a-f": [("one", "")]}})
    field = found.roles[0].fields[0]
    statement = replace(field.statements[0], text=Text.of(words))
    field = replace(field, statements=(statement,))
    return replace(found, roles=(replace(found.roles[0], fields=(field,)),))


def test_other_words_in_any_language_are_a_rewording() -> None:
    old = in_languages({"nl": "Zaait", "en": "Sows"})
    assert differences(old, in_languages({"nl": "Zaait", "en": "Sows seed"}), "r").reworded
    assert not differences(old, in_languages({"en": "Sows", "nl": "Zaait"}), "r").any


def test_another_translation_is_no_rewording() -> None:
    old = in_languages({"nl": "Zaait"})
    assert not differences(old, in_languages({"nl": "Zaait", "fy": "Siedt"}), "r").any
    assert differences(old, in_languages({"fy": "Siedt"}), "r").reworded


def shape_of(fields: Sequence[AttentionField]) -> dict[str, list[str]]:
    return {field.id: ids(field.statements) for field in fields}


def test_what_was_noted_on_what_is_gone_is_found_again() -> None:
    gone = fields_gone([OLD], NEW, "r", {"a-f", "b-f"}, {"one", "two"})
    assert shape_of(gone) == {"a-f": ["two"], "b-f": []}


def test_the_newest_earlier_edition_tells() -> None:
    older = edition(2025, {"r": {"a-f": [("two", "Dug")], "c-f": [("six", "Waters")]}})
    gone = fields_gone([older, OLD], NEW, "r", {"c-f"}, {"two", "six", "nobody-knows"})
    assert shape_of(gone) == {"a-f": ["two"], "c-f": ["six"]}
    assert gone[0].statements[0].text.words == ("Digs",)


def test_what_went_to_another_role_is_not_lost() -> None:
    new = edition(2027, {"r": {"a-f": [("one", "Sows")]}, "s": {"b-f": [("five", "Rakes all")]}})
    assert shape_of(fields_gone([OLD], new, "r", (), {"five", "three"})) == {
        "b-f": ["three", "five"]
    }


patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

statement_ids = st.sampled_from([f"s{number}" for number in range(8)])
layouts = st.lists(
    st.tuples(st.sampled_from(["a-f", "a-g", "b-f"]), statement_ids, st.sampled_from(["x", "y"])),
    unique_by=lambda each: each[1],
).map(
    lambda rows: {
        field: [(each, words) for place, each, words in rows if place == field]
        for field in dict.fromkeys(place for place, _each, _words in rows)
    }
)


@st.composite
def histories(draw: st.DrawFn) -> list[Edition]:
    """Editions of one framework, the oldest first."""
    found = []
    for year in range(2026, 2026 + draw(st.integers(2, 4))):
        layout = draw(layouts)
        there = [each for rows in layout.values() for each, _words in rows]
        replaced = draw(st.dictionaries(statement_ids, st.sampled_from(there))) if there else {}
        replaced = {gone: new for gone, new in replaced.items() if gone not in there}
        found.append(edition(year, {"r": layout}, replaced))
    return found


@patiently
@given(history=histories())
def test_every_statement_is_told_once_or_unchanged(history: list[Edition]) -> None:
    old, new = history[-2:]
    told = differences(old, new, "r")
    before = {each.id: each for each in old.roles[0].statements}
    after = {each.id: each for each in new.roles[0].statements}
    unchanged = {each for each in before if before[each] == after.get(each)}
    left = [each.id for each, _new in told.reworded] + [each.id for each, _new in told.gone]
    assert sorted([*left, *unchanged]) == sorted(before)
    came = [*ids(told.added), *[each.id for _old, each in told.reworded]]
    instead = {each.id for _old, each in told.gone if each}
    assert len(came) == len(set(came))
    assert not instead & set(ids(told.added))
    assert set(came) | instead | unchanged == after.keys()
    assert told.any == (list(before.values()) != [after.get(each) for each in before] or bool(came))


@patiently
@given(history=histories())
def test_a_carried_mark_stands_where_the_reader_was_told(history: list[Edition]) -> None:
    old, new = history[-2:]
    for gone, instead in differences(old, new, "r").gone:
        assert successor(new, gone.id) == (instead.id if instead else gone.id)


@patiently
@given(history=histories())
def test_an_edition_does_not_differ_from_itself(history: list[Edition]) -> None:
    assert not differences(history[0], history[0], "r").any


@patiently
@given(
    history=histories(),
    fields=st.sets(st.sampled_from(["a-f", "a-g", "b-f", "z-z"])),
    statements=st.sets(statement_ids),
)
def test_everything_noted_is_here_or_found_in_an_earlier_edition(
    history: list[Edition], fields: set[str], statements: set[str]
) -> None:
    *earlier, latest = history
    gone = fields_gone(earlier, latest, "r", fields, statements)
    here = latest.roles[0]
    found = [each.id for field in gone for each in field.statements]
    known = {each.id for edition in earlier for each in edition.roles[0].statements}
    assert sorted(found) == sorted(statements & known - {each.id for each in here.statements})
    known_fields = {field.id for edition in earlier for field in edition.roles[0].fields}
    shown = [field.id for field in gone]
    assert len(shown) == len(set(shown))
    assert set(shown) >= fields & known_fields - {field.id for field in here.fields}
    assert all(field.statements or field.id in fields for field in gone)
    assert gone == fields_gone(reversed(earlier), latest, "r", fields, statements)
