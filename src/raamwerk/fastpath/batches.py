"""A thread that takes everything that waits in one go: group commit for saves, one trip for reads.

SQLite has one writer at a time, and most of a small save is waiting for the disk: whoever waits at the
same time shares one transaction. For reads, handing work to a thread costs more than the work.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from queue import Empty, Full, Queue
from typing import Generic, TypeVar

from django.db import OperationalError

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_TOGETHER = 64
"""How many share one go at most, so that nobody waits long for all the others."""

MOST_WAITING = 2000
"""In the queue; the next hears at once that it can't be done now."""

IDLE_SECONDS = 5.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting(Generic[Item, Result]):
    """Something to do, and whom to tell what came of it."""

    item: Item
    told: "asyncio.Future[Result]"
    loop: asyncio.AbstractEventLoop


class BatchThread(Generic[Item, Result]):
    """Does work in a thread of its own, everything that waits together.

    The work gets a list of items and returns as many results. When it raises, everybody of that batch is
    told so, it is logged, and the thread goes on; a thread that died all the same is replaced.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Sequence[Item]], Sequence[Result]],
        patience: float,
        when_idle: Callable[[], None] | None = None,
    ) -> None:
        """``patience`` is how many seconds a result may take. The thread begins with the first item."""
        self._name = name
        self._work = work
        self._patience = patience
        self._when_idle = when_idle
        self._queue: Queue[Waiting[Item, Result]] = Queue(MOST_WAITING)
        self._thread: threading.Thread | None = None
        self._busy_since: float | None = None

    async def do(self, item: Item) -> Result:
        """The result for this item. Raises OperationalError where it does not come in time."""
        self._keep_alive()
        loop = asyncio.get_running_loop()
        told: asyncio.Future[Result] = loop.create_future()
        try:
            self._queue.put_nowait(Waiting(item, told, loop))
        except Full:
            raise OperationalError(f"too many wait for the {self._name} thread") from None
        # A timer by hand: asyncio.timeout costs as much as all else on the event loop here.
        too_late = loop.call_later(self._patience, _tell_late, told, self._name)
        try:
            return await told
        finally:
            too_late.cancel()

    def check(self) -> None:
        """Raises OperationalError where the thread died, or is stuck in one batch."""
        if self._thread is not None and not self._thread.is_alive():
            raise OperationalError(f"the {self._name} thread died")
        since = self._busy_since
        if since is not None and time.monotonic() - since > self._patience:
            raise OperationalError(f"the {self._name} thread is stuck")

    def _keep_alive(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            if self._thread is not None:
                logger.error("The %s thread died and is replaced", self._name)
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def _run(self) -> None:
        idle = True
        while True:
            batch = self._next_batch(IDLE_SECONDS if not idle else None)
            idle = not batch
            if batch:
                self._do(batch)
            elif self._when_idle:
                self._guarded(self._when_idle)

    def _do(self, batch: list[Waiting[Item, Result]]) -> None:
        self._busy_since = time.monotonic()
        tell: Callable[[], None]
        try:
            tell = partial(_tell, batch, self._work([each.item for each in batch]))
        except Exception as error:
            logger.exception("The %s thread met an error", self._name)
            tell = partial(_tell_error, batch, error)
        finally:
            self._busy_since = None
        batch[0].loop.call_soon_threadsafe(tell)

    def _next_batch(self, patience: float | None) -> list[Waiting[Item, Result]]:
        """Everything that waits now; empty where nothing came for this many seconds."""
        batch: list[Waiting[Item, Result]] = []
        with suppress(Empty):
            batch.append(self._queue.get(timeout=patience))
            while len(batch) < MOST_TOGETHER:
                batch.append(self._queue.get_nowait())
        return batch

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            logger.exception("The %s thread met an error", self._name)


def _tell(batch: Sequence[Waiting[Item, Result]], results: Sequence[Result]) -> None:
    for each, result in zip(batch, results, strict=True):
        if not each.told.done():
            each.told.set_result(result)


def _tell_late(told: "asyncio.Future[Result]", name: str) -> None:
    if not told.done():
        told.set_exception(OperationalError(f"the {name} thread took too long"))


def _tell_error(batch: Sequence[Waiting[Item, Result]], error: Exception) -> None:
    for each in batch:
        if not each.told.done():
            each.told.set_exception(error)
