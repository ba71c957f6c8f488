"""Which keys opened something lately: what tells a person from a stranger before the database is asked."""

import threading

MOST_KNOWN = 50_000
"""So many at once; of more, those learnt first are learnt again when their holders come."""


class KnownKeys:
    """Digests of keys that this server process found in its database since it started.

    They only tell which limit a request counts for: nothing opens by them.
    """

    def __init__(self, most: int = MOST_KNOWN) -> None:
        """None known yet."""
        self._most = most
        self._lock = threading.Lock()
        self._digests: dict[str, None] = {}

    def learn(self, digest: str) -> None:
        """This key opens something."""
        if digest in self._digests:
            return
        with self._lock:
            self._digests[digest] = None
            if len(self._digests) > self._most:
                del self._digests[next(iter(self._digests))]

    def __contains__(self, digest: str) -> bool:
        """Whether it is known that this key opens something."""
        return digest in self._digests


KNOWN_KEYS = KnownKeys()
