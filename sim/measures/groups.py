"""Sums the month's bookings by groups of accounts."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import ANCHORS, FUNDS
from sim.kinds.firms import Branch
from sim.kinds.flows import ANCHOR_GROUP, FIRST_FIRM, FIRST_RESIDENT, GROUPS, OUTSIDE, GroupFlows
from sim.kinds.town import Town
from sim.settings.sectors import TITLES

Integers = NDArray[np.int64]

#: Channels that move ownership or debt, not the month's income: left out of circulation.
FINANCIAL: Final = frozenset({"new loans", "repayments", "write-offs", "owner capital", "estates", "firm sales", "seed capital"}) | {
    "fund capital",
    "fund deposits",
    "fund loans",
    "fund repayments",
    "currency exchange",
    "land loans",
    "home sales",
    "new mortgages",
    "member stakes",
    "stakes returned",
    "invoices taken over",
}
#: Channels in which only residents pay.
RESIDENTS_PAY: Final = frozenset({"shopping", "spending taxes", "rents", "mortgage interest", "council tax"})


def group_of_accounts(town: Town) -> Integers:
    """Group of each account (accounts,)."""
    sector = town.ledger.sector
    group = np.full(len(sector), FIRST_FIRM, np.int64)
    group[: len(OUTSIDE)] = np.arange(len(OUTSIDE))
    # Funds of the place stand with the anchors that set them up.
    group[(sector == ANCHORS) | (sector == FUNDS)] = ANCHOR_GROUP
    residents = town.residents
    place = FIRST_RESIDENT + residents["income_tenth"] // 2
    group[residents["account"]] = place
    group[residents["purse"][residents["purse"] >= 0]] = place[residents["purse"] >= 0]
    firms = town.firms
    branch = np.where(firms["kind"] == Branch.code, len(TITLES), 0)
    sector_of = FIRST_FIRM + firms["sector"] + branch
    group[firms["account"]] = sector_of
    group[firms["purse"][firms["purse"] >= 0]] = sector_of[firms["purse"] >= 0]
    return group


def group_flows(town: Town) -> GroupFlows:
    """Sum the month's journal by groups; one pass over the bookings."""
    group = group_of_accounts(town)
    number = len(GROUPS)
    pence = np.zeros(number * number)
    contracts = np.zeros(number)
    paid, here = np.zeros(len(town.ledger)), np.zeros(len(town.ledger))
    holder = _holders(town)
    for booking in town.ledger.journal:
        if booking.channel in FINANCIAL:
            continue
        payer, payee = group[booking.payer], group[booking.payee]
        weights = booking.pence.astype(np.float64)
        pence += np.bincount(np.broadcast_to(payer * number + payee, weights.shape), weights=weights, minlength=number * number)
        if booking.channel == "contracts":
            contracts += np.bincount(np.broadcast_to(payee, weights.shape), weights=weights, minlength=number)
        if booking.channel not in RESIDENTS_PAY:
            account = np.broadcast_to(holder[booking.payer], weights.shape)
            paid += np.bincount(account, weights=weights, minlength=len(paid))
            stays = np.where(payee >= len(OUTSIDE), weights, 0.0)
            here += np.bincount(account, weights=stays, minlength=len(paid))
    firm = town.firms["account"]
    return GroupFlows(np.rint(pence).astype(np.int64).reshape(number, number), np.rint(contracts).astype(np.int64), paid[firm], here[firm])


def _holders(town: Town) -> Integers:
    """The account in pounds of whoever holds each account (accounts,): a purse of local currency belongs to its firm."""
    holder = np.arange(len(town.ledger))
    held = town.firms["purse"] >= 0
    holder[town.firms["purse"][held]] = town.firms["account"][held]
    return holder
