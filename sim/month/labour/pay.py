"""Payday: wage floors, gross pay within each employer's means, taxes and contributions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import GOVERNMENT_ACCOUNT, REGION_ACCOUNT
from sim.kinds.firms import Branch
from sim.kinds.residents import EMPLOYED, WEEKS_A_MONTH
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import fill_rate, means
from sim.month.finance.paying import settle
from sim.month.labour.employers import Employers
from sim.month.labour.furlough import Furlough, paid_by_employers, pay_furlough
from sim.month.labour.pay_ratio import within_ratio
from sim.month.labour.taxes import pay_taxes, tax_on_pay
from sim.month.labour.variable_hours import hours_this_month

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def set_wage_floors(town: Town) -> None:
    """Who pays the living wage: anchors by rule, firms while they hold a contract that requires it."""
    town.anchors["living_wage"][:] = town.rules.living_wage
    contracts, firms = town.contracts, town.firms
    rows = town.firm_row[contracts["supplier"]]
    bound = (rows >= 0) & (contracts["living_wage"] > 0.0)
    firms["living_wage"][:] = firms["founded_by_policy"] & (firms["kind"] != Branch.code)
    firms["living_wage"][firms["accredited"]] = 1.0
    np.maximum.at(firms["living_wage"], rows[bound], contracts["living_wage"][bound])


def wage_floor(hours: Floats, living_wage: Floats, legal_minimum: float, real_living_wage: float) -> Integers:
    """Least gross pay a month: hours times the legal minimum, or further toward the real living wage where the employer's floor goes.

    Examples
    --------
    >>> wage_floor(np.array([30.0, 30.0]), np.array([0.0, 1.0]), 619.0, 745.0).tolist()
    [80470, 96850]
    """
    hourly = (1.0 - living_wage) * legal_minimum + living_wage * real_living_wage
    result: Integers = np.ceil(hours * WEEKS_A_MONTH * hourly - 1e-9).astype(np.int64)
    return result


def pay(town: Town, employers: Employers, furlough: Furlough) -> None:
    """Pay everyone within the employer's means; tax and contributions go to the government."""
    residents, structure, ledger, parameters = town.residents, town.structure, town.ledger, town.rules.parameters
    rows = np.flatnonzero(residents["status"] == EMPLOYED)
    position = employers.position[residents["employer"][rows]]
    floor = wage_floor(residents["hours"][rows], employers.living_wage[position], structure.legal_minimum, structure.living_wage)
    wage = np.maximum(residents["wage"][rows], floor)
    residents["wage"][rows] = wage
    hours = _hours(town)
    gross = np.floor(within_ratio(town, rows, wage) * (hours[position] * hours_this_month(town, rows, position))).astype(np.int64)
    away = np.isin(rows, furlough.rows) if furlough.rows.size else np.zeros(len(rows), bool)
    gross[away] = 0
    commuter_pay = _commuter_pay(town, paid_by_employers(employers, furlough), hours)
    rate = parameters["work.employer_contribution_rate"]
    due = (np.bincount(position, weights=gross, minlength=len(hours)) + commuter_pay) * (1.0 + rate)
    due[-1] = 0.0
    fill = fill_rate(due.astype(np.float64), means(ledger, employers.account))
    gross = np.floor(gross * fill[position]).astype(np.int64)
    commuter_pay = np.floor(commuter_pay * fill).astype(np.int64)
    tax = _tax(town, gross, wage)
    in_currency = town.rules.money.currency.wage_share if town.rules.money.currency is not None else 0.0
    settle(town, "wages", employers.account[position], residents["account"][rows], gross - tax, in_currency)
    ledger.book("wages", employers.account[:-1], REGION_ACCOUNT, commuter_pay[:-1])
    paid = np.bincount(position, weights=gross, minlength=len(hours)).astype(np.int64) + commuter_pay
    contributions = np.floor(paid * rate).astype(np.int64)
    contributions[-1] = 0
    withheld = np.bincount(position, weights=tax, minlength=len(hours)).astype(np.int64)
    ledger.book("work taxes", employers.account, GOVERNMENT_ACCOUNT, withheld + contributions)
    residents["gross"][rows] = gross
    residents["income"][rows] += gross - tax
    pay_furlough(town, rows[away], wage[away])
    _note_payroll(town, paid + contributions, fill)


def _hours(town: Town) -> Floats:
    """Paid hours against usual hours (employers,); in step with last month's output when behaviour is frozen."""
    firms = town.firms
    factor = firms["hours_factor"]
    if town.frozen:
        jobs = np.maximum(firms["workers"] + firms["commuters"], 1)
        factor = firms["last_output"] * town.structure.jobs_per_output[firms["sector"]] / jobs
    return np.concatenate([np.ones(len(town.anchors)), factor, [1.0]])


def _commuter_pay(town: Town, employers: Employers, hours: Floats) -> Integers:
    """Gross pay of people who live outside the place (employers,), pence."""
    uplift = 1.0 + employers.living_wage * town.rules.parameters["procurement.living_wage_uplift"]
    result: Integers = np.floor(employers.commuters * employers.pay * uplift * hours).astype(np.int64)
    return result


def _tax(town: Town, gross: Integers, wage: Integers) -> Integers:
    """Tax on pay; at each resident's usual average rate when behaviour is frozen."""
    taxes = pay_taxes(town.rules.parameters, town.structure.minor_units)
    if not town.frozen:
        return tax_on_pay(gross, taxes)
    usual = tax_on_pay(wage, taxes) / np.maximum(wage, 1)
    result: Integers = np.floor(gross * usual).astype(np.int64)
    return result


def _note_payroll(town: Town, paid: Integers, fill: Floats) -> None:
    """Costs of firms and anchors, and how many months firms have not paid in full."""
    anchors, firms = town.anchors, town.firms
    anchors["payroll"][:] = paid[: len(anchors)]
    anchors["paid_share"][:] = fill[: len(anchors)]
    firms["costs"] += paid[len(anchors) : -1]
    firms["paid_share"][:] = fill[len(anchors) : -1]
    firms["distress"][:] = np.where(firms["paid_share"] < 0.999, np.minimum(firms["distress"] + 1, 100), 0)
