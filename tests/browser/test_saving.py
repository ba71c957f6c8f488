"""Nothing typed is lost: not by leaving at once, not without a connection, not in two windows."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewContext, watched
from tests.serving import Server, serving

BOX = "#text-visie-rol"
STATE = "#saving"
SAVED = re.compile("Bewaard om")


def kept(page: Page, path: str = "/lob/mentor/") -> str:
    """What the server holds, seen in another tab of the same browser that has no drafts to add."""
    answer = page.context.request.get(path)
    found = re.search(
        r'<textarea id="text-visie-rol"[^>]*>\n(.*?)</textarea>', answer.text(), re.DOTALL
    )
    assert found
    return found[1]


def test_typing_is_saved_within_two_seconds(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.locator(BOX).press_sequentially("hallo")

    with page.expect_response("**/werkbladen/bewaren/", timeout=2000) as answer:
        pass

    assert answer.value.status == 200
    expect(page.locator(STATE)).to_have_text(SAVED)
    assert kept(page) == "hallo"


def test_leaving_the_field_saves_at_once(page: Page) -> None:
    page.clock.install()
    page.goto("/lob/mentor/")
    page.locator(BOX).fill("hallo")
    with page.expect_response("**/werkbladen/bewaren/"):
        page.locator(BOX).blur()

    assert kept(page) == "hallo"


def test_closing_the_page_while_typing_loses_nothing(new_context: NewContext) -> None:
    context = new_context()
    page = context.new_page()
    other = context.new_page()
    page.goto("/lob/mentor/")
    page.locator(BOX).press_sequentially("net op tijd")
    page.close(run_before_unload=True)

    other.wait_for_timeout(500)

    assert kept(other) == "net op tijd"


def test_a_link_right_after_typing_finds_the_text_there(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.locator(BOX).press_sequentially("staat dit erin?")
    page.get_by_role("link", name="Naar je overzicht").click()

    expect(page.locator(".document")).to_contain_text("staat dit erin?")


def test_without_a_connection_it_says_so_and_saves_later(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.context.set_offline(True)
    page.locator(BOX).fill("onderweg getypt")
    page.locator(BOX).blur()
    expect(page.locator(STATE)).to_have_text(re.compile("geen verbinding"))

    page.context.set_offline(False)

    expect(page.locator(STATE)).to_have_text(SAVED)
    assert kept(page) == "onderweg getypt"


def test_what_could_not_be_saved_is_there_after_a_crash(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.route("**/werkbladen/bewaren/", lambda route: route.abort())
    page.locator(BOX).fill("nog niet bewaard")
    page.locator('[value="mentor-visie-rol-2:talk-over"]').check()
    expect(page.locator(STATE)).to_have_text(re.compile("geen verbinding"))
    page.unroute("**/werkbladen/bewaren/")
    page.goto("/lob/mentor/")

    expect(page.locator(BOX)).to_have_value("nog niet bewaard")
    expect(page.locator('[value="mentor-visie-rol-2:talk-over"]')).to_be_checked()
    expect(page.locator(STATE)).to_have_text(SAVED)
    assert kept(page) == "nog niet bewaard"


def test_an_answer_that_got_lost_makes_no_quarrel(page: Page) -> None:
    page.goto("/lob/mentor/")

    def swallow(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/werkbladen/bewaren/", swallow, times=1)
    page.locator(BOX).fill("een")
    page.locator(BOX).blur()
    expect(page.locator(STATE)).to_have_text(re.compile("geen verbinding"))
    page.locator(BOX).fill("een en twee")
    page.locator(BOX).blur()

    expect(page.locator(STATE)).to_have_text(SAVED)
    expect(page.locator(".trouble .other")).to_have_count(0)
    assert kept(page) == "een en twee"


def test_a_server_that_is_down_for_a_moment_loses_nothing(
    new_context: NewContext, tmp_path: Path
) -> None:
    with serving(tmp_path) as own_server:
        page = watched(new_context(base_url=own_server.url).new_page())
        page.goto("/lob/mentor/")
        own_server.kill()
        page.locator(BOX).fill("terwijl de server weg was")
        page.locator(BOX).blur()
        expect(page.locator(STATE)).to_have_text(re.compile("Nog niet bewaard"))
        own_server.start()

        expect(page.locator(STATE)).to_have_text(SAVED, timeout=15_000)
        assert kept(page) == "terwijl de server weg was"


def two_windows(new_context: NewContext) -> tuple[Page, Page]:
    """Two tabs of one browser on one field, of which the second has just been refused."""
    context = new_context()
    start = context.new_page()
    start.goto("/lob/mentor/")
    start.locator('[value="mentor-visie-rol-1:work-on"]').check()
    expect(start.locator(STATE)).to_have_text(SAVED)
    first, second = watched(context.new_page()), watched(context.new_page())
    for window in (first, second):
        window.goto("/lob/mentor/")
    for window, text in ((first, "uit het eerste"), (second, "uit het tweede")):
        window.locator(BOX).fill(text)
        window.locator(BOX).blur()
    expect(second.locator("#trouble-visie-rol .typed")).to_have_text("uit het eerste")
    return first, second


def test_two_windows_both_texts_are_shown_and_mine_can_win(new_context: NewContext) -> None:
    _first, second = two_windows(new_context)
    expect(second.locator(BOX)).to_have_value("uit het tweede")
    assert kept(second) == "uit het eerste"

    second.get_by_role("button", name="Houd mijn tekst").click()

    expect(second.locator(STATE)).to_have_text(SAVED)
    assert kept(second) == "uit het tweede"


def test_two_windows_the_other_text_can_win(new_context: NewContext) -> None:
    _first, second = two_windows(new_context)

    second.get_by_role("button", name="Houd de andere tekst").click()

    expect(second.locator(STATE)).to_have_text(SAVED)
    expect(second.locator(BOX)).to_have_value("uit het eerste")
    assert kept(second) == "uit het eerste"


def test_two_windows_both_can_be_kept(new_context: NewContext) -> None:
    _first, second = two_windows(new_context)

    second.get_by_role("button", name="Houd beide, onder elkaar").click()

    expect(second.locator(STATE)).to_have_text(SAVED)
    assert kept(second) == "uit het eerste\n\nuit het tweede"


def test_a_text_over_the_limit_stays_and_says_by_how_much(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.locator(BOX).fill("x" * 10_012)
    page.locator(BOX).blur()
    expect(page.locator("#trouble-visie-rol")).to_contain_text("12 tekens te lang")
    expect(page.locator(BOX)).to_have_value("x" * 10_012)

    page.locator(BOX).fill("x" * 10_000)
    page.locator(BOX).blur()

    expect(page.locator(STATE)).to_have_text(SAVED)
    expect(page.locator("#trouble-visie-rol")).to_be_empty()


@pytest.mark.parametrize("forged", [True, False], ids=["forged key", "cookies cleared"])
def test_a_key_that_opens_nothing_offers_a_fresh_start(
    page: Page, server: Server, forged: bool
) -> None:
    page.goto("/lob/mentor/")
    page.locator(BOX).fill("eerst bewaard")
    page.locator(BOX).blur()
    expect(page.locator(STATE)).to_have_text(SAVED)
    page.reload()
    page.context.clear_cookies()
    if forged:
        page.context.add_cookies([{"name": "werkblad", "value": "x" * 43, "url": server.url}])
    page.locator("#text-visie-deskundigheid").fill("daarna getypt")
    page.locator("#text-visie-deskundigheid").blur()

    page.get_by_role("button", name="Bewaar dit alles in een nieuw werkblad").click()

    expect(page.locator(STATE)).to_have_text(SAVED)
    page.reload()
    expect(page.locator(BOX)).to_have_value("eerst bewaard")
    expect(page.locator("#text-visie-deskundigheid")).to_have_value("daarna getypt")


def test_going_back_shows_what_was_typed(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.locator(BOX).fill("van voor het overzicht")
    page.get_by_role("link", name="Naar je overzicht").click()
    expect(page.locator(".document")).to_be_visible()

    page.go_back()

    expect(page.locator(BOX)).to_have_value("van voor het overzicht")
