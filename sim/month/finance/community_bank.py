"""A community bank: takes savings over from national banks and lends them to firms here, out of what it has.

It creates no money: in this ledger a deposit is a balance at the national banks, and the community bank holds such a
balance itself. What it lends was paid in by savers and by the anchors that set it up.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BANK_ACCOUNT
from sim.kinds.claims import fund_equity, fund_row, held_with, lent_by
from sim.kinds.firms import Branch
from sim.kinds.funds import CommunityBank
from sim.kinds.rules_money import BankTerms
from sim.kinds.town import Town
from sim.month.finance.funds import ever_set_up, paid_in_part, pay_capital, pay_running_cost, set_up
from sim.month.finance.lending import collect, lend, loans_asked
from sim.month.finance.winding_up import close_bank

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
KIND = CommunityBank


def beyond_working(balance: Integers, working: Floats) -> Integers:
    """What savers hold beyond (below nought: lack of) the working balance they leave with their ordinary bank (n,) pence.

    Examples
    --------
    >>> beyond_working(np.array([900, 100]), np.array([200.0, 200.0])).tolist()
    [700, -100]
    """
    return np.floor(balance - working).astype(np.int64)


def most_deposits(equity: int, capital_ratio: float, reserve_ratio: float) -> float:
    """Savings that a bank can use: as much as its capital lets it lend, and the liquidity kept on it.

    Examples
    --------
    >>> round(most_deposits(80, 0.08, 0.1), 6)
    1022.222222
    """
    if capital_ratio <= 0.0:
        return float("inf")
    return max(equity, 0) * (1.0 / capital_ratio - 1.0) / max(1.0 - reserve_ratio, 1e-9)


def run(town: Town) -> None:
    """Set up; collect; pay interest and costs; savings in and out; fail or lend; pay the surplus out."""
    terms, row = town.rules.money.bank, fund_row(town, KIND)
    if row < 0 and (terms is None or not terms.capital or ever_set_up(town, KIND)):
        return
    if row < 0 and terms is not None:
        row = set_up(town, KIND, terms.capital[0][0])
    if terms is not None:
        _agree(town, row, terms)
    collect(town, row, "bank_debt")
    _pay_interest(town, row)
    pay_running_cost(town, row, held_with(town, KIND.code) + max(fund_equity(town, row), 0))
    if fund_equity(town, row) < 0:
        town.warn(f"month {town.month}: the community bank failed; deposit protection paid its savers")
        close_bank(town, row)
        return
    _pay_out_savings(town, row)
    if terms is not None:
        _lend(town, row, terms)
        _take_in_savings(town, row, terms)
    if town.month % 12 == 0:
        _pay_surplus(town, row, terms)


def _agree(town: Town, row: int, terms: BankTerms) -> None:
    """Capital is paid in; the terms in force hold for all loans and savings."""
    for anchor, pence in terms.capital:
        pay_capital(town, row, anchor, pence)
    funds = town.funds
    funds["loan_rate"][row], funds["deposit_rate"][row] = terms.loan_rate, terms.deposit_rate
    funds["running_cost"][row] = terms.running_cost


def _pay_interest(town: Town, row: int) -> None:
    """A month's interest to savers, as far as the bank has cash; it is income of theirs next month."""
    rate = float(town.funds["deposit_rate"][row]) / 12.0
    if rate <= 0.0:
        return
    residents, anchors, ledger, fund = town.residents, town.anchors, town.ledger, int(town.funds["account"][row])
    due = np.floor(np.append(residents["bank_deposits"], anchors["bank_deposits"]) * rate).astype(np.int64)
    paid = paid_in_part(due, int(ledger.balance[fund]))
    number = len(residents)
    ledger.book("fund interest", fund, residents["account"], paid[:number])
    ledger.book("fund interest", fund, anchors["account"], paid[number:])
    residents["other_income"] += paid[:number]
    anchors["received"] += paid[number:]


def _beyond(town: Town) -> Integers:
    """What each resident holds beyond their working balance, pence (residents,)."""
    residents = town.residents
    working = np.maximum(residents["usual_income"], 0.0) * town.rules.parameters["money.working_balance"]
    return beyond_working(town.ledger.balance[residents["account"]], working)


