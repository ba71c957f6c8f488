"""A browser that keeps no cookie is told so before anything is called saved, and what was typed stays."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import NewContext
from tests.browser.worksheet_page import BOX, MARK, OTHER_BOX, ROLE, SAVED_EARLIER_OR_NOW, kept

NO_COOKIE = re.compile("Niet bewaard: deze browser accepteert onze cookie niet")
BUTTON = "#veld-visie-rol button.save"


def keep_no_cookie(context: BrowserContext) -> None:
    """As in private modes, by a school's policy, or with cookies that are for https only over http."""

    def drop(route: Route) -> None:
        asked = {name: value for name, value in route.request.headers.items() if name != "cookie"}
        answer = route.fetch(headers=asked, max_redirects=0)
        headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        context.clear_cookies()
        route.fulfill(status=answer.status, headers=headers, body=answer.body())

    context.route("**/werkbladen/**", drop)


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
        expect(plain_page.locator("#saving")).to_have_text("Nog niet bewaard")


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
