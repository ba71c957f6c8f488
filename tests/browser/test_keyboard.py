"""Everything works by keyboard alone, and one always sees where one is."""

from playwright.sync_api import Page

from tests.browser.worksheet_page import expect_state

FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    id: element.id || element.value || element.textContent.trim(),
    outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def tab_to(page: Page, wanted: str, most: int = 80) -> None:
    """Press Tab until the focus is on what has this id, value or text."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["outline"], f"no visible focus on {focus['id']}"
        assert focus["seen"], f"focus outside the window on {focus['id']}"
        if focus["id"] == wanted:
            return
    raise AssertionError(f"{wanted} can't be reached by Tab")


def test_from_start_to_download(page: Page) -> None:
    page.goto("/")
    tab_to(page, "Mentor/SLB-er")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lob/mentor/")
    tab_to(page, "mentor-visie-rol-1:work-on")
    page.keyboard.press("Space")
    tab_to(page, "text-visie-rol")
    page.keyboard.type("zonder muis")
    expect_state(page)

    page.goto("/werkblad/overzicht/")
    with page.expect_download():
        tab_to(page, "Markdown")
        page.keyboard.press("Enter")


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_letter_tells_its_source_on_focus_and_escape_puts_it_away(page: Page) -> None:
    page.goto("/lob/mentor/")
    letter = page.locator("#mentor-visie-rol-1 .letter").first
    letter.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    tip = "element => getComputedStyle(element, '::after').content"
    assert "Kwalificatiedossier" in letter.evaluate(tip)
    assert "Kwalificatiedossier" in (letter.get_attribute("aria-label") or "")

    page.keyboard.press("Escape")

    display = letter.evaluate("element => getComputedStyle(element, '::after').display")
    assert display == "none"


def test_no_source_of_a_letter_runs_off_a_narrow_page(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/lob/mentor/")
    tips = page.locator(".statement .letter").evaluate_all(
        """letters => letters.map((letter) => {
          letter.focus({focusVisible: true});
          const tip = getComputedStyle(letter, "::after");
          const left = letter.offsetParent.getBoundingClientRect().left + parseFloat(tip.left);
          return [tip.position, left, left + parseFloat(tip.width)];
        })"""
    )
    assert tips
    assert all(place == "absolute" and left >= 0 and right <= 320 for place, left, right in tips)


def test_nothing_that_has_the_focus_is_hidden_under_the_bar(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/lob/mentor/")
    bar = page.locator(".sticky")
    for field in ("text-visie-rol", "text-orientatie-rol", "text-samenwerking-deskundigheid"):
        page.locator(f"#{field}").focus()
        box, over = page.locator(f"#{field}").bounding_box(), bar.bounding_box()
        assert box
        assert over
        assert box["y"] + box["height"] > over["y"] + over["height"]
