"""Credit: interest, repayment, and the credit lines banks grant to firms."""

from __future__ import annotations

import math

from oracle.plain.town import PlainTown

from sim.core.channels import BANK_ACCOUNT


def phase(town: PlainTown) -> None:
    """One firm after the other: interest on loan and overdraft, a fixed share of the loan, a new credit line."""
    if town.frozen:
        return
    book = town.book
    rate, months, line = (town.parameter(f"finance.{name}") for name in ("loan_rate", "loan_months", "overdraft_months"))
    for firm in town.firms:
        account = firm.account
        owed = firm.loan + max(-book.balance[account], 0)
        interest = min(round(owed * (rate / 12.0)), book.can_pay(account))
        book.pay("loan interest", account, BANK_ACCOUNT, interest)
        firm.costs += interest
        # No overdraft is drawn to repay a loan.
        repaid = min(math.ceil(firm.loan / months), max(book.balance[account], 0))
        book.pay("repayments", account, BANK_ACCOUNT, repaid)
        firm.loan -= repaid
        book.set_credit(account, round(firm.usual_sales * line))
