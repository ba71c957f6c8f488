"""What differs between a database in a file and one on a server."""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@cache
def is_in_a_file() -> bool:
    """Whether it is SQLite: near enough to ask in passing, and with one writer at a time."""
    return connection.vendor == "sqlite"


class InPassing:
    """A connection for the one thread that everybody depends on: it never waits for a lock.

    Django would give each request on that thread a connection of its own, and open it anew.
    """

    def __init__(self) -> None:
        """Opened when it is first needed."""
        self._opened: BaseDatabaseWrapper | None = None

    def lend(self) -> bool:
        """Make this the connection of the request at hand; returns False if there is none."""
        if self._opened is None and is_in_a_file():
            self._opened = _opened_without_patience()
        if self._opened is None:
            return False
        connections[DEFAULT_DB_ALIAS] = self._opened
        return True


def _opened_without_patience() -> BaseDatabaseWrapper | None:
    fresh = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with fresh.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
    except DatabaseError:
        fresh.close()
        return None
    return fresh
