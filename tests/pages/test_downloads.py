"""Downloads through their addresses: names, kinds, filters, and never a dead button."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import docx
import pytest
from django.utils import timezone

from raamwerk.worksheets.models import Worksheet
from tests.pages.conftest import HERE, Visitor

KINDS = {
    "pdf": ("pdf", "application/pdf"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "odt": ("odt", "application/vnd.oasis.opendocument.text"),
    "markdown": ("md", "text/markdown; charset=utf-8"),
}
FORM = "application/x-www-form-urlencoded"


def markdown(visitor: Visitor, query: str = "") -> str:
    response = visitor.get(f"/werkblad/overzicht/markdown/?rol=mentor{query}")
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("format_id", KINDS)
@pytest.mark.parametrize(("prefix", "word"), [("", "overzicht"), ("/en", "overview")])
def test_a_file_has_a_name_that_speaks(
    visitor: Visitor, format_id: str, prefix: str, word: str
) -> None:
    visitor.note("tekst")
    response = visitor.get(f"{prefix}/werkblad/overzicht/{format_id}/?rol=mentor")

    suffix, media_type = KINDS[format_id]
    name = f"{word}-mentor-{timezone.localdate().isoformat()}.{suffix}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == media_type
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("format_id", KINDS)
def test_without_a_note_the_page_explains_and_leads_to_the_first_field(
    visitor: Visitor, format_id: str
) -> None:
    response = visitor.get(f"/werkblad/overzicht/{format_id}/?rol=mentor")

    assert response.status_code == 409
    assert "Er is nog niets om mee te nemen" in response.content.decode()
    assert 'href="/lob/mentor/#veld-visie-rol"' in response.content.decode()


def test_a_mark_alone_is_enough(visitor: Visitor) -> None:
    visitor.save_json(
        key="k" * 43, marks=[{"statement": "mentor-visie-rol-1", "kind": "work-on", "on": True}]
    )
    assert "Hier wil ik aan werken" in markdown(visitor)


def test_a_wiped_note_is_none(visitor: Visitor) -> None:
    visitor.note("tekst")
    visitor.save_form(**{"text:visie-rol": " \n ", "base:visie-rol": ""})
    visitor.save_json(points=[{**_point(" \n "), "sequence": 2}])
    assert visitor.get("/werkblad/overzicht/pdf/?rol=mentor").status_code == 409


def _point(text: str) -> dict[str, object]:
    return {"field": "visie-rol", "text": text, "base": "", "writer": "w1", "sequence": 1}


def test_only_where_something_was_noted(visitor: Visitor) -> None:
    visitor.note("mijn tekst", "organisatie-rol")
    everything, noted = markdown(visitor), markdown(visitor, "&inhoud=notities")

    assert "Samenwerking" in everything
    assert "Samenwerking" not in noted
    assert "mijn tekst" in noted
    assert "Deelnemen aan werkgroepen" in noted


def test_one_area(visitor: Visitor) -> None:
    visitor.note("mijn tekst", "organisatie-rol")
    visitor.note("elders", "visie-rol")
    text = markdown(visitor, "&gebied=organisatie")

    assert "mijn tekst" in text
    assert "elders" not in text
    assert "Kan LOB evalueren" in text
    assert "Kan ouders faciliteren" not in text


def test_name_school_and_occasion_stand_in_the_document(visitor: Visitor) -> None:
    visitor.note("tekst")
    response = visitor.post(
        "/werkblad/overzicht/docx/",
        "rol=mentor&name=Noor&school=De+Brug&occasion=teamdag",
        FORM,
        headers={"Origin": HERE},
    )
    words = "\n".join(each.text for each in docx.Document(BytesIO(response.content)).paragraphs)
    assert all(re.search(each, words) for each in ("Noor", "De Brug", "teamdag"))


def test_an_unknown_format_says_what_there_is(visitor: Visitor) -> None:
    response = visitor.get("/en/werkblad/overzicht/exe/")
    assert response.status_code == 404
    text = response.content.decode()
    assert "exe" in text
    assert all(f"/en/werkblad/overzicht/{each}/" in text for each in KINDS)


def test_a_download_counts_as_use_once_a_day(visitor: Visitor) -> None:
    visitor.note("tekst")
    address = "/werkblad/overzicht/markdown/"

    def changed_at_after_a_download() -> datetime:
        answer = visitor.post(address, "rol=mentor", FORM, headers={"Origin": HERE})
        assert answer.status_code == 200
        return Worksheet.objects.get().changed_at

    first = changed_at_after_a_download()
    assert changed_at_after_a_download() == first

    Worksheet.objects.update(changed_at=first - timedelta(days=2))
    assert changed_at_after_a_download() > first
