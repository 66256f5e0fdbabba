"""Supplier development: anchors help small firms of the place to grow into what anchors buy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.at_rows import at_rows
from sim.kinds.firms import Branch
from sim.kinds.rules_contracting import SupplierDevelopment
from sim.kinds.town import Town
from sim.month.contracts.anchor_means import wage_bill
from sim.month.trade.equipment import buy_equipment

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


def places_of_month(month: int, firms_a_year: float) -> int:
    """Firms taken on in a month, so that twelve months take the yearly number.

    Examples
    --------
    >>> [places_of_month(month, 18.0) for month in range(1, 5)]
    [1, 2, 1, 2]
    """
    return int(np.floor(month * firms_a_year / 12.0) - np.floor((month - 1) * firms_a_year / 12.0))


def develop_suppliers(town: Town) -> None:
    """Grants and advice to the firms taken on this month."""
    for help_given in town.rules.contracting.supplier_development:
        rows = _taken_on(town, help_given)
        if rows.size:
            _help(town, help_given, rows)


def turnover_factor(town: Town, rows: Rows) -> Floats:
    """What a firm's turnover counts for in the turnover test against what it is (n,): more while it is supported."""
    supported = at_rows(town.firms["supported_until"], rows) >= town.month
    extra = max(item.turnover_help for item in town.rules.contracting.supplier_development)
    result: Floats = np.where(supported, 1.0 + extra, 1.0)
    return result


def _taken_on(town: Town, help_given: SupplierDevelopment) -> Rows:
    """Small firms of the place in sectors that the anchors buy from, without support now: the lowest draws, as many as there are places."""
    places = places_of_month(town.month, help_given.firms_a_year)
    if places <= 0:
        return np.zeros(0, np.int64)
    firms, contracts = town.firms, town.contracts
    bought = np.zeros(18, bool)
    bought[contracts["category"][help_given.anchors[contracts["anchor"]]]] = True
    jobs = firms["workers"] + firms["commuters"]
    able = (jobs > 0) & (jobs < town.rules.parameters["procurement.small_firm_jobs"]) & (firms["kind"] != Branch.code)
    able &= bought[firms["sector"]] & (firms["supported_until"] < town.month)
    draws = town.streams.uniform("firms supported", town.month, firms.slots)
    rows = np.flatnonzero(able)
    return rows[np.argsort(draws[rows], kind="stable")[:places]]


def _help(town: Town, help_given: SupplierDevelopment, rows: Rows) -> None:
    """Each firm's grant and advice from one anchor, the anchors in turn; the grant buys plant and never more than there is money for."""
    firms, anchors, ledger = town.firms, town.anchors, town.ledger
    payers = np.flatnonzero(help_given.anchors)
    grants = np.zeros(len(firms), np.int64)
    for place, row in enumerate(rows.tolist()):
        payer = int(payers[(town.month + place) % len(payers)])
        account = int(anchors["account"][payer])
        free = ledger.available(anchors["account"][payer : payer + 1])[0] - wage_bill(town)[payer]
        grants[row] = min(help_given.grant, max(int(free), 0))
        ledger.book("business support", account, int(firms["account"][row]), grants[row : row + 1])
        anchors["policy_costs"][payer] += help_given.advice_cost
    firms["capacity"] += grants / (12.0 * town.rules.parameters["firms.capital_to_output"])
    buy_equipment(town, grants)
    firms["supported_until"][rows] = town.month + help_given.support_months - 1
