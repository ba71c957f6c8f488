"""The pictures in the README and on the start page: made by each run; `make screenshots` keeps them."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, NewContext
from tests.browser.worksheet_page import expect_state

NOTE = {
    "nl": "Onze visie op LOB opzoeken en in het teamoverleg bespreken.\n\n"
    "Vraag aan Samira: wie houdt bij wat de gesprekken opleveren?",
    "en": "Look up our vision of career guidance and discuss it in the team.\n\n"
    "Ask Samira: who keeps track of what the conversations yield?",
}
PREFIX = {"nl": "", "en": "/en"}
SAVED = {"nl": re.compile("Bewaard om"), "en": re.compile("Saved at")}


def write_notes(page: Page, language: str) -> None:
    page.goto(f"{PREFIX[language]}/lob/mentor/")
    for mark in ("mentor-visie-rol-1:work-on", "mentor-visie-rol-3:talk-over"):
        page.locator(f'[name=mark][value="{mark}"]').check()
    page.locator("#text-visie-rol").fill(NOTE[language])
    page.locator("#text-visie-rol").blur()
    expect_state(page, SAVED[language])


@pytest.mark.parametrize(("name", "size"), [("desktop", DESKTOP), ("phone", PHONE)])
def test_the_role_page_is_pictured(
    new_context: NewContext, shots: Path, name: str, size: dict[str, int]
) -> None:
    page = new_context(viewport=size, reduced_motion="reduce").new_page()
    write_notes(page, "nl")

    page.goto("/lob/mentor/")
    page.screenshot(path=shots / f"role-page-{name}.png")

    assert (shots / f"role-page-{name}.png").stat().st_size > 10_000


def test_the_overview_page_is_pictured(new_context: NewContext, shots: Path) -> None:
    page = new_context(viewport=DESKTOP, reduced_motion="reduce").new_page()
    write_notes(page, "nl")

    page.goto("/lob/mentor/overzicht/")
    page.screenshot(path=shots / "overview-page.png")

    assert (shots / "overview-page.png").stat().st_size > 10_000


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_document_is_pictured(new_context: NewContext, shots: Path, language: str) -> None:
    page = new_context().new_page()
    write_notes(page, language)
    pdf = page.context.request.get(f"{PREFIX[language]}/lob/mentor/overzicht/pdf/").body()

    picture = shots / f"document-{language}.png"
    command = [
        "pdftoppm",
        "-png",
        "-gray",
        "-f",
        "1",
        "-singlefile",
        "-scale-to-x",
        "560",
        "-scale-to-y",
        "-1",
    ]
    subprocess.run([*command, "-", str(picture.with_suffix(""))], input=pdf, check=True)

    assert picture.stat().st_size > 10_000
