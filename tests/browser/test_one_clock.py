"""When it was saved is told by the clock of the installation, before and after a reload."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.worksheet_page import OVERVIEW, ROLE, SAVED, save, state

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def told(page: Page) -> str:
    return state(page, SAVED).inner_text()


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Europe/Amsterdam"])
def test_the_same_before_and_after_a_reload(new_context: NewContext, zone: str) -> None:
    page = new_context(timezone_id=zone).new_page()
    page.goto(ROLE)
    before = datetime.now(AMSTERDAM)
    save(page, "bewaard")
    after = datetime.now(AMSTERDAM)
    by_script = told(page)

    said = re.fullmatch(r"Bewaard om (\d\d:\d\d)", by_script)
    assert said
    assert said[1] in (f"{before:%H:%M}", f"{after:%H:%M}")
    page.reload()
    expect(page.locator("#saving")).to_have_text(by_script)
    for path in (OVERVIEW, "/werkbladen/", "/"):
        page.goto(path)
        expect(page.locator("main").get_by_text(by_script)).to_have_count(1)
