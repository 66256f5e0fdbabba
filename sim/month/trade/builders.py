"""Building work that a policy orders: local builders by appeal within what they can make, the rest next door."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import REGION_ACCOUNT
from sim.kinds.town import Town
from sim.month.trade.market import sell
from sim.settings.sectors import SECTORS

Integers = NDArray[np.int64]

CONSTRUCTION: Final = SECTORS.index("construction")


def pay_builders(
    town: Town, payer: NDArray[np.integer], pence: Integers, draws: NDArray[np.float64], channel: str = "home building"
) -> int:
    """Pay for works (n,), each to the builder that its draw finds; return what stayed with builders of the place.

    The payers must hold the money. Builders have served their other customers by now, so works get the room that is left.
    """
    firms, ledger = town.firms, town.ledger
    rows = town.sellers.choose(np.full(len(pence), CONSTRUCTION), draws)
    local = (rows >= 0) & (pence > 0)
    accepted = sell(firms, rows[local], pence[local])
    ledger.book(channel, payer[local], firms["account"][rows[local]], accepted)
    rest = pence.copy()
    rest[local] -= accepted
    ledger.book(channel, payer, REGION_ACCOUNT, rest)
    return int(accepted.sum())
