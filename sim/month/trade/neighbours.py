"""Other places that adopt this one's policies: what they no longer buy here.

They are taken to be like this one. Beside such a run goes the same town on the same luck without the policies, its shocks kept. For
each pound of contract work that suppliers elsewhere hold less here than there, other places move a pound of theirs from firms here
to their own, out of what the place sells them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import REGION_ACCOUNT
from sim.core.columns import Table
from sim.kinds.town import Town

Floats = NDArray[np.float64]


def work_elsewhere(contracts: Table, firm_row: NDArray[np.int32], sectors: int) -> Floats:
    """Contract work that suppliers next door and further away hold (2, sectors), pence a month."""
    supplier, value, category = contracts["supplier"], contracts["value"], contracts["category"]
    outside, next_door = firm_row[supplier] < 0, supplier == REGION_ACCOUNT
    sides = (outside & next_door, outside & ~next_door)
    return np.array([np.bincount(category, weights=value * side, minlength=sectors) for side in sides], np.float64)


def adopters(payers: Floats, world: float) -> Floats:
    """Which buyers outside the place are among those who adopt (sectors, 3): public bodies, next door, and further away if all adopt.

    Public bodies elsewhere are paid for by the government, as those here are.

    Examples
    --------
    >>> adopters(np.array([[0.2, 0.5, 0.3]]), 0.0).tolist()
    [[0.2, 0.5, 0.0]]
    """
    result: Floats = payers * np.array([1.0, 1.0, 1.0 if world > 0.0 else 0.0])
    return result


def sales_lost(bought: Floats, moved: Floats, region: float, world: float) -> Floats:
    """What places that adopt the same policies no longer buy here (sectors,) pence a month, at most what they bought.

    Parameters
    ----------
    bought : (sectors,) what adopters usually buy here
    moved : (2, sectors) what the place's policies take from suppliers next door and further away; below nought what they give
    region, world : shares of the buying next door and further away that follows the same policies

    Examples
    --------
    >>> sales_lost(np.array([60.0]), np.array([[50.0], [30.0]]), 1.0, 0.5).tolist()
    [60.0]
    """
    result: Floats = np.minimum(region * moved[0] + world * moved[1], bought)
    return result


def lost_to_adopters(town: Town) -> Floats:
    """What adopting places no longer buy here this month (18,) pence; nought unless the scenario has them adopt."""
    rules, structure = town.rules.neighbours, town.structure
    if rules.moved is None:
        return np.zeros(len(structure.export_pool))
    bought = structure.export_pool * adopters(structure.export_payers, rules.world).sum(axis=1)
    return sales_lost(bought, rules.moved, rules.region, rules.world)


def outside_buyers(town: Town) -> tuple[Floats, Floats]:
    """This month's pool of outside demand (18,) pence and the cumulative shares of who pays (18, 3), after what adopters take away."""
    structure, rules = town.structure, town.rules.neighbours
    payers = structure.export_payers
    if rules.moved is None:
        return structure.export_pool, np.cumsum(payers, axis=1)
    theirs = adopters(payers, rules.world)
    share = np.divide(theirs, theirs.sum(axis=1)[:, None], out=np.zeros_like(theirs), where=theirs.sum(axis=1)[:, None] > 0.0)
    paid = np.maximum(structure.export_pool[:, None] * payers - lost_to_adopters(town)[:, None] * share, 0.0)
    pool: Floats = paid.sum(axis=1)
    shares = np.divide(paid, pool[:, None], out=payers.copy(), where=pool[:, None] > 0.0)
    cumulative = np.cumsum(shares, axis=1)
    # The last share is 1 to the bit, so that parts add up to the whole.
    cumulative[:, -1] = 1.0
    return pool, cumulative
