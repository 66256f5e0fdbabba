"""Anchors' reserves placed in the place: with the community bank where there is one, else with the investment fund."""

from __future__ import annotations

import numpy as np

from sim.kinds.claims import fund_row
from sim.kinds.funds import CommunityBank
from sim.kinds.town import Town
from sim.month.finance.investment_fund import place_reserves


def to_place(reserves: int, placed: int, share: float) -> int:
    """Pence to place (or, below nought, to take back) so that a share of all reserves is placed.

    Examples
    --------
    >>> to_place(900, 100, 0.3), to_place(100, 900, 0.3)
    (200, -600)
    """
    return int(np.floor(share * (max(reserves, 0) + placed))) - placed


def run(town: Town) -> None:
    """Each anchor moves toward its share; money in the fund stays until firms repay, money at the bank comes back as the bank has cash."""
    anchors, rules = town.anchors, town.rules.money.reserves
    if not rules and not anchors["bank_deposits"].any():
        return
    bank = fund_row(town, CommunityBank)
    for anchor in range(len(anchors)):
        placed = int(anchors["bank_deposits"][anchor] + anchors["fund_units"][anchor])
        move = to_place(int(town.ledger.balance[anchors["account"][anchor]]), placed, rules.get(anchor, 0.0))
        if bank >= 0:
            _with_bank(town, bank, anchor, move)
        elif move > 0:
            place_reserves(town, anchor, move)


def _with_bank(town: Town, bank: int, anchor: int, move: int) -> None:
    """Into the bank, or back as far as the bank has cash."""
    anchors, ledger = town.anchors, town.ledger
    account, fund = int(anchors["account"][anchor]), int(town.funds["account"][bank])
    if move > 0:
        anchors["bank_deposits"][anchor] += ledger.book("fund deposits", account, fund, np.array([move]))
        return
    back = min(-move, int(anchors["bank_deposits"][anchor]), int(ledger.balance[fund]))
    anchors["bank_deposits"][anchor] -= ledger.book("fund deposits", fund, account, np.array([max(back, 0)]))
