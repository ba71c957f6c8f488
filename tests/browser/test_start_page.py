"""The start page in a browser, for who comes back."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, NewContext, watched
from tests.browser.worksheet_page import BOX, ROLE, save


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_the_card_on_the_start_page_leads_to_the_field(
    new_context: NewContext, size: dict[str, int]
) -> None:
    page = watched(new_context(viewport=size).new_page())
    page.goto(ROLE)
    save(page, "eerst", BOX)
    save(page, "in het laatste veld", "#text-samenwerking-deskundigheid")
    page.goto("/")

    page.locator(".resume").click()

    expect(page.locator("#text-samenwerking-deskundigheid")).to_be_in_viewport(ratio=0.9)
    expect(page.locator("#text-samenwerking-deskundigheid")).to_have_value("in het laatste veld")
