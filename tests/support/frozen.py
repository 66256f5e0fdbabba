"""Towns with frozen behaviour, and their own coefficients as read from a month's journal.

Whole pence are rounded many times a month. To compare with theory to 1e-9 the currency of the test has a
hundred million minor units instead of a hundred: the same model, with a finer penny.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import spsolve
from support.places import scaled, shipped, with_parameters, with_place

from sim.economy import Economy
from sim.runs.opening.opened import opened

Floats = NDArray[np.float64]

FINE = 10**8
#: Anytown made smaller by this is the tiny town of these tests: about 150 adults.
TINY = 1 / 25


def frozen_town(size: float = TINY, seed: int = 1, minor_units: int = FINE) -> Economy:
    """The invented town at its opening, frozen, in fine pence."""
    usual = shipped("anytown/business-as-usual")
    place = scaled(usual.place, size)
    place = place.model_copy(update={"currency": place.currency.model_copy(update={"minor_units": minor_units})})
    scenario = with_parameters(with_place(usual, place), behaviour__frozen=1.0, behaviour__burn_in_months=0.0)
    return opened(scenario, seed=seed)


def receipts(town: Economy) -> NDArray[np.int64]:
    """What each account was paid in the month (accounts,)."""
    got = np.zeros(len(town.ledger), np.int64)
    for booking in town.ledger.journal:
        np.add.at(got, np.broadcast_to(booking.payee, booking.pence.shape), booking.pence)
    return got


#: A town is at rest when no account's receipts change by more than this part of all receipts from one month to the next.
AT_REST = 1e-13


def run_to_rest(town: Economy, most: int = 400) -> int:
    """Step until the month's receipts are those of the month before (`AT_REST`); return the months it took."""
    before, change = receipts(town), 0.0
    for month in range(1, most + 1):
        town.advance()
        now = receipts(town)
        change = float(np.abs(now - before).max()) / float(now.sum())
        if change <= AT_REST:
            return month
        before = now
    raise AssertionError(f"no rest after {most} months: some account still changes by {change} of all receipts")


@dataclass(frozen=True)
class Accounts:
    """The month of a town as a linear system over firms and residents.

    Attributes
    ----------
    member : (n,) int, account number of each member
    income : (n,) what each received; residents' council tax, a fixed sum, is taken off
    outside : (n,) the part of it that no member paid, council tax taken off
    passed_on : (n, n) sparse, what each (row) paid to each (column), for one of its income
    """

    member: NDArray[np.int64]
    income: Floats
    outside: Floats
    passed_on: sparse.csr_matrix

    @classmethod
    def of(cls, town: Economy) -> Accounts:
        """Read the month's journal."""
        inside = np.zeros(len(town.ledger), bool)
        inside[town.firms["account"]] = True
        inside[town.residents["account"]] = True
        member = np.flatnonzero(inside)
        place = np.full(len(inside), -1, np.int64)
        place[member] = np.arange(len(member))
        income, outside = np.zeros(len(member)), np.zeros(len(member))
        payer_of, payee_of, pence_of = [], [], []
        for booking in town.ledger.journal:
            payer = place[np.broadcast_to(booking.payer, booking.pence.shape)]
            payee = place[np.broadcast_to(booking.payee, booking.pence.shape)]
            if booking.channel == "council tax":
                np.subtract.at(income, payer[payer >= 0], booking.pence[payer >= 0])
                np.subtract.at(outside, payer[payer >= 0], booking.pence[payer >= 0])
                continue
            np.add.at(income, payee[payee >= 0], booking.pence[payee >= 0])
            entering = (payer < 0) & (payee >= 0)
            np.add.at(outside, payee[entering], booking.pence[entering])
            within = (payer >= 0) & (payee >= 0)
            payer_of.append(payer[within])
            payee_of.append(payee[within])
            pence_of.append(booking.pence[within].astype(np.float64))
        size = (len(member), len(member))
        paid = sparse.coo_matrix((np.concatenate(pence_of), (np.concatenate(payer_of), np.concatenate(payee_of))), shape=size).tocsr()
        share = np.divide(1.0, income, out=np.zeros(len(income)), where=income > 0)
        return cls(member, income, outside, sparse.diags(share) @ paid)

    def response(self, entry: Floats) -> Floats:
        """Long-run income of each member, for what enters each month (n,): entry (I - Q)^-1, households closed in (type II)."""
        system = sparse.identity(len(entry), format="csc") - self.passed_on.T.tocsc()
        result: Floats = spsolve(system, entry)
        return result


def inject(town: Economy, sector: int, share: float) -> None:
    """Add to outside demand for a sector, for good, a share of the sector's usual output."""
    firms = town.firms
    extra = share * float(firms["last_output"][firms["sector"] == sector].sum())
    pool = town.structure.export_pool.copy()
    pool[sector] += extra
    town.structure = replace(town.structure, export_pool=pool)


def export_receipts(town: Economy) -> NDArray[np.int64]:
    """What each account was paid by buyers outside (accounts,)."""
    got = np.zeros(len(town.ledger), np.int64)
    for booking in town.ledger.journal:
        if booking.channel == "exports":
            np.add.at(got, booking.payee, booking.pence)
    return got
