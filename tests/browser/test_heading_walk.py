"""A long walk in one window: what the server keeps of the heading is what its field showed."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched
from tests.browser.worksheet_page import (
    BOX,
    FOLD,
    NAME,
    OVERVIEW,
    ROLE,
    SAVED_EARLIER_OR_NOW,
    expect_state,
    kept,
    save,
)
from tests.serving import Server

SCHOOL, OCCASION = "#text-school", "#text-occasion"


@pytest.fixture(params=["asked anew", "held whole"])
def walker(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """A page in a browser without and with the back/forward cache."""
    own = browser.browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=["--no-sandbox", "--disable-background-networking", "--disable-quic"],
        ignore_default_args=["--disable-back-forward-cache"]
        if request.param == "held whole"
        else None,
    )
    page = watched(own.new_context(base_url=server.url, locale="nl-NL").new_page())
    page.set_default_timeout(10_000)
    yield page
    own.close()


def on_the_overview(page: Page) -> None:
    expect(page.locator(".document")).to_be_visible()
    if not page.locator(NAME).is_visible():
        page.locator(FOLD).click()


def type_at_the_end(page: Page, box: str, more: str) -> None:
    """As a person does, without leaving the field."""
    page.locator(box).focus()
    page.locator(box).press("End")
    page.locator(box).press_sequentially(more)


def back_to_the_role(page: Page) -> None:
    page.go_back()
    expect(page.locator(BOX)).to_have_value("een notitie")


def forward_to_the_overview(page: Page) -> None:
    page.go_forward()
    on_the_overview(page)


def follow_to_the_overview(page: Page) -> None:
    page.get_by_role("link", name="Naar je overzicht").first.click()
    on_the_overview(page)


@pytest.mark.parametrize(("box", "pause"), [(NAME, 0), (NAME, 1300), (OCCASION, 60)])
def test_back_and_forward_twice_and_typing_on(walker: Page, box: str, pause: int) -> None:
    """``pause`` is in milliseconds: leaving before the save, amid it, and after."""
    walker.goto(ROLE)
    save(walker, "een notitie")
    follow_to_the_overview(walker)
    expected = ""
    for more in ("Noor", " de", " Wit"):
        type_at_the_end(walker, box, more)
        expected += more
        for _turn in range(2):
            walker.wait_for_timeout(pause)
            back_to_the_role(walker)
            forward_to_the_overview(walker)
        expect(walker.locator(box)).to_have_value(expected)
    walker.locator(box).blur()

    expect_state(walker, SAVED_EARLIER_OR_NOW)
    expect(walker.locator(box)).to_have_value(expected)
    assert kept(walker.context, OVERVIEW, box) == expected


@pytest.mark.parametrize("box", [NAME, SCHOOL])
def test_an_older_overview_in_the_history_shows_what_is_kept_by_now(walker: Page, box: str) -> None:
    walker.goto(ROLE)
    save(walker, "een notitie")
    follow_to_the_overview(walker)
    save(walker, "Noor", box)
    walker.goto(ROLE)
    follow_to_the_overview(walker)
    save(walker, "Daan", box)
    back_to_the_role(walker)
    walker.go_back()
    on_the_overview(walker)
    expect(walker.locator(box)).to_have_value("Daan")
    type_at_the_end(walker, box, " Vos")
    back_to_the_role(walker)
    forward_to_the_overview(walker)
    expect(walker.locator(box)).to_have_value("Daan Vos")
    type_at_the_end(walker, box, "!")
    walker.locator(box).blur()

    expect_state(walker, SAVED_EARLIER_OR_NOW)
    expect(walker.locator(".trouble .other")).to_have_count(0)
    expect(walker.locator(box)).to_have_value("Daan Vos!")
    assert kept(walker.context, OVERVIEW, box) == "Daan Vos!"
