"""An anchor that leaves: its posts and contracts go with it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.town import Town

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
    gone = draws >= kept[contracts["anchor"]]
    if gone.any():
        contracts.drop(contracts.slots[gone])
