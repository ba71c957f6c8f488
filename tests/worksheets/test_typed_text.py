"""Invisible characters that come along with typing and pasting: nothing is refused that nobody can see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raamwerk.documents.typed import NOT_IN_XML
from raamwerk.worksheets.typed_text import ODD, Cleaned, clean

FIELD = "visie-rol"


@pytest.mark.parametrize(
    "line_break", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
)
def test_every_line_break_is_one_newline(line_break: str) -> None:
    assert clean(FIELD, f"een{line_break}twee") == Cleaned("een\ntwee")
    assert clean(FIELD, line_break * 2) == Cleaned("\n\n")


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\x0b", "\u2028"])
def test_a_field_of_one_line_keeps_its_words_apart(line_break: str) -> None:
    assert clean("name", f"Noor{line_break}de Wit") == Cleaned("Noor de Wit")


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("it\x92s \x93goed\x94 \x96 5 \x80", "it\u2019s \u201cgoed\u201d \u2013 5 \u20ac"),
        ("\uf0b7 een\n\uf0a7\ttwee\n\uf0d8 drie", "• een\n▪\ttwee\n➢ drie"),
        ("  \uf071 een", "  • een"),
        ("weer\x1eeens, samen\x1fwerking", "weer\u2011eens, samen\u00adwerking"),
        ("\tin\u00a0de\u200bklas 👩🏽‍🏫", "\tin\u00a0de\u200bklas 👩🏽‍🏫"),
    ],
)
def test_what_is_odd_becomes_what_was_meant(pasted: str, meant: str) -> None:
    assert clean(FIELD, pasted) == Cleaned(meant)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("zie \x13 PAGEREF _Toc1 \x14bladzijde 3\x15 en\x07", "zie  PAGEREF _Toc1 bladzijde 3 en"),
        ("nul\x00 en \x81 en \x7f", "nul en  en "),
        ("half \ud800 teken", "half  teken"),
        ("niets \ufdd0\uffff\U0010ffff", "niets "),
    ],
)
def test_what_nobody_sees_goes_and_that_is_said(pasted: str, kept: str) -> None:
    assert clean(FIELD, pasted) == Cleaned(kept, lost=True)


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), max_size=200)
)
def test_whatever_can_be_seen_is_kept(text: str) -> None:
    assert clean(FIELD, text) == Cleaned(text)


@given(st.text(st.characters(), max_size=200))
def test_cleaning_again_changes_nothing_and_every_document_can_hold_it(text: str) -> None:
    once = clean(FIELD, text).text

    assert clean(FIELD, once) == Cleaned(once)
    assert not NOT_IN_XML.search(once)
    assert {unicodedata.category(each) for each in once if each not in "\t\n"}.isdisjoint(
        {"Cc", "Cs"}
    )


@given(st.text(st.characters(), max_size=200))
def test_the_quick_look_finds_all_that_is_odd(text: str) -> None:
    if not ODD.search(text):
        assert clean(FIELD, f"{text}\x00") == Cleaned(text, lost=True)
