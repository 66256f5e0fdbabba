"""Pay ratio: in a co-operative nobody's full-time pay is more than so many times the lowest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.at_rows import at_rows
from sim.kinds.firms import Cooperative
from sim.kinds.town import Town

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def capped_pay(wage: Integers, hours: Floats, firm: NDArray[np.integer], ratio: float) -> Integers:
    """Pay a month (n,) when nobody's hourly pay may be above `ratio` times the lowest of the same firm (n,).

    Examples
    --------
    >>> capped_pay(np.array([1000, 9000, 9000]), np.array([20.0, 40.0, 40.0]), np.array([0, 0, 1]), 3.0).tolist()
    [1000, 6000, 9000]
    """
    lowest = np.full(int(firm.max(initial=-1)) + 1, np.inf)
    hours = np.maximum(hours, 1e-9)
    np.minimum.at(lowest, firm, wage / hours)
    highest = np.ceil(ratio * lowest[firm] * hours - 1e-6)
    result: Integers = np.where(wage > highest, highest, wage).astype(np.int64)
    return result


def within_ratio(town: Town, rows: NDArray[np.integer], wage: Integers) -> Integers:
    """Pay of residents in work (rows) within the ratio of their co-operative; what is saved stays in it as surplus."""
    ratio = town.rules.parameters["firms.cooperative_pay_ratio"]
    if ratio < 1.0 or town.frozen:
        return wage
    residents, firms = town.residents, town.firms
    firm = town.firm_row[residents["employer"][rows]]
    bound = np.flatnonzero((firm >= 0) & (at_rows(firms["kind"], firm) == Cooperative.code))
    pay = wage.copy()
    pay[bound] = capped_pay(wage[bound], residents["hours"][rows[bound]], firm[bound], ratio)
    return pay
