"""Who does what in a browser: names that stay in sight, and on a phone one role at a time."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewContext, watched

COMPARISON = "/lob/wie-doet-wat/"
TOP_OF_FACET = (
    "[...document.querySelectorAll('.of-facet')].map(each => each.getBoundingClientRect().top)"
)
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


def facet_tops(page: Page) -> list[float]:
    tops: list[float] = page.evaluate(TOP_OF_FACET)
    return tops


def test_the_names_of_the_roles_stay_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(COMPARISON)
    page.locator("#samenwerking").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 200)")

    for name in page.locator("thead th").all():
        expect(name).to_be_in_viewport(ratio=0.9)


def test_facets_stand_in_line(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(COMPARISON)

    for row in page.locator("tr:has(td)").all():
        tops = row.locator("td > ul").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect().top)"
        )
        assert len(tops) == 3
        assert max(tops) - min(tops) < 1


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 360, 768])
def test_a_narrow_screen_shows_one_role_at_a_time(
    new_context: NewContext, width: int, scripts: bool
) -> None:
    page = new_context(
        viewport={"width": width, "height": 740}, java_script_enabled=scripts
    ).new_page()
    page.goto(COMPARISON)
    cells = page.locator("tr:has(td)").first.locator("td")
    assert [cell.is_visible() for cell in cells.all()] == [True, False, False]

    page.get_by_role("radio", name="Decaan").check(force=True)

    assert [cell.is_visible() for cell in cells.all()] == [False, True, False]
    page.keyboard.press("ArrowRight")
    assert [cell.is_visible() for cell in cells.all()] == [False, False, True]
    if scripts:
        assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("by_itself", [True, False])
def test_another_role_keeps_the_place(new_context: NewContext, by_itself: bool) -> None:
    """In a browser that keeps it by itself, and in one that doesn't, such as Safari."""
    page = watched(new_context(viewport=PHONE).new_page())
    if not by_itself:
        page.add_init_script("CSS.supports = () => false")
    page.goto(COMPARISON)
    if not by_itself:
        page.evaluate(
            "for (const each of document.querySelectorAll('*')) each.style.overflowAnchor = 'none'"
        )
    page.evaluate("document.querySelectorAll('.of-facet')[4].scrollIntoView()")
    page.evaluate("scrollBy(0, -100)")
    before = facet_tops(page)[4]
    for number in (1, 2, 0):
        # Playwright's own click scrolls to what it clicks.
        box = page.locator(".shown-role label").nth(number).bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert abs(facet_tops(page)[4] - before) < 2


def test_the_switch_is_large_enough_and_stays_in_sight(new_context: NewContext) -> None:
    page = new_context(viewport=PHONE).new_page()
    page.goto(COMPARISON)
    page.locator("#samenwerking").scroll_into_view_if_needed()

    for label in page.locator(".shown-role label").all():
        expect(label).to_be_in_viewport(ratio=0.9)
        box = label.bounding_box()
        assert box
        assert box["height"] >= 44
