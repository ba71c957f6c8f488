"""Downloads through their addresses: names, kinds, filters, and never a dead button."""

import html
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


def test_only_what_was_filled_in(visitor: Visitor) -> None:
    visitor.note("mijn tekst", "organisatie-rol")
    visitor.save_json(marks=[mark()])
    everything, noted = markdown(visitor), markdown(visitor, "?inhoud=notities")

    assert "Samenwerking" in everything
    assert "Samenwerking" not in noted
    assert "mijn tekst" in noted
    assert "Deelnemen aan werkgroepen" in everything
    assert "Deelnemen aan werkgroepen" not in noted
    assert "Kennis nemen van visie en doelen" in noted
    assert "Hier heb je nog niets ingevuld" in everything
    assert "Hier heb je nog niets ingevuld" not in noted


@pytest.mark.parametrize("format_id", KINDS)
def test_a_choice_that_leaves_nothing_says_so_and_offers_what_there_is(
    visitor: Visitor, format_id: str
) -> None:
    visitor.note("mijn tekst", "visie-rol")
    query = "?gebied=organisatie&inhoud=notities"

    page = visitor.page(f"{OVERVIEW}{query}")
    refused = visitor.get(f"{OVERVIEW}{format_id}/{query}")

    assert refused.status_code == 409
    for words in (page, refused.content.decode()):
        assert "Er is dus niets om te downloaden" in words
        assert f'formaction="{OVERVIEW}{format_id}/"' not in words
        offered = re.findall(r'<a class="onward" href="([^"#]*)#keuze"', words)
        assert len(offered) == 2
        for address in offered:
            query_of_offer = html.unescape(address).removeprefix(OVERVIEW)
            assert visitor.get(f"{OVERVIEW}{format_id}/{query_of_offer}").status_code == 200


def test_a_form_that_leaves_nothing_keeps_the_heading_that_came_with_it(visitor: Visitor) -> None:
    visitor.note("mijn tekst", "visie-rol")
    page = visitor.page(OVERVIEW)
    named = {name: hidden_in(page, name) for name in ("edition", "worksheet")}
    chosen = {"gebied": "organisatie", "inhoud": "notities", "text:name": "Noor"}

    answer = visitor.send_form(f"{OVERVIEW}pdf/", named | chosen)

    assert answer.status_code == 409
    assert 'value="Noor"' in visitor.page(OVERVIEW)


def test_the_page_says_how_much_is_in_it(visitor: Visitor) -> None:
    visitor.note("een", "visie-rol")
    visitor.note("twee", "organisatie-rol")
    visitor.save_json(marks=[mark()])

    def told(query: str = "") -> str:
        found = re.search(r'<p id="contents".*?</p>', visitor.page(f"{OVERVIEW}{query}"), re.DOTALL)
        assert found
        return " ".join(re.sub("<[^>]*>", " ", found[0]).split())

    assert told() == "Alle uitspraken, en wat je hebt ingevuld: 2 van 8 velden · 1 vinkje"
    assert told("?inhoud=notities") == "Alleen wat je hebt ingevuld: 2 van 8 velden · 1 vinkje"
    assert told("?gebied=organisatie").endswith("1 van 2 velden · 0 vinkjes")


def test_the_condition_stands_where_downloading_is_decided(visitor: Visitor) -> None:
    for words in (visitor.page(OVERVIEW), visitor.note("tekst") and visitor.page(OVERVIEW)):
        assert "Download je overzicht</h2>" in words
        assert "kun je de lijst met rolbeschrijvingen en deskundigheden" in words
        assert "LET OP: het downloaden werkt alleen wanneer" in words


def test_name_school_and_occasion_stand_in_a_fold_that_opens_where_it_is_used(
    visitor: Visitor,
) -> None:
    visitor.note("tekst")
    assert '<details class="heading">' in visitor.page(OVERVIEW)

    visitor.note("Noor", "name")

    assert '<details class="heading" open>' in visitor.page(OVERVIEW)


def test_erasing_offers_the_download_first(visitor: Visitor) -> None:
    visitor.note("tekst")
    page = visitor.page("/werkbladen/wissen/")
    assert page.index("Download eerst wat je wilt bewaren") < page.index(OVERVIEW)
    assert page.index(OVERVIEW) < page.index('<button class="danger"')


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
