"""A page that comes back shows what is kept, or an honest conflict."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import NewContext, watched
from tests.browser.worksheet_page import (
    BOX,
    MARK,
    OFFLINE,
    OTHER_BOX,
    ROLE,
    SAVE,
    UNSAVED,
    expect_state,
    hold_posts,
    is_marked,
    kept,
    let_arrive,
    save,
    write,
)
from tests.serving import Server


@pytest.fixture
def held_whole(browser: Browser, server: Server) -> Iterator[Page]:
    """A page in a browser that holds pages whole for Back and Forward, as people's browsers do."""
    own = browser.browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=["--no-sandbox", "--disable-background-networking", "--disable-quic"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = watched(own.new_context(base_url=server.url, locale="nl-NL").new_page())
    page.set_default_timeout(10_000)
    yield page
    own.close()


def before_the_script(page: Page) -> Route:
    """Open the page, of which the script doesn't come until it is let through."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*worksheet*.js*", hold)
    with page.expect_request("**/*worksheet*.js*"):
        page.goto(ROLE, wait_until="commit")
    expect(page.locator("#text-organisatie-rol")).to_be_visible()
    return held[0]


@pytest.mark.parametrize("earlier", [False, True], ids=["first visit", "with a kept text"])
def test_what_is_typed_before_the_script_arrives_is_saved(
    new_context: NewContext, earlier: bool
) -> None:
    context = new_context()
    page = watched(context.new_page())
    if earlier:
        page.goto(ROLE)
        save(page, "van gisteren")
        page.close()
        page = watched(context.new_page())
    script = before_the_script(page)
    page.locator(BOX).fill("al getypt")
    page.locator(MARK).check()
    with page.expect_response(SAVE):
        script.continue_()

    expect_state(page)
    expect(page.locator(BOX)).to_have_value("al getypt")
    assert kept(context) == "al getypt"
    assert is_marked(context)


def test_a_draft_and_what_is_typed_before_the_script_are_both_shown(page: Page) -> None:
    page.goto(ROLE)
    page.route(SAVE, lambda route: route.abort())
    write(page, "concept van net")
    expect_state(page, OFFLINE)
    page.unroute(SAVE)
    script = before_the_script(page)
    page.locator(BOX).fill("al getypt")
    script.continue_()

    expect(page.locator("#trouble-visie-rol .typed")).to_have_text("concept van net")
    expect(page.locator(BOX)).to_have_value("al getypt")
    page.get_by_role("button", name="Bewaar beide teksten, onder elkaar").click()
    expect_state(page)
    assert kept(page.context) == "concept van net\n\nal getypt"


def test_a_post_on_leaving_that_comes_after_the_next_page_makes_no_conflict(page: Page) -> None:
    page.goto(ROLE)
    save(page, "nul")
    held = hold_posts(page)
    write(page, "een")
    expect_state(page, OFFLINE)
    body = held[0]
    page.goto(ROLE)
    expect(page.locator(BOX)).to_have_value("een")
    write(page, "een en twee")
    expect_state(page, OFFLINE)
    page.unroute(SAVE)
    let_arrive(page, body)
    write(page, "een en twee en drie")

    expect_state(page)
    expect(page.locator(".trouble .other")).to_have_count(0)
    assert kept(page.context) == "een en twee en drie"


def test_going_back_shows_what_was_typed(page: Page) -> None:
    page.goto(ROLE)
    page.locator(BOX).fill("van voor het overzicht")
    page.get_by_role("link", name="Naar je overzicht").first.click()
    expect(page.locator(".document")).to_be_visible()

    page.go_back()

    expect(page.locator(BOX)).to_have_value("van voor het overzicht")


def walk_back_to_an_older_page(page: Page) -> None:
    """Version 1 in one page, version 2 in a later one, and Back to the first."""
    page.goto(ROLE)
    page.locator(MARK).check()
    save(page, "versie 1")
    page.get_by_role("link", name="Naar je overzicht").first.click()
    expect(page.locator(".document")).to_be_visible()
    page.goto(ROLE)
    page.locator(MARK).uncheck()
    save(page, "versie 2")
    page.go_back()
    expect(page.locator(".document")).to_be_visible()
    page.go_back()


def expect_no_older_words(page: Page) -> None:
    expect(page.locator(BOX)).to_have_value("versie 2")
    expect(page.locator(MARK)).not_to_be_checked()
    page.locator(BOX).press_sequentially("!")
    page.locator(BOX).blur()
    expect_state(page)
    assert "versie 2" in kept(page.context)
    assert not is_marked(page.context)


def test_back_shows_what_is_kept_by_now(page: Page) -> None:
    walk_back_to_an_older_page(page)
    expect_no_older_words(page)


def test_back_shows_what_is_kept_by_now_with_the_back_forward_cache(held_whole: Page) -> None:
    walk_back_to_an_older_page(held_whole)
    expect_no_older_words(held_whole)


def test_the_address_that_follows_on_erasing_leaves_drafts_alone(page: Page) -> None:
    """Anybody can link to it, and a tab may have it in its history."""
    page.goto(ROLE)
    page.route(SAVE, lambda route: route.abort())
    write(page, "nog niet bewaard")
    expect_state(page, UNSAVED)

    page.goto("/werkbladen/?gewist=ja")
    expect(page.get_by_text("Alles is verwijderd")).to_have_count(0)

    page.goto(ROLE)
    expect(page.locator(BOX)).to_have_value("nog niet bewaard")


def test_erasing_empties_the_browsers_storage(page: Page) -> None:
    page.goto(ROLE)
    save(page, "gewiste woorden")
    page.goto("/werkbladen/wissen/")
    page.get_by_role("button", name="Ja").click()

    expect(page.get_by_text("Alles is verwijderd")).to_be_visible()
    page.wait_for_function(
        "Object.keys(localStorage).length + Object.keys(sessionStorage).length === 0"
    )


def erase_and_go_back(page: Page) -> None:
    """Words are kept, then erased as if in another place, and Back leads to their page."""
    page.goto(ROLE)
    save(page, "gewiste woorden")
    page.reload()
    expect(page.locator(BOX)).to_have_value("gewiste woorden")
    page.goto("/")
    page.context.clear_cookies()
    page.evaluate("localStorage.clear()")
    page.go_back()


def test_back_after_erasing_shows_no_erased_words(page: Page) -> None:
    erase_and_go_back(page)
    expect(page.locator(BOX)).to_have_value("")


def test_back_after_erasing_shows_no_erased_words_from_the_back_forward_cache(
    held_whole: Page,
) -> None:
    erase_and_go_back(held_whole)
    expect(held_whole.locator(BOX)).to_have_value("")


def test_back_to_a_page_of_before_the_first_note_shows_the_notes(page: Page) -> None:
    page.goto(ROLE)
    page.goto("/")
    page.goto(ROLE)
    save(page, "later geschreven")
    page.go_back()
    page.go_back()

    expect(page.locator(BOX)).to_have_value("later geschreven")
    save(page, "en weer door", OTHER_BOX)
    assert kept(page.context) == "later geschreven"
    assert kept(page.context, box=OTHER_BOX) == "en weer door"


def test_a_draft_of_version_0_1_is_taken_up_once(page: Page) -> None:
    page.goto(ROLE)
    page.evaluate(
        """() => {
          localStorage.setItem("raamwerk:draft:lob/mentor:visie-rol",
            JSON.stringify({text: "van voor de nieuwe versie", base: "e3b0c44298fc1c14"}));
          localStorage.setItem("raamwerk:draft:lob/mentor:marks",
            JSON.stringify([["mentor-visie-rol-2:talk-over", true]]));
        }"""
    )
    page.reload()

    expect(page.locator(BOX)).to_have_value("van voor de nieuwe versie")
    expect_state(page)
    assert kept(page.context) == "van voor de nieuwe versie"
    assert is_marked(page.context)
    left = page.evaluate("Object.keys(localStorage).filter((name) => name.includes(':draft:'))")
    assert left == []


def test_what_an_older_draft_was_made_from_is_not_forgotten(
    new_context: NewContext, server: Server
) -> None:
    context = new_context()
    first, second = watched(context.new_page()), watched(context.new_page())
    first.goto(ROLE)
    save(first, "nul")
    first.route(SAVE, lambda route: route.abort())
    write(first, "mijn concept")
    expect_state(first, OFFLINE)
    second.goto("/")
    first.goto("about:blank")
    first.unroute(SAVE)
    elsewhere = new_context()
    for cookie in context.cookies():
        elsewhere.add_cookies(
            [{"name": cookie["name"], "value": cookie["value"], "url": server.url}]
        )
    there = watched(elsewhere.new_page())
    there.goto(ROLE)
    save(there, "intussen elders")

    second.goto(ROLE)

    expect(second.locator(BOX)).to_have_value("mijn concept")
    expect(second.locator("#trouble-visie-rol .typed")).to_have_text("intussen elders")
    second.goto(ROLE)
    expect(second.locator("#trouble-visie-rol .typed")).to_have_text("intussen elders")
    assert kept(context) == "intussen elders"
    second.get_by_role("button", name="Bewaar de andere tekst").click()
    expect_state(second)
    second.goto(ROLE)
    expect(second.locator(".trouble .other")).to_have_count(0)
    expect(second.locator(BOX)).to_have_value("intussen elders")
