"""Lots: requirements that end are split, so that smaller firms may bid."""

from __future__ import annotations

import numpy as np

from sim.core.streams import RESERVED
from sim.kinds.town import Town

#: Lots take slots from the first part of the reserved range.
LOT_RANGE = 1 << 28
MOST_LOTS = 16


def split_into_lots(town: Town) -> None:
    """Split requirements that end into lots no larger than the anchor's rule allows; what is called off from a framework stays whole."""
    contracts, rules = town.contracts, town.rules
    if not np.isfinite(rules.largest_lot).any():
        return
    rows = np.flatnonzero((contracts["end"] < town.month) & contracts["influenceable"])
    anchor = contracts["anchor"][rows]
    lots = np.ceil(contracts["base_value"][rows] * 12.0 / rules.largest_lot[anchor])
    lots = np.clip(lots, 1, MOST_LOTS).astype(np.int64)
    for row, number in zip(rows[lots > 1].tolist(), lots[lots > 1].tolist(), strict=True):
        whole = int(contracts["base_value"][row])
        slot = int(contracts.slots[row])
        base = slot - RESERVED if slot >= RESERVED else slot
        parts = np.diff(np.rint(whole * np.arange(number + 1) / number).astype(np.int64))
        fresh = RESERVED + (base * MOST_LOTS + np.arange(1, number)) % LOT_RANGE
        free = fresh[~contracts.has(fresh)]
        parts = np.append(parts[: len(free)], parts[len(free) :].sum())
        copied = {name: contracts[name][row] for name in contracts.columns if name != "base_value"}
        contracts.add(len(free), slots=free, base_value=parts[:-1], **copied)
        contracts["base_value"][row] = parts[-1]
        # Where no slot was free nothing was split, and nothing more is let and watched.
        let = len(free) + 1 if len(free) else 0
        town.anchors["policy_costs"][contracts["anchor"][row]] += int(rules.cost_per_lot[contracts["anchor"][row]]) * let
