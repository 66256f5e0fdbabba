"""Surplus: investment, tax, a look back on the month, and payout to owners."""

from __future__ import annotations

import math

from oracle.plain.market import serve
from oracle.plain.objects import Firm
from oracle.plain.owners import pay_owners
from oracle.plain.pennies import clipped
from oracle.plain.town import PlainTown

from sim.core.channels import BANK_ACCOUNT, GOVERNMENT_ACCOUNT, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.kinds.firms import Cooperative

#: Slack beyond this share of capacity brings a price down no further.
MOST_SLACK = 0.2


def phase(town: PlainTown) -> None:
    """Invest, tax, look back, pay out: a month's sales of equipment count in the tax and in what is usual."""
    if town.frozen:
        left = [(firm, _tax(town, firm)) for firm in town.firms]
        pay_owners(town, [(firm, min(max(pence, 0), town.book.can_pay(firm.account))) for firm, pence in left], "payouts")
        return
    _buy_equipment(town, [(firm, _invest(town, firm)) for firm in town.firms])
    for firm in town.firms:
        _tax(town, firm)
        _look_back(town, firm)
    for anchor in town.anchors:
        anchor.usual_income += (anchor.received - anchor.usual_income) / 3.0
    payouts = [(firm, _payout(town, firm)) for firm in town.firms]
    pay_owners(town, [(firm, pence - _set_aside(town, firm, pence)) for firm, pence in payouts], "payouts")


def _tax(town: PlainTown, firm: Firm) -> int:
    """Tax on profit, out of the firm's own money unless behaviour is frozen; returns the profit left."""
    profit = firm.sales - firm.costs
    tax = math.floor(max(profit, 0) * town.parameter("finance.profit_tax_rate"))
    if not town.frozen:
        tax = min(tax, max(town.book.balance[firm.account], 0))
    town.book.pay("profit taxes", firm.account, GOVERNMENT_ACCOUNT, tax)
    return profit - tax


def _set_aside(town: PlainTown, firm: Firm, pence: int) -> int:
    """A co-operative's reserve has its part first."""
    kept = math.floor(pence * town.parameter("firms.cooperative_reserve")) if firm.kind == Cooperative.code else 0
    firm.reserve += kept
    return kept


def _look_back(town: PlainTown, firm: Firm) -> None:
    """What is usual moves toward this month's; the price rises where usual demand presses on capacity, and falls in slack."""
    months = town.parameter("firms.demand_smoothing")
    firm.usual_demand += (firm.demand - firm.usual_demand) / months
    firm.usual_sales += (firm.sales - firm.usual_sales) / months
    firm.usual_costs += (firm.costs - firm.usual_costs) / months
    use = firm.usual_demand / firm.capacity if firm.capacity > 0.0 else 0.0
    firm.price = 1.0 + town.parameter("firms.price_response") * clipped(use - town.parameter("firms.target_use"), -MOST_SLACK, 1.0)


def _invest(town: PlainTown, firm: Firm) -> int:
    """Replace what wears out and close part of the gap to wanted capacity, as far as cash and a loan go; returns the cost."""
    wear = town.parameter("firms.wear_rate") / 12.0
    gap = firm.usual_demand / town.parameter("firms.target_use") - firm.capacity
    if town.parameter("firms.capacity_growth") <= 0.0:
        gap = min(gap, 0.0)
    build = max(wear * firm.capacity + town.parameter("firms.growth_speed") * gap, 0.0)
    cost = build * 12.0 * town.parameter("firms.capital_to_output")
    loan_share = town.parameter("finance.investment_loan_share")
    # Half the cash buffer is not touched.
    own = max(town.book.balance[firm.account] - 0.5 * town.parameter("firms.cash_buffer") * firm.usual_costs, 0.0)
    done = min(1.0, own / (cost * (1.0 - loan_share) + 1e-9))
    pence = math.floor(cost * done)
    loan = math.floor(pence * loan_share)
    town.book.pay("new loans", BANK_ACCOUNT, firm.account, loan)
    firm.loan += loan
    one_job = 1.0 / town.structure.jobs_per_output[firm.sector]
    firm.capacity = max(firm.capacity * (1.0 - wear) + build * done, one_job)
    return pence


def _buy_equipment(town: PlainTown, spent: list[tuple[Firm, int]]) -> None:
    """From the makers a firm deals with; taxes, imports, and next door for the rest."""
    structure, book = town.structure, town.book
    orders = []
    for buyer, pence in spent:
        for sector, share in enumerate(structure.investment_local):
            supplier = town.firm_at.get(buyer.suppliers[sector])
            if supplier is not None and share > 0.0:
                orders.append((buyer, supplier, math.floor(pence * share)))
    rest = dict(spent)
    accepted = serve([(supplier, pence) for _, supplier, pence in orders])
    for (buyer, supplier, _), made in zip(orders, accepted, strict=True):
        book.pay("investment", buyer.account, supplier.account, made)
        rest[buyer] -= made
    for buyer, pence in spent:
        taxes, world = math.floor(pence * structure.investment_taxes), math.floor(pence * structure.investment_world)
        book.pay("investment", buyer.account, GOVERNMENT_ACCOUNT, taxes)
        book.pay("investment", buyer.account, WORLD_ACCOUNT, world)
        book.pay("investment", buyer.account, REGION_ACCOUNT, max(rest[buyer] - taxes - world, 0))


def _payout(town: PlainTown, firm: Firm) -> int:
    """A share of the cash above the buffer."""
    buffer = firm.usual_costs * town.parameter("firms.cash_buffer") + firm.reserve
    return math.floor(max(town.book.balance[firm.account] - buffer, 0.0) * town.parameter("firms.payout_speed"))
