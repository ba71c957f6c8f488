"""Which texts can be kept, and what is said of those that can't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raamwerk.notes import HEADING_LIMIT, POINT_LIMIT
from raamwerk.worksheets.changes import (
    BadCharacter,
    Base,
    TooLong,
    base_of,
    fingerprint,
    refusal,
    with_plain_newlines,
)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=200))
def test_every_assigned_character_can_be_kept(text: str) -> None:
    assert refusal(text, POINT_LIMIT) is None


def test_the_limit_counts_characters_and_not_bytes() -> None:
    assert refusal("🧑" * 10_000, POINT_LIMIT) is None
    assert refusal("🧑" * 10_001, POINT_LIMIT) == TooLong(over=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00", BadCharacter("U+0000", line=1)),
        ("a\nb\x1bc\x00", BadCharacter("U+001B", line=2)),
        ("\n\n\ud800", BadCharacter("U+D800", line=3)),
        ("\U0010ffff", BadCharacter("U+10FFFF", line=1)),
        ("\ufdd0", BadCharacter("U+FDD0", line=1)),
    ],
)
def test_the_first_bad_character_is_named_with_its_line(text: str, expected: BadCharacter) -> None:
    assert refusal(text, POINT_LIMIT) == expected


def test_each_kind_of_field_has_its_own_limit() -> None:
    assert refusal("x" * 200, HEADING_LIMIT) is None
    assert refusal("x" * 207, HEADING_LIMIT) == TooLong(over=7)


@given(st.integers(0, 10**12), st.text())
def test_a_page_gives_a_base_back_as_it_got_it(revision: int, text: str) -> None:
    assert Base.read(base_of(revision, text)) == Base(revision, fingerprint(text))


def test_tabs_and_newlines_are_fine() -> None:
    assert refusal("a\tb\nc", POINT_LIMIT) is None


@given(st.text())
def test_plain_newlines_are_the_only_line_breaks_left(text: str) -> None:
    assert "\r" not in with_plain_newlines(text)
    assert with_plain_newlines(with_plain_newlines(text)) == with_plain_newlines(text)


@given(st.text(), st.text())
def test_different_texts_have_different_fingerprints(one: str, other: str) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other)
