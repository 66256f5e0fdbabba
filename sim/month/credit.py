"""Credit: interest on loans and overdrafts, repayment, and the credit lines banks grant."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BANK_ACCOUNT
from sim.kinds.town import Town

Integers = NDArray[np.int64]


def interest_due(loan: Integers, balance: Integers, monthly_rate: float) -> Integers:
    """Interest on a loan and on an overdraft, whole pence (n,).

    Examples
    --------
    >>> interest_due(np.array([1000, 0]), np.array([50, -2000]), 0.01).tolist()
    [10, 20]
    """
    owed = loan + np.maximum(-balance, 0)
    result: Integers = np.rint(owed * monthly_rate).astype(np.int64)
    return result


def phase(town: Town) -> None:
    """Interest, then repayment of a fixed share of what is owed; nothing is paid that is not there."""
    if town.frozen:
        return
    firms, ledger, parameters = town.firms, town.ledger, town.rules.parameters
    account = firms["account"]
    interest = interest_due(firms["loan"], ledger.balance[account], parameters["finance.loan_rate"] / 12.0)
    interest = np.minimum(interest, ledger.available(account))
    ledger.book("loan interest", account, BANK_ACCOUNT, interest)
    firms["costs"] += interest
    due = np.ceil(firms["loan"] / parameters["finance.loan_months"]).astype(np.int64)
    # An overdraft is not drawn to repay a loan.
    repaid = np.minimum(due, np.maximum(ledger.balance[account], 0))
    ledger.book("repayments", account, BANK_ACCOUNT, repaid)
    firms["loan"] -= repaid
    grant_credit_lines(town)


def grant_credit_lines(town: Town) -> None:
    """Banks let each firm owe some months of its usual sales on its account."""
    months = town.rules.parameters["finance.overdraft_months"] * town.rules.events.credit_line
    line = np.rint(town.firms["usual_sales"] * months).astype(np.int64)
    town.ledger.set_credit(town.firms["account"], line)
