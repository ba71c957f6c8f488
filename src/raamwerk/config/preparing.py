"""One machine at a time brings a database up to date that more machines share."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TURN = 72_269_375
"""Any number will do, as long as every version has the same: this is RAAMWERK on a telephone."""


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other machine prepares this PostgreSQL, and keep the others waiting.

    Preparing may take long, so nothing bounds a wait on this connection any more: close it
    afterwards, which lets the next machine go too. SQLite has one machine, and locks by itself.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    connection.connection.patience = None
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", (TURN,))
    try:
        yield
    finally:
        connection.close()
