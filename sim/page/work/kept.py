"""Results that were made before, the last used kept, bounded in bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

__all__ = ["MOST_BYTES", "Kept"]

#: Bytes of results that are kept unless something else is said.
MOST_BYTES: Final = 64 << 20


class Kept:
    """Values by key, as the bytes they were sent in: plain lists of numbers take several times as much.

    When they are too many bytes, those not used for longest go.

    Parameters
    ----------
    most_bytes : int
        Bytes of all values together; a value that is larger alone is not kept.

    Examples
    --------
    >>> kept = Kept(most_bytes=10)
    >>> kept.put("a", b"first!"); kept.put("b", b"second")
    >>> kept.get("a"), kept.get("b"), kept.size
    (None, b'second', 6)
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._values: OrderedDict[Hashable, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Hashable) -> bytes | None:
        """The value of a key, None when there is none."""
        found = self._values.get(key)
        if found is not None:
            self._values.move_to_end(key)
        return found

    def put(self, key: Hashable, value: bytes) -> None:
        """Keep a value."""
        self.size -= len(self._values.pop(key, b""))
        if len(value) > self.most_bytes:
            return
        self._values[key] = value
        self.size += len(value)
        while self.size > self.most_bytes:
            self.size -= len(self._values.popitem(last=False)[1])
