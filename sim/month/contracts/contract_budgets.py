"""What anchors can spend on the contracts they let, and for how long they let them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.town import Town
from sim.month.contracts.anchor_means import by_anchor, wage_bill
from sim.month.contracts.leaving import kept_part

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def affordable_factor(town: Town, rows: NDArray[np.int64]) -> Floats:
    """Value of contracts let now against their value at the opening budget, for each anchor (anchors,), from income and reserves.

    What an anchor can spend on contracts is its usual income and a part of the reserves above their target, less policy costs
    and last month's wages: whatever posts have not closed of a gap. Contracts that run on bind it: where they are worth more (or
    less) than their part of what it can spend, those that fall due within the months over which it brings reserves back make up.
    """
    anchors, contracts, parameters = town.anchors, town.contracts, town.rules.parameters
    months = parameters["procurement.budget_smoothing"]
    reserves = anchors["reserves"] - anchors["reserve_target"]
    means = anchors["usual_income"] + reserves / months - town.rules.monthly_cost
    gap = means - (anchors["contract_budget"] * kept_part(town) + wage_bill(town))
    budget = np.maximum(anchors["contract_budget"] * kept_part(town), 1)
    usual = 1.0 + gap / budget
    running = np.ones(len(contracts), bool)
    running[rows] = False
    soon = ~running | (contracts["end"] < town.month + months)
    bound = by_anchor(town, contracts["value"] * running) - usual * by_anchor(town, contracts["base_value"] * running)
    due = np.maximum(by_anchor(town, contracts["base_value"] * soon), 1.0)
    result: Floats = np.clip(usual - bound / due, 0.2, 1.5)
    return result


def contract_months(town: Town, rows: NDArray[np.int64]) -> Integers:
    """Months for which the contracts in these rows are let now: at least a year, on average the anchor's own length or a policy's."""
    contracts = town.contracts
    anchor = contracts["anchor"][rows]
    mean = own_months(town)[anchor]
    changed = town.rules.contracting.contract_months
    if changed is not None:
        # What is called off from a framework has the framework's length.
        mean = np.where(contracts["influenceable"][rows] & ~np.isnan(changed[anchor]), changed[anchor], mean)
    draw = town.streams.uniform("contract length", town.month, contracts.slots[rows])
    result: Integers = np.maximum(np.rint(12.0 + draw * 2.0 * np.maximum(mean - 12.0, 0.0)), 1).astype(np.int64)
    return result


def own_months(town: Town) -> Floats:
    """Mean length of each anchor's contracts in its place file, months (anchors,)."""
    return np.array([float(item.contract_years) for item in town.place.anchors]) * 12.0


def lettings_added(own: Floats, now: Floats) -> Floats:
    """Part of each letting that shorter contracts add; nought where they are as long or longer, and where nothing is changed.

    No contract is let for less than a year, whatever length is asked.

    Examples
    --------
    >>> lettings_added(np.array([48.0, 48.0, 48.0, 48.0]), np.array([24.0, 60.0, np.nan, 6.0])).tolist()
    [0.5, 0.0, 0.0, 0.75]
    """
    result: Floats = np.nan_to_num(np.maximum(1.0 - np.maximum(now, 12.0) / np.maximum(own, 12.0), 0.0))
    return result
