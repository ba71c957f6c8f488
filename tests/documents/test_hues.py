"""Each focus area has its own quiet hue, the same one in every paged format."""

import io
import re
from typing import Any

import docx as python_docx
import pytest

from raamwerk.documents.docx import docx
from raamwerk.documents.look import HUES
from raamwerk.documents.odt import odt
from raamwerk.documents.overview import Overview
from raamwerk.documents.pdf import pdf
from tests.documents.example import MARKS, overview
from tests.documents.reading import odt_document, odt_paragraphs, pdf_reader


@pytest.fixture(scope="module")
def given() -> Overview:
    return overview("Eigen woorden", marks=MARKS)


def _shares(hue: str) -> list[float]:
    return [int(hue[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def _luminance(hue: str) -> float:
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in _shares(hue)
    ]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("hue", HUES)
def test_letters_in_a_hue_are_easy_to_read_on_paper(hue: str) -> None:
    assert 1.05 / (_luminance(hue) + 0.05) >= 4.5


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
        (run,) = headings[area.heading].runs
        assert run.style
        assert str(run.style.font.color.rgb).lower() == hue
        rule = made.styles[f"Own Words {area.hue}"].element.xpath("string(.//w:left/@w:color)")
        assert rule == hue


def test_odt_sets_areas_and_own_words_in_their_hue(given: Overview) -> None:
    made = odt(given)
    styles = {text: style for style, text in odt_paragraphs(made)}
    sheet = odt_document(made).styles.serialize()
    for area, hue in zip(given.areas, HUES, strict=True):
        assert styles[area.heading] == f"Area {area.hue}"
        assert f'fo:border-top="0.75pt solid #{hue}"' in str(sheet)
        assert f'fo:border-left="2.25pt solid #{hue}"' in str(sheet)
    assert styles["Eigen woorden"] == "Own Words 1"
