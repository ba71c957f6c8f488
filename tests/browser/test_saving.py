"""Nothing typed is lost: not by leaving at once, not without a connection or an answer."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewContext, watched
from tests.browser.worksheet_page import (
    BEGIN,
    BOX,
    MARK,
    OFFLINE,
    OTHER_BOX,
    ROLE,
    SAVE,
    SAVED,
    SAVED_EARLIER_OR_NOW,
    UNSAVED,
    expect_state,
    kept,
    lose_answer,
    lose_everything,
    never_answer,
    save,
    state,
    write,
)
from tests.serving import serving


def test_typing_is_saved_by_itself(page: Page) -> None:
    page.goto(ROLE)
    with page.expect_response(SAVE) as answer:
        page.locator(BOX).press_sequentially("hallo")

    assert answer.value.status == 200
    expect_state(page)
    assert kept(page.context) == "hallo"


def test_leaving_the_field_saves_at_once(page: Page) -> None:
    page.clock.install()
    page.goto(ROLE)
    page.locator(BOX).fill("hallo")
    with page.expect_response(SAVE):
        page.locator(BOX).blur()

    assert kept(page.context) == "hallo"


def test_closing_the_page_while_typing_loses_nothing(new_context: NewContext) -> None:
    context = new_context()
    page = context.new_page()
    other = context.new_page()
    page.goto(ROLE)
    with page.expect_response(BEGIN):
        page.locator(BOX).press_sequentially("net ")
    page.locator(BOX).press_sequentially("op tijd")
    page.close(run_before_unload=True)

    other.wait_for_timeout(500)

    assert kept(context) == "net op tijd"


def test_closing_the_page_before_there_is_a_key_loses_nothing(new_context: NewContext) -> None:
    context = new_context()
    page = context.new_page()
    other = context.new_page()
    page.goto(ROLE)
    page.route(BEGIN, lambda route: route.abort())
    page.locator(BOX).press_sequentially("nog geen sleutel")
    page.close(run_before_unload=True)

    other.goto(ROLE)

    expect(other.locator(BOX)).to_have_value("nog geen sleutel")
    expect_state(other)
    assert kept(context) == "nog geen sleutel"


def test_a_link_right_after_typing_finds_the_text_there(page: Page) -> None:
    page.goto(ROLE)
    page.locator(BOX).press_sequentially("staat dit erin?")
    page.get_by_role("link", name="Naar je overzicht").first.click()

    expect(page.locator(".document")).to_contain_text("staat dit erin?")


def test_without_a_connection_it_says_so_and_saves_later(page: Page) -> None:
    page.goto(ROLE)
    page.context.set_offline(True)
    write(page, "onderweg getypt")
    expect_state(page, OFFLINE)

    page.context.set_offline(False)

    expect_state(page)
    assert kept(page.context) == "onderweg getypt"


def test_what_could_not_be_saved_is_there_after_a_crash(page: Page) -> None:
    page.goto(ROLE)
    page.route(SAVE, lambda route: route.abort())
    write(page, "nog niet bewaard")
    page.locator(MARK).check()
    expect_state(page, OFFLINE)
    page.unroute(SAVE)
    page.goto(ROLE)

    expect(page.locator(BOX)).to_have_value("nog niet bewaard")
    expect(page.locator(MARK)).to_be_checked()
    # The page that was left may have got it saved with its last breath.
    expect_state(page, SAVED_EARLIER_OR_NOW)
    assert kept(page.context) == "nog niet bewaard"


def test_an_answer_that_got_lost_makes_no_conflict(page: Page) -> None:
    page.goto(ROLE)
    page.route(SAVE, lose_answer, times=1)
    write(page, "een")
    expect_state(page, OFFLINE)
    write(page, "een en twee")

    expect_state(page)
    expect(page.locator(".trouble .other")).to_have_count(0)
    assert kept(page.context) == "een en twee"


def test_an_answer_that_got_lost_makes_no_conflict_in_the_next_page_either(page: Page) -> None:
    page.goto(ROLE)
    save(page, "nul")
    page.route(SAVE, lose_answer, times=1)
    write(page, "een")
    expect_state(page, OFFLINE)
    page.route(SAVE, lambda route: route.abort())
    write(page, "een en twee")
    expect_state(page, OFFLINE)
    page.unroute(SAVE)

    page.goto(ROLE)

    expect_state(page)
    expect(page.locator(".trouble .other")).to_have_count(0)
    assert kept(page.context) == "een en twee"


@pytest.mark.parametrize(
    "losing", [lose_answer, lose_everything], ids=["cookie came", "cookie lost"]
)
def test_an_answer_that_got_lost_at_the_very_beginning(
    page: Page, losing: Callable[[Route], None]
) -> None:
    page.goto(ROLE)
    page.route(BEGIN, losing, times=1)
    page.route(SAVE, lose_answer, times=1)
    write(page, "het eerste woord")
    expect_state(page, OFFLINE)
    write(page, "het eerste woord, en meer")

    expect_state(page)
    page.reload()
    expect(page.locator(BOX)).to_have_value("het eerste woord, en meer")
    assert kept(page.context) == "het eerste woord, en meer"


def test_a_save_that_never_gets_an_answer_is_tried_again(page: Page) -> None:
    page.clock.install()
    page.goto(ROLE)
    page.route(SAVE, never_answer, times=1)
    with page.expect_request(SAVE):
        write(page, "hoort niets")

    page.clock.run_for(21_000)
    expect_state(page, UNSAVED)
    with page.expect_response(SAVE):
        page.clock.run_for(10_000)

    expect_state(page)
    assert kept(page.context) == "hoort niets"


def test_a_server_that_asks_for_patience_gets_it(page: Page) -> None:
    page.clock.install()
    page.goto(ROLE)
    posts: list[str] = []
    page.on(
        "request", lambda request: posts.append(request.url) if "/bewaren/" in request.url else None
    )
    page.route(
        SAVE,
        lambda route: route.fulfill(
            status=429, headers={"Retry-After": "60"}, json={"problem": "too-often", "message": "…"}
        ),
        times=1,
    )
    write(page, "geduld")
    expect_state(page, UNSAVED)
    write(page, "veel geduld")
    page.clock.run_for(50_000)
    assert len(posts) == 1

    with page.expect_response(SAVE):
        page.clock.run_for(40_000)

    expect_state(page)
    assert kept(page.context) == "veel geduld"


def test_a_server_that_is_down_for_a_moment_loses_nothing(
    new_context: NewContext, tmp_path: Path
) -> None:
    with serving(tmp_path) as own_server:
        page = watched(new_context(base_url=own_server.url).new_page())
        page.goto(ROLE)
        own_server.kill()
        write(page, "terwijl de server weg was")
        expect_state(page, UNSAVED)
        own_server.start()

        expect(state(page, SAVED)).to_have_count(1, timeout=15_000)
        assert kept(page.context) == "terwijl de server weg was"


def test_a_value_that_changed_without_an_event_is_saved_on_leaving_it(page: Page) -> None:
    page.goto(ROLE)
    page.locator(OTHER_BOX).focus()
    page.locator(BOX).evaluate("area => { area.value = 'door iets anders ingevuld' }")
    with page.expect_response(SAVE):
        page.locator(OTHER_BOX).blur()

    expect_state(page)
    assert kept(page.context) == "door iets anders ingevuld"


def test_a_value_that_changed_without_an_event_goes_along_on_following_a_link(page: Page) -> None:
    page.goto(ROLE)
    page.locator(BOX).evaluate("area => { area.value = 'door iets anders ingevuld' }")
    page.get_by_role("link", name="Naar je overzicht").first.click()

    expect(page.locator(".document")).to_contain_text("door iets anders ingevuld")


def test_values_that_changed_without_an_event_are_kept_when_the_page_goes(page: Page) -> None:
    page.goto(ROLE)
    save(page, "een")
    page.locator(OTHER_BOX).evaluate("area => { area.value = 'door iets anders ingevuld' }")
    page.locator(MARK).evaluate("box => { box.checked = true }")
    page.evaluate("location.assign('/privacy/')")
    page.wait_for_url("**/privacy/")

    page.goto(ROLE)

    expect(page.locator(OTHER_BOX)).to_have_value("door iets anders ingevuld")
    expect(page.locator(MARK)).to_be_checked()
    expect_state(page, SAVED_EARLIER_OR_NOW)
    assert kept(page.context, box=OTHER_BOX) == "door iets anders ingevuld"


def test_the_page_says_who_wrote_and_in_which_order(page: Page) -> None:
    page.goto(ROLE)
    bodies: list[dict[str, list[dict[str, int]]]] = []
    page.on(
        "request",
        lambda request: (
            bodies.append(json.loads(request.post_data or "{}"))
            if "/bewaren/" in request.url
            else None
        ),
    )
    save(page, "een")
    page.locator(MARK).check()
    expect_state(page)
    page.locator(MARK).uncheck()
    expect_state(page)

    changes = [change for body in bodies for change in (*body["texts"], *body["marks"])]
    assert len({change["writer"] for change in changes}) == 1
    order = [change["sequence"] for change in changes]
    assert order == sorted(order)


def test_what_nobody_sees_goes_from_the_field_while_one_types_on(page: Page) -> None:
    page.goto(ROLE)
    box = page.locator(BOX)
    with page.expect_response(SAVE):
        box.evaluate("each => { each.value = 'een\\u2028twee\\u0007'; each.focus(); }")
        box.press("End")
        page.keyboard.type("!")

    expect(box).to_have_value("een\ntwee!")
    expect(state(page, re.compile("Onzichtbare tekens"))).to_have_count(1)
    page.keyboard.type("?")
    expect_state(page, re.compile(r"Bewaard om \d\d:\d\d$"))
    assert kept(page.context) == "een\ntwee!?"
