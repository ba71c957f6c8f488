"""Databases of a test's own, as the tests of backups have them."""

import pytest

from tests.backup.conftest import new_database

__all__ = ["new_database"]


@pytest.fixture(autouse=True)
def beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright leaves an event loop running in the tests' own thread; nothing of ours waits on it."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
