"""What residents, firms and anchors hold with, and owe to, the place's own funds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import Table
from sim.kinds.funds import CommunityBank, CreditUnion, Fund, InvestmentFund
from sim.kinds.town import Town

Integers = NDArray[np.int64]


def in_purse(town: Town, table: Table) -> Integers:
    """Local currency held by each row of a table of residents or firms, pence (rows,)."""
    purse = table["purse"]
    held = purse >= 0
    result: Integers = np.zeros(len(purse), np.int64)
    if held.any():
        result[held] = town.ledger.balance[purse[held]]
    return result


def liquid_savings(town: Town) -> Integers:
    """Deposits, savings at the community bank and the credit union, and local currency of each resident, pence (residents,)."""
    residents = town.residents
    own = town.ledger.balance[residents["account"]]
    result: Integers = own + residents["bank_deposits"] + residents["union_savings"] + in_purse(town, residents)
    return result


def reserves_placed(town: Town) -> Integers:
    """Reserves that each anchor has placed with the community bank or the investment fund, pence (anchors,)."""
    result: Integers = town.anchors["bank_deposits"] + town.anchors["fund_units"]
    return result


def fund_row(town: Town, kind: type[Fund]) -> int:
    """Row of the first fund of this kind that runs; -1 for none."""
    if not len(town.funds):
        return -1
    rows = np.flatnonzero((town.funds["kind"] == kind.code) & (town.funds["closed"] < 0))
    return int(rows[0]) if rows.size else -1


def lent_by(town: Town, kind: int) -> int:
    """What those it lends to owe a fund of this kind (its code), pence."""
    if kind == CommunityBank.code:
        return int(town.firms["bank_debt"].sum())
    if kind == InvestmentFund.code:
        return int(town.firms["fund_debt"].sum())
    return int(town.residents["union_debt"].sum()) if kind == CreditUnion.code else 0


def held_with(town: Town, kind: int) -> int:
    """What savers hold with a fund of this kind (its code), pence."""
    if kind == CommunityBank.code:
        return int(town.residents["bank_deposits"].sum() + town.anchors["bank_deposits"].sum())
    return int(town.residents["union_savings"].sum()) if kind == CreditUnion.code else 0


def cash_of(town: Town, row: int) -> int:
    """Pounds on the account of the fund in this row less local currency it owes, pence."""
    account, issue = int(town.funds["account"][row]), int(town.funds["issue"][row])
    owed = int(town.ledger.balance[issue]) if issue >= 0 else 0
    return int(town.ledger.balance[account]) + owed


def fund_equity(town: Town, row: int) -> int:
    """Cash and loans less what savers hold, pence; below nought where losses took more than the capital."""
    kind = int(town.funds["kind"][row])
    if town.funds["closed"][row] >= 0:
        return cash_of(town, row)
    return cash_of(town, row) + lent_by(town, kind) - held_with(town, kind)
