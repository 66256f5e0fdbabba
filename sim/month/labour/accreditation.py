"""Firms that become living-wage employers of their own will."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.residents import EMPLOYED, WEEKS_A_MONTH
from sim.kinds.town import Town

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def chance_of_accreditation(above: Floats, may: Flags, yearly_share: float) -> Floats:
    """Chance in a month that a firm is accredited (firms,), in proportion to its staff paid enough already.

    Where the share of firms is a year's, a twelfth of it joins in a month on average, of those that may.

    Examples
    --------
    >>> chance_of_accreditation(np.array([1.0, 0.5, 0.0]), np.ones(3, bool), 0.12).round(3).tolist()
    [0.02, 0.01, 0.0]
    """
    weight = above * may
    total = float(weight.sum())
    if total == 0.0:
        return np.zeros(len(above))
    result: Floats = np.minimum(weight * (yearly_share / 12.0 * np.count_nonzero(may) / total), 1.0)
    return result


def accredit(town: Town) -> None:
    """Some firms join this month; none leaves."""
    yearly_share = town.rules.employment.accredited_share
    if yearly_share <= 0.0:
        return
    firms, residents = town.firms, town.residents
    rows = np.flatnonzero(residents["status"] == EMPLOYED)
    firm = town.firm_row[residents["employer"][rows]]
    rows, firm = rows[firm >= 0], firm[firm >= 0]
    enough = residents["wage"][rows] / (residents["hours"][rows] * WEEKS_A_MONTH) >= town.structure.living_wage - 0.5
    staff = np.bincount(firm, minlength=len(firms))
    # Of a firm without staff from the place nothing is known: it counts as if half of its staff were paid enough.
    above = np.where(staff > 0, np.bincount(firm, weights=enough, minlength=len(firms)) / np.maximum(staff, 1), 0.5)
    draws = town.streams.uniform("accredited", town.month, firms.slots)
    firms["accredited"] |= draws < chance_of_accreditation(above, ~firms["accredited"], yearly_share)
