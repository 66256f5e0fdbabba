"""Sums the month's bookings by groups of accounts."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import ANCHORS
from sim.kinds.firms import Branch
from sim.kinds.flows import ANCHOR_GROUP, FIRST_FIRM, FIRST_RESIDENT, GROUPS, OUTSIDE, GroupFlows
from sim.kinds.town import Town
from sim.settings.sectors import TITLES

#: Channels that move ownership or debt, not the month's income: left out of circulation.
FINANCIAL: Final = frozenset({"new loans", "repayments", "write-offs", "owner capital", "estates", "firm sales", "seed capital"})
#: Channels in which only residents pay.
RESIDENTS_PAY: Final = frozenset({"shopping", "spending taxes", "rents", "mortgage interest", "council tax"})


def group_of_accounts(town: Town) -> NDArray[np.int16]:
    """Group of each account (accounts,)."""
    sector = town.ledger.sector
    group = np.full(len(sector), FIRST_FIRM, np.int16)
    group[: len(OUTSIDE)] = np.arange(len(OUTSIDE))
    group[sector == ANCHORS] = ANCHOR_GROUP
    residents = town.residents
    group[residents["account"]] = FIRST_RESIDENT + residents["income_tenth"] // 2
    firms = town.firms
    branch = np.where(firms["kind"] == Branch.code, len(TITLES), 0)
    group[firms["account"]] = FIRST_FIRM + firms["sector"] + branch
    return group


def group_flows(town: Town) -> GroupFlows:
    """Sum the month's journal by groups; one pass over the bookings."""
    group = group_of_accounts(town)
    number = len(GROUPS)
    pence = np.zeros(number * number)
    contracts = np.zeros(number)
    paid, here = np.zeros(len(town.ledger)), np.zeros(len(town.ledger))
    for booking in town.ledger.journal:
        if booking.channel in FINANCIAL:
            continue
        payer, payee = group[booking.payer], group[booking.payee]
        code = payer.astype(np.int32) * number + payee
        pence += np.bincount(np.broadcast_to(code, booking.pence.shape), weights=booking.pence, minlength=number * number)
        if booking.channel == "contracts":
            contracts += np.bincount(np.broadcast_to(payee, booking.pence.shape), weights=booking.pence, minlength=number)
        if booking.channel not in RESIDENTS_PAY:
            account = np.broadcast_to(booking.payer, booking.pence.shape)
            paid += np.bincount(account, weights=booking.pence, minlength=len(paid))
            stays = np.where(np.broadcast_to(payee, booking.pence.shape) >= len(OUTSIDE), booking.pence, 0)
            here += np.bincount(account, weights=stays, minlength=len(paid))
    firm = town.firms["account"]
    return GroupFlows(
        np.rint(pence).astype(np.int64).reshape(number, number), np.rint(contracts).astype(np.int64), paid[firm], here[firm]
    )
