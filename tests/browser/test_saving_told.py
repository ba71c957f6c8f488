"""The state is told truthfully and once: never saved while anything is not."""

import re

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
    expect(page.get_by_text("1 van 8 velden").first).to_be_visible()
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


def count_live_changes(page: Page) -> None:
    """From now on, count what any live region of the page comes to say, as a screen reader hears it."""
    page.evaluate(
        """() => {
          window.heard = [];
          const live = '[aria-live]:not([aria-live="off"]), [role=status], [role=alert], [role=log], output';
          new MutationObserver((changes) => {
            const regions = new Set(changes.map(({target}) =>
              (target.nodeType === 1 ? target : target.parentElement)?.closest(live)));
            for (const each of regions) {
              if (each?.textContent.trim()) window.heard.push(each.textContent.trim());
            }
          }).observe(document.body, {childList: true, characterData: true, subtree: true, attributes: true});
        }"""
    )


def heard(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.heard")
    return found


def type_for_half_a_minute(page: Page) -> None:
    """A letter in one field or another, then a second of pause in which it is saved; thirty times."""
    for second in range(30):
        page.locator(f"#text-{FIELDS[second % len(FIELDS)]}").press_sequentially("a")
        with page.expect_response(SAVE):
            page.clock.run_for(1000)


FIELDS = ("visie-rol", "visie-deskundigheid", "organisatie-rol")


@pytest.mark.parametrize("noted_before", [False, True], ids=["first time", "again"])
def test_a_screen_reader_hears_three_things_of_a_minute_of_typing(
    page: Page, noted_before: bool
) -> None:
    page.goto(ROLE)
    if noted_before:
        save(page, "van eerder")
    page.clock.install()
    page.goto(ROLE)
    count_live_changes(page)

    type_for_half_a_minute(page)
    assert [bool(SAVED.search(words)) for words in heard(page)] == [True]

    page.context.set_offline(True)
    for _second in range(10):
        page.locator(BOX).press_sequentially("b")
        page.clock.run_for(1000)
    expect_state(page, OFFLINE)
    page.context.set_offline(False)
    expect_state(page)
    type_for_half_a_minute(page)

    kinds = [[kind for kind in (SAVED, OFFLINE) if kind.search(words)] for words in heard(page)]
    assert kinds == [[SAVED], [OFFLINE], [SAVED]]


def test_how_much_fits_is_counted_from_nine_thousand_characters_on(page: Page) -> None:
    page.goto(ROLE)
    room = page.locator("#room-visie-rol")
    for text, told in (
        ("x" * 8999, ""),
        ("x" * 9000, "Nog 1000 tekens"),
        ("🌱" * 9999, "Nog 1 teken"),
        ("x" * 10_000, "Nog 0 tekens"),
        ("x" * 10_001, "1 teken te veel"),
        ("x\n" * 50 + "x" * 9912, "12 tekens te veel"),
        ("kort", ""),
    ):
        page.locator(BOX).fill(text)
        expect(room).to_have_text(told) if room.count() else expect(room).to_have_count(0)
        assert bool(room.count()) or not told
        assert room.count() == 0 or "room-visie-rol" in (
            page.locator(BOX).get_attribute("aria-describedby") or ""
        )
    save(page, "x" * 9500)
    page.reload()
    expect(room).to_have_text("Nog 500 tekens")


def test_what_a_form_said_of_trouble_goes_once_all_is_saved(page: Page) -> None:
    """The form was sent before the script was there; the page that says so has it."""
    page.route("**/worksheet*.js", lambda route: route.abort())
    page.goto(ROLE)
    page.locator(BOX).fill("x" * 10_012)
    page.unroute("**/worksheet*.js")
    page.locator("#veld-visie-rol .save").click()
    expect(page.locator("#refused")).to_be_visible()

    save(page, "korter")

    expect(page.locator("#refused")).to_have_count(0)
    expect(page).to_have_title(re.compile("^Mentor"))


def test_the_other_text_of_a_conflict_is_not_translated(page: Page) -> None:
    """As of everything that a person typed; the buttons beside it may be."""
    page.goto(ROLE)
    other = page.context.new_page()
    other.goto(ROLE)
    save(other, "woorden van elders")
    write(page, "woorden van hier")
    shown = page.locator("#trouble-visie-rol .typed")
    expect(shown).to_have_text("woorden van elders")

    may = "each => each.closest('[translate]')?.translate ?? true"
    assert not shown.evaluate(may)
    assert not page.locator(BOX).evaluate(may)
    assert page.locator("#trouble-visie-rol button").first.evaluate(may)
