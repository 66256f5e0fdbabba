"""Homes: rents to local, outside and social landlords; interest on mortgages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BANK_ACCOUNT
from sim.kinds.town import Town

Integers = NDArray[np.int64]


def rent_paid(due: Integers, available: Integers) -> tuple[Integers, Integers]:
    """Rent paid out of what tenants hold, and what remains owing (n,) pence each.

    Examples
    --------
    >>> [part.tolist() for part in rent_paid(np.array([500, 500]), np.array([800, 300]))]
    [[500, 300], [0, 200]]
    """
    paid = np.minimum(due, available)
    return paid, due - paid


def phase(town: Town) -> None:
    """Rents with arrears, then mortgage interest. Principal is neither paid down nor added to: with no one
    ageing, repayments and new mortgages cancel over the place."""
    _pay_rents(town)
    _pay_mortgages(town)


def _pay_rents(town: Town) -> None:
    residents, ledger = town.residents, town.ledger
    rows = np.flatnonzero(residents["rent"] > 0)
    account, landlord = residents["account"][rows], residents["landlord"][rows]
    rent = residents["rent"][rows]
    if town.frozen:
        share = np.minimum(rent / np.maximum(residents["usual_income"][rows], 1.0), 1.0)
        due = np.floor(np.maximum(residents["income"][rows], 0) * share).astype(np.int64)
        due = np.minimum(due, ledger.available(account))
        ledger.book("rents", account, landlord, due)
        _note_rents_received(town, landlord, due)
        return
    paid, owing = rent_paid(rent + residents["rent_arrears"][rows], ledger.available(account))
    ledger.book("rents", account, landlord, paid)
    limit = rent * town.rules.parameters["households.arrears_limit"]
    given_up = owing > limit
    town.notes.rent_given_up += int(owing[given_up].sum())
    residents["rent_arrears"][rows] = np.where(given_up, 0, owing)
    _note_rents_received(town, landlord, paid)


def _note_rents_received(town: Town, landlord: NDArray[np.int32], paid: Integers) -> None:
    """Rents are income of landlords who live here and of anchors that let homes; it is spent next month."""
    received = np.bincount(landlord, weights=paid, minlength=len(town.ledger)).astype(np.int64)
    town.residents["other_income"][:] += received[town.residents["account"]]
    town.anchors["received"] += received[town.anchors["account"]]


def _pay_mortgages(town: Town) -> None:
    residents, ledger = town.residents, town.ledger
    rows = np.flatnonzero(residents["mortgage"] > 0)
    monthly = float(town.place.housing.mortgage_rate) / 12.0
    interest = np.rint(residents["mortgage"][rows] * monthly).astype(np.int64)
    if town.frozen:
        share = np.minimum(interest / np.maximum(residents["usual_income"][rows], 1.0), 1.0)
        interest = np.floor(np.maximum(residents["income"][rows], 0) * share).astype(np.int64)
    account = residents["account"][rows]
    ledger.book("mortgage interest", account, BANK_ACCOUNT, np.minimum(interest, ledger.available(account)))
