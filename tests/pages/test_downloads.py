"""Downloads through their addresses: names, kinds, filters, and never a dead button."""

import re
from io import BytesIO

import docx
import pytest
from django.utils import timezone

from tests.pages.conftest import OVERVIEW, Visitor, hidden_in, mark, text

KINDS = {
    "pdf": ("pdf", "application/pdf"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "odt": ("odt", "application/vnd.oasis.opendocument.text"),
    "markdown": ("md", "text/markdown; charset=utf-8"),
}


def markdown(visitor: Visitor, query: str = "") -> str:
    response = visitor.get(f"{OVERVIEW}markdown/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("format_id", KINDS)
@pytest.mark.parametrize(("prefix", "word"), [("", "overzicht"), ("/en", "overview")])
def test_a_file_has_a_name_that_speaks(
    visitor: Visitor, format_id: str, prefix: str, word: str
) -> None:
    visitor.note("tekst")
    response = visitor.get(f"{prefix}{OVERVIEW}{format_id}/")

    suffix, media_type = KINDS[format_id]
    name = f"{word}-mentor-{timezone.localdate().isoformat()}.{suffix}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == media_type
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("format_id", KINDS)
def test_without_a_note_the_page_explains_and_leads_to_the_first_field(
    visitor: Visitor, format_id: str
) -> None:
    response = visitor.get(f"{OVERVIEW}{format_id}/")

    assert response.status_code == 409
    assert "Er is nog niets om mee te nemen" in response.content.decode()
    assert 'href="/lob/mentor/#veld-visie-rol"' in response.content.decode()


def test_a_mark_alone_is_enough(visitor: Visitor) -> None:
    visitor.save_json(marks=[mark()])
    assert "Hier wil ik aan werken" in markdown(visitor)


def test_a_wiped_note_is_none(visitor: Visitor) -> None:
    visitor.note("tekst")
    visitor.save_json(texts=[text(" \n ", sequence=2)])

    assert visitor.get(f"{OVERVIEW}pdf/").status_code == 409


def test_only_where_something_was_noted(visitor: Visitor) -> None:
    visitor.note("mijn tekst", "organisatie-rol")
    everything, noted = markdown(visitor), markdown(visitor, "?inhoud=notities")

    assert "Samenwerking" in everything
    assert "Samenwerking" not in noted
    assert "mijn tekst" in noted
    assert "Deelnemen aan werkgroepen" in noted


def test_one_area(visitor: Visitor) -> None:
    visitor.note("mijn tekst", "organisatie-rol")
    visitor.note("elders", "visie-rol")
    text = markdown(visitor, "?gebied=organisatie")

    assert "mijn tekst" in text
    assert "elders" not in text
    assert "Kan LOB evalueren" in text
    assert "Kan ouders faciliteren" not in text


def test_name_school_and_occasion_stand_in_the_document(visitor: Visitor) -> None:
    visitor.note("tekst")
    heading = {"text:name": "Noor", "text:school": "De Brug", "text:occasion": "teamdag"}
    page = visitor.page(OVERVIEW)
    named = {name: hidden_in(page, name) for name in ("edition", "worksheet")}
    response = visitor.send_form(f"{OVERVIEW}docx/", {**named, **heading})
    words = "\n".join(each.text for each in docx.Document(BytesIO(response.content)).paragraphs)
    assert all(re.search(each, words) for each in ("Noor", "De Brug", "teamdag"))


def test_an_unknown_format_says_what_there_is(visitor: Visitor) -> None:
    response = visitor.get(f"/en{OVERVIEW}exe/")
    assert response.status_code == 404
    text = response.content.decode()
    assert "exe" in text
    assert all(f"/en{OVERVIEW}{each}/" in text for each in KINDS)
