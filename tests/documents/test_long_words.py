"""A word without spaces wraps within the column, and stays one word to whoever copies it."""

import re

import pytest

from raamwerk.documents.look import MARGINS
from raamwerk.documents.pdf import pdf
from tests.documents.example import overview
from tests.documents.reading import pdf_text, squeezed

RIGHT_EDGE = (210 - MARGINS["right"]) / 25.4 * 72

WORDS = {
    "letters": "x" * 400,
    "wide letters": "W" * 400,
    "address": "https://voorbeeld.nl/" + "pad" * 100,
    "no-break spaces": "\u00a0".join("woord" for _ in range(80)),
    "accents": "é" * 50 + "e\u0301\u0323" * 100,
    "arabic": "س" * 300,
    "han": "中" * 300,
    "thai": "สวัสดี" * 60,
    "emoji": "👨‍👩‍👧‍👦" * 60,
    "code points": "\U00013000" * 80,
}


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
def test_it_stays_within_the_column(word: str) -> None:
    boxes = pdf_text(pdf(overview(word, name=word)), "-bbox")
    edges = [float(edge) for edge in re.findall(r'<word [^>]*xMax="([\d.]+)"', boxes)]
    assert edges
    assert max(edges) <= RIGHT_EDGE + 0.5


@pytest.mark.parametrize("name", ["letters", "address", "no-break spaces", "han"])
def test_it_is_read_back_whole(name: str) -> None:
    assert squeezed(WORDS[name]) in squeezed(pdf_text(pdf(overview(WORDS[name])), "-raw"))
