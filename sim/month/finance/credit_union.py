"""A credit union: members save a part of their income with it and borrow from it when their income falls short.

Like the community bank it lends what it has and creates no money.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.claims import cash_of, fund_equity, fund_row, held_with, lent_by
from sim.kinds.funds import CreditUnion
from sim.kinds.residents import PRIVATE_RENT, SOCIAL_RENT
from sim.kinds.rules_money import UnionTerms
from sim.kinds.town import Town
from sim.month.finance.funds import ever_set_up, in_turn, paid_in_part, pay_capital, pay_running_cost, set_up
from sim.month.finance.winding_up import close_union

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
KIND = CreditUnion


def lacking(arrears: Integers, income: Integers, usual: Floats, balance: Integers) -> Integers:
    """What a member lacks to clear arrears of rent and to have the income they are used to, beyond what they hold (n,) pence.

    Examples
    --------
    >>> lacking(np.array([300, 0]), np.array([500, 500]), np.array([900.0, 900.0]), np.array([100, 2000])).tolist()
    [600, 0]
    """
    short = np.maximum(usual - income, 0.0)
    result: Integers = np.floor(np.maximum(arrears + short - balance, 0.0)).astype(np.int64)
    return result


def monthly_saving(income: Integers, share: float, held: Integers, enough: Floats, balance: Integers) -> Integers:
    """What members save this month (n,) pence: a share of income, until they hold enough, out of what they have.

    Examples
    --------
    >>> monthly_saving(np.array([1000, 1000]), 0.05, np.array([0, 180]), np.array([200.0, 200.0]), np.array([40, 900])).tolist()
    [40, 20]
    """
    wished = np.floor(np.maximum(income, 0) * share)
    result: Integers = np.maximum(np.minimum(np.minimum(wished, np.floor(enough - held)), balance), 0.0).astype(np.int64)
    return result


def run(town: Town) -> None:
    """Set up; members join; collect or write off; save, withdraw, lend; costs; fail if it owes more than it has."""
    terms, row = town.rules.money.union, fund_row(town, KIND)
    if row < 0 and (terms is None or ever_set_up(town, KIND)):
        return
    if row < 0 and terms is not None:
        row = set_up(town, KIND, terms.anchor)
        pay_capital(town, row, terms.anchor, terms.capital)
    if terms is not None:
        _agree(town, row, terms)
    _collect(town, row)
    _write_off(town, row)
    pay_running_cost(town, row, cash_of(town, row) + lent_by(town, KIND.code))
    if fund_equity(town, row) < 0:
        town.warn(f"month {town.month}: the credit union failed; deposit protection paid its savers")
        close_union(town, row)
        return
    _help_members(town, row, terms)
    if terms is not None:
        _save(town, row, terms)


def _agree(town: Town, row: int, terms: UnionTerms) -> None:
    """The terms in force hold for all loans; residents join by their own draw and stay members."""
    residents, funds = town.residents, town.funds
    funds["loan_rate"][row], funds["running_cost"][row] = terms.loan_rate * 12.0, terms.running_cost
    funds["repayment_share"][row], funds["default_months"][row] = terms.repayment_share, terms.default_months
    joins = town.streams.uniform("credit union members", 0, residents.slots) < terms.members
    if terms.tenants_only:
        joins &= (residents["tenure"] == PRIVATE_RENT) | (residents["tenure"] == SOCIAL_RENT)
    residents["union_member"] |= joins


def _collect(town: Town, row: int) -> None:
    """Interest, then a share of income from members whose income is what it was or more, as they have it."""
    residents, ledger, fund = town.residents, town.ledger, int(town.funds["account"][row])
    rows = np.flatnonzero(residents["union_debt"])
    if not rows.size:
        return
    account, debt = residents["account"][rows], residents["union_debt"][rows]
    interest = np.rint(debt * (float(town.funds["loan_rate"][row]) / 12.0)).astype(np.int64)
    ledger.book("fund interest", account, fund, np.minimum(interest, ledger.available(account)))
    income = residents["income"][rows]
    able = income >= residents["usual_income"][rows]
    due = np.where(able, np.floor(np.maximum(income, 0) * float(town.funds["repayment_share"][row])), 0.0).astype(np.int64)
    repaid = np.minimum(np.minimum(due, debt), ledger.available(account))
    ledger.book("fund repayments", account, fund, repaid)
    residents["union_debt"][rows] -= repaid


def _write_off(town: Town, row: int) -> None:
    """Members too long out of work: their savings go against the debt, the rest is lost."""
    residents, ledger, fund = town.residents, town.ledger, int(town.funds["account"][row])
    lost = (residents["union_debt"] > 0) & (residents["months_without_work"] >= int(town.funds["default_months"][row]))
    rows = np.flatnonzero(lost)
    if not rows.size:
        return
    account, debt = residents["account"][rows], residents["union_debt"][rows]
    set_off = paid_in_part(np.minimum(residents["union_savings"][rows], debt), int(ledger.balance[fund]))
    ledger.book("fund deposits", fund, account, set_off)
    ledger.book("fund repayments", account, fund, set_off)
    residents["union_savings"][rows] -= set_off
    town.funds["losses"][row] += int((debt - set_off).sum())
    residents["union_debt"][rows] = 0


def _help_members(town: Town, row: int, terms: UnionTerms | None) -> None:
    """Members who lack money take out their savings, then borrow, in the order of their draw."""
    residents, ledger, fund = town.residents, town.ledger, int(town.funds["account"][row])
    rows = np.flatnonzero(residents["union_member"])
    account = residents["account"][rows]
    lacks = lacking(residents["rent_arrears"][rows], residents["income"][rows], residents["usual_income"][rows], ledger.balance[account])
    taken = paid_in_part(np.minimum(lacks, residents["union_savings"][rows]), int(ledger.balance[fund]))
    ledger.book("fund deposits", fund, account, taken)
    residents["union_savings"][rows] -= taken
    if terms is None:
        return
    room = np.maximum(terms.largest_loan - residents["union_debt"][rows], 0)
    fit = residents["months_without_work"][rows] < terms.default_months
    wanted = np.where(fit, np.minimum(lacks - taken, room), 0)
    pool = int(ledger.balance[fund]) - int(np.ceil(terms.reserve_ratio * held_with(town, KIND.code)))
    order = np.argsort(town.streams.uniform("credit union loans", town.month, residents.slots)[rows], kind="stable")
    granted = in_turn(wanted, order, max(pool, 0))
    ledger.book("fund loans", fund, account, granted)
    residents["union_debt"][rows] += granted


def _save(town: Town, row: int, terms: UnionTerms) -> None:
    """Members without debt to it or arrears save, until they hold some months of income."""
    residents, ledger, fund = town.residents, town.ledger, int(town.funds["account"][row])
    saves = residents["union_member"] & (residents["union_debt"] == 0) & (residents["rent_arrears"] == 0)
    rows = np.flatnonzero(saves & (residents["income"] >= residents["usual_income"]))
    account, usual = residents["account"][rows], np.maximum(residents["usual_income"][rows], 0.0)
    saved = monthly_saving(
        residents["income"][rows],
        terms.savings_share,
        residents["union_savings"][rows],
        usual * terms.savings_months,
        ledger.balance[account],
    )
    ledger.book("fund deposits", account, fund, saved)
    residents["union_savings"][rows] += saved
