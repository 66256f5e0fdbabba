"""Slots: numbers that stay with an agent for life, and where each one's row is now.

Slots below `RESERVED` are taken in order of arrival, or fixed by month and position. Slots from
`RESERVED` on belong to what policies found, so that a policy never changes the slot, and so the
luck, of anybody else.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

#: First slot of the range kept for rows that policies found.
RESERVED: Final = 1 << 30
#: Ordinary slots lie below this, so that the map of them stays small.
ORDINARY_END: Final = 1 << 28
#: Reserved slots lie below this.
RESERVED_END: Final = RESERVED + (1 << 29)
#: How many ids a family of agents may need: its `first_id` must be this far from any other.
IDS_OF_A_FAMILY: Final = 1_000_000_000

#: Rows of slots that hold nobody now.
LEFT, NEVER = -1, -2


def id_offset(slot: int) -> int:
    """What to add to a family's first id to get the id of the agent with this slot.

    Examples
    --------
    >>> id_offset(7), id_offset(RESERVED) == ORDINARY_END, id_offset(RESERVED_END - 1) < IDS_OF_A_FAMILY
    (7, True, True)
    """
    return slot if slot < RESERVED else ORDINARY_END + slot - RESERVED


def check_range(slots: Integers) -> None:
    """Refuse slots outside the two ranges.

    Raises
    ------
    ValueError
        If a slot is below nought, or in neither the ordinary nor the reserved range.
    """
    if not len(slots) or (slots.min() >= 0 and slots.max() < ORDINARY_END):
        return
    ordinary = (slots >= 0) & (slots < ORDINARY_END)
    reserved = (slots >= RESERVED) & (slots < RESERVED_END)
    wrong = slots[~(ordinary | reserved)]
    if len(wrong):
        raise ValueError(f"slot {wrong[0]} is in neither range: 0 to {ORDINARY_END - 1}, or {RESERVED} to {RESERVED_END - 1}")


class SlotMap:
    """The row of each slot: `LEFT` when its agent has left, `NEVER` when there was none.

    Ordinary slots are kept in one array by slot; reserved ones, few and far apart, in a sorted list.
    """

    def __init__(self) -> None:
        self._ordinary: NDArray[np.int32] = np.empty(0, np.int32)
        self._reserved: Integers = np.empty(0, np.int64)
        self._reserved_rows: NDArray[np.int32] = np.empty(0, np.int32)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self._ordinary.nbytes + self._reserved.nbytes + self._reserved_rows.nbytes

    def row(self, slot: int) -> int:
        """The row of one slot."""
        if 0 <= slot < len(self._ordinary):
            return self._ordinary.item(slot)
        place = int(np.searchsorted(self._reserved, slot))
        if place < len(self._reserved) and self._reserved[place] == slot:
            return self._reserved_rows.item(place)
        return NEVER

    def rows(self, slots: Integers) -> NDArray[np.int32]:
        """The rows of many slots (n,)."""
        if len(slots) and slots.min() >= 0 and slots.max() < len(self._ordinary):
            return self._ordinary[slots]
        rows = np.full(len(slots), NEVER, np.int32)
        ordinary = (slots >= 0) & (slots < len(self._ordinary))
        rows[ordinary] = self._ordinary[slots[ordinary]]
        place = np.searchsorted(self._reserved, slots)
        place[place == len(self._reserved)] = 0
        known = self._reserved[place] == slots if len(self._reserved) else np.zeros(len(slots), bool)
        rows[known] = self._reserved_rows[place[known]]
        return rows

    def put(self, slots: Integers, rows: Integers | int) -> None:
        """Set the rows of slots, none of them twice."""
        places: NDArray[np.int32] = np.broadcast_to(np.asarray(rows, np.int32), (len(slots),))
        ordinary = slots < RESERVED
        if ordinary.all():
            self._put_ordinary(slots, places)
        else:
            self._put_ordinary(slots[ordinary], places[ordinary])
            self._put_reserved(slots[~ordinary], places[~ordinary])

    def _put_ordinary(self, slots: Integers, rows: NDArray[np.int32]) -> None:
        if not len(slots):
            return
        size, old = int(slots.max()) + 1, len(self._ordinary)
        if size > old:
            larger = np.full(max(size, old * 3 // 2), NEVER, np.int32)
            larger[:old] = self._ordinary
            self._ordinary = larger
        self._ordinary[slots] = rows

    def _put_reserved(self, slots: Integers, rows: NDArray[np.int32]) -> None:
        known = self.rows(slots) != NEVER
        self._reserved_rows[np.searchsorted(self._reserved, slots[known])] = rows[known]
        merged = np.concatenate([self._reserved, slots[~known]])
        order = np.argsort(merged, kind="stable")
        self._reserved = merged[order]
        self._reserved_rows = np.concatenate([self._reserved_rows, rows[~known]])[order]
