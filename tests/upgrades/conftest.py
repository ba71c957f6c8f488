"""Databases of a test's own, as the tests of backups have them."""

from tests.backup.conftest import beside_a_browser, new_database

__all__ = ["beside_a_browser", "new_database"]
