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

#: Columns of `structure.export_payers` for buyers next door and further away.
REGION_PAYER, WORLD_PAYER = 1, 2


def work_elsewhere(contracts: Table, firm_row: NDArray[np.int32], sectors: int) -> Floats:
    """Contract work that suppliers next door and further away hold (2, sectors), pence a month."""
    supplier, value, category = contracts["supplier"], contracts["value"], contracts["category"]
    outside, next_door = firm_row[supplier] < 0, supplier == REGION_ACCOUNT
    sides = (outside & next_door, outside & ~next_door)
    return np.array([np.bincount(category, weights=value * side, minlength=sectors) for side in sides], np.float64)


def sales_lost(pool: Floats, payers: Floats, moved: Floats, region: float, world: float) -> Floats:
    """What places that adopt the same policies no longer buy here (2, sectors) pence a month, at most what they bought.

    Parameters
    ----------
    pool : (sectors,) usual sales outside the place
    payers : (sectors, 3) shares of government, next door and further away in them
    moved : (2, sectors) what the place's policies take from suppliers there; below nought what they give
    region, world : shares of the buying next door and further away that follows the same policies

    Examples
    --------
    >>> sales_lost(np.array([100.0]), np.array([[0.2, 0.5, 0.3]]), np.array([[60.0], [10.0]]), 1.0, 0.5).tolist()
    [[50.0], [5.0]]
    """
    most = np.array([pool * payers[:, REGION_PAYER], pool * payers[:, WORLD_PAYER]])
    result: Floats = np.minimum(moved * np.array([[region], [world]]), most)
    return result


def lost_to_adopters(town: Town) -> Floats:
    """What adopting places no longer buy here this month (2, 18) pence; nought unless the scenario has them adopt."""
    rules, structure = town.rules.neighbours, town.structure
    if rules.moved is None:
        return np.zeros((2, len(structure.export_pool)))
    return sales_lost(structure.export_pool, structure.export_payers, rules.moved, rules.region, rules.world)


def outside_buyers(town: Town) -> tuple[Floats, Floats]:
    """This month's pool of outside demand (18,) pence and the cumulative shares of who pays (18, 3), after what adopters take away."""
    structure = town.structure
    if town.rules.neighbours.moved is None:
        return structure.export_pool, np.cumsum(structure.export_payers, axis=1)
    paid = structure.export_pool[:, None] * structure.export_payers
    paid[:, REGION_PAYER:] -= lost_to_adopters(town).T
    paid = np.maximum(paid, 0.0)
    pool: Floats = paid.sum(axis=1)
    shares = np.divide(paid, pool[:, None], out=structure.export_payers.copy(), where=pool[:, None] > 0.0)
    cumulative = np.cumsum(shares, axis=1)
    # The last share is 1 to the bit, so that parts add up to the whole.
    cumulative[:, -1] = 1.0
    return pool, cumulative
