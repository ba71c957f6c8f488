"""The overview page: choices act at once, its panel is whole, and nothing runs off it."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESKTOP, NewContext, watched
from tests.browser.worksheet_page import (
    FOLD,
    NAME,
    OVERVIEW,
    ROLE,
    SAVE,
    announcements,
    save,
)

LAPTOP = {"width": 1366, "height": 768}
NARROW = {"width": 320, "height": 640}
ONLY_MINE = "Alleen wat ik heb ingevuld"
CONTENTS = "#contents"
TEXT_SPACING = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
"""
LONG = {
    "wide": "W" * 200,
    "address": f"{'voornaam.tussenvoegsel.achternaam' * 2}@{'school' * 2}.nl",
}


def fill_in(page: Page) -> None:
    page.goto(ROLE)
    page.locator('[name=mark][value="mentor-visie-rol-1:work-on"]').check()
    save(page, "een aandachtspunt")


@pytest.fixture
def overview(page: Page) -> Page:
    """The overview of a worksheet with a text and a tick in one area."""
    fill_in(page)
    page.goto(OVERVIEW)
    return page


def test_a_choice_acts_at_once_where_one_is(overview: Page) -> None:
    said, saved = announcements(overview, CONTENTS), overview.locator("#saving").inner_text()
    overview.evaluate("scrollTo(0, 120)")
    expect(overview.locator(".document section.area")).to_have_count(4)
    expect(overview.get_by_role("button", name="Overzicht bijwerken")).to_be_hidden()

    overview.get_by_label(ONLY_MINE).check()

    expect(overview.locator(".document section.area")).to_have_count(1)
    expect(overview.locator(".document .statement")).to_have_count(1)
    expect(overview).to_have_url(re.compile(r"/overzicht/\?inhoud=notities$"))
    assert overview.evaluate("scrollY") == 120
    expect(overview.get_by_label(ONLY_MINE)).to_be_focused()
    assert said == ["Alleen wat je hebt ingevuld: 1 van 8 velden · 1 vinkje"]
    assert overview.locator("#saving").inner_text() == saved
    expect(overview.locator("a.language")).to_have_attribute(
        "href", re.compile(r"/en/lob/mentor/overzicht/\?inhoud=notities$")
    )


def test_a_choice_that_leaves_nothing_offers_what_there_is(overview: Page) -> None:
    overview.get_by_label(ONLY_MINE).check()
    overview.get_by_label("Aandachtsgebied").select_option("Organisatie")

    expect(overview.locator(CONTENTS)).to_contain_text(
        "Organisatie. Hier heb je nog niets ingevuld"
    )
    expect(overview.get_by_role("button", name="PDF")).to_have_count(0)

    overview.get_by_role("link", name="van alle aandachtsgebieden").click()

    expect(overview).to_have_url(re.compile(r"[?&]inhoud=notities#keuze$"))
    expect(overview.get_by_role("button", name="PDF")).to_be_visible()


def test_of_two_quick_choices_the_last_is_shown(overview: Page) -> None:
    def wait(route: Route) -> None:
        overview.wait_for_timeout(500)
        route.continue_()

    overview.route("**/overzicht/?gebied=visie*", wait)
    overview.get_by_label("Aandachtsgebied").select_option("visie")
    overview.get_by_label("Aandachtsgebied").select_option("organisatie")
    expect(overview.locator(CONTENTS)).to_contain_text("Organisatie.")
    overview.wait_for_timeout(1000)

    expect(overview.locator(CONTENTS)).to_contain_text("Organisatie.")
    expect(overview).to_have_url(re.compile(r"gebied=organisatie$"))


def test_without_a_connection_it_says_so_and_the_button_is_there(overview: Page) -> None:
    overview.context.set_offline(True)
    overview.get_by_label(ONLY_MINE).check()
    expect(overview.locator(CONTENTS)).to_contain_text("nog niet bijgewerkt")
    button = overview.get_by_role("button", name="Overzicht bijwerken")
    expect(button).to_be_visible()
    button.click()
    expect(overview.get_by_role("alert")).to_contain_text("Dat is niet gelukt")

    overview.context.set_offline(False)
    button.click()

    expect(overview).to_have_url(re.compile(r"\?inhoud=notities#keuze$"))
    expect(overview.locator(".document section.area")).to_have_count(1)
    expect(button).to_be_hidden()


def test_a_choice_shows_the_worksheet_of_the_page_whatever_was_begun_elsewhere(
    overview: Page,
) -> None:
    other = watched(overview.context.new_page())
    other.goto("/werkbladen/")
    other.locator("form.begin button, .begin button").first.click()
    save(other, "van een ander werkblad")

    overview.get_by_label(ONLY_MINE).check()
    expect(overview.locator(".document section.area")).to_have_count(1)

    expect(overview.locator(".document .typed")).to_have_text("een aandachtspunt")


