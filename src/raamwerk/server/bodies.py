"""Reading request bodies: whole before a thread works on them, and bounded in size, time and number."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from raamwerk.web.forms import BODY_LIMIT
from raamwerk.web.problems import Problem, not_in_time, not_whole, too_much_underway

Receive = Callable[[], Awaitable[dict[str, Any]]]

BODY_WITHIN_SECONDS = 30
"""How long a body may be on its way."""

BODIES_TOGETHER = 64_000_000
"""The most bytes of all bodies in memory at the same time, whole or on their way."""

OF_NETWORK, OF_KEY = 8, 16
"""Strangers share half of that, who come from one network an eighth of all; the holders of keys that we know
share the other half, each a sixteenth of all. So nobody keeps all others out, least of all who is known."""

Visitor = tuple[str, bool]
"""As ``admission.visitor_of`` says it: whom a body is counted as, and whether that is a key that we know."""

NOBODY: Visitor = ("", False)


class BodyRefusedError(Exception):
    """A body that we do not wait for; it carries why."""

    def __init__(self, refusal: Callable[[], Problem]) -> None:
        """``refusal`` is called where the language of the answer is known."""
        super().__init__(refusal.__name__)
        self.refusal = refusal


class Bodies:
    """Receives bodies, and knows how many bytes of them are in memory, in all and of each visitor."""

    def __init__(self, most: int = BODIES_TOGETHER) -> None:
        """Room for this many bytes, of which one visitor gets a part."""
        self._room = {True: most // 2, False: most // 2}
        self._most = {True: most // OF_KEY, False: most // OF_NETWORK}
        self._taken: Counter[Visitor] = Counter()

    def check_room(self, size: int, who: Visitor) -> None:
        """Raises BodyRefusedError where there is no room for so many bytes more of this visitor."""
        if size > self._room[who[1]] or self._taken[who] + size > self._most[who[1]]:
            raise BodyRefusedError(too_much_underway)

    def take(self, size: int, who: Visitor) -> None:
        """Count bytes that came in. Raises BodyRefusedError where there is no room for them."""
        self.check_room(size, who)
        self._room[who[1]] -= size
        self._taken[who] += size

    def give_back(self, size: int, who: Visitor) -> None:
        """These bytes are gone again."""
        self._room[who[1]] += size
        self._taken[who] -= size
        if self._taken[who] <= 0:
            del self._taken[who]

    async def receive(
        self, body: bytearray, length: int | None, receive: Receive, who: Visitor
    ) -> None:
        """Fill ``body``, for the caller to give back. Raises BodyRefusedError.

        Stops at one byte over the limit: the view then says in words that it is too much.
        """
        # Said at once, instead of after most of it was sent.
        self.check_room(length or 0, who)
        try:
            async with asyncio.timeout(BODY_WITHIN_SECONDS):
                await self._collect(body, receive, who)
        except TimeoutError:
            raise BodyRefusedError(not_in_time) from None
        if length is not None and len(body) < length and len(body) <= BODY_LIMIT:
            # Half a form can look like a whole one with a shorter text in it.
            raise BodyRefusedError(not_whole)

    async def _collect(self, body: bytearray, receive: Receive, who: Visitor) -> None:
        while len(body) <= BODY_LIMIT:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise BodyRefusedError(not_whole)
            piece = message.get("body", b"")
            self.take(len(piece), who)
            body += piece
            if not message.get("more_body"):
                return
