"""The role page is short where it can be, says where one is and what is noted, and has no noise."""

import re

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import NewContext
from tests.browser.worksheet_page import OFFLINE, ROLE, expect_state

FIRST = '[name=mark][value="mentor-visie-rol-1:work-on"]'
PHONE = {"width": 360, "height": 740}


def box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found
    return found


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_is_asked_begins_on_the_first_screen_of_a_phone(
    new_context: NewContext, prefix: str
) -> None:
    page = new_context(viewport=PHONE).new_page()
    page.goto(prefix + ROLE)

    assert box(page.locator("section.area h2").first)["y"] <= 420
    bar = page.locator("#areas")
    assert box(bar)["height"] <= 52
    links = bar.get_by_role("link")
    assert len({box(each)["height"] for each in links.all()}) == 1
    sizes = links.evaluate_all(
        "links => links.map((each) => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= 13
    heads = page.locator(".heads span").evaluate_all(
        """heads => heads.map((head) => {
          const words = document.createRange();
          words.selectNodeContents(head);
          return words.getClientRects().length <= head.textContent.trim().split(/\\s+/).length;
        })"""
    )
    assert all(heads), "a head is broken within a word"
    for tick in page.locator(".tick").all()[:6]:
        assert min(box(tick)["width"], box(tick)["height"]) >= 44


@pytest.mark.parametrize("width", [320, 360, 768, 1366, 1920])
def test_nothing_moves_when_a_statement_is_ticked(new_context: NewContext, width: int) -> None:
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(ROLE)
    places = """() => [...document.querySelectorAll('.statement, .attention')].map(
      (each) => each.getBoundingClientRect().top + scrollY)"""
    before = page.evaluate(places)
    plain = page.locator(".statement").first.evaluate("e => getComputedStyle(e).backgroundColor")

    page.locator(FIRST).check()

    assert page.evaluate(places) == before
    tinted = page.locator(".statement").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert tinted != plain
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_screen_reader_reads_each_statement_once(page: Page) -> None:
    page.goto(ROLE)
    names = _names(page)
    statements = page.locator(".statement .said > p").all_text_contents()
    assert len(statements) == 36
    for each in statements:
        assert sum(each.strip() in name for name in names) == 1, each
    first = page.locator(FIRST)
    expect(first).to_have_accessible_name("Hieraan werken")
    expect(first).to_have_accessible_description(statements[0].strip())


def _names(page: Page) -> list[str]:
    """What the accessibility tree says of everything that is no text inside a named element."""
    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    return [
        node["name"]["value"]
        for node in nodes
        if not node["ignored"] and node.get("name") and node["role"]["value"] != "InlineTextBox"
    ]


def test_the_bar_says_what_is_noted_everywhere_and_where_one_is(page: Page) -> None:
    page.goto(ROLE)
    page.locator("#text-visie-rol").fill("een punt")
    page.locator(FIRST).check()
    expect_state(page)
    expect(page.locator('[data-amount=""]')).to_have_text("1 van 8 velden · 1 vinkje")
    expect(page.locator(".dot.noted")).to_have_count(1)

    page.goto(f"{ROLE}?gebied=organisatie")
    expect(page.locator('[data-amount=""]')).to_have_text("1 van 8 velden · 1 vinkje")
    page.locator("#text-organisatie-rol").fill("nog een")
    expect(page.locator('[data-amount=""]')).to_have_text("2 van 8 velden · 1 vinkje")
    expect_state(page)
    current = page.locator("#areas [aria-current]")
    expect(current).to_contain_text("Organisatie")

    page.goto("/werkbladen/")
    expect(page.locator(".worksheets")).to_contain_text("2 van 8 velden · 1 vinkje")
    page.goto(ROLE)
    page.locator("#organisatie").scroll_into_view_if_needed()
    page.locator("#text-organisatie-rol").focus()
    expect(page.locator("#areas [aria-current=location]")).to_contain_text("Organisatie")
    page.get_by_role("link", name="Verder naar Samenwerking").click()
    expect(page.locator("#areas [aria-current=location]")).to_contain_text("Samenwerking")


def test_the_overview_is_one_tap_away(new_context: NewContext) -> None:
    page = new_context(viewport=PHONE).new_page()
    page.goto(ROLE)
    page.locator("#text-samenwerking-rol").fill("een punt")
    link = page.locator(".to-overview")
    place = box(link)
    assert place["y"] + place["height"] <= PHONE["height"]

    link.click()

    expect(page).to_have_url(re.compile("/overzicht/$"))
    expect(page.locator(".document")).to_contain_text("een punt")


@pytest.mark.parametrize("size", [(740, 360), (320, 256)], ids=["landscape", "at 400 percent"])
def test_the_field_itself_says_whether_it_is_saved(
    new_context: NewContext, size: tuple[int, int]
) -> None:
    context = new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(ROLE)
    field = page.locator("#text-orientatie-rol")
    here = page.locator('[data-here="orientatie-rol"]')
    field.fill("een punt")
    expect(here).to_have_text(re.compile(r"Bewaard om \d\d:\d\d"))
    field.focus()
    expect(here).to_be_in_viewport()

    context.set_offline(True)
    field.fill("een ander punt")
    expect(here).to_have_text(OFFLINE)
    expect(page.locator('[data-here="visie-rol"]')).to_have_text("")


def test_every_piece_of_the_source_stands_in_its_place(page: Page) -> None:
    page.goto(ROLE)
    text = page.locator("main").inner_text()
    order = [
        "Decaan/SLB-coördinator",
        "Raamwerk voor loopbaanbegeleiding jongeren · Begeleider primair proces",
        "Voor begeleiders van jongeren in het primaire onderwijsproces",
        "Scroll voor informatie over álle aandachtsgebieden",
        "Maak dan een keuze uit de onderstaande aandachtsgebieden:",
        "Visie en advies voor beleid",
        "Kan ouders faciliteren in loopbaanondersteuning jongere",
        "Download je overzicht",
        "LET OP: het downloaden werkt alleen",
        "Gerelateerde informatie",
        "De letters tussen haakjes in bovenstaande beschrijvingen",
        "(K) UFO-profiel studieadviseur universitair",
    ]
    found = [text.find(each) for each in order]
    assert -1 not in found
    assert found == sorted(found)
    page.get_by_text("Zo werkt het").click()
    expect(page.get_by_text("De letters tussen haakjes in onderstaande")).to_be_visible()
