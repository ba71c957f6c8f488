"""A PostgreSQL that can stop answering without holding our threads.

PostgreSQL bounds a statement itself, but not a commit that waits for a replica, and nothing when
the machine hangs. So we bound the wait on our side. What we gave up may still be kept; it was not
acknowledged, and saving it once more changes nothing.

We never ask PostgreSQL to cancel: a cancelled wait for the replica counts as a commit, and we would
acknowledge what only one machine has.
"""

import time
from collections.abc import Generator
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, IsolationLevel, OperationalError

from raamwerk.project.environment import environment

GRACE_SECONDS = 2
"""PostgreSQL itself gives up a statement after DATABASE_WAIT; we wait this much longer."""


class BoundedConnection(Connection[Any]):
    """A connection that is closed when an answer takes longer than its ``patience``, in seconds.

    None is patience without end.
    """

    patience: float | None = None

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **options: Any) -> Any:
        """Psycopg waits here for every answer. Raises OperationalError when it does not come."""
        if self.patience is None:
            return super().wait(gen, *args, **options)
        return super().wait(self._in_time(gen, self.patience), *args, **options)

    def _in_time(
        self, steps: Generator[Any, Any, Any], patience: float
    ) -> Generator[Any, Any, Any]:
        """The same steps. Psycopg takes one at least ten times a second, also when nothing came."""
        deadline = time.monotonic() + patience
        ready = None
        while True:
            try:
                state = steps.send(ready)
            except StopIteration as done:
                return done.value
            if time.monotonic() > deadline:
                self.pgconn.finish()
                raise OperationalError("the database took too long to answer")
            ready = yield state


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with connections that are bounded."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> BoundedConnection:
        """A new connection, as patient as DATABASE_WAIT says."""
        self.isolation_level = IsolationLevel.READ_COMMITTED
        connection = BoundedConnection.connect(**conn_params)
        connection.patience = environment().database_wait + GRACE_SECONDS
        return connection
