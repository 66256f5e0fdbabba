"""The month's money between groups: what the measures of circulation and the picture of a pound read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import ANCHORS
from sim.kinds.firms import Branch
from sim.kinds.town import Town
from sim.settings.sectors import TITLES

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Channels that move ownership or debt, not the month's income: left out of circulation.
FINANCIAL = frozenset(
    {"new loans", "repayments", "write-offs", "owner capital", "estates", "firm sales", "seed capital"}
)
OUTSIDE = ("government", "neighbouring region", "rest of the world", "banks")
RESIDENT_GROUPS = ("residents, poorest fifth", "residents, second fifth", "residents, third fifth", "residents, fourth fifth", "residents, richest fifth")
FIRST_RESIDENT = len(OUTSIDE) + 1
FIRST_FIRM = FIRST_RESIDENT + len(RESIDENT_GROUPS)
GROUPS: tuple[str, ...] = (
    *OUTSIDE,
    "anchors",
    *RESIDENT_GROUPS,
    *(f"{title}, owned here" for title in TITLES),
    *(f"{title}, branches" for title in TITLES),
)


@dataclass(frozen=True)
class GroupFlows:
    """Pence that moved between groups in a month.

    Attributes
    ----------
    pence : (groups, groups) int64, payer by row
    contracts : (groups,) int64, what anchors paid on contracts by group of the supplier
    firm_paid, firm_paid_here : (firms,) float64, what each firm paid out, and to accounts in the place
    """

    pence: Integers
    contracts: Integers
    firm_paid: Floats
    firm_paid_here: Floats

    def passed_on(self) -> Floats:
        """Share of each local group's payments that goes to each local group (local, local): Q of the Markov chain."""
        local = self.pence[len(OUTSIDE) :, len(OUTSIDE) :].astype(np.float64)
        total = self.pence[len(OUTSIDE) :].sum(axis=1).astype(np.float64)
        return np.divide(local, total[:, None], out=np.zeros_like(local), where=total[:, None] > 0)


def group_of_accounts(town: Town) -> NDArray[np.int16]:
    """Group of each account (accounts,)."""
    sector = town.ledger.sector
    group = np.full(len(sector), FIRST_FIRM, np.int16)
    group[:4] = np.arange(4)
    group[sector == ANCHORS] = len(OUTSIDE)
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


#: Channels in which only residents pay.
RESIDENTS_PAY = frozenset({"shopping", "spending taxes", "rents", "mortgage interest", "council tax"})
