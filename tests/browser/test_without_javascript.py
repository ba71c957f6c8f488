"""Without scripts there is a button to save, and the same result."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext


@pytest.fixture
def plain_page(new_context: NewContext) -> Page:
    return new_context(java_script_enabled=False).new_page()


def test_the_whole_way_to_the_document(plain_page: Page) -> None:
    page = plain_page
    page.goto("/")
    page.get_by_role("link", name="Leidinggevende/beleidsmaker").click()
    page.locator("#text-orientatie-rol").fill("regel een\nregel twee")
    page.locator('[type=checkbox][value="leidinggevende-visie-rol-1:talk-over"]').check()
    page.locator("#veld-orientatie-rol").get_by_role("button", name="Bewaar").click()

    expect(page).to_have_url(re.compile("#veld-orientatie-rol$"))
    expect(page.locator("#saving")).to_have_text(re.compile("Bewaard om"))
    expect(page.locator("#text-orientatie-rol")).to_have_value("regel een\nregel twee")
    expect(
        page.locator('[type=checkbox][value="leidinggevende-visie-rol-1:talk-over"]')
    ).to_be_checked()

    page.get_by_role("link", name="Naar je overzicht").click()
    page.locator("summary", has_text="Bovenaan je overzicht").click()
    page.get_by_label("Naam").fill("Noor de Wit")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Markdown").click()
    text = downloading.value.path().read_text()
    assert "regel een" in text
    assert "Noor de Wit" in text


def test_the_heading_is_shown_and_kept(plain_page: Page) -> None:
    page = plain_page
    page.goto("/lob/mentor/")
    page.locator("#text-visie-rol").fill("tekst")
    page.locator("#veld-visie-rol").get_by_role("button", name="Bewaar").click()
    page.goto("/werkblad/overzicht/")
    page.locator("summary", has_text="Bovenaan je overzicht").click()
    page.get_by_label("Waarvoor gebruik je het?").fill("teamdag")
    page.get_by_label("Alleen wat ik heb ingevuld").check()
    page.get_by_role("button", name="Overzicht bijwerken").click()

    expect(page.locator(".document .details")).to_contain_text("teamdag")
    expect(page.locator(".document section.area")).to_have_count(1)
    page.goto("/werkblad/overzicht/")
    expect(page.get_by_label("Waarvoor gebruik je het?")).to_have_value("teamdag")


def test_two_windows_show_both_texts(new_context: NewContext) -> None:
    context = new_context(java_script_enabled=False)
    start, late = context.new_page(), context.new_page()
    start.goto("/lob/mentor/")
    late.goto("/lob/mentor/")
    for window, text in ((start, "eerste"), (late, "tweede")):
        window.locator("#text-visie-rol").fill(text)
        window.locator("#veld-visie-rol .save").click()
    expect(late.locator("#trouble-visie-rol .typed")).to_have_text("eerste")

    late.get_by_role("button", name="Bewaar beide teksten, onder elkaar").click()

    expect(late.locator("#text-visie-rol")).to_have_value("eerste\n\ntweede")


def test_what_is_refused_is_said_first_with_a_way_to_the_field(plain_page: Page) -> None:
    page = plain_page
    page.goto("/lob/mentor/")
    page.locator("#text-organisatie-rol").fill("x" * 10_012)
    page.locator("#veld-organisatie-rol").get_by_role("button", name="Bewaar").click()

    expect(page).to_have_title(re.compile("^Fout: Mentor"))
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("12 tekens te lang")
    expect(summary).to_be_in_viewport()
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Organisatie, Rolbeschrijvingen").click()
    expect(page.locator("#text-organisatie-rol")).to_be_in_viewport()
    expect(page.locator("#saving")).to_have_text("Nog niet bewaard")
