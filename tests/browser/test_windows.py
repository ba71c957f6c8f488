"""Several tabs and windows of one browser: every text is kept or shown."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import NewContext, watched
from tests.browser.worksheet_page import (
    BEGIN,
    BOX,
    MARK,
    OFFLINE,
    OTHER_BOX,
    ROLE,
    SAVE,
    SAVED_EARLIER_OR_NOW,
    UNSAVED,
    expect_state,
    hold_posts,
    is_marked,
    kept,
    let_arrive,
    lose_everything,
    save,
    write,
)

DECAAN = "/lob/decaan/"


def two_windows(new_context: NewContext) -> tuple[Page, Page]:
    """Two tabs of one browser on one field, of which the second is now in conflict."""
    context = new_context()
    start = context.new_page()
    start.goto(ROLE)
    start.locator(MARK).check()
    expect_state(start)
    first, second = watched(context.new_page()), watched(context.new_page())
    for window in (first, second):
        window.goto(ROLE)
    for window, text in ((first, "uit het eerste"), (second, "uit het tweede")):
        write(window, text)
        expect(window.locator(BOX)).to_have_value(text)
        if window is first:
            expect_state(first)
    expect(second.locator("#trouble-visie-rol .typed")).to_have_text("uit het eerste")
    return first, second


@pytest.mark.parametrize(
    ("choice", "result"),
    [
        ("Bewaar mijn tekst", "uit het tweede"),
        ("Bewaar de andere tekst", "uit het eerste"),
        ("Bewaar beide teksten, onder elkaar", "uit het eerste\n\nuit het tweede"),
    ],
)
def test_two_windows_both_texts_are_shown_and_the_person_chooses(
    new_context: NewContext, choice: str, result: str
) -> None:
    _first, second = two_windows(new_context)
    expect(second.locator(BOX)).to_have_value("uit het tweede")
    assert kept(second.context) == "uit het eerste"

    second.get_by_role("button", name=choice).click()

    expect_state(second)
    expect(second.locator(BOX)).to_have_value(result)
    assert kept(second.context) == result


def test_a_conflict_is_still_there_after_leaving_it_open(new_context: NewContext) -> None:
    _first, second = two_windows(new_context)
    second.goto("/")

    second.goto(ROLE)

    expect(second.locator(BOX)).to_have_value("uit het tweede")
    expect(second.locator("#trouble-visie-rol .typed")).to_have_text("uit het eerste")
    assert kept(second.context) == "uit het eerste"


def test_typing_on_in_a_conflict_overwrites_nothing(new_context: NewContext) -> None:
    _first, second = two_windows(new_context)
    write(second, "uit het tweede, en meer")
    save_other = second.locator(OTHER_BOX)
    with second.expect_response(SAVE):
        save_other.fill("iets anders")
        save_other.blur()

    assert kept(second.context) == "uit het eerste"
    expect(second.locator("#trouble-visie-rol .typed")).to_have_text("uit het eerste")
    expect_state(second, UNSAVED)


def without_locks(context: BrowserContext) -> None:
    """As over plain http, where browsers have no Web Locks."""
    context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'locks', {value: undefined})"
    )


@pytest.mark.parametrize("locks", [True, False], ids=["locks", "no locks"])
@pytest.mark.parametrize(
    ("path", "box"), [(ROLE, OTHER_BOX), (DECAAN, BOX)], ids=["one role", "two roles"]
)
def test_two_tabs_opened_before_the_first_note_keep_both_texts(
    new_context: NewContext, path: str, box: str, locks: bool
) -> None:
    context = new_context()
    if not locks:
        without_locks(context)
    first, second = watched(context.new_page()), watched(context.new_page())
    first.goto(ROLE)
    second.goto(path)
    context.set_offline(True)
    write(first, "uit het eerste")
    write(second, "uit het tweede", box)
    for tab in (first, second):
        expect_state(tab, OFFLINE)

    context.set_offline(False)

    for tab in (first, second):
        expect_state(tab)
    assert kept(context) == "uit het eerste"
    assert kept(context, path, box) == "uit het tweede"
    for tab, field, text in ((first, BOX, "uit het eerste"), (second, box, "uit het tweede")):
        tab.reload()
        expect(tab.locator(field)).to_have_value(text)


def test_two_tabs_opened_before_the_first_note_of_one_field_show_both_texts(
    new_context: NewContext,
) -> None:
    context = new_context()
    first, second = watched(context.new_page()), watched(context.new_page())
    for tab in (first, second):
        tab.goto(ROLE)
    save(first, "uit het eerste")
    write(second, "uit het tweede")

    second.get_by_role("button", name="Bewaar beide teksten, onder elkaar").click()

    expect_state(second)
    assert kept(context) == "uit het eerste\n\nuit het tweede"


def test_two_tabs_and_a_lost_beginning_keep_both_texts(new_context: NewContext) -> None:
    context = new_context()
    first, second = watched(context.new_page()), watched(context.new_page())
    for tab in (first, second):
        tab.goto(ROLE)
    first.route(BEGIN, lose_everything, times=1)
    write(first, "uit het eerste")
    write(second, "uit het tweede", OTHER_BOX)

    for tab in (first, second):
        expect_state(tab)
    assert kept(context) == "uit het eerste"
    assert kept(context, box=OTHER_BOX) == "uit het tweede"


def test_a_held_text_that_arrives_late_undoes_nothing(page: Page) -> None:
    page.goto(ROLE)
    save(page, "nul")
    held = hold_posts(page)
    write(page, "een")
    expect_state(page, OFFLINE)
    page.goto("/")
    page.unroute(SAVE)
    page.goto(ROLE)
    expect_state(page, SAVED_EARLIER_OR_NOW)
    save(page, "twee")

    let_arrive(page, held[-1])

    assert kept(page.context) == "twee"


def test_a_held_mark_that_arrives_late_undoes_nothing(page: Page) -> None:
    page.goto(ROLE)
    held = hold_posts(page)
    page.locator(MARK).check()
    expect_state(page, OFFLINE)
    page.goto("/")
    page.unroute(SAVE)
    page.goto(ROLE)
    expect(page.locator(MARK)).to_be_checked()
    expect_state(page, SAVED_EARLIER_OR_NOW)
    with page.expect_response(SAVE):
        page.locator(MARK).uncheck()
    expect_state(page)

    let_arrive(page, held[-1])

    assert not is_marked(page.context)
    page.reload()
    expect(page.locator(MARK)).not_to_be_checked()


def test_the_last_click_in_a_living_page_counts(new_context: NewContext) -> None:
    context = new_context()
    first, second = watched(context.new_page()), watched(context.new_page())
    first.goto(ROLE)
    second.goto(ROLE)
    for turn in ("check", "uncheck", "check"):
        with first.expect_response(SAVE):
            getattr(first.locator(MARK), turn)()
        expect_state(first)
    second.locator(MARK).check()
    expect_state(second)
    second.locator(MARK).uncheck()
    expect_state(second)

    assert not is_marked(context)
    first.locator(MARK).uncheck()
    expect_state(first)
    first.locator(MARK).check()
    expect_state(first)
    assert is_marked(context)


def test_drafts_of_two_windows_are_both_there(new_context: NewContext) -> None:
    context = new_context()
    first, second = watched(context.new_page()), watched(context.new_page())
    first.goto(ROLE)
    save(first, "nul")
    second.goto(ROLE)
    context.set_offline(True)
    write(first, "uit het eerste")
    write(second, "uit het tweede")
    for window in (first, second):
        expect_state(window, OFFLINE)
        window.close()
    context.set_offline(False)

    page = watched(context.new_page())
    page.goto(ROLE)
    expect(page.locator("#trouble-visie-rol .typed")).to_be_visible()
    page.get_by_role("button", name="Bewaar beide teksten, onder elkaar").click()

    expect_state(page)
    assert set(kept(context).split("\n\n")) == {"uit het eerste", "uit het tweede"}
    page.goto(ROLE)
    expect(page.locator(".trouble .other")).to_have_count(0)


def test_a_draft_of_one_worksheet_never_reaches_another(new_context: NewContext) -> None:
    context = new_context()
    page = watched(context.new_page())
    page.goto(ROLE)
    save(page, "van het eerste werkblad", OTHER_BOX)
    page.route(SAVE, lambda route: route.abort())
    write(page, "concept bij het eerste")
    expect_state(page, OFFLINE)
    page.goto("about:blank")
    page.unroute(SAVE)

    page.goto("/lob/mentor/overzicht/")
    begun = page.evaluate(
        """() => fetch(document.getElementById("worksheet").dataset.save, {
             method: "POST",
             headers: {"Content-Type": "application/json", Accept: "application/json"},
             body: JSON.stringify({
               framework: "lob", role: "mentor", worksheet: "new:", marks: [],
               edition: document.querySelector("[name=edition]").value,
               texts: [{field: "organisatie-rol", text: "van het tweede",
                        base: "", writer: "w", sequence: 1}],
             }),
           }).then((response) => response.status)"""
    )
    assert begun == 200
    page.goto(ROLE)

    expect(page.locator("#text-organisatie-rol")).to_have_value("van het tweede")
    expect(page.locator(BOX)).to_have_value("")
    expect(page.locator(".trouble .other")).to_have_count(0)
    assert kept(context) == ""


def erase_elsewhere(context: BrowserContext) -> None:
    """Another tab of this browser erases everything."""
    tab = watched(context.new_page())
    tab.goto("/werkbladen/wissen/")
    tab.get_by_role("button", name="Ja").click()
    expect(tab.get_by_text("Alles is verwijderd")).to_be_visible()
    tab.close()


def erase_unseen(page: Page) -> None:
    """Everything is erased, and no storage of this browser tells of it."""
    origin = {"Origin": page.evaluate("location.origin")}
    assert page.context.request.post("/werkbladen/wissen/", form={}, headers=origin).ok


def test_that_everything_was_erased_is_told_once(page: Page) -> None:
    page.goto(ROLE)
    save(page, "eerst")
    erase_unseen(page)
    write(page, "daarna", OTHER_BOX)

    reason = page.get_by_text("Deze browser heeft geen sleutel die hier een werkblad opent")
    expect(reason).to_have_count(1)
    expect(page.locator("#trouble-visie-deskundigheid")).to_contain_text("in een nieuw werkblad")
    expect_state(page, UNSAVED)


def test_why_a_mark_has_no_worksheet_any_more_is_told_beside_it(page: Page) -> None:
    page.goto(ROLE)
    save(page, "eerst", "#text-organisatie-rol")
    erase_unseen(page)
    page.locator(MARK).check()

    expect(page.locator("#trouble-visie-rol")).to_contain_text("in een nieuw werkblad")


def test_what_is_noted_after_everything_was_erased_is_there_in_the_next_page(
    page: Page,
) -> None:
    page.goto(ROLE)
    page.locator(MARK).check()
    save(page, "gewist")
    page.locator(MARK).uncheck()
    expect_state(page)
    erase_unseen(page)
    write(page, "daarna", OTHER_BOX)
    page.locator(MARK).check()
    expect(page.get_by_role("button", name="in een nieuw werkblad")).to_be_visible()

    page.goto(ROLE)

    expect(page.locator(OTHER_BOX)).to_have_value("daarna")
    expect(page.locator(MARK)).to_be_checked()
    expect_state(page, SAVED_EARLIER_OR_NOW)
    expect(page.locator(BOX)).to_have_value("")
    assert kept(page.context, box=OTHER_BOX) == "daarna"
    assert is_marked(page.context)


@pytest.mark.parametrize("path", [ROLE, "/lob/mentor/overzicht/"])
def test_what_another_tab_erased_leaves_the_page(page: Page, path: str) -> None:
    page.goto(ROLE)
    save(page, "gewiste woorden")
    page.goto(path)
    expect(page.get_by_text("gewiste woorden")).to_have_count(1)
    erase_elsewhere(page.context)

    expect(page.get_by_text("gewiste woorden")).to_have_count(0)
