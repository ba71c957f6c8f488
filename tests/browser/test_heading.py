"""The heading of the overview (name, school, occasion) is saved by the same rules as the notes."""

import re
from pathlib import Path

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
    open_heading,
    save,
    state,
    write,
)
from tests.serving import serving

UNREACHABLE = re.compile("Dat is niet gelukt: er is geen verbinding met de site")


@pytest.fixture
def overview(page: Page) -> Page:
    """The overview of a worksheet that has a note."""
    page.goto(ROLE)
    save(page, "een notitie")
    open_heading(page)
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

    open_heading(overview)

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
    open_heading(other)
    save(other, "Noor", NAME)
    write(overview, "De Wit", NAME)
    expect(overview.locator("#trouble-name .typed")).to_have_text("Noor")
    with overview.expect_navigation():
        overview.get_by_role("button", name="Markdown").click()
    open_heading(overview)
    expect(overview.locator("#trouble-name .typed")).to_have_text("Noor")
    with overview.expect_navigation():
        overview.get_by_role("button", name="Markdown").click()

    with overview.expect_navigation():
        overview.get_by_role("button", name=button).click()

    open_heading(overview)
    expect(overview.locator("#trouble-name")).to_be_empty()
    assert kept_name(overview) == chosen


def test_two_windows_show_both(new_context: NewContext) -> None:
    context = new_context()
    start = watched(context.new_page())
    start.goto(ROLE)
    save(start, "een notitie")
    first, second = watched(context.new_page()), watched(context.new_page())
    for window in (first, second):
        open_heading(window)
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


def test_the_document_on_the_page_says_what_is_kept(overview: Page) -> None:
    details = overview.locator(".document .details")
    expect(details.get_by_text("Naam")).to_be_hidden()
    save(overview, "  Noor de Wit\u0007", NAME)
    expect(details.get_by_text("Noor de Wit", exact=True)).to_be_visible()
    expect(details.get_by_text("Naam")).to_be_visible()

    save(overview, "Daan", NAME)
    expect(details).to_contain_text("Daan")
    expect(details).not_to_contain_text("Noor")

    save(overview, " ", NAME)
    expect(details.get_by_text("Naam")).to_be_hidden()


def test_the_document_on_the_page_keeps_what_is_kept_while_another_name_is_refused(
    overview: Page,
) -> None:
    save(overview, "Noor", NAME)
    write(overview, "x" * 203, NAME)
    expect(overview.locator("#trouble-name")).to_contain_text("3 tekens te lang")

    expect(overview.locator(".document .details")).to_contain_text("Noor")


@pytest.mark.parametrize("button", ["PDF", "Word", "OpenDocument", "Markdown"])
def test_without_a_connection_a_button_leaves_the_page_and_says_so(
    overview: Page, button: str
) -> None:
    overview.context.set_offline(True)
    overview.locator(NAME).fill("Noor de Wit")
    overview.get_by_role("button", name=button).click()

    expect(overview.get_by_role("alert").filter(has_text=UNREACHABLE)).to_be_visible()
    expect(overview.locator(NAME)).to_have_value("Noor de Wit")
    assert OVERVIEW in overview.url
    overview.context.set_offline(False)
    expect_state(overview)
    with overview.expect_download() as downloading:
        overview.get_by_role("button", name="Markdown").click()
    assert "Noor de Wit" in downloading.value.path().read_text()
    expect(overview.get_by_text(UNREACHABLE)).to_have_count(0)


def test_a_download_from_a_server_that_is_down_leaves_the_page_and_says_so(
    new_context: NewContext, tmp_path: Path
) -> None:
    with serving(tmp_path) as own_server:
        page = watched(new_context(base_url=own_server.url).new_page())
        page.goto(ROLE)
        save(page, "een notitie")
        page.goto(OVERVIEW)
        own_server.kill()
        page.get_by_role("button", name="PDF").click()

        expect(page.get_by_text(UNREACHABLE)).to_be_visible()
        expect(page.locator(".document")).to_contain_text("een notitie")


def test_a_choice_without_a_connection_leaves_both_texts(overview: Page) -> None:
    other = overview.context.new_page()
    open_heading(other)
    save(other, "Noor", NAME)
    write(overview, "De Wit", NAME)
    with overview.expect_navigation():
        overview.get_by_role("button", name="Markdown").click()
    overview.context.set_offline(True)
    overview.get_by_role("button", name="beide").click()
    expect(overview.get_by_text(UNREACHABLE)).to_be_visible()
    overview.context.set_offline(False)

    overview.goto(OVERVIEW)

    expect(overview.locator(NAME)).to_have_value("De Wit")
    expect(overview.locator("#trouble-name .typed")).to_have_text("Noor")
