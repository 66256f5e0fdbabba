"""Whole-pence arithmetic that several phases use: rationing and splitting without losing a penny."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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


def parts_in_turn(amounts: Integers, cumulative: Iterable[Floats]) -> Iterator[Integers]:
    """Each part of amounts (n,) in turn, given the share (n,) that it and those before it have; the last share is 1.

    Cumulative rounding: a part is the rounded running total less the one before, so the parts sum to the amounts.

    Examples
    --------
    >>> [part.tolist() for part in parts_in_turn(np.array([10]), [np.array([1 / 3]), np.array([2 / 3]), np.array([1.0])])]
    [[3], [4], [3]]
    """
    exact, work = amounts.astype(np.float64), np.empty(len(amounts))
    before = np.zeros(len(amounts), np.int64)
    for share in cumulative:
        np.rint(np.multiply(exact, share, out=work), out=work)
        running = work.astype(np.int64)
        yield np.subtract(running, before, out=before)
        before = running


def split_by_shares(amounts: Integers, cumulative: Floats) -> Integers:
    """Split amounts (n,) by cumulative shares (n, k), the last column 1, so that each row sums to its amount.

    Examples
    --------
    >>> split_by_shares(np.array([10]), np.array([[1 / 3, 2 / 3, 1.0]])).tolist()
    [[3, 4, 3]]
    """
    return np.column_stack(list(parts_in_turn(amounts, cumulative.T)))


def pick(cumulative: Floats, draws: Floats) -> NDArray[np.int64]:
    """Index chosen by each uniform draw under cumulative weights (n,), of any total.

    Examples
    --------
    >>> pick(np.array([1.0, 3.0]), np.array([0.2, 0.9])).tolist()
    [0, 1]
    """
    index = np.searchsorted(cumulative, draws * cumulative[-1], side="right")
    result: NDArray[np.int64] = np.minimum(index, len(cumulative) - 1)
    return result
