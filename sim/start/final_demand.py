"""Where the money of households and investors goes: in the place, in the region around it, elsewhere, and in taxes.

Pure functions on arrays by sector of the seller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.settings.sectors import CODES
from sim.start.national import NationalAccounts

__all__ = ["Destinations", "investment_purchases", "local_pull", "shopping_kept", "split_destinations"]

Floats = NDArray[np.float64]

#: Sectors that residents mostly buy from at a distance: goods from makers, energy, information and finance.
REMOTE: Final = np.array([code in {"S1", "S2", "S3", "S4", "S5", "S10", "S11"} for code in CODES])
#: Imported investment is taken to be machines, vehicles and other goods: the national table gives its total alone.
IMPORTED_INVESTMENT: Final = CODES.index("S4")


@dataclass(frozen=True)
class Destinations:
    """Where each unit spent on a sector's products goes, arrays (18,) that add to 1: place, rest of the region, elsewhere, tax."""

    local: Floats
    region: Floats
    world: Floats
    tax: Floats


def local_pull(quotients: Floats, remote_weight: float) -> Floats:
    """How strongly residents turn to the place's own sellers, (18,), from 0: no seller in the place.

    Parameters
    ----------
    quotients : ndarray (18,)
        Simple location quotients of the place.
    remote_weight : float
        Weight of sectors bought mostly at a distance, against 1 for the others.

    Examples
    --------
    >>> local_pull(np.full(18, 2.0), 0.25).tolist()[3:8]
    [0.25, 0.25, 1.0, 1.0, 1.0]
    """
    return np.minimum(1.0, quotients) * np.where(REMOTE, remote_weight, 1.0)


def shopping_kept(spending: Floats, domestic: Floats, pull: Floats, limit: Floats, kept: float) -> Floats:
    """Share of spending on each sector that stays in the place, such that `kept` in all stays.

    Each share is ``min(limit, domestic * (1 - exp(-strength * pull)))``; one strength for all sectors is found by bisection.

    Parameters
    ----------
    spending : ndarray (18,)
        What residents spend by sector of the seller.
    domestic : ndarray (18,)
        Share of that which the nation's own industries receive: the most that can stay.
    pull : ndarray (18,)
        From `local_pull`.
    limit : ndarray (18,)
        Most that the place's sellers can serve, as a share of `spending`.
    kept : float
        Money wanted to stay in all, in the unit of `spending`.

    Returns
    -------
    ndarray (18,)
        Where even the limits are too little, the limits.

    Examples
    --------
    >>> ones = np.ones(2)
    >>> shopping_kept(np.array([60.0, 40.0]), ones, ones, ones, 50.0).round(6).tolist()
    [0.5, 0.5]
    """

    def shares(strength: float) -> Floats:
        return np.minimum(limit, domestic * -np.expm1(-strength * pull))

    low, high = 0.0, 1e4
    if float(spending @ shares(high)) <= kept:
        return shares(high)
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if float(spending @ shares(middle)) < kept else (low, middle)
    return shares(high)


def split_destinations(local: Floats, domestic: Floats, tax: Floats, region_share: Floats) -> Destinations:
    """Destinations of spending, given what stays.

    Parameters
    ----------
    local : ndarray (18,)
        Share that stays in the place.
    domestic, tax : ndarray (18,)
        Shares that the nation's industries and the taxes on products receive; imports are the rest.
    region_share : ndarray (18,)
        Share of the rest of the domestic part that the region around the place receives.

    Returns
    -------
    Destinations
        Adds to 1 for each sector.

    Examples
    --------
    >>> split_destinations(np.array([0.25]), np.array([0.75]), np.array([0.125]), np.array([0.5])).region.tolist()
    [0.25]
    """
    region = (domestic - local) * region_share
    return Destinations(local=local, region=region, world=1.0 - tax - local - region, tax=tax)


def investment_purchases(nation: NationalAccounts) -> tuple[Floats, Floats, Floats]:
    """National investment by sector of the seller (18,), GBP million, with its domestic and its tax share (18,).

    Parameters
    ----------
    nation : NationalAccounts
        The national table.

    Notes
    -----
    The table gives imports and taxes of gross fixed capital formation as totals. Imports are taken to be goods of other manufacturing,
    and taxes the same share of every sector's price; both are assumptions.

    Examples
    --------
    >>> from sim.start.national import national_accounts
    >>> total, domestic, tax = investment_purchases(national_accounts())
    >>> bool((domestic + tax <= 1 + 1e-12).all())
    True
    """
    before_tax = nation.investment.copy()
    before_tax[IMPORTED_INVESTMENT] += nation.investment_imports
    tax_rate = nation.investment_taxes / (nation.investment_taxes + before_tax.sum())
    total = before_tax / (1.0 - tax_rate)
    domestic = np.divide(nation.investment, total, out=np.zeros_like(total), where=total > 0)
    return total, domestic, np.full_like(total, tax_rate)
