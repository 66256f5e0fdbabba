"""What firms would like to invest and how much of it their own cash can pay."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.kinds.town import Town

Floats = NDArray[np.float64]

#: Part of its cash buffer that a firm keeps when it invests.
KEPT_BUFFER = 0.5


class Plan(NamedTuple):
    """Capacity to build, what it costs, the part of the cost a bank does not lend, and cash for it (firms,)."""

    build: Floats
    cost: Floats
    own_part: Floats
    own_cash: Floats


def capacity_to_build(capacity: Floats, wanted: Floats, wear: float, speed: float, may_grow: bool) -> Floats:
    """Capacity built this month (firms,), pence a month at base prices.

    What wears out is replaced; a share of the gap to the wanted capacity is added, or left to wear out.

    Examples
    --------
    >>> capacity_to_build(np.array([100.0, 100.0]), np.array([200.0, 50.0]), 0.02, 0.1, True).tolist()
    [12.0, 0.0]
    """
    gap = wanted - capacity
    grown = np.minimum(gap, 0.0) if not may_grow else gap
    result: Floats = np.maximum(wear * capacity + speed * grown, 0.0)
    return result


def loan_share(town: Town) -> float:
    """Share of an investment that banks lend this month."""
    return float(town.rules.parameters["finance.investment_loan_share"] * town.rules.events.credit_loans)


def plan_investment(town: Town) -> Plan:
    """This month's plan of every firm: cash counts as far as it lies above half the buffer."""
    firms, ledger, parameters = town.firms, town.ledger, town.rules.parameters
    capacity = firms["capacity"]
    wanted = firms["usual_demand"] / parameters["firms.target_use"]
    wear = parameters["firms.wear_rate"] / 12.0
    build = capacity_to_build(capacity, wanted, wear, parameters["firms.growth_speed"], parameters["firms.capacity_growth"] > 0.0)
    cost = build * 12.0 * parameters["firms.capital_to_output"]
    kept = KEPT_BUFFER * parameters["firms.cash_buffer"] * firms["usual_costs"]
    own_cash = np.maximum(ledger.balance[firms["account"]] - kept, 0.0)
    return Plan(build, cost, cost * (1.0 - loan_share(town)), own_cash)


def cash_lacking(town: Town) -> Floats:
    """Own cash that each firm lacks to carry out its plan and keep half its buffer, pence (firms,); 0 where it lacks none.

    A firm short of cash that plans no investment lacks what its buffer lacks: money for wages and suppliers.
    """
    plan = plan_investment(town)
    kept = KEPT_BUFFER * town.rules.parameters["firms.cash_buffer"] * town.firms["usual_costs"]
    result: Floats = np.maximum(plan.own_part + kept - town.ledger.balance[town.firms["account"]], 0.0)
    return result
