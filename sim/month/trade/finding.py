"""Finding a seller by chance in a category of shopping."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.at_rows import at_rows
from sim.core.channels import REGION_ACCOUNT, WORLD_ACCOUNT
from sim.kinds.town import Town

Floats = NDArray[np.float64]


def find_sellers(town: Town, category: NDArray[np.int64], draws: Floats) -> NDArray[np.int32]:
    """A seller found by chance in each category (n,), as an account.

    Three draws (n, 3): in the place, next door or further away; which sector; which firm, by appeal.
    """
    structure, firms = town.structure, town.firms
    local = draws[:, 0] < structure.category_local[category]
    region = draws[:, 0] < (structure.category_local + structure.category_region)[category]
    found = np.where(region, REGION_ACCOUNT, WORLD_ACCOUNT).astype(np.int32)
    rows = np.flatnonzero(local)
    chances = structure.category_sector[category[rows]]
    sector = (chances < draws[rows, 1, None] * chances[:, -1:]).sum(axis=1)
    sector = np.minimum(sector, chances.shape[1] - 1)
    firm = town.sellers.choose(sector, draws[rows, 2])
    found[rows] = np.where(firm >= 0, at_rows(firms["account"], firm), REGION_ACCOUNT)
    return found
