"""A real browser (Debian's Chromium) on a real server."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.serving import Server, serving

PHONE = {"width": 360, "height": 740}
TABLET = {"width": 768, "height": 1024}
DESKTOP = {"width": 1280, "height": 900}

expect.set_options(timeout=15_000)

NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    assert executable, "Chromium is missing: make prepare"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-background-networking", "--disable-quic"],
        )
        with pytest.MonkeyPatch.context() as patch:
            leave_alone(asyncio.get_running_loop(), patch)
            yield chromium
        chromium.close()


def leave_alone(playwrights: asyncio.AbstractEventLoop, patch: pytest.MonkeyPatch) -> None:
    """Let other tests use the database while Playwright's loop runs, in the same thread: nothing waits on it.

    Any other event loop Django goes on guarding.
    """

    def another_loop() -> asyncio.AbstractEventLoop:
        found = asyncio.get_running_loop()
        if found is playwrights:
            raise RuntimeError("no loop but Playwright's")
        return found

    patch.setattr("django.utils.asyncio.get_running_loop", another_loop)


@pytest.fixture
def new_context(browser: Browser, server: Server) -> Iterator[NewContext]:
    """A fresh browser profile, at the size of a desktop unless said otherwise."""
    contexts = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(
            **{"base_url": server.url, "viewport": DESKTOP, "locale": "nl-NL", **options}
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A page in a fresh profile. Any error on its console fails the test."""
    return watched(new_context().new_page())


def watched(page: Page) -> Page:
    """Fail on a script error or a breach of the content security policy."""
    page.on("pageerror", _fail)
    page.on("console", lambda message: _fail(message.text) if _is_breach(message.text) else None)
    return page


def _is_breach(text: str) -> bool:
    return "Content Security Policy" in text or "Refused to" in text


def _fail(trouble: object) -> None:
    raise AssertionError(f"trouble in the browser: {trouble}")


@pytest.fixture
def shots(request: pytest.FixtureRequest) -> Path:
    """Where screenshots go: tests/artefacts, or the folder of --shots."""
    folder = Path(request.config.getoption("--shots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
