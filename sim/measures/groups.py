"""Sums the month's bookings by groups of accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import ANCHORS, FUNDS
from sim.core.ledger import Booking
from sim.kinds.firms import Branch
from sim.kinds.flows import ANCHOR_GROUP, FIRST_FIRM, FIRST_RESIDENT, GROUPS, OUTSIDE, GroupFlows
from sim.kinds.town import Town
from sim.settings.sectors import TITLES

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Looked = NDArray[Any]

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
#: Payments laid end to end before they are summed.
BATCH: Final = 1 << 16


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
    """Sum the month's journal by groups; one pass over the bookings, short ones together."""
    group, number = group_of_accounts(town), len(GROUPS)
    row, pence, contracts = group * number, np.zeros(number * number), np.zeros(number)
    for payer, payee, weights in _laid_together(_counted(town), row, group):
        pence += np.bincount(np.add(payer, payee, out=payer), weights=weights, minlength=number * number)
    for _, payee, weights in _laid_together([booking for booking in town.ledger.journal if booking.channel == "contracts"], row, group):
        contracts += np.bincount(payee, weights=weights, minlength=number)
    return GroupFlows(np.rint(pence).astype(np.int64).reshape(number, number), np.rint(contracts).astype(np.int64))


def payments_of_firms(town: Town) -> tuple[Floats, Floats]:
    """What each firm paid out this month, and of it to accounts in the place, pence (firms,)."""
    holder = _holders(town)
    accounts, here = len(holder), np.arange(len(holder)) >= len(OUTSIDE)
    paid, kept = np.zeros(accounts), np.zeros(accounts)
    by_firms = [booking for booking in _counted(town) if booking.channel not in RESIDENTS_PAY]
    for account, stays, weights in _laid_together(by_firms, holder, here):
        paid += np.bincount(account, weights=weights, minlength=accounts)
        kept += np.bincount(account, weights=np.where(stays, weights, 0.0), minlength=accounts)
    firm = town.firms["account"]
    return paid[firm], kept[firm]


def _counted(town: Town) -> list[Booking]:
    """The month's bookings that are income of somebody."""
    return [booking for booking in town.ledger.journal if booking.channel not in FINANCIAL]


def _laid_together(bookings: list[Booking], of_payer: Looked, of_payee: Looked) -> Iterator[tuple[Looked, Looked, Floats]]:
    """What is looked up of payers and payees, and pence, of bookings laid end to end, some at a time.

    Calls for many short bookings cost more than their sums.
    """
    batch: list[Booking] = []
    size = 0
    for place, booking in enumerate(bookings, 1):
        batch.append(booking)
        size += len(booking.pence)
        if size >= BATCH or place == len(bookings):
            payers, payees, pence = np.empty(size, of_payer.dtype), np.empty(size, of_payee.dtype), np.empty(size)
            at = 0
            for item in batch:
                part = slice(at, at := at + len(item.pence))
                payers[part], payees[part], pence[part] = of_payer.take(item.payer), of_payee.take(item.payee), item.pence
            yield payers, payees, pence
            batch, size = [], 0


def _holders(town: Town) -> Integers:
    """The account in pounds of whoever holds each account (accounts,): a purse of local currency belongs to its firm."""
    holder = np.arange(len(town.ledger))
    held = town.firms["purse"] >= 0
    holder[town.firms["purse"][held]] = town.firms["account"][held]
    return holder
