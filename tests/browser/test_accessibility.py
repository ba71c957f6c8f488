"""No axe violations on any page or state, and nothing runs off a narrow page."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, NewContext
from tests.browser.worksheet_page import expect_state

PAGES = [
    "",
    "lob/mentor/",
    "lob/decaan/?gebied=organisatie",
    "lob/leidinggevende/",
    "lob/wie-doet-wat/",
    "lob/bronnen/",
    "werkbladen/punten/",
    "werkblad/",
    "werkblad/wissen/",
    "werkblad/overzicht/",
    "privacy/",
    "toegankelijkheid/",
    "over/",
    "voor-scholen/",
    "voor-eigenaren/",
    "lob/koning/",
]


def assert_accessible(page: Page) -> None:
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    assert results.violations_count == 0, results.generate_report()


def assert_reflows(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def write_something(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.locator("#text-visie-rol").fill("Een aandachtspunt\nmet een lang" + "e" * 80 + " woord")
    page.locator('[name=mark][value="mentor-visie-rol-1:work-on"]').check()
    page.locator("#text-visie-rol").blur()
    expect_state(page)


@pytest.mark.parametrize("language", ["/", "/en/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_empty_and_used(
    new_context: NewContext, language: str, scheme: str, size: dict[str, int]
) -> None:
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    for path in PAGES:
        page.goto(language + path)
        assert_accessible(page)
    write_something(page)
    for path in PAGES:
        page.goto(language + path)
        assert_accessible(page)


def conflict(page: Page) -> None:
    write_something(page)
    page.evaluate("document.querySelector('#text-visie-rol').dataset.base = 'other'")
    page.reload()
    other = page.context.new_page()
    other.goto("/lob/mentor/")
    other.locator("#text-visie-rol").fill("van elders")
    other.locator("#text-visie-rol").blur()
    expect_state(other)
    page.locator("#text-visie-rol").fill("van hier")
    page.locator("#text-visie-rol").blur()
    expect(page.locator(".trouble .other")).to_be_visible()


def too_long(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.locator("#text-visie-rol").fill("x" * 10_001)
    page.locator("#text-visie-rol").blur()
    expect(page.locator(".trouble .message")).to_be_visible()


def refused_form(page: Page) -> None:
    """As a browser sends it whose scripts have not come."""
    page.route("**/worksheet*.js", lambda route: route.abort())
    page.goto("/lob/mentor/")
    page.locator("#text-visie-rol").fill("x" * 10_001)
    page.locator("#veld-visie-rol .save").click()
    expect(page.locator("#refused")).to_be_visible()


def counted(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.locator("#text-visie-rol").fill("x" * 9500)
    expect(page.locator("#room-visie-rol")).to_be_visible()
    expect_state(page)


def opened_footnotes(page: Page) -> None:
    page.goto("/lob/mentor/")
    for summary in page.locator("summary").all():
        summary.click()


def opened_sources(page: Page) -> None:
    page.goto("/lob/bronnen/")
    for summary in page.locator("summary").all():
        summary.click()


def offline(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.context.set_offline(True)
    page.locator("#text-visie-rol").fill("x")
    page.locator("#text-visie-rol").blur()
    expect(page.locator("#saving.pending")).to_contain_text("geen verbinding")


STATES = [conflict, too_long, refused_form, counted, opened_footnotes, opened_sources, offline]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state(new_context: NewContext, state: Callable[[Page], None], scheme: str) -> None:
    page = new_context(color_scheme=scheme).new_page()
    state(page)
    assert_accessible(page)


@pytest.mark.parametrize("language", ["/", "/en/"])
def test_nothing_runs_off_at_320_pixels(new_context: NewContext, language: str) -> None:
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    for path in PAGES:
        page.goto(language + path)
        assert_reflows(page)
    conflict(page)
    assert_reflows(page)
    page.goto(language + "werkblad/overzicht/")
    assert_reflows(page)
