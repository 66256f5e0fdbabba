"""Endings: what a firm that ends leaves of its debts to the place's funds, and what happens when a fund fails."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BANK_ACCOUNT
from sim.kinds.claims import fund_row
from sim.kinds.funds import CommunityBank, CurrencyIssuer, InvestmentFund
from sim.kinds.town import Town

Integers = NDArray[np.int64]

#: Lenders to firms, in the order in which they are repaid, with the column of what is owed to them.
LENDERS = ((CommunityBank, "bank_debt"), (InvestmentFund, "fund_debt"))


def repay_funds(town: Town, rows: NDArray[np.integer]) -> None:
    """Firms that end (their rows) repay funds out of what national banks have left; the rest is the funds' loss."""
    if not len(town.funds):
        return
    firms, ledger = town.firms, town.ledger
    account = firms["account"][rows]
    for kind, debt in LENDERS:
        owed = firms[debt][rows]
        lender = fund_row(town, kind)
        if lender < 0 or not owed.any():
            continue
        repaid = np.minimum(np.maximum(ledger.balance[account], 0), owed)
        ledger.book("fund repayments", account, int(town.funds["account"][lender]), repaid)
        town.funds["losses"][lender] += int((owed - repaid).sum())
        firms[debt][rows] = 0


def empty_purses(town: Town, rows: NDArray[np.integer]) -> None:
    """Firms that end (their rows) change their local currency back, without a fee."""
    purse = town.firms["purse"][rows]
    held = rows[purse >= 0]
    issuer = fund_row(town, CurrencyIssuer)
    if issuer < 0 or not held.size:
        return
    firms, ledger, funds = town.firms, town.ledger, town.funds
    coins = ledger.balance[firms["purse"][held]]
    ledger.book("currency exchange", firms["purse"][held], int(funds["issue"][issuer]), coins)
    ledger.book("currency exchange", int(funds["account"][issuer]), firms["account"][held], coins)


def close_bank(town: Town, row: int) -> None:
    """A community bank that owes more than it has is wound up.

    National banks take over its loans at their full value, take what cash it has, and pay savers in full: deposit
    protection, which in this ledger is on the national banks' account.
    """
    firms, ledger, fund = town.firms, town.ledger, int(town.funds["account"][row])
    debt = firms["bank_debt"]
    ledger.book("new loans", BANK_ACCOUNT, firms["account"], debt)
    ledger.book("fund repayments", firms["account"], fund, debt)
    firms["loan"] += debt
    firms["bank_debt"][:] = 0
    pay_savers(town, row, "bank_deposits")
    anchors = town.anchors
    ledger.book("fund deposits", BANK_ACCOUNT, anchors["account"], anchors["bank_deposits"])
    anchors["bank_deposits"][:] = 0


def pay_savers(town: Town, row: int, held: str) -> None:
    """The cash of a failed fund goes to the national banks, which pay residents what they hold in full; the fund is closed."""
    residents, ledger, fund = town.residents, town.ledger, int(town.funds["account"][row])
    ledger.book("fund deposits", fund, BANK_ACCOUNT, np.maximum(ledger.balance[[fund]], 0))
    ledger.book("fund deposits", BANK_ACCOUNT, residents["account"], residents[held])
    residents[held][:] = 0
    town.funds["closed"][row] = town.month


def close_union(town: Town, row: int) -> None:
    """A credit union that owes more than it has is wound up: members' debts are lost, savers are paid by deposit protection."""
    residents = town.residents
    town.funds["losses"][row] += int(residents["union_debt"].sum())
    residents["union_debt"][:] = 0
    pay_savers(town, row, "union_savings")
