"""Rate limiting: counting how often somebody does something, in the minute or the hour at hand.

By hand: a library took ten times as long at every save, and had to be guarded against a clock set back.
"""

import time

WINDOW_SECONDS = 60
MOST_COUNTED = 100_000
"""So many at once are told apart; in a minute with more, the others are counted together."""

THE_OTHERS = ("the others",)


class RateLimit:
    """Counts in each server process by itself, whatever the wall clock says."""

    def __init__(self, seconds: int = WINDOW_SECONDS) -> None:
        """Nothing counted yet. ``seconds`` is how long the window is."""
        self._seconds = seconds
        self._window = 0
        self._counts: dict[tuple[str, ...], int] = {}

    def is_used_up(self, most: int, *who: str) -> bool:
        """Whether one more would be too many; counts nothing."""
        window = int(time.monotonic() // self._seconds)
        return window == self._window and self._counts.get(who, 0) >= most

    def hit(self, most: int, *who: str) -> bool:
        """Count one more; returns whether that is within ``most``."""
        return self.add(1, *who) <= most

    def add(self, amount: int, *who: str) -> int:
        """Count so many more; returns how many there are."""
        window = int(time.monotonic() // self._seconds)
        if window != self._window:
            self._window, self._counts = window, {}
        if who not in self._counts and len(self._counts) >= MOST_COUNTED:
            who = THE_OTHERS
        count = self._counts[who] = self._counts.get(who, 0) + amount
        return count
