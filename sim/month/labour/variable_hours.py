"""Hours that vary from month to month, and what an employer guarantees of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.town import Town

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def month_hours(draws: Floats, spread: float, guaranteed: Floats) -> Floats:
    """Paid hours of the month against usual (n,): evenly within the spread around 1, never below what is guaranteed.

    Examples
    --------
    >>> month_hours(np.array([0.0, 0.5, 0.0]), 0.5, np.array([0.0, 0.0, 1.0])).tolist()
    [0.5, 1.0, 1.0]
    """
    result: Floats = np.maximum(1.0 + spread * (2.0 * draws - 1.0), guaranteed)
    return result


def chance_of_variable_hours(rank: Floats, share: float) -> Floats:
    """Chance that a resident takes jobs whose hours vary (n,): twice the share at the bottom of pay, none at the top.

    Examples
    --------
    >>> chance_of_variable_hours(np.array([0.0, 0.5, 1.0]), 0.03).tolist()
    [0.06, 0.03, 0.0]
    """
    result: Floats = 2.0 * share * (1.0 - rank)
    return result


def hours_this_month(town: Town, rows: Integers, position: Integers) -> Floats:
    """Paid hours against usual of residents in these rows, whose employers have these positions among all employers (n,)."""
    residents = town.residents
    result = np.ones(len(rows))
    vary = np.flatnonzero(residents["variable_hours"][rows])
    if town.frozen or not vary.size:
        return result
    guaranteed = np.zeros(len(vary))
    given = town.rules.employment.guaranteed_hours
    if given is not None:
        at_anchor = position[vary] < len(given)
        guaranteed[at_anchor] = given[position[vary][at_anchor]]
    draws = town.streams.uniform("hours of the month", town.month, residents.slots[rows[vary]])
    result[vary] = month_hours(draws, town.rules.parameters["work.variable_hours_spread"], guaranteed)
    return result
