"""A browser that keeps no cookie is told so before anything is called saved, and what was typed stays."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import NewContext, watched
from tests.browser.worksheet_page import (
    BOX,
    FOLD,
    MARK,
    NAME,
    OTHER_BOX,
    OVERVIEW,
    ROLE,
    SAVED_EARLIER_OR_NOW,
    UNSAVED,
    expect_state,
    kept,
)

NO_COOKIE = re.compile("Niet bewaard: deze browser accepteert onze cookie niet")
NO_WORKSHEET = re.compile("sleutel die hier geen werkblad opent")
SCHOOL = "#text-school"
BUTTON = "#veld-visie-rol button.save"


def keep_no_cookie(context: BrowserContext, pages: str = "**/werkbladen/**") -> None:
    """As in private modes, by a school's policy, or with cookies that are for https only over http."""

    def drop(route: Route) -> None:
        asked = {name: value for name, value in route.request.headers.items() if name != "cookie"}
        answer = route.fetch(headers=asked, max_redirects=0)
        headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        context.clear_cookies()
        route.fulfill(status=answer.status, headers=headers, body=answer.body())

    context.clear_cookies()
    context.route(pages, drop)


@pytest.fixture
def plain_page(new_context: NewContext) -> Page:
    """A page without scripts."""
    return new_context(java_script_enabled=False).new_page()


def test_without_scripts_what_was_typed_stays_and_the_page_says_why(plain_page: Page) -> None:
    keep_no_cookie(plain_page.context)
    plain_page.goto(ROLE)
    for _turn in range(2):
        plain_page.locator(BOX).fill("blijft staan")
        plain_page.locator(MARK).check()
        plain_page.locator(BUTTON).click()

        expect(plain_page.get_by_role("alert").filter(has_text=NO_COOKIE)).to_be_visible()
        expect(plain_page.locator(BOX)).to_have_value("blijft staan")
        expect(plain_page.locator(MARK)).to_be_checked()
        expect(plain_page.locator("#saving")).to_have_text(UNSAVED)


def test_once_cookies_are_allowed_the_same_button_saves(plain_page: Page) -> None:
    keep_no_cookie(plain_page.context)
    plain_page.goto(ROLE)
    plain_page.locator(BOX).fill("blijft staan")
    plain_page.locator(BUTTON).click()
    expect(plain_page.get_by_role("alert").filter(has_text=NO_COOKIE)).to_be_visible()
    plain_page.context.unroute_all()
    plain_page.locator(OTHER_BOX).fill("en dit")
    plain_page.locator(BUTTON).click()

    expect(plain_page.locator("#saving")).to_have_text(SAVED_EARLIER_OR_NOW)
    assert kept(plain_page.context) == "blijft staan"
    assert kept(plain_page.context, box=OTHER_BOX) == "en dit"


def on_the_overview(page: Page) -> None:
    """The overview of a worksheet that has a note, saved while cookies were accepted."""
    page.goto(ROLE)
    page.locator(BOX).fill("een notitie")
    if page.locator(BUTTON).is_visible():
        page.locator(BUTTON).click()
    page.locator(BOX).blur()
    expect_state(page, SAVED_EARLIER_OR_NOW)
    page.goto(OVERVIEW)
    if not page.locator(NAME).is_visible():
        page.locator(FOLD).click()


def send_heading(page: Page, button: str) -> None:
    page.locator(NAME).fill("Noor de Wit")
    page.locator(SCHOOL).fill("De Brug")
    if button == "Enter":
        page.locator(SCHOOL).press("Enter")
    else:
        page.get_by_role("button", name=button).click()


def expect_heading(page: Page) -> None:
    expect(page.locator(NAME)).to_have_value("Noor de Wit")
    expect(page.locator(SCHOOL)).to_have_value("De Brug")


