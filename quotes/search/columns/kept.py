"""Arrays kept in memory up to a size, the least recently asked for dropped first."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from quotes.search.columns.part import Array


class Kept:
    """Arrays by what they answer, `most` bytes of them. Threads may ask at once."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.lock = threading.Lock()
        self.arrays: OrderedDict[Hashable, Array] = OrderedDict()

    def get(self, key: Hashable, read: Callable[[], Array]) -> Array:
        """Return the array of a key, read if it is not here; nobody may write to it."""
        with self.lock:
            if key in self.arrays:
                self.arrays.move_to_end(key)
                return self.arrays[key]
        found = read()
        found.flags.writeable = False
        with self.lock:
            if key not in self.arrays:
                self.arrays[key] = found
                self.size += found.nbytes
            while self.size > self.most:
                _, dropped = self.arrays.popitem(last=False)
                self.size -= dropped.nbytes
        return found
