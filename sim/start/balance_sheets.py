"""Opening money: deposits, loans, savings, reserves; the banks' account holds the other side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.streams import lognormal, normal, uniform_of_normal
from sim.kinds.residents import RETIRED
from sim.kinds.town import Town
from sim.month.credit import grant_credit_lines
from sim.month.labour.taxes import pay_taxes, tax_on_pay
from sim.month.public_money import benefits_due
from sim.month.spending import set_income_tenths
from sim.month.turnover import closing_chance
from sim.start.population import spread_from_gini

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def usual_incomes(town: Town) -> Integers:
    """Disposable income of each resident from work, benefits, pensions and rents, less council tax, pence a month."""
    residents, structure = town.residents, town.structure
    wage = residents["wage"]
    income = wage - tax_on_pay(wage, pay_taxes(town.rules.parameters, structure.minor_units))
    income = income + benefits_due(
        residents["status"], residents["tenure"], residents["rent"], structure.unemployment_benefit, structure.inactive_benefit
    )
    income = income + np.where(residents["status"] == RETIRED, residents["pension"], 0) - structure.council_tax
    result: Integers = income + _rents(town)[residents["account"]].astype(np.int64)
    return result


def _rents(town: Town) -> Floats:
    """Rents due to each account, pence a month (accounts,)."""
    residents = town.residents
    renting = residents["rent"] > 0
    received = np.bincount(residents["landlord"][renting], weights=residents["rent"][renting], minlength=len(town.ledger))
    return received.astype(np.float64)


def payouts_expected(town: Town) -> Integers:
    """What owners and members may expect of their firms, pence a month (residents,)."""
    firms, parameters = town.firms, town.rules.parameters
    surplus = firms["usual_demand"] * (1.0 - _cost_share(town)[firms["sector"]]) * (1.0 - parameters["finance.profit_tax_rate"])
    investment = firms["capacity"] * parameters["firms.wear_rate"] * parameters["firms.capital_to_output"]
    left = np.maximum(surplus - investment, 0.0)
    owned = firms["owner"] >= 0
    received = np.bincount(firms["owner"][owned], weights=left[owned], minlength=len(town.ledger))
    result: Integers = received[town.residents["account"]].astype(np.int64)
    return result


def linked_draws(draws: Floats, values: Floats, correlation: float) -> Floats:
    """Uniform draws (n,) that go with the rank of some values, their own distribution kept: a Gaussian copula.

    Normal scores of the draws and of the ranks are mixed, correlation of the second and the rest of the first (Jantti, Sierminska and
    Van Kerm 2015 model income and wealth together by a copula).

    Examples
    --------
    >>> linked_draws(np.array([0.5, 0.5]), np.array([9.0, 1.0]), 0.0).tolist()
    [0.5, 0.5]
    >>> linked_draws(np.array([0.5, 0.5]), np.array([9.0, 1.0]), 0.6).round(3).tolist()
    [0.657, 0.343]
    >>> linked_draws(np.array([0.5, 0.5]), np.array([3.0, 3.0]), 0.6).tolist()
    [0.5, 0.5]
    """
    if correlation <= 0.0:
        return draws
    # Those with the same income share the middle rank of them all: where one stands in the list must not count.
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - count / 2.0)[place] / max(len(values), 1)
    mixed = np.sqrt(1.0 - correlation**2) * normal(draws) + correlation * normal(rank)
    result: Floats = uniform_of_normal(mixed)
    return result


def endow_residents(town: Town) -> Floats:
    """Usual income, liquid savings and their target; returns usual spending, pence a month (residents,)."""
    residents, place = town.residents, town.place
    income = usual_incomes(town) + payouts_expected(town)
    residents["usual_income"][:] = income
    sigma = spread_from_gini(min(float(place.wealth.liquid_gini), 0.95))
    draws = town.streams.uniform("opening savings", 0, len(residents))
    draws = linked_draws(draws, income.astype(np.float64), town.rules.parameters["households.savings_income_correlation"])
    # Savings follow a lognormal with the published median; a lognormal of mean 1 has median exp(-s^2 / 2).
    savings = float(place.wealth.liquid_median) * lognormal(draws, sigma) * np.exp(sigma**2 / 2.0)
    residents["savings_target"][:] = np.rint(savings * place.currency.minor_units).astype(np.int64)
    town.ledger.endow(residents["account"], residents["savings_target"] + np.maximum(income, 0))
    set_income_tenths(town)
    interest = residents["mortgage"] * (float(place.housing.mortgage_rate) / 12.0)
    spending: Floats = np.maximum(income - residents["rent"] - interest, 0.0)
    return spending


def endow_firms(town: Town) -> None:
    """Cash buffers and loans of firms at rest.

    A loan is what investment on credit has left unpaid: monthly credit times the months of repayment, less
    what firms that close take with them, as r / (r + h) with r paid back and h closing each month.
    """
    firms, parameters = town.firms, town.rules.parameters
    costs = firms["usual_demand"] * _cost_share(town)[firms["sector"]]
    firms["usual_costs"][:] = costs
    buffer = np.rint(costs * parameters["firms.cash_buffer"]).astype(np.int64)
    town.ledger.endow(firms["account"], buffer)
    invested = firms["capacity"] * parameters["firms.wear_rate"] * parameters["firms.capital_to_output"]
    months = parameters["finance.loan_months"]
    closing = closing_chance(
        np.maximum(town.month - firms["born"], 0),
        firms["workers"] + firms["commuters"],
        town.structure.closure_hazard,
        parameters["firms.closure_size_scale"],
        town.structure.closure_scale,
    )
    loan = invested * parameters["finance.investment_loan_share"] / (1.0 / months + closing)
    firms["loan"][:] = np.rint(loan).astype(np.int64)
    grant_credit_lines(town)


def _cost_share(town: Town) -> Floats:
    """Inputs, taxes and work for one of output, by sector (18,)."""
    structure = town.structure
    contributions = 1.0 + town.rules.parameters["work.employer_contribution_rate"]
    inputs = structure.local.sum(axis=0) + structure.region + structure.world + structure.taxes
    result: Floats = inputs + structure.jobs_per_output * structure.sector_pay * contributions
    return result


def endow_anchors(town: Town) -> None:
    """Budgets that close: grants are what contracts and payroll need beyond council tax and rents; a month's reserves."""
    anchors, residents, structure, parameters = town.anchors, town.residents, town.structure, town.rules.parameters
    number = len(anchors)
    contracts = np.bincount(town.contracts["anchor"], weights=town.contracts["value"], minlength=number)[:number]
    working = residents["employer"] >= 0
    pay = np.bincount(residents["employer"][working], weights=residents["wage"][working], minlength=len(town.ledger))
    wages = pay[anchors["account"]] + anchors["commuters"] * structure.sector_pay[anchors["sector"]]
    payroll = wages * (1.0 + parameters["work.employer_contribution_rate"])
    anchors["contract_budget"][:] = np.rint(contracts).astype(np.int64)
    anchors["payroll_budget"][:] = np.rint(payroll).astype(np.int64)
    anchors["payroll"][:] = anchors["payroll_budget"]
    own = anchors["council_tax_share"] * structure.council_tax * len(residents)
    rents = _rents(town)[anchors["account"]]
    needed = contracts + payroll - own - rents
    anchors["grant"][:] = np.maximum(np.rint(needed), 0).astype(np.int64)
    anchors["usual_income"][:] = anchors["grant"] + own + rents
    # Reserves of one month's spending, kept from the end of one month to the next.
    anchors["reserve_target"][:] = np.rint(contracts + payroll).astype(np.int64)
    anchors["reserves"][:] = anchors["reserve_target"]
    town.ledger.endow(anchors["account"], anchors["reserve_target"])
