"""A browser that ends, and begins again with what it has on disk."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.worksheet_page import BOX, ROLE, save
from tests.serving import Server


def begun(browser: Browser, server: Server, profile: Path) -> BrowserContext:
    """A whole browser of its own, with its profile on disk."""
    return browser.browser_type.launch_persistent_context(
        profile,
        executable_path=shutil.which("chromium"),
        args=["--no-sandbox", "--disable-background-networking", "--disable-quic"],
        base_url=server.url,
        locale="nl-NL",
    )


def test_closed_right_after_the_very_first_save_it_opens_the_worksheet_again(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    """Killed within half a minute it does not: docs/operate.md says what was measured."""
    first = begun(browser, server, tmp_path)
    page = first.new_page()
    page.goto(ROLE)
    save(page, "allereerste woorden")
    first.close()

    again = begun(browser, server, tmp_path)
    page = again.new_page()
    page.goto(ROLE)
    expect(page.locator(BOX)).to_have_value("allereerste woorden")
    again.close()
