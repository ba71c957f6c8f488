"""Databases of a test's own, as the tests of backups have them."""

from tests.backup.conftest import new_database

__all__ = ["new_database"]
