"""Surplus: investment in capacity, tax, and payout of the rest to owners; firms look back on the month."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BANK_ACCOUNT, GOVERNMENT_ACCOUNT
from sim.kinds.firms import Cooperative
from sim.kinds.town import Town
from sim.month.firms.investment import loan_share, plan_investment
from sim.month.firms.owners import pay_owners
from sim.month.firms.solidarity import bridge, pay_in
from sim.month.trade.equipment import buy_equipment

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Slack beyond this share of capacity brings a price down no further.
MOST_SLACK = 0.2


def price_level(usual_demand: Floats, capacity: Floats, target_use: float, response: float) -> Floats:
    """Price against base price (firms,): 1 at the planned use of capacity, above where demand presses, below where it lacks.

    Examples
    --------
    >>> price_level(np.array([80.0, 95.0]), np.array([100.0, 100.0]), 0.85, 0.5).round(3).tolist()
    [0.975, 1.05]
    """
    use = np.divide(usual_demand, capacity, out=np.zeros(len(capacity)), where=capacity > 0)
    result: Floats = 1.0 + response * np.clip(use - target_use, -MOST_SLACK, 1.0)
    return result


def payout(balance: Integers, buffer: Floats, speed: float) -> Integers:
    """Cash paid out: a share of what lies above the buffer, whole pence (firms,).

    Examples
    --------
    >>> payout(np.array([1000, 100]), np.array([600.0, 600.0]), 0.5).tolist()
    [200, 0]
    """
    result: Integers = np.floor(np.maximum(balance - buffer, 0.0) * speed).astype(np.int64)
    return result


def phase(town: Town) -> None:
    """Invest, tax, look back, pay out: what makers of equipment sold this month counts in all that follows."""
    firms, ledger, parameters = town.firms, town.ledger, town.rules.parameters
    if not town.frozen:
        _invest(town)
    account = firms["account"]
    profit = firms["sales"] - firms["costs"]
    tax = np.floor(np.maximum(profit, 0) * parameters["finance.profit_tax_rate"]).astype(np.int64)
    if not town.frozen:
        tax = np.minimum(tax, np.maximum(ledger.balance[account], 0))
    ledger.book("profit taxes", account, GOVERNMENT_ACCOUNT, tax)
    rows = np.arange(len(firms))
    if town.frozen:
        pay_owners(town, rows, np.minimum(np.maximum(profit - tax, 0), ledger.available(account)), "payouts")
        return
    look_back(town)
    buffer = firms["usual_costs"] * parameters["firms.cash_buffer"] + firms["reserve"]
    pence = payout(ledger.balance[account], buffer, parameters["firms.payout_speed"])
    kept = set_aside(town, pence)
    kept = kept + pay_in(town, pence, kept)
    pay_owners(town, rows, pence - kept, "payouts")
    bridge(town)


def set_aside(town: Town, pence: Integers) -> Integers:
    """What co-operatives put into their indivisible reserve out of the surplus they might pay (firms,), and note there."""
    firms = town.firms
    part = np.floor(pence * town.rules.parameters["firms.cooperative_reserve"]).astype(np.int64)
    kept: Integers = np.where(firms["kind"] == Cooperative.code, part, 0)
    firms["reserve"] += kept
    return kept


def look_back(town: Town) -> None:
    """Usual demand, sales and costs move toward this month's; anchors' usual income too."""
    firms, anchors, parameters = town.firms, town.anchors, town.rules.parameters
    months = parameters["firms.demand_smoothing"]
    firms["usual_demand"] += (firms["demand"] - firms["usual_demand"]) / months
    firms["usual_sales"] += (firms["sales"] - firms["usual_sales"]) / months
    firms["usual_costs"] += (firms["costs"] - firms["usual_costs"]) / months
    firms["price"][:] = price_level(
        firms["usual_demand"], firms["capacity"], parameters["firms.target_use"], parameters["firms.price_response"]
    )
    anchors["usual_income"] += (anchors["received"] - anchors["usual_income"]) / 3.0


def _invest(town: Town) -> None:
    """Build capacity within what cash above half the buffer and a loan allow, and buy it through the web."""
    firms, ledger, parameters, structure = town.firms, town.ledger, town.rules.parameters, town.structure
    build, cost, own_part, own_cash = plan_investment(town)
    done = np.minimum(1.0, np.divide(own_cash, own_part + 1e-9))
    pence = np.floor(cost * done).astype(np.int64)
    loan = np.floor(pence * loan_share(town)).astype(np.int64)
    ledger.book("new loans", BANK_ACCOUNT, firms["account"], loan)
    firms["loan"] += loan
    capacity, wear = firms["capacity"], parameters["firms.wear_rate"] / 12.0
    least = 1.0 / structure.jobs_per_output[firms["sector"]]
    firms["capacity"][:] = np.maximum(capacity * (1.0 - wear) + build * done, least)
    buy_equipment(town, pence)