@pytest.mark.parametrize("button", ["Overzicht bijwerken", "PDF"])
def test_a_heading_stays_where_no_cookie_is_kept(plain_page: Page, button: str) -> None:
    on_the_overview(plain_page)
    keep_no_cookie(plain_page.context, "**/overzicht/**")
    send_heading(plain_page, button)
    for _turn in range(2):
        expect(plain_page.get_by_role("alert").filter(has_text=NO_COOKIE)).to_be_visible()
        expect_heading(plain_page)
        expect(plain_page.locator("#saving")).to_have_text(UNSAVED)
        plain_page.get_by_role("button", name="Bewaar", exact=True).click()


@pytest.mark.parametrize("button", ["Overzicht bijwerken", "PDF"])
def test_a_heading_of_a_deleted_cookie_stays_and_is_saved_by_the_next_press(
    plain_page: Page, button: str
) -> None:
    on_the_overview(plain_page)
    plain_page.context.clear_cookies()
    send_heading(plain_page, button)

    expect(plain_page.get_by_role("alert").filter(has_text=NO_WORKSHEET)).to_be_visible()
    expect_heading(plain_page)
    expect(plain_page.locator("#saving")).to_have_text(UNSAVED)
    plain_page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(plain_page.locator("#saving")).to_have_text(SAVED_EARLIER_OR_NOW)
    expect_heading(plain_page)
    assert kept(plain_page.context, OVERVIEW, NAME) == "Noor de Wit"


@pytest.mark.parametrize("button", ["Enter", "PDF"])
def test_by_script_the_page_stays_with_the_heading_where_no_cookie_is_kept(
    page: Page, button: str
) -> None:
    on_the_overview(page)
    keep_no_cookie(page.context)
    send_heading(page, button)

    expect_state(page, NO_COOKIE)
    expect(page.locator("#saving")).to_be_focused()
    expect_heading(page)
    expect(page.locator(".document")).to_contain_text("een notitie")


@pytest.mark.parametrize("button", ["Enter", "PDF"])
def test_by_script_the_page_stays_with_the_heading_of_a_deleted_cookie(
    page: Page, button: str
) -> None:
    on_the_overview(page)
    page.context.clear_cookies()
    send_heading(page, button)

    way_out = page.get_by_role("button", name="in een nieuw werkblad")
    expect(way_out).to_be_focused()
    expect_heading(page)
    expect(page.locator(".document")).to_contain_text("een notitie")
    way_out.click()
    expect_state(page)
    assert kept(page.context, OVERVIEW, NAME) == "Noor de Wit"


def test_a_script_that_arrives_after_the_form_was_sent_saves_what_came_back(
    new_context: NewContext,
) -> None:
    page = watched(new_context().new_page())
    on_the_overview(page)
    page.context.clear_cookies()
    with page.expect_navigation():
        page.evaluate(
            """() => {
              const form = document.getElementById("worksheet");
              form.elements["text:name"].value = "Noor de Wit";
              form.submit();
            }"""
        )

    expect(page.locator(NAME)).to_have_value("Noor de Wit")
    expect_state(page)
    expect(page.locator("#refused")).to_have_count(0)
    assert kept(page.context, OVERVIEW, NAME) == "Noor de Wit"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_another_worksheet_is_not_begun_where_no_cookie_is_kept(
    new_context: NewContext, scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    on_the_overview(page)
    page.goto("/werkbladen/")
    keep_no_cookie(page.context)
    page.get_by_role("button", name="Mentor").click()

    expect(page.get_by_role("alert").filter(has_text=NO_COOKIE)).to_be_visible()
    expect(page.get_by_role("heading", name="Mijn werkbladen")).to_be_visible()


def test_another_worksheet_is_begun_where_only_the_cookie_was_deleted(plain_page: Page) -> None:
    on_the_overview(plain_page)
    plain_page.goto("/werkbladen/")
    plain_page.context.clear_cookies()
    plain_page.get_by_role("button", name="Mentor").click()

    expect(plain_page.locator(BOX)).to_have_value("")
    assert "werkblad=" in plain_page.url
