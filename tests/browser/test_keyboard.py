"""Everything works by keyboard alone, and one always sees where one is."""

from playwright.sync_api import Page, expect

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
        tab_to(page, "Markdown: platte tekst")
        page.keyboard.press("Enter")


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_letters_tell_their_sources_in_place(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/lob/mentor/")
    letters = page.locator("#mentor-visie-rol-1 .cited")
    letters.locator("summary").focus()
    before = page.evaluate("scrollY")

    page.keyboard.press("Enter")

    expect(letters.locator("li")).to_have_text(
        ["(A) Kwalificatiedossier docent mbo", "(C) Vereisten vanuit NOLOC"]
    )
    assert page.evaluate("scrollY") == before
    for each in letters.locator("li").all():
        box = each.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    page.keyboard.press("Enter")
    expect(letters.locator("li").first).to_be_hidden()


def test_arrow_keys_go_from_tick_to_tick(page: Page) -> None:
    page.goto("/lob/mentor/")
    page.locator('[value="mentor-visie-rol-1:work-on"]').focus()

    for key, focused in (
        ("ArrowRight", "mentor-visie-rol-1:talk-over"),
        ("ArrowDown", "mentor-visie-rol-2:talk-over"),
        ("ArrowLeft", "mentor-visie-rol-2:work-on"),
        ("ArrowUp", "mentor-visie-rol-1:work-on"),
        ("ArrowUp", "mentor-visie-rol-1:work-on"),
    ):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.value") == focused
    page.keyboard.press("Space")
    expect(page.locator('[value="mentor-visie-rol-1:work-on"]')).to_be_checked()


def test_a_role_has_at_most_a_hundred_tab_stops(page: Page) -> None:
    page.goto("/lob/mentor/")
    stops = 0
    while page.evaluate("document.activeElement !== document.body") or stops == 0:
        page.keyboard.press("Tab")
        stops += 1
    assert 50 < stops - 1 <= 100
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#areas")


def test_nothing_that_has_the_focus_is_hidden_under_the_bar(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/lob/mentor/")
    bar = page.locator(".bar nav")
    for field in ("text-visie-rol", "text-orientatie-rol", "text-samenwerking-deskundigheid"):
        page.locator(f"#{field}").focus()
        box, over = page.locator(f"#{field}").bounding_box(), bar.bounding_box()
        assert box
        assert over
        assert box["y"] + box["height"] > over["y"] + over["height"]
