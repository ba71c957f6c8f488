"""Nothing lies over anything else, runs off the paper, or stands alone where it belongs to more."""

import io
import re
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest

from raamwerk.documents import pdf as pdf_module
from raamwerk.documents.docx import docx
from raamwerk.documents.formats import FORMATS, Format
from raamwerk.documents.look import DETAIL_INDENT, MARGINS
from raamwerk.documents.odt import odt
from raamwerk.documents.overview import Overview
from raamwerk.documents.pdf import pdf
from raamwerk.documents.printable import printable
from raamwerk.frameworks.library import current_edition
from tests.documents.example import EDITION, MARKS, overview
from tests.documents.reading import document_text, odt_paragraphs, pdf_reader, pdf_text, squeezed

Box = tuple[float, float, float, float, str]

ADDRESS = "voornaam.van-een-lange-achternaam-en-nog-een@openbare-scholengemeenschap-voorbeeld.nl"
LONG: dict[str, Any] = {"name": "W" * 200, "school": ADDRESS, "occasion": "Studiedag " * 20}
RIGHT_EDGE = (210 - MARGINS["right"]) / 25.4 * 72
MOST_WIDE_LETTER = 0.68
"""Of the size, for the bold letters of labels on average."""


def _boxes(document: bytes) -> list[list[Box]]:
    """Every word with its box (left, top, right, bottom), page by page."""
    pages = pdf_text(document, "-bbox").split("<page ")[1:]
    number = r'="([\d.]+)"'
    word = re.compile(rf"<word xMin{number} yMin{number} xMax{number} yMax{number}>([^<]*)<")
    return [
        [(float(a), float(b), float(c), float(d), text) for a, b, c, d, text in word.findall(page)]
        for page in pages
    ]


def _overlaps(words: list[Box]) -> list[tuple[str, str]]:
    def over(one: Box, other: Box) -> bool:
        across = min(one[2], other[2]) - max(one[0], other[0])
        along = min(one[3], other[3]) - max(one[1], other[1])
        # Lines of one text may touch.
        return across > 0.5 and along > 0.5 * min(one[3] - one[1], other[3] - other[1])

    return [
        (one[4], other[4])
        for at, one in enumerate(words)
        for other in words[at + 1 :]
        if over(one, other)
    ]


def _by_libreoffice(document: bytes, suffix: str, folder: Path) -> bytes:
    written = folder / f"overzicht.{suffix}"
    written.write_bytes(document)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), written],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return written.with_suffix(".pdf").read_bytes()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("area", [None, EDITION.areas[2]], ids=["all", "one"])
@pytest.mark.parametrize("details", [{"name": "Marieke"}, LONG], ids=["short", "long"])
def test_in_the_pdf_nothing_overlaps_or_runs_off(
    language: str, area: Any, details: dict[str, Any]
) -> None:
    given = overview("tekst " * 300, marks=MARKS, language=language, area=area, **details)
    for words in _boxes(pdf(given)):
        assert _overlaps(words) == []
        assert max(word[2] for word in words) <= RIGHT_EDGE + 0.5


@pytest.mark.parametrize("format_", FORMATS[1:3], ids=[each.id for each in FORMATS[1:3]])
def test_in_word_processors_nothing_overlaps_or_runs_off(format_: Format, tmp_path: Path) -> None:
    given = overview("W" * 300, marks=MARKS, area=EDITION.areas[2], **LONG)
    made = _by_libreoffice(format_.render(given), format_.suffix, tmp_path)
    for words in _boxes(made):
        assert _overlaps(words) == []
        assert max(word[2] for word in words) <= RIGHT_EDGE + 3


@pytest.mark.parametrize("format_", FORMATS, ids=[each.id for each in FORMATS])
def test_long_names_stand_whole_in_every_document(format_: Format) -> None:
    read = squeezed(document_text(format_.id, format_.render(overview("x", **LONG))))
    assert all(squeezed(each) in read for each in LONG.values())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_labels_are_narrower_than_their_column(language: str) -> None:
    given = overview(language=language, area=EDITION.areas[0], **LONG)
    size = 10
    assert all(len(label) * size * MOST_WIDE_LETTER < DETAIL_INDENT for label, _ in given.details)


