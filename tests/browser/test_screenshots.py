"""The pictures in the README: made by each run; `make screenshots` keeps them in docs."""

from pathlib import Path

from tests.browser.conftest import DESKTOP, PHONE, NewContext
from tests.browser.worksheet_page import expect_state


def test_a_page_with_notes_is_pictured(new_context: NewContext, shots: Path) -> None:
    for name, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page = new_context(viewport=size, reduced_motion="reduce").new_page()
        page.goto("/lob/mentor/")
        page.locator('[name=mark][value="mentor-visie-rol-1:work-on"]').check()
        page.locator("#text-visie-rol").fill(
            "Onze visie op LOB opzoeken en in het teamoverleg bespreken.\n\n"
            "Vraag aan Samira: wie houdt bij wat de gesprekken opleveren?"
        )
        page.locator("#text-visie-rol").blur()
        expect_state(page)
        page.locator("#visie").scroll_into_view_if_needed()
        page.evaluate("document.querySelector('#visie').scrollIntoView()")
        page.screenshot(path=shots / f"role-page-{name}.png")
        assert (shots / f"role-page-{name}.png").stat().st_size > 10_000
