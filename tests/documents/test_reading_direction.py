"""A line whose first letter is Arabic or Hebrew is set from the right, in a line of its own."""

import io
from dataclasses import replace
from typing import Any

import docx as python_docx
import pytest

from raamwerk.documents.docx import docx
from raamwerk.documents.odt import odt
from raamwerk.documents.overview import Words
from raamwerk.documents.pdf import pdf
from raamwerk.documents.typed import runs, runs_right_to_left
from tests.documents.example import overview
from tests.documents.reading import odt_document, odt_paragraphs, pdf_text

TYPED = "Links\nשלום abc"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("abc", False),
        ("שלום", True),
        ("123 – مرحبا abc", True),
        ("abc مرحبا", False),
        ("(!) 42", False),
        ("", False),
    ],
)
def test_the_first_letter_decides(line: str, expected: bool) -> None:
    assert runs_right_to_left(line) is expected


def test_in_the_pdf_it_ends_at_the_right() -> None:
    def right_edge(word: str, typed: str) -> float:
        boxes = pdf_text(pdf(overview(typed)), "-bbox").split("\n")
        # The boxes are read from the left, so what runs from the right is read backwards.
        (line,) = [each for each in boxes if f">{word}<" in each or f">{word[::-1]}<" in each]
        return float(line.split('xMax="')[1].split('"')[0])

    assert right_edge("שלום", "שלום") > right_edge("Links", "Links") + 200


def test_in_docx_the_paragraph_and_its_letters_say_so() -> None:
    paragraphs = python_docx.Document(io.BytesIO(docx(overview(TYPED)))).paragraphs
    left, right = (each for each in paragraphs if each.text in TYPED.split("\n"))
    assert not left._p.xpath("w:pPr/w:bidi")
    assert right._p.xpath("w:pPr/w:bidi")
    assert [run.font.rtl for run in left.runs + right.runs] == [None, True, None]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("abc", [("abc", False)]),
        ("שלום abc", [("שלום ", True), ("abc", False), ("", True)]),
        ("abc שלום עולם.", [("abc ", False), ("שלום עולם", True), (".", False)]),
        ("123 שלום (x) 4", [("123 שלום (", True), ("x", False), (") 4", True)]),
        ("(!)", [("(!)", False)]),
        ("", []),
    ],
)
def test_a_line_is_cut_where_its_letters_turn(line: str, expected: list[tuple[str, bool]]) -> None:
    assert runs(line) == [each for each in expected if each[0]]


ARABIC = "مرشد LOB (2) في المدرسة"


def test_headings_of_mixed_directions_hold_together() -> None:
    given = overview("x")
    area = replace(given.areas[0], heading=Words(ARABIC))
    given = replace(given, areas=(area, *given.areas[1:]))
    opened = python_docx.Document(io.BytesIO(docx(given)))
    (heading,) = [each for each in opened.paragraphs if each.text == ARABIC]
    assert heading._p.xpath("w:pPr/w:bidi")
    assert [(run.text, run.font.rtl) for run in heading.runs] == [
        ("مرشد ", True),
        ("LOB", None),
        (" (2) في المدرسة", True),
    ]
    made = odt(given)
    (style,) = [style for style, text in odt_paragraphs(made) if text == ARABIC]
    found: Any = odt_document(made).get_style("paragraph", style.replace(" ", "_20_"))
    assert found.get_properties(area="paragraph")["style:writing-mode"] == "rl-tb"


def test_in_odt_the_style_of_the_paragraph_says_so() -> None:
    made = odt(overview(TYPED))
    (style,) = [style for style, text in odt_paragraphs(made) if text.startswith("שלום")]
    found: Any = odt_document(made).get_style("paragraph", style.replace(" ", "_20_"))
    assert found.get_properties(area="paragraph")["style:writing-mode"] == "rl-tb"
