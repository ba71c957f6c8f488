"""The main job: choose a role, read, note, take the overview with you, and come back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, NewContext, watched
from tests.browser.worksheet_page import expect_state


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_the_first_page_to_a_document(
    new_context: NewContext, tmp_path: Path, size: dict[str, int]
) -> None:
    page = watched(new_context(viewport=size).new_page())
    page.goto("/")
    page.get_by_role("link", name="Mentor/SLB-er").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mentor/SLB-er")

    box = page.locator("#text-visie-rol")
    box.fill("Met het team praten over onze visie.\n\nVraag: wie trekt dit?")
    page.locator('[name=mark][value="mentor-visie-rol-1:work-on"]').check()
    expect_state(page)
    expect(page.locator('[data-amount="visie"]')).to_have_text("1 van 2 velden · 1 vinkje")
    expect(page.locator('[data-amount=""]')).to_have_text("1 van 8 velden · 1 vinkje")

    page.get_by_role("link", name="Naar je overzicht").click()
    expect(page.locator(".document")).to_contain_text("Vraag: wie trekt dit?")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="PDF").click()
    assert re.fullmatch(
        r"overzicht-mentor-\d{4}-\d\d-\d\d\.pdf", downloading.value.suggested_filename
    )
    downloading.value.save_as(tmp_path / "overview.pdf")
    assert (tmp_path / "overview.pdf").read_bytes().startswith(b"%PDF")


def test_coming_back_in_the_same_browser_finds_everything(new_context: NewContext) -> None:
    context = new_context()
    page = context.new_page()
    page.goto("/lob/decaan/")
    page.locator("#text-samenwerking-deskundigheid").fill("netwerk uitbreiden")
    page.locator("#text-samenwerking-deskundigheid").blur()
    expect_state(page)
    page.close()

    again = context.new_page()
    again.goto("/")
    expect(again.get_by_role("heading", name="Ga verder waar je was")).to_be_visible()
    again.locator(".kept").get_by_role("link", name="Decaan/SLB-coördinator").click()
    expect(again.locator("#text-samenwerking-deskundigheid")).to_have_value("netwerk uitbreiden")


def test_the_language_changes_and_the_notes_stay(page: Page) -> None:
    page.goto("/lob/mentor/?gebied=organisatie")
    page.locator("#text-organisatie-rol").fill("een notitie")
    page.get_by_role("link", name="English").click()

    expect(page).to_have_url(re.compile(r"/en/lob/mentor/\?gebied=organisatie$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#text-organisatie-rol")).to_have_value("een notitie")


def test_one_area_is_a_choice_in_the_address(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.get_by_text("Zo werkt het").click()
    page.locator(".explanation").get_by_role("link", name="Organisatie").click()

    expect(page).to_have_url(re.compile(r"\?gebied=organisatie$"))
    expect(page.locator("section.area")).to_have_count(1)
    expect(page.locator("textarea")).to_have_count(2)


def test_a_letter_leads_to_its_source_and_back_to_what_rests_on_it(page: Page) -> None:
    page.goto("/lob/mentor/")
    letters = page.locator("#mentor-visie-rol-1 .cited")
    letters.get_by_text("(A,C)").click()
    letters.get_by_role("link", name="Kwalificatiedossier").click()
    expect(page).to_have_url(re.compile("/lob/mentor/#bron-A$"))
    page.get_by_role("link", name="Bronnen, herkomst en verbeteringen").click()
    expect(page).to_have_url(re.compile("/lob/bronnen/$"))

    source = page.locator("#bron-A")
    source.locator("summary").click()
    source.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/lob/mentor/#mentor-visie-rol-1$"))


def test_a_footnote_opens_in_place(page: Page) -> None:
    page.goto("/lob/mentor/")
    note = page.locator("#mentor-orientatie-deskundigheid-1-noot-8")
    expect(note).not_to_be_visible()

    page.locator("#mentor-orientatie-deskundigheid-1").get_by_text("Voetnoot 8").click()

    expect(note).to_be_visible()
    expect(note).to_contain_text("Wie ben ik?")


def test_without_a_note_the_overview_explains_and_leads_on(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.get_by_role("link", name="Naar je overzicht").click()
    expect(page.get_by_text("Er is nog niets om mee te nemen.")).to_be_visible()

    page.get_by_role("link", name="Naar het eerste aandachtsveld").click()

    expect(page).to_have_url(re.compile("/lob/mentor/#veld-visie-rol$"))
    expect(page.locator("#text-visie-rol")).to_be_in_viewport()


def test_erasing_ends_everything(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.locator("#text-visie-rol").fill("weg ermee")
    page.locator("#text-visie-rol").blur()
    expect_state(page)

    page.get_by_role("link", name="Mijn werkbladen").click()
    page.get_by_role("link", name="Mijn werkbladen verwijderen").click()
    page.get_by_role("button", name="Ja, verwijder alles").click()
    expect(page.get_by_text("Alles is verwijderd.")).to_be_visible()

    page.goto("/lob/mentor/")
    expect(page.locator("#text-visie-rol")).to_have_value("")
    assert page.context.cookies() == []