def test_typing_a_name_and_choosing_keeps_both(overview: Page) -> None:
    overview.locator(FOLD).click()
    with overview.expect_response(SAVE):
        save(overview, "Noor de Wit", NAME)
    save(overview, "teamdag", "#text-occasion")
    expect(overview.locator("[data-detail=occasion]")).to_have_text("Gelegenheidteamdag")
    overview.get_by_label(ONLY_MINE).check()
    expect(overview.locator(".document section.area")).to_have_count(1)

    expect(overview.locator(".document .details")).to_contain_text("Noor de Wit")
    expect(overview.locator(".document .details")).to_have_text(re.compile("Gelegenheidteamdag"))
    expect(overview.get_by_text("Gelegenheid", exact=True)).to_have_count(1)
    expect(overview.locator(NAME)).to_have_value("Noor de Wit")
    overview.reload()
    expect(overview.locator(NAME)).to_be_visible()


def test_a_text_that_waits_opens_its_fold(overview: Page) -> None:
    overview.route(SAVE, lambda route: route.abort())
    overview.locator(FOLD).click()
    overview.locator(NAME).fill("Noor")
    overview.locator(NAME).blur()

    overview.reload()

    expect(overview.locator(NAME)).to_be_visible()
    expect(overview.locator(NAME)).to_have_value("Noor")


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("spacing", ["", TEXT_SPACING], ids=["plain", "spaced"])
def test_the_panel_is_whole_on_a_laptop(
    new_context: NewContext, language: str, spacing: str
) -> None:
    page = watched(new_context(viewport=LAPTOP, bypass_csp=True).new_page())
    fill_in(page)
    page.goto(f"{language}{OVERVIEW}")
    if spacing:
        page.add_style_tag(content=spacing)
    panel = page.locator(".options")

    for scrolled in (0, 900):
        page.evaluate(f"scrollTo(0, {scrolled})")
        box = panel.bounding_box()
        assert box
        assert box["y"] >= 0
        if not spacing:
            assert box["y"] + box["height"] <= LAPTOP["height"]
        assert panel.evaluate("each => each.scrollHeight <= each.clientHeight")


def test_the_panel_with_everything_open_scrolls_with_the_page(new_context: NewContext) -> None:
    page = watched(new_context(viewport=LAPTOP).new_page())
    fill_in(page)
    page.goto(OVERVIEW)
    page.locator(FOLD).click()
    last = page.get_by_role("button", name="Markdown")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)


def test_the_first_download_is_as_wide_as_the_panel(new_context: NewContext) -> None:
    for size in (NARROW, LAPTOP):
        page = watched(new_context(viewport=size).new_page())
        fill_in(page)
        page.goto(OVERVIEW)
        first = page.locator("#downloads button").first
        assert "Download als PDF" in first.inner_text()
        assert first.evaluate("each => each.offsetWidth === each.parentElement.clientWidth")
        heights = page.locator("#downloads button").evaluate_all(
            "all => all.map((each) => each.offsetHeight)"
        )
        assert min(heights) >= 44


def name_everything(page: Page, words: str) -> None:
    page.goto(ROLE)
    save(page, f"{words}\n{words}")
    page.goto(OVERVIEW)
    page.locator(FOLD).click()
    for name in ("name", "school", "occasion"):
        save(page, words, f"#text-{name}")
    page.goto("/werkbladen/")
    page.locator(".names summary").click()
    page.locator("[name='text:title']").fill(words)
    page.locator(".names button").click()


def sideways(page: Page) -> int:
    root = page.locator("html")
    return int(root.evaluate("each => each.scrollWidth - each.clientWidth"))


@pytest.mark.parametrize("words", LONG.values(), ids=LONG)
def test_a_long_name_makes_nothing_scroll_sideways(new_context: NewContext, words: str) -> None:
    page = watched(new_context(bypass_csp=True).new_page())
    name_everything(page, words)
    for width in (320, 360, 768, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        for path in ("/", ROLE, OVERVIEW, "/werkbladen/", "/werkbladen/wissen/"):
            page.goto(path)
            assert sideways(page) == 0, (width, path)
            page.add_style_tag(content=TEXT_SPACING)
            assert sideways(page) == 0, (width, path, "text spacing")
            page.add_style_tag(content="html { font-size: 200% }")
            assert sideways(page) == 0, (width, path, "text spacing, 200 %")


def test_each_line_of_a_note_has_its_own_direction(page: Page) -> None:
    page.goto(ROLE)
    save(page, "links eerst\nשלום עולם\nweer links")
    page.goto(OVERVIEW)
    starts_left = page.locator(".document .typed").evaluate(
        """typed => {
          const box = typed.getBoundingClientRect();
          const range = document.createRange();
          const [words] = typed.childNodes;
          return ["links", "שלום", "weer"].map((first) => {
            const at = words.data.indexOf(first);
            range.setStart(words, at);
            range.setEnd(words, at + first.length);
            const said = range.getBoundingClientRect();
            return said.left - box.left < box.right - said.right;
          });
        }"""
    )
    assert starts_left == [True, False, True]


def test_erasing_does_not_look_like_downloading(new_context: NewContext) -> None:
    for scheme in ("light", "dark"):
        page = watched(new_context(viewport=DESKTOP, color_scheme=scheme).new_page())
        fill_in(page)
        page.goto(OVERVIEW)
        paper = "each => getComputedStyle(each).backgroundColor"
        download = page.locator("#downloads .button").evaluate(paper)
        page.goto("/werkbladen/wissen/")
        assert page.get_by_role("button", name="Ja, verwijder alles").evaluate(paper) != download
        assert page.get_by_role("link", name="Naar het overzicht").is_visible()
