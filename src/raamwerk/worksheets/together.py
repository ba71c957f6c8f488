"""Saves that wait at the same time are kept in one transaction: one trip to the disk for them all.

SQLite has one writer at a time, and most of a small save is waiting for the disk. So one thread
writes: it keeps all that came in while it kept the saves before.
"""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from queue import SimpleQueue

from raamwerk.worksheets.keeping import Outcome, Save, keep_all

MOST_TOGETHER = 64
"""How many saves share one transaction at most, so that nobody waits long for all the others."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A save that waits to be kept, and whom to tell."""

    save: Save
    told: "asyncio.Future[Outcome]"


class OneWriter:
    """The thread that keeps."""

    def __init__(self) -> None:
        """The thread begins with the first save, so that a server can fork before it."""
        self._waiting: SimpleQueue[Waiting] = SimpleQueue()
        self._thread: threading.Thread | None = None

    async def keep(self, save: Save) -> Outcome:
        """Keep this as soon as may be; returns when it is durable, or why it is not kept."""
        loop = asyncio.get_running_loop()
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._keep_forever, args=(loop,), name="writer", daemon=True
            )
            self._thread.start()
        told: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.put(Waiting(save, told))
        return await told

    def _keep_forever(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            turn = self._next_turn()
            outcomes = keep_all([each.save for each in turn])
            loop.call_soon_threadsafe(_tell, turn, outcomes)

    def _next_turn(self) -> list[Waiting]:
        """Everything that waits now, and at least one save."""
        turn = [self._waiting.get()]
        while len(turn) < MOST_TOGETHER and not self._waiting.empty():
            turn.append(self._waiting.get())
        return turn


def _tell(turn: Sequence[Waiting], outcomes: Sequence[Outcome]) -> None:
    for each, outcome in zip(turn, outcomes, strict=True):
        if not each.told.done():
            each.told.set_result(outcome)
