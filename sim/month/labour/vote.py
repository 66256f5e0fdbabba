"""Hours or jobs: what the members of a co-operative prefer when there is work for only a part of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.firms import Cooperative
from sim.kinds.forms import CONSUMER
from sim.kinds.residents import EMPLOYED
from sim.kinds.town import Town

Floats = NDArray[np.float64]

#: Fewer hours than this share of the usual are no job any more.
FEWEST_HOURS = 0.05
#: Halvings of the range in which the least hours are sought: to a millionth of usual hours.
HALVINGS = 20


def utility(income: Floats, aversion: float) -> Floats:
    """Utility of an income against the full wage, nought at the full wage, under constant relative risk aversion.

    Examples
    --------
    >>> utility(np.array([0.5, 0.25]), 2.0).tolist()
    [-1.0, -3.0]
    """
    income = np.maximum(income, 1e-300)
    with np.errstate(over="ignore"):
        result: Floats = np.log(income) if aversion == 1.0 else (income ** (1.0 - aversion) - 1.0) / (1.0 - aversion)
    return result


def least_hours(benefit_to_wage: Floats, aversion: float) -> Floats:
    """Least share of usual hours (n,) at which members would rather share the work than let some go; 1 where they never would.

    With work for a share h of them, members who do not know whom a lay-off would hit compare

        sharing, U(h w)   with   lay-offs, h U(w) + (1 - h) U(b)

    where w is the wage, b the benefit and U has constant relative risk aversion. The first less the second is concave in h
    and nought at h = 1, so sharing is better on one stretch from the answer up to 1, if it is better anywhere. Without risk
    aversion it never is: a benefit beside the wages of those who stay is then worth more.

    Examples
    --------
    >>> least_hours(np.array([0.2, 0.2, 0.9]), 2.0).round(4).tolist()
    [0.25, 0.25, 1.0]
    """
    out_of_work = utility(benefit_to_wage, aversion)
    low, high = np.full(len(out_of_work), FEWEST_HOURS), np.ones(len(out_of_work))
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        shared = utility(middle, aversion) >= (1.0 - middle) * out_of_work
        high = np.where(shared, middle, high)
        low = np.where(shared, low, middle)
    # The slope at full hours tells whether members share at all.
    result: Floats = np.where(out_of_work < -1.0, high, 1.0)
    return result


def hours_vote(town: Town, usual_pay: Floats) -> Floats:
    """Least hours of each firm (firms,): 1 but where those who work there are members, who compare their mean wage with the benefit.

    `usual_pay` (firms,) stands in where no resident works. Members by custom alone have no part in this vote, so a consumer
    co-operative lays off like anyone.
    """
    firms, residents = town.firms, town.residents
    least = np.ones(len(firms))
    rows = np.flatnonzero((firms["kind"] == Cooperative.code) & (firms["form"] != CONSUMER))
    if not rows.size:
        return least
    index = np.full(len(town.ledger), -1, np.int64)
    index[firms["account"][rows]] = np.arange(len(rows))
    employed = np.flatnonzero(residents["status"] == EMPLOYED)
    place = index[residents["employer"][employed]]
    wages = residents["wage"][employed[place >= 0]]
    place = place[place >= 0]
    total = np.bincount(place, weights=wages, minlength=len(rows))
    members = np.bincount(place, minlength=len(rows))
    wage = np.where(members > 0, total / np.maximum(members, 1), usual_pay[rows])
    benefit = float(town.structure.unemployment_benefit)
    least[rows] = least_hours(benefit / np.maximum(wage, 1.0), town.rules.parameters["work.members_risk_aversion"])
    return least
