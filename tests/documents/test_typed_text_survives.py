"""What a person types comes out of every format as the very same characters and lines."""

import io
import zipfile
from typing import Any

import pytest

from raamwerk.documents.formats import FORMATS, format_named
from tests.documents.example import overview
from tests.documents.reading import (
    docx_paragraphs,
    flat,
    odt_paragraphs,
    own_words,
    pdf_text,
    pdfium_text,
    squeezed,
)

TYPED = {
    "lines": "Eerste regel\ntweede regel",
    "paragraphs": "Eerste alinea\n\ntweede alinea\n\nderde",
    "many empty lines": "boven\n\n\n\n\nonder",
    "empty lines at both ends": "\n\nmidden\n\n\n",
    "leading and trailing spaces": "  twee ervoor\n    vier  ertussen   \n einde ",
    "lines of only spaces": "a\n   \nb",
    "tabs": "\tingesprongen\tkolom\t",
    "typst": "#set page(fill: red)\n#panic() $x^2$ <label> @ref _i_ *b* = Kop // weg /* weg */",
    "html": "<script>alert(1)</script> <b>vet</b> &amp; &lt; &#65; <!-- x --> R&D a < b > c",
    "xml": "]]> <![CDATA[x]]> <?xml version='1.0'?> <w:p/> &quot;",
    "template": "{{ naam }} {% if %} ${x} %s {0}",
    "backslashes": "\\ \\\\ C:\\map\\ \\n\neinde\\",
    "backticks": "`code` ``` ~~~\n```python\nx\n```",
    "headings": "# kop\n## kop ##\nonderstreept\n===\nook\n---",
    "lists": "- een\n+ twee\n* drie\n1. vier\n2) vijf\n10. zes\n-\n1.",
    "table": "| a | b |\n|---|---|\n| 1 | 2 |",
    "quotation": "> citaat\n>> dieper",
    "links": "https://voorbeeld.nl/a_b?x=1&y=2#z [a](b) ![c](d) [1]: http://e.nl <mailto:f@g.nl>",
    "rules": "---\n***\n___\n- - -",
    "indented code": "    vier spaties\n\tof een tab",
    "hard break": "twee spaties  \nbackslash\\\nklaar",
    "footnotes": "[^1] en [^1]: noot (8) ~~weg~~ ==geel== H~2~O x^2^ :smile: $a$",
}
OTHER_SCRIPTS = {
    "greek and cyrillic": "Καλημέρα κόσμε, Доброе утро",
    "hebrew": "שלום עולם",
    "indic": "हिन्दी में",
    "thai": "สวัสดี",
    "han": "你好世界 日本語 한국어",
    "emoji": "😀 👍🏽 👨‍👩‍👧‍👦 🇳🇱 1️⃣ ☺️ ❤️‍🔥",
    "combining marks": "e\u0301 a\u0323\u0302 Z\u0351\u036b\u0343",
    "directions": "a\u202eb\u202c \u2066c\u2069 \u200fd\u200e",
    "spaces": "smal\u2009dun\u00a0vast\u3000breed\u200bnul",
    "beyond": "\U0001d4d7 \U00013000 \ue000 \U000e0041 \U0010fffd",
}


@pytest.mark.parametrize("format_id", ["docx", "odt", "markdown"])
@pytest.mark.parametrize("typed", (TYPED | OTHER_SCRIPTS).values(), ids=TYPED | OTHER_SCRIPTS)
def test_the_text_is_read_back_exactly(format_id: str, typed: str) -> None:
    format_ = format_named(format_id)
    assert format_
    assert own_words(format_id, format_.render(overview(typed))) == typed


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_the_pdf_gives_the_text_back(typed: str) -> None:
    # Without white space: a line of the PDF also ends where nobody typed a space.
    read = pdf_text(FORMATS[0].render(overview(typed)), "-raw")
    assert squeezed(typed) in squeezed(read)


@pytest.mark.parametrize("name", ["greek and cyrillic", "han", "indic", "thai", "emoji"])
def test_the_pdf_gives_back_scripts_that_join_their_letters(name: str) -> None:
    typed = OTHER_SCRIPTS[name]
    assert flat(typed) in flat(pdf_text(FORMATS[0].render(overview(typed))))


@pytest.mark.parametrize("words", ["مرحبا", "السلام", "שלום"])
def test_the_pdf_gives_back_words_that_run_right_to_left(words: str) -> None:
    assert words in pdf_text(FORMATS[0].render(overview(words)))


def test_the_pdf_keeps_spaces_at_the_start_of_a_line() -> None:
    read = pdf_text(FORMATS[0].render(overview("kantlijn\n        ingesprongen")), "-layout")
    margin, indented = (
        line for line in read.split("\n") if "kantlijn" in line or "ingespr" in line
    )
    assert indented.index("ingesprongen") > margin.index("kantlijn")


def test_the_pdf_keeps_one_space_at_the_start_of_a_line() -> None:
    (line,) = [
        line
        for line in pdfium_text(FORMATS[0].render(overview("kant\n één"))).splitlines()
        if "één" in line
    ]
    assert line == " één"


def test_soft_hyphens_are_words_own() -> None:
    with zipfile.ZipFile(io.BytesIO(FORMATS[1].render(overview("loop\u00adbaan")))) as archive:
        content = archive.read("word/document.xml").decode()
    assert "<w:softHyphen/>" in content
    assert "\u00ad" not in content


def test_the_pdf_leaves_empty_lines_open() -> None:
    def height(typed: str) -> float:
        boxes = pdf_text(FORMATS[0].render(overview(typed)), "-bbox").split("\n")
        above, below = (
            float(line.split('yMin="')[1].split('"')[0])
            for line in boxes
            if ">boven<" in line or ">onder<" in line
        )
        return below - above

    one_line = height("boven\nonder")
    assert height("boven\n\nonder") == pytest.approx(2 * one_line, rel=0.15)
    assert height("boven\n\n\n\nonder") == pytest.approx(4 * one_line, rel=0.15)


def test_name_school_and_occasion_are_kept_as_typed() -> None:
    details: dict[str, Any] = {
        "name": "*Jan* <b>",
        "school": "De \\Brug & #1",
        "occasion": "- 1. gesprek_over_LOB",
    }
    made = overview("x", **details)
    assert ("Detail", f"Naam\t{details['name']}") in docx_paragraphs(FORMATS[1].render(made))
    assert ("Detail", f"School\t{details['school']}") in odt_paragraphs(FORMATS[2].render(made))
    pages = flat(pdf_text(FORMATS[0].render(made)))
    assert all(each in pages for each in details.values())
