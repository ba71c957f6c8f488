"""Each focus area has its own quiet hue, the same one in every paged format."""

import io
import itertools
import math
import re
from typing import Any

import docx as python_docx
import pytest

from raamwerk.documents.docx import docx
from raamwerk.documents.hues import HUES, PAPERS
from raamwerk.documents.look import AREA_INKS, AREA_PAPERS, INK
from raamwerk.documents.odt import odt
from raamwerk.documents.overview import Overview
from raamwerk.documents.pdf import pdf
from raamwerk.frameworks.rules import MOST
from tests.documents.example import edition, overview
from tests.documents.reading import odt_document, odt_paragraphs, pdf_reader

AREAS = [f"gebied-{number}" for number in range(1, 13)]


@pytest.fixture(scope="module")
def given() -> Overview:
    return overview("Eigen woorden", of=edition(AREAS))


def _shares(hue: str) -> list[float]:
    return [int(hue[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def _linear(hue: str) -> list[float]:
    return [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in _shares(hue)
    ]


def _luminance(hue: str) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    return sum(part * weight for part, weight in zip(_linear(hue), weights, strict=True))


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted(map(_luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _unlikeness(one: str, other: str) -> float:
    """How unlike two colours look, as the distance between them in the colour space CIELAB."""
    return math.dist(_lab(one), _lab(other))


def _lab(hue: str) -> tuple[float, float, float]:
    red, green, blue = _linear(hue)
    axes = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (each ** (1 / 3) for each in axes)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_there_is_a_hue_for_each_of_the_most_areas_that_a_framework_has() -> None:
    assert len(set(HUES)) == len(HUES) == len(PAPERS) == MOST["areas"]


@pytest.mark.parametrize(("ink", "paper"), [*zip(AREA_INKS, AREA_PAPERS, strict=True)])
def test_letters_in_a_hue_are_easy_to_read_on_paper(ink: str, paper: str) -> None:
    assert _contrast(ink, "ffffff") >= 4.5
    assert _contrast(ink, paper) >= 4.5
    assert _contrast(INK, paper) >= 12


def test_areas_that_follow_each_other_look_unlike() -> None:
    assert min(_unlikeness(*pair) for pair in itertools.pairwise((*HUES, HUES[0]))) >= 25


def test_any_two_hues_can_be_told_apart() -> None:
    assert min(_unlikeness(*pair) for pair in itertools.combinations(HUES, 2)) >= 9


def test_pdf_draws_in_every_hue(given: Overview) -> None:
    pages: list[Any] = list(pdf_reader(pdf(given)).pages)
    drawn = b" ".join(page.get_contents().get_data() for page in pages).decode("latin-1")
    colours = {
        "".join(f"{round(float(share) * 255):02x}" for share in shares)
        for shares in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) scn", drawn)
    }
    assert colours.issuperset(HUES)


def test_docx_sets_areas_and_own_words_in_their_hue(given: Overview) -> None:
    made = python_docx.Document(io.BytesIO(docx(given)))
    headings = {each.text: each for each in made.paragraphs}
    for area, hue in zip(given.areas, HUES, strict=True):
        (run,) = headings[area.heading.text].runs
        assert run.style
        assert str(run.style.font.color.rgb).lower() == hue
        rule = made.styles[f"Own Words {area.hue}"].element.xpath("string(.//w:left/@w:color)")
        assert rule == hue


def test_odt_sets_areas_and_own_words_in_their_hue(given: Overview) -> None:
    made = odt(given)
    styles = {text: style for style, text in odt_paragraphs(made)}
    sheet = odt_document(made).styles.serialize()
    for area, hue in zip(given.areas, HUES, strict=True):
        assert styles[area.heading.text] == f"Area {area.hue}"
        assert f'fo:border-top="0.75pt solid #{hue}"' in str(sheet)
        assert f'fo:border-left="2.25pt solid #{hue}"' in str(sheet)
    assert styles["Eigen woorden"] == "Own Words 1"
