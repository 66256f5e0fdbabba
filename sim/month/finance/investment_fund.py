"""An investment fund: pension money from outside and reserves of anchors, lent to firms here.

Those who pay in share its return and its losses by what they paid. It keeps nothing: interest received, less its costs, is passed on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import WORLD_ACCOUNT
from sim.kinds.claims import cash_of, fund_row, lent_by
from sim.kinds.funds import InvestmentFund
from sim.kinds.rules_money import PensionTerms
from sim.kinds.town import Town
from sim.month.finance.funds import pay_running_cost, set_up
from sim.month.finance.lending import collect, lend, loans_asked

Integers = NDArray[np.int64]
KIND = InvestmentFund


def by_share(pence: int, held: Integers) -> Integers:
    """Whole pence for each holder (n,) in proportion to what it holds; the odd pence to the first who holds anything.

    Examples
    --------
    >>> by_share(100, np.array([2, 1, 0])).tolist(), by_share(100, np.array([0, 0])).tolist()
    ([67, 33, 0], [0, 0])
    """
    total = int(held.sum())
    if total <= 0:
        return np.zeros(len(held), np.int64)
    parts: Integers = np.array([pence * int(each) // total for each in held], np.int64)
    parts[int(np.argmax(held > 0))] += pence - int(parts.sum())
    return parts


def run(town: Town) -> None:
    """Collect, pass the return on, give back what is repaid to those whose policy has ended, take new money in, lend."""
    terms, row = town.rules.money.pension, fund_row(town, KIND)
    if row < 0 and terms is None:
        return
    if row < 0:
        row = open_fund(town)
    if terms is not None:
        town.funds["loan_rate"][row], town.funds["running_cost"][row] = terms.required_return, terms.running_cost
    interest = collect(town, row, "fund_debt")
    before = cash_of(town, row)
    pay_running_cost(town, row, lent_by(town, KIND.code))
    _pass_on(town, row, max(interest - (before - cash_of(town, row)), 0))
    _give_back(town, row, terms is None)
    if terms is not None or town.rules.money.reserves:
        _lend(town, row, terms)


def open_fund(town: Town) -> int:
    """Set the fund up with the usual terms; returns its row."""
    row = set_up(town, KIND, -1)
    town.funds["loan_rate"][row] = town.rules.parameters["money.fund_return"]
    town.funds["running_cost"][row] = town.rules.parameters["money.fund_cost"]
    return row


def _lend(town: Town, row: int, terms: PensionTerms | None) -> None:
    """Lend what lies idle; pension money is called as far as firms ask for more, and no more than was agreed."""
    parameters, ledger, fund = town.rules.parameters, town.ledger, int(town.funds["account"][row])
    largest = terms.largest_loan if terms is not None else round(parameters["money.fund_largest_loan"] * town.structure.minor_units)
    cover = terms.interest_cover if terms is not None else parameters["money.fund_cover"]
    wanted = loans_asked(town, "fund_debt", float(town.funds["loan_rate"][row]), largest, cover)
    if terms is not None:
        called = min(terms.most_a_month, max(int(wanted.sum()) - cash_of(town, row), 0))
        town.funds["capital"][row] += ledger.book("fund capital", WORLD_ACCOUNT, fund, np.array([called]))
    lend(town, row, "fund_debt", wanted, cash_of(town, row), "investment fund loans")


def _holders(town: Town, row: int) -> tuple[NDArray[np.int32], Integers]:
    """Accounts of those who paid in, the pension fund's first, and what each paid."""
    accounts = np.append(np.int32(WORLD_ACCOUNT), town.anchors["account"]).astype(np.int32)
    return accounts, np.append(town.funds["capital"][row], town.anchors["fund_units"])


def _pass_on(town: Town, row: int, pence: int) -> None:
    """Pay interest to holders by their shares."""
    accounts, held = _holders(town, row)
    parts = by_share(min(pence, cash_of(town, row)), held)
    town.ledger.book("fund interest", int(town.funds["account"][row]), accounts, parts)
    town.anchors["received"] += parts[1:]


def _give_back(town: Town, row: int, pension_ended: bool) -> None:
    """Holders whose policy has ended get their share of the cash, up to what they paid in; what is over is return."""
    accounts, held = _holders(town, row)
    stays = [not pension_ended, *(anchor in town.rules.money.reserves for anchor in range(len(town.anchors)))]
    leaving = np.where(stays, 0, held)
    paid_in, all_paid = int(leaving.sum()), int(held.sum())
    if not paid_in:
        return
    pence = min(cash_of(town, row) * paid_in // all_paid, paid_in)
    back = np.minimum(by_share(pence, leaving), leaving)
    town.ledger.book("fund capital", int(town.funds["account"][row]), accounts, back)
    town.funds["capital"][row] -= back[0]
    town.anchors["fund_units"] -= back[1:]


def place_reserves(town: Town, anchor: int, pence: int) -> None:
    """An anchor pays reserves into the fund, which is set up if there is none."""
    row = fund_row(town, KIND)
    if row < 0:
        row = open_fund(town)
    paid = town.ledger.book("fund capital", int(town.anchors["account"][anchor]), int(town.funds["account"][row]), np.array([pence]))
    town.anchors["fund_units"][anchor] += paid
