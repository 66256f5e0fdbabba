"""What the land, homes and buildings that policies bring to anchors and trusts are worth."""

from __future__ import annotations

import numpy as np

from sim.kinds.dwellings import SOCIAL
from sim.kinds.premises import TRUST
from sim.kinds.town import Town


def homes_of_anchors(town: Town) -> int:
    """Homes that anchors build and let, at what has been paid for them, pence."""
    homes = town.dwellings
    return int(homes["paid"][homes["use"] == SOCIAL].sum())


def homes_of_trusts(town: Town) -> int:
    """Homes of trusts: unsold at what has been paid for them, sold at what their market value exceeds the locked price by, pence."""
    homes = town.dwellings
    mine = homes["use"] != SOCIAL
    kept = np.where(homes["resident"] >= 0, np.maximum(homes["market"] - homes["price"], 0), homes["paid"])
    return int(kept[mine].sum())


def buildings_of_trusts(town: Town) -> int:
    """Buildings given to trusts, at their value when they were given, pence."""
    units = town.premises
    return int(units["value"][units["use"] == TRUST].sum())


def land_value(town: Town) -> tuple[int, int, int]:
    """The three of them, pence."""
    return homes_of_anchors(town), homes_of_trusts(town), buildings_of_trusts(town)
