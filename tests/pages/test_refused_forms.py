"""A form that was not saved whole says so first: in the title, and under the heading with a way there."""

import re

import pytest
from lxml import html  # type: ignore[import-untyped]

from raamwerk.worksheets.changes import base_of
from tests.pages.conftest import OVERVIEW, ROLE, Visitor, form_in, hidden_in

NOT_SEEN = base_of(7, "wat nergens staat")
TOO_LONG = "x" * 10_012
SAVED = re.compile("Bewaard o[mp]")


@pytest.fixture
def writer(visitor: Visitor) -> Visitor:
    visitor.note("eerst bewaard")
    return visitor


def summary(page: str) -> dict[str, str]:
    """The links of the summary with what is said beside them; it stands first, each leads to its field."""
    tree = html.document_fromstring(page)
    assert tree.findtext(".//title").startswith("Fout: ")
    [found] = tree.xpath("//*[@id='refused']")
    assert found.getprevious().tag == "h1"
    assert not SAVED.search(page[: page.index('id="refused"')])
    links = {each.get("href"): found.text_content() for each in found.iter("a")}
    for address in links:
        [control] = tree.xpath(f"//*[@id='{address.removeprefix('#')}']")
        assert control.tag in ("textarea", "input")
        assert control.get("aria-invalid") == "true"
    return links


def test_a_text_that_is_too_long(writer: Visitor) -> None:
    answer = writer.save_form(**{"text:visie-rol": "goed", "text:visie-deskundigheid": TOO_LONG})

    assert answer.status_code in (409, 422)
    page = answer.content.decode()
    links = summary(page)
    assert "#text-visie-deskundigheid" in links
    words = links["#text-visie-deskundigheid"]
    assert (
        "Visie en advies voor beleid, Deskundigheden Nog niet bewaard: de tekst is 12 tekens"
        in words
    )
    assert not SAVED.search(page)


def test_two_texts_for_one_field(writer: Visitor) -> None:
    answer = writer.save_form(**{"text:visie-rol": "anders", "base:visie-rol": NOT_SEEN})

    assert list(summary(answer.content.decode())) == ["#text-visie-rol"]


def test_a_worksheet_that_is_gone(writer: Visitor) -> None:
    form = form_in(writer.page()) | {"text:visie-rol": "getypt", "worksheet": "x" * 22}
    answer = writer.save_form(**form)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert summary(page) == {}
    assert not SAVED.search(page)
    assert "Nog niet bewaard" in page


def test_a_heading(writer: Visitor) -> None:
    for form in ({"text:school": "x" * 300}, {"text:school": "y", "base:school": NOT_SEEN}):
        writer.note("eerst", "school") if "base:school" in form else None
        answer = writer.send_form(OVERVIEW, form)

        page = answer.content.decode()
        assert list(summary(page)) == ["#text-school"]
        assert not SAVED.search(page)


@pytest.mark.parametrize("words", ["x" * 300, "anders"])
def test_a_name_of_a_worksheet(writer: Visitor, words: str) -> None:
    page = writer.page("/werkbladen/")
    names = ("framework", "edition", "role", "worksheet", "base:title")
    form = {name: hidden_in(page, name) for name in names} | {"text:title": words}
    if words == "anders":
        writer.note("eerst", "title")

    answer = writer.send_form("/werkbladen/naam/", form)

    assert list(summary(answer.content.decode())) == [f"#title-{form['worksheet']}"]


def test_nothing_of_it_where_all_is_saved(writer: Visitor) -> None:
    for path in (ROLE, OVERVIEW, "/werkbladen/", "/"):
        page = writer.page(path)

        assert "<title>Fout" not in page
        assert 'id="refused"' not in page
