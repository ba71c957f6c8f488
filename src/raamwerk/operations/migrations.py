"""One machine at a time brings a database up to date that more machines share."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

TURN = 72_269_375
"""Any number will do, as long as every version has the same: this is RAAMWERK on a telephone."""


def be_patient(with_database: BaseDatabaseWrapper) -> None:
    """Let everything on this connection take as long as it takes."""
    if with_database.vendor == "postgresql":
        with_database.ensure_connection()
        with_database.connection.patience = None
        with with_database.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


@contextmanager
def alone(with_database: BaseDatabaseWrapper | None = None) -> Iterator[None]:
    """Wait until no other machine prepares this PostgreSQL, and keep the others waiting.

    Preparing may take long, so nothing bounds a wait on this connection any more: close it
    afterwards, which lets the next machine go too. SQLite has one machine, and locks by itself.
    """
    connection = with_database or connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        yield
        return
    be_patient(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", (TURN,))
    try:
        yield
    finally:
        connection.close()
