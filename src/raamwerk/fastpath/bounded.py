"""A cache with a bound: the entry that was used longest ago goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """At most so many entries, and so many bytes of them together. For one thread."""

    def __init__(self, most_entries: int, most_bytes: int) -> None:
        """Empty."""
        self._most_entries = most_entries
        self._room = most_bytes
        self._entries: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()

    def get(self, name: Hashable) -> Value | None:
        """The entry with this name, which is then the one used last."""
        found = self._entries.get(name)
        if found is None:
            return None
        self._entries.move_to_end(name)
        return found[0]

    def put(self, name: Hashable, value: Value, size: int) -> None:
        """Keep an entry of this many bytes, and let go of others until it fits."""
        self.drop(name)
        self._entries[name] = value, size
        self._room -= size
        while self._room < 0 or len(self._entries) > self._most_entries:
            _name, (_value, freed) = self._entries.popitem(last=False)
            self._room += freed

    def drop(self, name: Hashable) -> None:
        """Let go of an entry, if it is there."""
        found = self._entries.pop(name, None)
        if found:
            self._room += found[1]

    def __len__(self) -> int:
        return len(self._entries)
