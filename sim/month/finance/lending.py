"""Lending of the place's funds to firms here: who may borrow, how much, and what comes back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.firms import Branch
from sim.kinds.town import Town
from sim.month.finance.funds import in_turn
from sim.month.firms.investment import cash_lacking

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def bearable_debt(surplus: Floats, cover: float, months: float, yearly_rate: float) -> Floats:
    """Largest debt (n,) whose first month of repayment and interest a usual surplus covers this many times, pence.

    Examples
    --------
    >>> bearable_debt(np.array([300.0, -10.0]), 1.5, 60.0, 0.04).round(2).tolist()
    [10000.0, 0.0]
    """
    due = cover * (1.0 / months + yearly_rate / 12.0)
    if due <= 0.0:
        return np.full(len(surplus), np.inf)
    result: Floats = np.maximum(surplus, 0.0) / due
    return result


def loans_asked(town: Town, debt: str, rate: float, largest: int, cover: float) -> Integers:
    """What each firm may borrow of a fund this month, pence (firms,).

    Firms owned here whose own cash does not reach for their planned investment and half their buffer ask for what is
    lacking; they get no more than their usual surplus bears, all that they owe to funds counted, nor than the largest loan.
    """
    firms = town.firms
    owed = firms["bank_debt"] + firms["fund_debt"]
    months = town.rules.parameters["finance.loan_months"]
    bearable = bearable_debt(firms["usual_sales"] - firms["usual_costs"], cover, months, rate)
    room = np.minimum(bearable - owed, largest - firms[debt])
    asked = np.minimum(cash_lacking(town), np.maximum(room, 0.0))
    return np.where(firms["kind"] == Branch.code, 0, np.floor(asked)).astype(np.int64)


def lend(town: Town, row: int, debt: str, wanted: Integers, pool: int, stream: str) -> int:
    """The fund in this row lends from its pool to firms in the order of their draw; returns what it lent."""
    firms, ledger = town.firms, town.ledger
    if pool <= 0 or not wanted.any():
        return 0
    order = np.argsort(town.streams.uniform(stream, town.month, firms.slots), kind="stable")
    granted = in_turn(wanted, order, pool)
    firms[debt] += granted
    return ledger.book("fund loans", int(town.funds["account"][row]), firms["account"], granted)


def collect(town: Town, row: int, debt: str) -> int:
    """Interest, then a fixed share of what is owed, as firms have it; returns the interest."""
    firms, ledger, parameters = town.firms, town.ledger, town.rules.parameters
    borrowers = np.flatnonzero(firms[debt])
    if not borrowers.size:
        return 0
    account, fund = firms["account"][borrowers], int(town.funds["account"][row])
    owed = firms[debt][borrowers]
    interest = np.rint(owed * (float(town.funds["loan_rate"][row]) / 12.0)).astype(np.int64)
    interest = np.minimum(interest, ledger.available(account))
    received = ledger.book("fund interest", account, fund, interest)
    firms["costs"][borrowers] += interest
    due = np.ceil(owed / parameters["finance.loan_months"]).astype(np.int64)
    # An overdraft is not drawn to repay a loan.
    repaid = np.minimum(due, np.maximum(ledger.balance[account], 0))
    ledger.book("fund repayments", account, fund, repaid)
    firms[debt][borrowers] -= repaid
    return received
