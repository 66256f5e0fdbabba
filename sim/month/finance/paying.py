"""Paying in local currency where both sides hold it, in pounds otherwise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.town import Town

Integers = NDArray[np.int64]


def within_means(payer: NDArray[np.integer], wanted: Integers, means: Integers) -> Integers:
    """What each payment (n,) gets of what its payer holds (payers,), in the order given, pence.

    Examples
    --------
    >>> within_means(np.array([0, 1, 0, 0]), np.array([50, 50, 50, 50]), np.array([80, 20])).tolist()
    [50, 20, 30, 0]
    """
    order = np.argsort(payer, kind="stable")
    sorted_payer, ranked = payer[order], wanted[order]
    before = np.cumsum(ranked) - ranked
    first = np.searchsorted(sorted_payer, sorted_payer, side="left")
    paid = np.zeros(len(wanted), np.int64)
    paid[order] = np.clip(means[sorted_payer] - (before - before[first]), 0, ranked)
    return paid


def purses(town: Town) -> NDArray[np.int32]:
    """The purse of whoever holds each account (accounts,), -1 for none."""
    found = np.full(len(town.ledger), -1, np.int32)
    for table in (town.residents, town.firms):
        found[table["account"]] = table["purse"]
    return found


def settle(
    town: Town,
    channel: str,
    payer: NDArray[np.int32],
    payee: NDArray[np.int32],
    pence: Integers,
    share: float = 1.0,
    sums: Integers | None = None,
) -> None:
    """Book payments (n,); of each at most a share goes from purse to purse, as far as the payer's holds it.

    `sums` (accounts,) are what each account receives of them all, where they are known.
    """
    if town.rules.money.currency is None or not len(pence):
        town.ledger.book(channel, payer, payee, pence, sums)
        return
    purse = purses(town)
    rows = np.flatnonzero((purse[payer] >= 0) & (purse[payee] >= 0))
    source, target = purse[payer[rows]], purse[payee[rows]]
    coins = within_means(source, np.floor(pence[rows] * share).astype(np.int64), np.maximum(town.ledger.balance, 0))
    pounds = pence.copy()
    pounds[rows] -= coins
    town.ledger.book(channel, payer, payee, pounds)
    town.ledger.book(channel, source, target, coins)
