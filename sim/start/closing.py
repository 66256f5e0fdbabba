"""Closing the accounts: no sector sells more in the place than it makes, and what is not sold in the place is sold outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.start.final_demand import shopping_kept
from sim.start.input_output import balance
from sim.start.place_demand import Demand, Levels, Trade

__all__ = ["Closed", "close_accounts"]

Floats = NDArray[np.float64]

#: Excess of demand over capacity, relative to capacity, that counts as none.
SLACK: Final = 1e-9


@dataclass(frozen=True)
class Closed:
    """The closed accounts: purchases for each unit of output, what stays of final demand, and sales outside the place.

    `local` is (18, 18); the other arrays are (18,). `anchors` and `outside` are money a year. `limited` holds the
    indices of sectors whose local sales were held back, `error` the largest relative miss of the balanced table.
    """

    local: Floats
    region: Floats
    world: Floats
    household_local: Floats
    investment_local: Floats
    anchors: Floats
    outside: Floats
    limited: tuple[int, ...]
    error: float


@dataclass(frozen=True)
class _Sales:
    """Sales in the place by sector: inputs (money), and what stays of a unit of household and investment money."""

    inputs: Floats
    household_local: Floats
    investment_local: Floats
    limited: NDArray[np.bool_]


def close_accounts(levels: Levels, trade: Trade, demand: Demand, export_share: float) -> Closed:
    """Hold local sales to capacity, balance the table of inputs by RAS, and leave the rest to buyers outside.

    Parameters
    ----------
    levels, trade, demand
        Of the place, before capacity.
    export_share : float
        Least share of each sector's output that is sold outside.

    Raises
    ------
    sim.errors.RunError
        When the table can't be balanced.
    """
    anchors = np.minimum(demand.anchors, (1 - export_share) * levels.firm_output)
    sales = _fit(levels, trade, demand, (1 - export_share) * levels.firm_output - anchors)
    table, error = _balanced_inputs(levels, trade, sales.inputs)
    final = sales.household_local * demand.household_total + sales.investment_local * demand.investment_total + anchors
    outside = levels.firm_output - table[:-2] @ levels.firm_output - final
    # Rounding may leave a sector held to a least share of nought a hair below it.
    outside = np.where(np.abs(outside) < SLACK * np.maximum(levels.firm_output, 1.0), 0.0, outside)
    return Closed(
        local=table[:-2],
        region=table[-2],
        world=table[-1],
        household_local=sales.household_local,
        investment_local=sales.investment_local,
        anchors=anchors,
        outside=outside,
        limited=tuple(int(index) for index in np.flatnonzero(sales.limited | (anchors < demand.anchors))),
        error=error,
    )


def _fit(levels: Levels, trade: Trade, demand: Demand, room: Floats) -> _Sales:
    """Local sales within `room` (18,). Residents kept from one sector turn to the others, so fit again until nothing is over."""
    inputs = trade.local @ levels.firm_output
    investment_local = demand.investment_domestic * trade.local_final
    limit = demand.household_domestic.copy()
    limited = np.zeros(len(limit), dtype=np.bool_)
    for _ in range(len(limit) + 1):
        household_local = shopping_kept(
            demand.household_total, demand.household_domestic, demand.household_pull, limit, demand.household_kept
        )
        wanted = inputs + household_local * demand.household_total + investment_local * demand.investment_total
        over = wanted > room * (1 + SLACK)
        if not over.any():
            break
        factor = np.where(over, np.divide(room, wanted, out=np.ones_like(room), where=over), 1.0)
        inputs, investment_local = inputs * factor, investment_local * factor
        limit = np.where(over, household_local * factor, limit)
        limited |= over
    return _Sales(inputs, np.minimum(household_local, limit), investment_local, limited)


def _balanced_inputs(levels: Levels, trade: Trade, inputs: Floats) -> tuple[Floats, float]:
    """Purchases for each unit of output (20, 18): rows of the place add to `inputs`, each column to what it was before.

    What the place can't meet goes to the region and elsewhere, in the proportion of what they sell already.
    """
    start = np.vstack([trade.local, trade.region, trade.world])
    flows = start * levels.firm_output
    rows = flows.sum(axis=1)
    freed = rows[:-2].sum() - inputs.sum()
    outside = rows[-2:]
    rows = np.concatenate([inputs, outside + freed * outside / outside.sum() if outside.sum() > 0 else outside])
    balanced = balance(flows, rows, flows.sum(axis=0))
    table = np.divide(balanced.matrix, levels.firm_output, out=start.copy(), where=levels.firm_output > 0)
    return table, balanced.error
