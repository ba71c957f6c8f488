"""The golden rule: a download never fails for what someone typed, whatever that is."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raamwerk.documents import pdf as pdf_module
from raamwerk.documents.fonts import FONTS, coverage, typst_fonts
from raamwerk.documents.formats import FORMATS, Format, format_named
from raamwerk.documents.pdf import pdf
from raamwerk.documents.printable import printable
from raamwerk.documents.typed import Piece
from tests.documents.example import overview
from tests.documents.reading import own_words, pdf_text, shown, squeezed

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TYING = st.sampled_from(
    "\u200d\u200c\ufe0e\ufe0f\u20e3\u0301\u0345\u05bc\u064b\u093f\u094d\u0e31\u0f71\u1ab2\u3099"
    "\U0001f3fd\U0001f1f3\U0001f1f1\U000e0067\U000e007f\u202e\u2067\u2069\u00ad\u2060\ufeff\u180b"
)
BASES = st.sampled_from(
    "a1#é\u0627\u05d0\u0915\u0e01\u0f40\u4e2d\uac00\u1112\u1161\u2764👍👩🏴𝄞\U00013000\ue000 "
)
CLUSTERS = st.text(st.one_of(BASES, TYING), min_size=1, max_size=12)
REGULAR = ("normal", 400)
BRACKETS = str.maketrans("", "", "[]")
SAMPLES = st.lists(st.one_of(ANYTHING, CLUSTERS), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(SAMPLES)
def test_the_pdf_is_made_of_any_text_without_the_safety_net(samples: list[str]) -> None:
    made = pdf_module._typeset(overview("\n".join(samples), name="\n".join(samples)), printable)
    assert made.startswith(b"%PDF")


@settings(max_examples=60, deadline=None)
@given(SAMPLES)
@pytest.mark.parametrize("format_id", ["docx", "odt", "markdown"])
def test_other_formats_give_any_text_back(format_id: str, samples: list[str]) -> None:
    typed = "\n".join(["begin", *samples, "eind"]).replace("\r", "")
    format_ = format_named(format_id)
    assert format_
    read = own_words(format_id, format_.render(overview(typed)))
    # Markdown writes [U+FFFE], the others frame it.
    assert read.translate(BRACKETS) == shown(typed).translate(BRACKETS)


def test_the_pdf_is_made_of_every_part_of_unicode() -> None:
    characters = [chr(point) for point in range(1, 0x110000, 61) if not 0xD800 <= point < 0xE000]
    lines = ["".join(characters[at : at + 60]) for at in range(0, len(characters), 60)]
    assert pdf_module._typeset(overview("\n".join(lines)), printable)


@pytest.mark.parametrize("format_", FORMATS, ids=[each.id for each in FORMATS])
@pytest.mark.parametrize(
    "typed",
    [
        "\ud800",
        "a\udfffb",
        "\x00\x01\x1b\x7f\x85",
        "\ufffe\uffff\U0001ffff",
        "\r\n",
        "\u2028\u2029\x0b",
    ],
    ids=ascii,
)
def test_even_what_saving_refuses_is_written(format_: Format, typed: str) -> None:
    assert format_.render(overview(f"voor{typed}na", name=typed))


@pytest.mark.parametrize("format_", FORMATS, ids=[each.id for each in FORMATS])
@pytest.mark.parametrize(
    "typed",
    ["\U00013000" * 10_000, "a" + "\u0301" * 9_999, "\n" * 9_999 + "x"],
    ids=["boxes", "accents", "lines"],
)
def test_the_longest_texts_are_written(format_: Format, typed: str) -> None:
    assert format_.render(overview(typed))


def test_a_pdf_that_typst_refuses_is_made_again_with_code_points(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_module, "printable", lambda line: [Piece(line)] if line else [])
    read = squeezed(pdf_text(pdf(overview("Naïef \U00013000 \u5b57")), "-raw"))
    assert "NaïefU+13000U+5B57" in read


def test_what_no_font_holds_is_shown_as_its_code_point() -> None:
    read = squeezed(pdf_text(pdf(overview("teken \U00013000 en \ue000 en \ufffe!")), "-raw"))
    assert "tekenU+13000enU+E000enU+FFFE!" in read


def test_an_accent_that_no_font_can_put_on_its_letter_is_shown_beside_it() -> None:
    assert "中U+0651" in squeezed(pdf_text(pdf(overview("中\u0651"))))


@pytest.mark.parametrize("format_id", ["docx", "odt", "markdown"])
def test_what_xml_cannot_hold_is_shown_as_its_code_point(format_id: str) -> None:
    format_ = format_named(format_id)
    assert format_
    assert "U+FFFE" in own_words(format_id, format_.render(overview("a\ufffeb")))


def test_a_tag_without_its_flag_is_shown_and_with_its_flag_left_alone() -> None:
    scotland = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    assert printable(f"a{scotland}") == [Piece(f"a{scotland}")]
    assert printable("\U000e007f🇦ᄀ") == [Piece("U+E007F", boxed=True), Piece("🇦ᄀ")]
    read = squeezed(pdf_text(pdf(overview(f"{scotland}\n\U000e007f🇦ᄀ"))))
    assert scotland in read
    assert "U+E007F" in read


def test_typst_takes_each_font_from_the_file_whose_characters_we_count() -> None:
    upright = [each for each in typst_fonts().fonts() if (each.style, each.weight) == REGULAR]
    for font in FONTS:
        found = next(each for each in upright if each.family == font.family)
        assert Path(str(found.path)) == font.path


def test_every_font_is_at_hand() -> None:
    assert all(coverage(font) for font in FONTS)
    letters = "aé€ΩЖאبकไ中あ한😀✎➢𝓗ክ"
    assert all(any(letter in coverage(font) for font in FONTS) for letter in letters)
