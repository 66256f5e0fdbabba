"""Whole-pence arithmetic that several phases use: rationing and splitting without losing a penny."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.ledger import Ledger

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


def rationed(wanted: Integers, fill: Floats) -> Integers:
    """Each amount cut to its share, down to whole pence.

    Examples
    --------
    >>> rationed(np.array([100, 99]), np.array([1.0, 0.5])).tolist()
    [100, 49]
    """
    cut: Integers = np.where(fill >= 1.0, wanted, np.floor(wanted * fill)).astype(np.int64)
    return cut


def fill_rate(wanted: Floats, room: Floats) -> Floats:
    """Share of what is wanted that fits the room, between 0 and 1; 1 where nothing is wanted.

    Examples
    --------
    >>> fill_rate(np.array([0.0, 10.0, 20.0]), np.array([5.0, 5.0, 40.0])).tolist()
    [1.0, 0.5, 1.0]
    """
    share = np.ones(np.shape(wanted))
    room = np.maximum(room, 0.0)
    over = wanted > room
    np.divide(room, wanted, out=share, where=over)
    return share


def means(ledger: Ledger, accounts: NDArray[np.integer]) -> Floats:
    """What accounts can pay as a ceiling for shares (n,), a penny below the whole so that rounding cannot pass it."""
    result: Floats = np.maximum(ledger.available(accounts) - 1, 0).astype(np.float64)
    return result


def split_by_shares(amounts: Integers, cumulative: Floats) -> Integers:
    """Split amounts (n,) by cumulative shares (n, k), the last column 1, so that each row sums to its amount.

    Cumulative rounding: part j is the rounded running total less the one before.

    Examples
    --------
    >>> split_by_shares(np.array([10]), np.array([[1 / 3, 2 / 3, 1.0]])).tolist()
    [[3, 4, 3]]
    """
    running = np.rint(amounts[:, None] * cumulative).astype(np.int64)
    running[:, 1:] -= running[:, :-1].copy()
    return running


def pick(cumulative: Floats, draws: Floats) -> NDArray[np.int64]:
    """Index chosen by each uniform draw under cumulative weights (n,), of any total.

    Examples
    --------
    >>> pick(np.array([1.0, 3.0]), np.array([0.2, 0.9])).tolist()
    [0, 1]
    """
    index = np.searchsorted(cumulative, draws * cumulative[-1], side="right")
    return np.minimum(index, len(cumulative) - 1)


#: A uniform's bits below this place decide apart from those above it whether a firm founded by policy is chosen.
APART = float(2**24)


class SellerLists:
    """Living firms of each sector with cumulative appeal, for choosing a seller by its weight.

    Firms stand in one array ordered by sector; `choose` finds one by binary search in its sector's part.
    Firms founded by policy stand apart: the lower bits of the same draw decide whether one of them is
    chosen, so their coming does not move any other choice.
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
        if not len(self.order):
            return np.full(len(sector), -1)
        place = np.searchsorted(self.running, self.low[sector] + draws * self.weight[sector], side="right")
        place = np.clip(place, self.first[sector], np.maximum(self.last[sector] - 1, self.first[sector]))
        rows = self.order[np.minimum(place, len(self.order) - 1)]
        result: NDArray[np.int64] = np.where(self.weight[sector] > 0.0, rows, -1)
        return result