def test_every_page_says_whose_it_is_and_of_which_day(tmp_path: Path) -> None:
    given = overview("tekst\n" * 60, name="Marieke  de\nVries")
    assert given.footer == "Marieke de Vries · 24 november 2026"
    for page in pdf_text(pdf(given)).split("\f")[:-1]:
        assert given.footer in page
    footer = python_docx.Document(io.BytesIO(docx(given))).sections[0].footer
    assert [each.text for each in footer.paragraphs] == [f"{given.title}\t / ", given.footer]
    made = _by_libreoffice(odt(given), "odt", tmp_path)
    for page in pdf_text(made).split("\f")[:-1]:
        assert given.footer in page


def test_a_footer_shortens_a_long_name() -> None:
    assert overview(name="W" * 200).footer == f"{'W' * 35}… · 24 november 2026"
    assert overview().footer == "24 november 2026"
    assert "U+FFFE" in document_text("odt", odt(overview(name="a\ufffeb")))


def _real(**options: Any) -> Overview:
    edition = current_edition("lob")
    assert edition
    return overview(of=replace(edition, roles=edition.roles[:1]), **options)


def test_letters_stay_with_the_last_word() -> None:
    given = _real()
    read = pdf_text(pdf(given), "-layout")
    assert not re.search(r"^\s*(\([\d,A-Z]+\)\s*)+$", read, re.MULTILINE)
    lines = [
        each.unbroken_line for area in given.areas for f in area.fields for each in f.statements
    ]
    assert (
        "Kennis nemen van visie en doelen loopbaanbegeleiding eigen instelling\u00a0(A,C)" in lines
    )
    for line in lines:
        assert not re.search(r" \([\d,A-Z]+\)$", line)


def test_a_dash_stays_with_its_word() -> None:
    for width in range(0, 20, 2):
        read = pdf_text(
            pdf(overview(f"{'x' * width} {'woord ' * 6}oriëntatie en –begeleiding")), "-raw"
        )
        assert "–begeleiding" in read


def test_no_box_is_torn_from_its_list() -> None:
    for lines in range(1, 30, 2):
        made = pdf(overview("regel\n" * lines, marks=MARKS))
        for before, after in pairwise(_boxes(made)):
            assert before
            assert after[0][4] != "Mijn", f"after {lines} lines"


def test_what_belongs_to_a_box_is_kept_with_it_in_word_and_odt() -> None:
    given = overview("x", marks=MARKS)
    opened: Any = python_docx.Document(io.BytesIO(docx(given))).paragraphs
    odt_read = odt_paragraphs(odt(given))
    for paragraph, after in pairwise(opened):
        if after.style.name == "Heading 4":
            assert paragraph.paragraph_format.keep_with_next
    for (style, _), (after, _) in pairwise(odt_read):
        if after.startswith("Point"):
            assert style.endswith("Kept")


def test_a_last_page_of_a_few_lines_is_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    loose = [_pages(pdf_module._typeset(_long(lines), printable)) for lines in range(0, 40, 3)]
    saved = [_pages(pdf(_long(lines))) for lines in range(0, 40, 3)]
    assert any(before > after for before, after in zip(loose, saved, strict=True))
    assert all(before >= after for before, after in zip(loose, saved, strict=True))


def _long(lines: int) -> Overview:
    return overview("regel\n" * lines, marks=MARKS)


def _pages(document: bytes) -> int:
    return len(pdf_reader(document).pages)


def test_there_is_one_check_mark_in_every_document() -> None:
    for format_ in FORMATS:
        read = document_text(format_.id, format_.render(overview("x", marks=MARKS)))
        assert read.count("\u2713") == len(MARKS)