def _pay_out_savings(town: Town, row: int) -> None:
    """Savers who lack a working balance take back what is lacking, as far as the bank has cash."""
    residents, ledger, fund = town.residents, town.ledger, int(town.funds["account"][row])
    asked = np.minimum(np.maximum(-_beyond(town), 0), residents["bank_deposits"])
    taken = paid_in_part(asked, int(ledger.balance[fund]))
    ledger.book("fund deposits", fund, residents["account"], taken)
    residents["bank_deposits"] -= taken


def _take_in_savings(town: Town, row: int, terms: BankTerms) -> None:
    """Savers, by their own draw, bring what lies beyond their working balance, as far as the bank can use it."""
    residents, ledger, fund = town.residents, town.ledger, int(town.funds["account"][row])
    saves = town.streams.uniform("community bank savers", 0, residents.slots) < terms.savers
    held = held_with(town, KIND.code)
    room = most_deposits(fund_equity(town, row), terms.capital_ratio, terms.reserve_ratio) - held
    # Savings cost it money: it takes no more while as much as its capital lies idle.
    idle = int(ledger.balance[fund]) - terms.reserve_ratio * held
    room = max(min(room, int(town.funds["capital"][row]) - idle), 0.0)
    brought = paid_in_part(np.where(saves, np.maximum(_beyond(town), 0), 0), int(room))
    ledger.book("fund deposits", residents["account"], fund, brought)
    residents["bank_deposits"] += brought


def _lend(town: Town, row: int, terms: BankTerms) -> None:
    """New loans within liquidity and capital, then loans that firms bring over from national banks."""
    wanted = loans_asked(town, "bank_debt", terms.loan_rate, terms.largest_loan, terms.interest_cover)
    lend(town, row, "bank_debt", wanted, _pool(town, row, terms), "community bank loans")
    if terms.brought_over > 0.0:
        _take_over_loans(town, row, terms)


def _pool(town: Town, row: int, terms: BankTerms) -> int:
    """What the bank may lend: cash above the liquidity kept, and no more than its capital carries."""
    cash = int(town.ledger.balance[town.funds["account"][row]])
    pool = cash - int(np.ceil(terms.reserve_ratio * held_with(town, KIND.code)))
    if terms.capital_ratio > 0.0:
        pool = min(pool, int(fund_equity(town, row) / terms.capital_ratio) - lent_by(town, KIND.code))
    return max(pool, 0)


def _take_over_loans(town: Town, row: int, terms: BankTerms) -> None:
    """Some firms owned here repay national banks with a loan of the community bank."""
    firms, ledger = town.firms, town.ledger
    mine = town.streams.uniform("community bank borrowers", 0, firms.slots) < terms.brought_over
    wanted = np.where(mine & (firms["kind"] != Branch.code), np.minimum(firms["loan"], terms.largest_loan - firms["bank_debt"]), 0)
    before = firms["bank_debt"].copy()
    lend(town, row, "bank_debt", np.maximum(wanted, 0), _pool(town, row, terms), "community bank loans")
    moved = firms["bank_debt"] - before
    ledger.book("repayments", firms["account"], BANK_ACCOUNT, moved)
    firms["loan"] -= moved


def _pay_surplus(town: Town, row: int, terms: BankTerms | None) -> None:
    """Once a year: what lies above the capital paid in and the capital needed goes to the anchor, which holds it for the place."""
    ledger, fund, anchor = town.ledger, int(town.funds["account"][row]), int(town.funds["anchor"][row])
    ratio, liquid = (terms.capital_ratio, terms.reserve_ratio) if terms is not None else (0.0, 0.0)
    needed = max(int(town.funds["capital"][row]), int(np.ceil(ratio * lent_by(town, KIND.code))))
    spare = int(ledger.balance[fund]) - int(np.ceil(liquid * held_with(town, KIND.code)))
    pence = max(min(fund_equity(town, row) - needed, spare), 0)
    town.anchors["received"][anchor] += ledger.book("fund interest", fund, int(town.anchors["account"][anchor]), np.array([pence]))
