"""The state is told truthfully and once: never saved while anything is not."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.worksheet_page import (
    BEGIN,
    BOX,
    OFFLINE,
    OTHER_BOX,
    OVERVIEW,
    ROLE,
    SAVE,
    SAVED,
    UNSAVED,
    announcements,
    expect_state,
    kept,
    lose_cookie,
    save,
    state,
    write,
)
from tests.serving import Server


def test_a_browser_without_cookies_is_told_before_anything_is_called_saved(page: Page) -> None:
    page.goto(ROLE)
    page.route(BEGIN, lose_cookie)
    said = announcements(page)
    write(page, "blijft op de pagina staan")

    expect(page.locator("#saving")).to_have_text(
        page.locator("#worksheet").get_attribute("data-no-cookie") or "?"
    )
    expect(page.locator(BOX)).to_have_value("blijft op de pagina staan")
    assert not [words for words in said if SAVED.search(words)]

    page.unroute(BEGIN)
    expect(state(page, SAVED)).to_have_count(1, timeout=15_000)
    assert kept(page.context) == "blijft op de pagina staan"


def test_a_text_over_the_limit_stays_and_says_by_how_much(page: Page) -> None:
    page.goto(ROLE)
    write(page, "x" * 10_012)
    expect(page.locator("#trouble-visie-rol")).to_contain_text("12 tekens te lang")
    expect(page.locator(BOX)).to_have_value("x" * 10_012)

    write(page, "x" * 10_000)

    expect_state(page)
    expect(page.locator("#trouble-visie-rol")).to_be_empty()


def test_it_is_not_called_saved_while_another_field_is_refused(page: Page) -> None:
    page.goto(ROLE)
    write(page, "x" * 10_012)
    expect(page.locator("#trouble-visie-rol")).to_contain_text("12 tekens te lang")
    with page.expect_response(SAVE):
        write(page, "wel goed", OTHER_BOX)

    expect_state(page, UNSAVED)
    expect(state(page, SAVED)).to_have_count(0)
    assert kept(page.context, box=OTHER_BOX) == "wel goed"


def test_a_post_that_is_too_large_names_the_field_and_keeps_the_others(page: Page) -> None:
    def refuse_large(route: Route) -> None:
        if len(route.request.post_data or "") > 5000:
            route.fulfill(status=413, json={"problem": "too-large", "message": "Dit is te groot."})
        else:
            route.continue_()

    page.goto(ROLE)
    page.route(SAVE, refuse_large)
    page.locator(BOX).fill("x" * 6000)
    write(page, "klein genoeg", OTHER_BOX)

    expect(page.locator("#trouble-visie-rol")).to_contain_text("Dit is te groot.")
    expect_state(page, UNSAVED)
    assert kept(page.context, box=OTHER_BOX) == "klein genoeg"


def test_only_the_first_save_trouble_and_recovery_are_announced(page: Page) -> None:
    page.goto(ROLE)
    said = announcements(page)
    for text in ("een", "twee", "drie"):
        save(page, text)
    page.context.set_offline(True)
    write(page, "vier")
    expect_state(page, OFFLINE)
    page.context.set_offline(False)
    expect_state(page)
    save(page, "vijf")

    kinds = [[kind for kind in (SAVED, OFFLINE) if kind.search(words)] for words in said]
    assert kinds == [[SAVED], [OFFLINE], [SAVED]]


@pytest.mark.parametrize("forged", [True, False], ids=["forged key", "cookies cleared"])
def test_a_key_that_opens_nothing_offers_a_fresh_start(
    page: Page, server: Server, forged: bool
) -> None:
    page.goto(ROLE)
    save(page, "eerst bewaard")
    page.reload()
    names = [cookie["name"] for cookie in page.context.cookies()]
    page.context.clear_cookies()
    if forged:
        page.context.add_cookies(
            [{"name": name, "value": "x" * 43, "url": server.url} for name in names]
        )
    write(page, "daarna getypt", OTHER_BOX)

    page.get_by_role("button", name="Bewaar dit alles in een nieuw werkblad").click()

    expect_state(page)
    page.reload()
    expect(page.locator(BOX)).to_have_value("eerst bewaard")
    expect(page.locator(OTHER_BOX)).to_have_value("daarna getypt")
    assert kept(page.context) == "eerst bewaard"
    assert kept(page.context, box=OTHER_BOX) == "daarna getypt"


def test_a_page_that_lacks_what_this_browser_saved_says_so(page: Page) -> None:
    page.goto(ROLE)
    save(page, "eerst bewaard")
    page.context.clear_cookies()

    page.goto(ROLE)

    expect(page.locator("[data-notice]")).to_be_visible()
    expect(page.locator("[data-notice]")).not_to_be_empty()


@pytest.mark.parametrize("path", ["/werkbladen/", OVERVIEW])
def test_what_waits_is_told_where_notes_are_listed_or_would_be_shown(page: Page, path: str) -> None:
    waiting = page.locator("[data-waiting]")
    page.goto(path)
    expect(page.locator("h1")).to_be_visible()
    expect(waiting).to_be_hidden()
    page.goto(ROLE)
    page.route("**/werkbladen/b*/", lambda route: route.abort())
    write(page, "wacht nog")
    expect_state(page, OFFLINE)

    page.goto(path)

    expect(waiting).to_have_text(UNSAVED)
    expect(waiting).to_be_visible()
    page.unroute("**/werkbladen/b*/")
    page.goto(ROLE)
    expect_state(page)
    page.goto("/werkbladen/")
    expect(page.get_by_text("1 notitie").first).to_be_visible()
    expect(waiting).to_be_hidden()


def test_a_list_that_stands_open_tells_when_something_waits_no_longer(page: Page) -> None:
    page.goto(ROLE)
    page.context.set_offline(True)
    write(page, "wacht nog")
    expect_state(page, OFFLINE)
    page.context.set_offline(False)
    page.route("**/werkbladen/b*/", lambda route: route.abort())
    other = page.context.new_page()
    other.goto("/werkbladen/")
    expect(other.locator("[data-waiting]")).to_be_visible()
    page.unroute("**/werkbladen/b*/")
    save(page, "bewaard")

    expect(other.locator("[data-waiting]")).to_be_hidden()


def test_what_waits_for_another_page_is_told_beside_the_overview(page: Page) -> None:
    page.goto(ROLE)
    save(page, "eerst bewaard")
    page.route(SAVE, lambda route: route.abort())
    write(page, "wacht nog", OTHER_BOX)
    expect_state(page, OFFLINE)

    page.goto(OVERVIEW)

    expect_state(page, UNSAVED)
    expect(state(page, SAVED)).to_have_count(0)
