"""Counting how often somebody does something, in the minute at hand."""

import time

WINDOW_SECONDS = 60


class Counter:
    """Counts in each server process by itself, whatever the wall clock says."""

    def __init__(self) -> None:
        """Nothing counted yet."""
        self._window = 0
        self._counts: dict[tuple[str, ...], int] = {}

    def hit(self, most: int, *who: str) -> bool:
        """Count one more; returns whether that is within ``most``."""
        window = int(time.monotonic() // WINDOW_SECONDS)
        if window != self._window:
            self._window, self._counts = window, {}
        count = self._counts[who] = self._counts.get(who, 0) + 1
        return count <= most
