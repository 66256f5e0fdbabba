"""Sellers of each sector, for choosing one by its weight."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: A uniform's bits below this place decide apart from those above it whether a firm founded by policy is chosen.
APART: Final = float(2**24)


class SellerLists:
    """Living firms of each sector with cumulative appeal, for choosing a seller by its weight.

    Firms stand in one array ordered by sector; `choose` finds one by binary search in its sector's part.
    Firms founded by policy stand apart: the lower bits of the same draw decide whether one of them is
    chosen, so their coming does not move any other choice.

    Parameters
    ----------
    sector : (firms,) int8
    appeal : (firms,) float64
    apart : (firms,) bool, founded by policy
    sectors : number of sectors

    Examples
    --------
    >>> lists = SellerLists(np.array([1, 0, 1], np.int8), np.array([1.0, 5.0, 3.0]), np.zeros(3, bool), sectors=3)
    >>> lists.choose(np.array([1, 1, 0, 2]), np.array([0.2, 0.3, 0.9, 0.5])).tolist()
    [0, 2, 1, -1]
    """

    def __init__(self, sector: NDArray[np.int8], appeal: Floats, apart: NDArray[np.bool_], sectors: int = 18) -> None:
        self._usual = _OneList(sector, np.where(apart, 0.0, appeal), sectors)
        self._apart = _OneList(sector, np.where(apart, appeal, 0.0), sectors) if apart.any() else None
        self.weight = self._usual.weight + (self._apart.weight if self._apart else 0.0)

    def has_sellers(self) -> NDArray[np.bool_]:
        """Whether each sector has a seller of some appeal (sectors,)."""
        result: NDArray[np.bool_] = self.weight > 0.0
        return result

    def choose(self, sector: NDArray[np.int64], draws: Floats) -> NDArray[np.int64]:
        """Rows of the firms chosen (n,), -1 where the sector has none."""
        rows = self._usual.choose(sector, draws)
        if self._apart is None:
            return rows
        lower = (draws * APART) % 1.0
        chance = self._apart.weight[sector] / np.maximum(self.weight[sector], 1e-300)
        apart = lower < chance
        rows[apart] = self._apart.choose(sector[apart], lower[apart] / chance[apart])
        return rows


class _OneList:
    """Cumulative appeal of firms ordered by sector."""

    def __init__(self, sector: NDArray[np.int8], appeal: Floats, sectors: int) -> None:
        self.order = np.argsort(sector, kind="stable")
        ordered = sector[self.order]
        self.first = np.searchsorted(ordered, np.arange(sectors), side="left")
        self.last = np.searchsorted(ordered, np.arange(sectors), side="right")
        below = np.concatenate([[0.0], np.cumsum(appeal[self.order])])
        self.running = below[1:]
        self.low = below[self.first]
        self.weight = below[self.last] - self.low

    def choose(self, sector: NDArray[np.int64], draws: Floats) -> NDArray[np.int64]:
        """Rows of the firms chosen (n,), -1 where the sector has no appeal."""
        if not len(self.order):
            return np.full(len(sector), -1)
        place = np.searchsorted(self.running, self.low[sector] + draws * self.weight[sector], side="right")
        place = np.clip(place, self.first[sector], np.maximum(self.last[sector] - 1, self.first[sector]))
        rows = self.order[np.minimum(place, len(self.order) - 1)]
        result: NDArray[np.int64] = np.where(self.weight[sector] > 0.0, rows, -1)
        return result
