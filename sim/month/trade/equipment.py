"""Equipment: whom firms buy investment goods from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import GOVERNMENT_ACCOUNT, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.kinds.town import Town
from sim.month.trade.market import placed_orders, sell, supplier_rows

Integers = NDArray[np.int64]


def buy_equipment(town: Town, pence: Integers) -> None:
    """Investment goods from local makers the firm deals with, next door, and further away."""
    firms, ledger, structure = town.firms, town.ledger, town.structure
    account = firms["account"]
    sectors = np.flatnonzero(structure.investment_local > 0.0)
    orders = np.floor(pence[:, None] * structure.investment_local[sectors]).astype(np.int64)
    row = supplier_rows(town)[:, sectors]
    buyer, rows, wanted = placed_orders(orders, row)
    accepted = sell(firms, rows, wanted)
    ledger.book("investment", account[buyer], account[rows], accepted)
    local = np.bincount(buyer, weights=accepted, minlength=len(firms)).astype(np.int64)
    taxes = np.floor(pence * structure.investment_taxes).astype(np.int64)
    world = np.floor(pence * structure.investment_world).astype(np.int64)
    ledger.book("investment", account, GOVERNMENT_ACCOUNT, taxes)
    ledger.book("investment", account, WORLD_ACCOUNT, world)
    ledger.book("investment", account, REGION_ACCOUNT, np.maximum(pence - local - taxes - world, 0))
