"""What the tests of saving do: type, look at the state, ask the server what it holds."""

import html
import re

from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

SAVE = "**/werkbladen/bewaren/"
BEGIN = "**/werkbladen/beginnen/"
ROLE = "/lob/mentor/"
OVERVIEW = "/lob/mentor/overzicht/"
BOX = "#text-visie-rol"
OTHER_BOX = "#text-visie-deskundigheid"
NAME = "#text-name"
FOLD = "#worksheet summary"
MARK = 'input[name="mark"][value="mentor-visie-rol-2:talk-over"]'
SAVED = re.compile("Bewaard om")
SAVED_EARLIER_OR_NOW = re.compile("Bewaard o[mp]")
UNSAVED = re.compile("Nog niet bewaard")
OFFLINE = re.compile("geen verbinding")


def state(page: Page, words: re.Pattern[str]) -> Locator:
    """The one place of the two (announced and quiet) that tells these words."""
    return page.locator("#saving, [data-saved-at]").filter(has_text=words)


def expect_state(page: Page, words: re.Pattern[str] = SAVED) -> None:
    expect(state(page, words)).to_have_count(1)


def open_heading(page: Page) -> None:
    """The overview, with name, school and occasion in sight."""
    page.goto(OVERVIEW)
    if not page.locator(NAME).is_visible():
        page.locator(FOLD).click()


def write(page: Page, text: str, box: str = BOX) -> None:
    """Type a text and leave the field."""
    page.locator(box).fill(text)
    page.locator(box).blur()


def save(page: Page, text: str, box: str = BOX) -> None:
    """Type a text and wait until the server has acknowledged it."""
    with page.expect_response(SAVE):
        write(page, text, box)
    expect_state(page)


def kept(context: BrowserContext, path: str = ROLE, box: str = BOX) -> str:
    """What the server holds, asked as a browser without scripts and drafts would."""
    answer = context.request.get(path).text()
    control = re.escape(box.removeprefix("#"))
    text = re.search(rf'<textarea id="{control}"[^>]*>\n(.*?)</textarea>', answer, re.DOTALL)
    line = re.search(rf'<input id="{control}"[^>]*\bvalue="([^"]*)"', answer)
    found = text or line
    assert found, f"{box} is not on {path}"
    return html.unescape(found[1])


def is_marked(context: BrowserContext, value: str = MARK) -> bool:
    """Whether the server holds this mark."""
    box = re.escape(value.removeprefix("input[").removesuffix("]").replace("][", " "))
    found = re.search(rf"<input[^>]*{box}[^>]*>", context.request.get(ROLE).text())
    assert found, f"{value} is not on {ROLE}"
    return "checked" in found[0]


def never_answer(_route: Route) -> None:
    """The request hangs for good."""


def lose_answer(route: Route) -> None:
    """The request arrives, its answer doesn't."""
    route.fetch()
    route.abort()


def lose_cookie(route: Route) -> None:
    """The request arrives, but the browser takes no cookie from the answer."""
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
    route.request.frame.page.context.clear_cookies()
    route.fulfill(status=answer.status, headers=headers, body=answer.body())


def lose_everything(route: Route) -> None:
    """The request arrives; neither its answer nor its cookie does."""
    route.fetch()
    route.request.frame.page.context.clear_cookies()
    route.abort()


def hold_posts(page: Page) -> list[str]:
    """Hold every save from now on; the list gets their bodies."""
    held: list[str] = []

    def hold(route: Route) -> None:
        held.append(route.request.post_data or "")
        route.abort()

    page.route(SAVE, hold)
    return held


def let_arrive(page: Page, body: str | None) -> None:
    """Post a body that was held, long after its page has gone."""
    assert body
    page.evaluate(
        """body => fetch(document.getElementById("worksheet").dataset.save, {
             method: "POST", body,
             headers: {"Content-Type": "application/json", Accept: "application/json"},
           }).then((response) => response.text())""",
        body,
    )


def announcements(page: Page, place: str = "#saving") -> list[str]:
    """What a screen reader says of a place, of the state by itself, from now on; the list grows."""
    said: list[str] = []
    page.expose_function("said", lambda words: said.append(words) if words else None)
    page.evaluate(
        """place => {
          const status = document.querySelector(place);
          new MutationObserver(() => said(status.textContent))
            .observe(status, {childList: true, characterData: true, subtree: true});
        }""",
        place,
    )
    return said
