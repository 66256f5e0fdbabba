"""An anchor that leaves: its posts and contracts go with it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.town import Town
from sim.month.contracts.trade_credit import settle_contracts

Floats = NDArray[np.float64]


def kept_part(town: Town) -> Floats:
    """Part of each anchor's posts and contracts that is still here (anchors,); all of it unless one leaves."""
    kept = town.rules.events.anchor_kept
    return np.ones(len(town.anchors)) if kept is None else kept


def end_contracts(town: Town) -> None:
    """Contracts of an anchor that leaves end in the order drawn, as far as it has gone."""
    kept = town.rules.events.anchor_kept
    if kept is None:
        return
    contracts = town.contracts
    draws = town.streams.uniform("anchor leaves", 0, contracts.slots)
    rows = np.flatnonzero(draws >= kept[contracts["anchor"]])
    if rows.size:
        # What the anchor cannot settle now stays in the book without work until it is paid.
        settle_contracts(town, rows)
        contracts["value"][rows] = contracts["base_value"][rows] = 0
        contracts.drop(contracts.slots[rows[contracts["owing"][rows] == 0]])
