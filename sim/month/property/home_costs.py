"""What homes that an anchor builds and lets cost it this month: interest, repayment, upkeep."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.dwellings import SOCIAL
from sim.kinds.town import Town

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


def interest_on_homes(town: Town) -> Integers:
    """Interest on what is owed on each place (dwellings,) pence."""
    result: Integers = np.rint(town.dwellings["loan"] * (town.rules.parameters["land.loan_rate"] / 12.0)).astype(np.int64)
    return result


def repayment_on_homes(town: Town) -> Integers:
    """Principal due on each finished place (dwellings,) pence: what was borrowed in equal parts over the months of the loan."""
    homes = town.dwellings
    borrowed = homes["cost"] - np.floor(homes["cost"] * homes["grant_share"]).astype(np.int64)
    due = np.where(homes["finished"] >= 0, -(-borrowed // homes["loan_months"]), 0)
    result: Integers = np.minimum(due, homes["loan"])
    return result


def upkeep_of_homes(town: Town) -> Integers:
    """Repairs and management of each place that is let (dwellings,) pence."""
    homes = town.dwellings
    result: Integers = np.where((homes["use"] == SOCIAL) & (homes["resident"] >= 0), homes["upkeep"], 0)
    return result


def home_costs(town: Town) -> Floats:
    """What each anchor must keep for them when it pays its invoices (anchors,) pence; nought where no homes are built."""
    number = len(town.anchors)
    if not len(town.dwellings):
        return np.zeros(number)
    due = interest_on_homes(town) + repayment_on_homes(town) + upkeep_of_homes(town)
    result: Floats = np.bincount(town.dwellings["anchor"], weights=due, minlength=number).astype(np.float64)
    return result
