"""Results that were made before, the last used kept, bounded in bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, Final

__all__ = ["MOST_BYTES", "Kept"]

#: Bytes of results that are kept unless something else is said.
MOST_BYTES: Final = 64 << 20


class Kept:
    """Values by key; when they are too many bytes, those not used for longest go.

    Parameters
    ----------
    most_bytes : int
        Bytes of all values together; a value that is larger alone is not kept.

    Examples
    --------
    >>> kept = Kept(most_bytes=10)
    >>> kept.put("a", "one", size=6); kept.put("b", "two", size=6)
    >>> kept.get("a"), kept.get("b"), kept.size
    (None, 'two', 6)
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Hashable) -> Any:
        """The value of a key, None when there is none."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """Keep a value of so many bytes."""
        if key in self._values:
            self.size -= self._values.pop(key)[1]
        if size > self.most_bytes:
            return
        self._values[key] = (value, size)
        self.size += size
        while self.size > self.most_bytes:
            self.size -= self._values.popitem(last=False)[1][1]
