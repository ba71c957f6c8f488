"""The heading of the overview (name, school, occasion) is saved by the same rules as the notes."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, watched
from tests.browser.worksheet_page import (
    NAME,
    OFFLINE,
    OVERVIEW,
    ROLE,
    SAVE,
    SAVED,
    SAVED_EARLIER_OR_NOW,
    UNSAVED,
    expect_state,
    kept,
    lose_answer,
    save,
    state,
    write,
)


@pytest.fixture
def overview(page: Page) -> Page:
    """The overview of a worksheet that has a note."""
    page.goto(ROLE)
    save(page, "een notitie")
    page.goto(OVERVIEW)
    return page


def kept_name(page: Page) -> str:
    return kept(page.context, OVERVIEW, NAME)


def test_it_is_saved_and_told(overview: Page) -> None:
    save(overview, "Noor de Wit", NAME)

    assert kept_name(overview) == "Noor de Wit"


def test_without_a_connection_it_says_so_and_saves_later(overview: Page) -> None:
    overview.context.set_offline(True)
    write(overview, "Noor de Wit", NAME)
    expect_state(overview, OFFLINE)

    overview.context.set_offline(False)

    expect_state(overview)
    assert kept_name(overview) == "Noor de Wit"


def test_a_lost_answer_makes_no_conflict(overview: Page) -> None:
    overview.route(SAVE, lose_answer, times=1)
    write(overview, "Noor", NAME)
    expect_state(overview, OFFLINE)
    write(overview, "Noor de Wit", NAME)

    expect_state(overview)
    assert kept_name(overview) == "Noor de Wit"


def test_what_is_refused_is_told_and_not_called_saved(overview: Page) -> None:
    write(overview, "x" * 203, NAME)
    expect(overview.locator("#trouble-name")).to_contain_text("3 tekens te lang")
    expect_state(overview, UNSAVED)
    expect(state(overview, SAVED)).to_have_count(0)
    expect(overview.locator(NAME)).to_have_value("x" * 203)

    write(overview, "x" * 200, NAME)

    expect_state(overview)
    assert kept_name(overview) == "x" * 200


def test_what_a_download_was_refused_for_waits_when_one_leaves(overview: Page) -> None:
    write(overview, "x" * 203, NAME)
    expect(overview.locator("#trouble-name")).to_contain_text("3 tekens te lang")
    with overview.expect_navigation():
        overview.get_by_role("button", name="Markdown").click()
    expect(overview.locator("#trouble-name")).to_contain_text("3 tekens te lang")

    overview.goto(OVERVIEW)

    expect(overview.locator(NAME)).to_have_value("x" * 203)
    write(overview, "kort", NAME)
    expect_state(overview)
    overview.reload()
    expect(overview.locator(NAME)).to_have_value("kort")
    expect(overview.locator("#trouble-name")).to_be_empty()


@pytest.mark.parametrize(
    ("button", "chosen"), [("mijn", "De Wit"), ("de andere", "Noor"), ("beide", "Noor / De Wit")]
)
def test_what_is_chosen_after_a_download_is_not_asked_again(
    overview: Page, button: str, chosen: str
) -> None:
    other = overview.context.new_page()
    other.goto(OVERVIEW)
    save(other, "Noor", NAME)
    write(overview, "De Wit", NAME)
    expect(overview.locator("#trouble-name .typed")).to_have_text("Noor")
    with overview.expect_navigation():
        overview.get_by_role("button", name="Markdown").click()
    overview.goto(OVERVIEW)
    expect(overview.locator("#trouble-name .typed")).to_have_text("Noor")
    with overview.expect_navigation():
        overview.get_by_role("button", name="Markdown").click()

    with overview.expect_navigation():
        overview.get_by_role("button", name=button).click()

    overview.goto(OVERVIEW)
    expect(overview.locator("#trouble-name")).to_be_empty()
    assert kept_name(overview) == chosen


def test_two_windows_show_both(new_context: NewContext) -> None:
    context = new_context()
    start = watched(context.new_page())
    start.goto(ROLE)
    save(start, "een notitie")
    first, second = watched(context.new_page()), watched(context.new_page())
    for window in (first, second):
        window.goto(OVERVIEW)
    save(first, "Noor", NAME)
    write(second, "De Wit", NAME)
    expect(second.locator("#trouble-name .typed")).to_have_text("Noor")
    assert kept(context, OVERVIEW, NAME) == "Noor"

    second.get_by_role("button", name="Bewaar mijn tekst").click()

    expect_state(second)
    assert kept(context, OVERVIEW, NAME) == "De Wit"


def test_reloading_with_the_cursor_in_it_keeps_it(overview: Page) -> None:
    overview.locator(NAME).press_sequentially("Noor de Wit")
    overview.reload()

    expect(overview.locator(NAME)).to_have_value("Noor de Wit")
    expect_state(overview)
    assert kept_name(overview) == "Noor de Wit"


def test_reloading_without_a_connection_and_coming_back_keeps_it(overview: Page) -> None:
    overview.route(SAVE, lambda route: route.abort())
    overview.locator(NAME).press_sequentially("Noor de Wit")
    overview.reload()
    expect(overview.locator(NAME)).to_have_value("Noor de Wit")
    expect_state(overview, OFFLINE)
    overview.unroute(SAVE)
    overview.reload()

    expect_state(overview, SAVED_EARLIER_OR_NOW)
    assert kept_name(overview) == "Noor de Wit"


def test_a_download_has_what_was_typed_a_moment_ago(overview: Page) -> None:
    overview.locator(NAME).fill("Noor de Wit")
    with overview.expect_download() as downloading:
        overview.get_by_role("button", name="Markdown").click()

    assert "Noor de Wit" in downloading.value.path().read_text()
    assert kept_name(overview) == "Noor de Wit"


def test_a_download_comes_without_a_connection_to_the_save_too(overview: Page) -> None:
    overview.route(SAVE, lambda route: route.abort())
    overview.locator(NAME).fill("Noor de Wit")
    with overview.expect_download() as downloading:
        overview.get_by_role("button", name="Markdown").click()

    assert "Noor de Wit" in downloading.value.path().read_text()


def test_the_enter_key_saves(overview: Page) -> None:
    overview.locator(NAME).fill("Noor de Wit")
    with overview.expect_response(SAVE):
        overview.locator(NAME).press("Enter")

    # Where the script has not arrived yet, the form itself is sent, and a page comes back.
    expect_state(overview, SAVED_EARLIER_OR_NOW)
    assert kept_name(overview) == "Noor de Wit"
