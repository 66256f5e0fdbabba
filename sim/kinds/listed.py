"""Suppliers that a place file lists by name: which firm of the town stands for each, and which contracts they hold elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import Table
from sim.settings.suppliers.supplier import PERSON, PUBLIC_BODY, SEVERAL, Supplier

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

__all__ = ["ListedSupplier", "ListedSuppliers"]


@dataclass(eq=False)
class ListedSupplier:
    """One supplier of one anchor in the town.

    Attributes
    ----------
    number : int
        Its place among all listed suppliers of the town.
    anchor : int
        Row of the anchor.
    row : Supplier
        What the list says.
    category : int
        Sector bought from; drawn where the list does not know.
    slots : array (contracts,)
        Slots of its contracts.
    values : array (contracts,) int64 pence a month
    ends : array (contracts,) int64
        Last month of each, counted from the first month of the scenario.
    firm : int
        Slot of the firm that stands for it; -1 for none.
    """

    number: int
    anchor: int
    row: Supplier
    category: int
    slots: Integers
    values: Integers
    ends: Integers
    firm: int = -1

    @property
    def named(self) -> bool:
        """Whether it is one supplier; many small ones in a row and private persons bear no name."""
        return self.row.kind not in (SEVERAL, PERSON)

    @property
    def value(self) -> int:
        """All its contracts, pence a month."""
        return int(self.values.sum())


@dataclass
class ListedSuppliers:
    """All listed suppliers of a town; empty without a supplier list."""

    suppliers: list[ListedSupplier] = field(default_factory=list)
    paid: dict[tuple[int, int, int], int] = field(default_factory=dict)
    """Pence paid this month to listed suppliers elsewhere, by anchor, number of the supplier and account."""

    def __len__(self) -> int:
        return len(self.suppliers)

    def public_slots(self) -> Integers:
        """Slots of contracts with public bodies."""
        return np.concatenate([np.zeros(0, np.int64), *(one.slots for one in self.suppliers if one.row.kind == PUBLIC_BODY)])

    def firm_slots(self) -> Integers:
        """Slots of the firms that stand for a supplier."""
        return np.array(sorted({one.firm for one in self.suppliers if one.firm >= 0}), np.int64)

    def firm_titles(self, firms: Table) -> dict[int, str]:
        """Name of the supplier that each of those firms stands for, by slot; of those that are in business."""
        titles = {one.firm: one.row.supplier for one in self.suppliers if one.firm >= 0}
        living = set(firms.living(list(titles)).tolist()) if titles else set()
        return {slot: title for slot, title in titles.items() if slot in living}

    def stands_for_one(self, slots: Iterable[int]) -> Flags:
        """Whether firms in these slots stand for a supplier (slots,)."""
        return np.isin(np.asarray(slots), self.firm_slots())

    def note_paid(self, anchor: NDArray[np.integer], listed: NDArray[np.integer], account: NDArray[np.integer], pence: Integers) -> None:
        """Note payments on contracts (contracts,), so that the web can show those to listed suppliers elsewhere."""
        if not self.suppliers:
            return
        rows = np.flatnonzero((listed >= 0) & (pence > 0))
        columns = (column[rows].tolist() for column in (anchor, listed, account, pence))
        for one, number, payee, amount in zip(*columns, strict=True):
            self.paid[one, number, payee] = self.paid.get((one, number, payee), 0) + amount
