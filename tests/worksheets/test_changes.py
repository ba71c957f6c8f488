"""How long a text may be, and how a page names what it started from."""

from hypothesis import given
from hypothesis import strategies as st

from raamwerk.notes import HEADING_LIMIT, POINT_LIMIT
from raamwerk.worksheets.changes import (
    Base,
    TooLong,
    base_of,
    fingerprint,
    too_long,
)


def test_the_limit_counts_characters_and_not_bytes() -> None:
    assert too_long("🧑" * 10_000, POINT_LIMIT) is None
    assert too_long("🧑" * 10_001, POINT_LIMIT) == TooLong(over=1)


def test_each_kind_of_field_has_its_own_limit() -> None:
    assert too_long("x" * 200, HEADING_LIMIT) is None
    assert too_long("x" * 207, HEADING_LIMIT) == TooLong(over=7)


@given(st.integers(0, 10**12), st.text())
def test_a_page_gives_a_base_back_as_it_got_it(revision: int, text: str) -> None:
    assert Base.read(base_of(revision, text)) == Base(revision, fingerprint(text))


@given(st.text(), st.text())
def test_different_texts_have_different_fingerprints(one: str, other: str) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other)
