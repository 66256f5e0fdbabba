"""What all funds of the place have in common: setting up, paying in, running costs, and lending in turn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import FUNDS, WORLD_ACCOUNT
from sim.core.streams import RESERVED
from sim.kinds.funds import Fund
from sim.kinds.town import Town

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Slots of the reserved range for each kind of fund.
SLOTS_OF_A_KIND = 1 << 12


def in_turn(wanted: Integers, order: NDArray[np.integer], pool: int) -> Integers:
    """What each gets of a pool when it is served in this order until nothing is left, whole pence (n,).

    Examples
    --------
    >>> in_turn(np.array([50, 30, 40]), np.array([2, 0, 1]), 60).tolist()
    [20, 0, 40]
    """
    ranked = wanted[order]
    before = np.cumsum(ranked) - ranked
    granted = np.zeros(len(wanted), np.int64)
    granted[order] = np.clip(pool - before, 0, ranked)
    return granted


def paid_in_part(asked: Integers, cash: int) -> Integers:
    """What savers get who ask for their money together: all of it, or equal parts in a pound of what is there (n,).

    Examples
    --------
    >>> paid_in_part(np.array([60, 40]), 1000).tolist(), paid_in_part(np.array([60, 40]), 50).tolist()
    ([60, 40], [30, 20])
    """
    total = int(asked.sum())
    if total <= cash:
        return asked
    result: Integers = np.floor(asked * (max(cash, 0) / total)).astype(np.int64)
    return result


def ever_set_up(town: Town, kind: type[Fund]) -> bool:
    """Whether a fund of this kind runs or ran."""
    return bool(len(town.funds)) and bool((town.funds["kind"] == kind.code).any())


def set_up(town: Town, kind: type[Fund], anchor: int, issue: int = -1) -> int:
    """A new fund with an empty account, in a slot of the reserved range; returns its row."""
    place = int((town.funds["kind"] == kind.code).sum())
    town.funds.add(
        1,
        slots=np.array([RESERVED + kind.code * SLOTS_OF_A_KIND + place]),
        kind=kind.code,
        account=town.ledger.open(1, FUNDS),
        anchor=anchor,
        founded=town.month,
        issue=issue,
    )
    town.refresh_rows()
    return len(town.funds) - 1


def pay_capital(town: Town, row: int, anchor: int, pence: int) -> int:
    """An anchor pays capital into the fund in this row out of what it holds; returns what it paid."""
    funds, ledger = town.funds, town.ledger
    payer = int(town.anchors["account"][anchor])
    paid = min(pence, int(ledger.available(payer)))
    ledger.book("fund capital", payer, int(funds["account"][row]), np.array([paid]))
    funds["capital"][row] += paid
    return paid


def pay_running_cost(town: Town, row: int, assets: int) -> None:
    """A month of staff and premises, as far as the fund has cash."""
    funds, ledger = town.funds, town.ledger
    account = int(funds["account"][row])
    due = int(assets * float(funds["running_cost"][row]) / 12.0)
    paid = min(max(due, 0), int(ledger.available(account)))
    ledger.book("policy costs", account, WORLD_ACCOUNT, np.array([paid]))
