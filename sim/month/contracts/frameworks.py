"""Frameworks: contracts that an anchor cannot move yet are called off again from whoever holds them."""

from __future__ import annotations

import numpy as np

from sim.kinds.rules_contracting import for_anchors
from sim.kinds.town import Town
from sim.month.contracts import bids as bidding
from sim.month.contracts.anchor_means import by_anchor
from sim.month.contracts.contract_budgets import affordable_factor, contract_months


def renew(town: Town) -> None:
    """Free what policies free of the contracts that end, then call off again what stays bound.

    The holder keeps the work at its price, as prices of a framework hold for all that is called off from it; the value follows the
    anchor's budget. Where the holder has ended the work is tendered as any other, but no policy touches that tender.
    """
    contracts = town.contracts
    bound = np.flatnonzero((contracts["end"] < town.month) & ~contracts["influenceable"])
    if not bound.size:
        return
    target = town.rules.contracting.influenceable_target
    if target is not None:
        _free(town, bound, target)
    rows = bound[~contracts["influenceable"][bound] & ~contracts["stands_in"][bound]]
    due = np.flatnonzero(contracts["end"] < town.month)
    anchor = contracts["anchor"][rows]
    contracts["value"][rows] = np.rint(contracts["base_value"][rows] * affordable_factor(town, due)[anchor]).astype(np.int64)
    contracts["start"][rows] = town.month
    contracts["end"][rows] = town.month + contract_months(town, rows) - 1


def _free(town: Town, bound: bidding.Rows, target: bidding.Floats) -> None:
    """Free contracts that end, in the order drawn, until the anchor's share that can move is at its target; each costs staff time."""
    contracts, anchors = town.contracts, town.anchors
    value = contracts["base_value"]
    gap: bidding.Floats = target * by_anchor(town, value) - by_anchor(town, value * contracts["influenceable"])
    anchor = contracts["anchor"][bound].astype(np.int64)
    order = town.streams.uniform("contracts freed", town.month, contracts.slots[bound])
    freed = bidding.filling_gap(anchor, value[bound].astype(np.float64), gap, order)
    contracts["influenceable"][bound[freed]] = True
    cost = for_anchors(town.rules.contracting.cost_per_freed, len(anchors))[anchor[freed]]
    anchors["policy_costs"] += np.bincount(anchor[freed], weights=cost, minlength=len(anchors)).astype(np.int64)
