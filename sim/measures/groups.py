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
    group, holder = group_of_accounts(town), _holders(town)
    number, accounts = len(GROUPS), len(holder)
    pence, contracts = np.zeros(number * number), np.zeros(number)
    paid, here = np.zeros(accounts), np.zeros(accounts)
    counted = [booking for booking in town.ledger.journal if booking.channel not in FINANCIAL]
    by_firms = [booking for booking in counted if booking.channel not in RESIDENTS_PAY]
    for payer, payee, weights in _laid_together([booking for booking in counted if booking.channel in RESIDENTS_PAY]):
        pence += np.bincount(group[payer] * number + group[payee], weights=weights, minlength=number * number)
    for payer, payee, weights in _laid_together(by_firms):
        to = group[payee]
        pence += np.bincount(group[payer] * number + to, weights=weights, minlength=number * number)
        account = holder[payer]
        paid += np.bincount(account, weights=weights, minlength=accounts)
        here += np.bincount(account, weights=np.where(to >= len(OUTSIDE), weights, 0.0), minlength=accounts)
    for _, payee, weights in _laid_together([booking for booking in counted if booking.channel == "contracts"]):
        contracts += np.bincount(group[payee], weights=weights, minlength=number)
    firm = town.firms["account"]
    return GroupFlows(np.rint(pence).astype(np.int64).reshape(number, number), np.rint(contracts).astype(np.int64), paid[firm], here[firm])


def _laid_together(bookings: list[Booking]) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]]:
    """Payers, payees and pence of bookings laid end to end, some at a time: calls for many short ones cost more than their sums."""
    batch: list[Booking] = []
    size = 0
    for place, booking in enumerate(bookings, 1):
        batch.append(booking)
        size += len(booking.pence)
        if size >= BATCH or place == len(bookings):
            payers = [item.payer if item.payer.ndim else np.full(len(item.pence), item.payer) for item in batch]
            payees = [item.payee if item.payee.ndim else np.full(len(item.pence), item.payee) for item in batch]
            yield _joined(payers), _joined(payees), _joined([item.pence for item in batch]).astype(np.float64)
            batch, size = [], 0


def _joined(parts: list[NDArray[Any]]) -> NDArray[Any]:
    """Arrays end to end; one alone is not copied."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _holders(town: Town) -> Integers:
    """The account in pounds of whoever holds each account (accounts,): a purse of local currency belongs to its firm."""
    holder = np.arange(len(town.ledger))
    held = town.firms["purse"] >= 0
    holder[town.firms["purse"][held]] = town.firms["account"][held]
    return holder
