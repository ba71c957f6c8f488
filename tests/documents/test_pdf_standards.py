"""The PDF is PDF/UA-1 and PDF/A-2a in one file, as it says of itself and as its parts show."""

import re
from typing import Any

import pypdf
import pytest

from raamwerk.documents.pdf import pdf
from tests.documents.example import MARKS, overview
from tests.documents.reading import pdf_reader, pdf_root

TYPED = "Gewoon 😀 中文 العربية \U00013000"


@pytest.fixture(scope="module")
def made() -> pypdf.PdfReader:
    return pdf_reader(pdf(overview(TYPED, marks=MARKS)))


@pytest.fixture(scope="module")
def metadata(made: pypdf.PdfReader) -> str:
    return str(pdf_root(made)["/Metadata"].get_data().decode())


@pytest.mark.parametrize(
    ("field", "value"), [("pdfaid:part", "2"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")]
)
def test_it_names_the_standard(metadata: str, field: str, value: str) -> None:
    assert re.search(rf"<{field}>{value}</{field}>", metadata)


def test_it_is_tagged(made: pypdf.PdfReader) -> None:
    root = pdf_root(made)
    assert root["/MarkInfo"]["/Marked"].value
    assert "/StructTreeRoot" in root


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_tells_its_language_and_title(language: str) -> None:
    given = overview(language=language)
    made = pdf_reader(pdf(given))
    assert pdf_root(made)["/Lang"].startswith(language)
    assert made.metadata
    assert made.metadata.title == given.title
    assert pdf_root(made)["/ViewerPreferences"]["/DisplayDocTitle"].value


def test_every_font_is_embedded_and_maps_to_unicode(made: pypdf.PdfReader) -> None:
    resources: list[Any] = [page["/Resources"] for page in made.pages]
    fonts = [font.get_object() for each in resources for font in each.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        (descendant,) = font["/DescendantFonts"]
        descriptor = descendant.get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & descriptor.keys()


def test_it_is_dated_by_the_overview(made: pypdf.PdfReader) -> None:
    assert made.metadata
    assert made.metadata.creation_date
    assert made.metadata.creation_date.date() == overview().day
