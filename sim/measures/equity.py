"""Book equity of firms and the net wealth of residents, from balances and declared stocks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.claims import in_purse, liquid_savings
from sim.kinds.firms import Cooperative, LocalSME
from sim.kinds.membership import members_parts
from sim.kinds.residents import EMPLOYED
from sim.kinds.town import Town
from sim.kinds.trade_claims import owed_to_accounts

Integers = NDArray[np.int64]


def capital_value(town: Town) -> Integers:
    """Buildings and equipment of each firm at the cost of building them, pence (firms,)."""
    years = town.rules.parameters["firms.capital_to_output"]
    result: Integers = np.rint(town.firms["capacity"] * 12.0 * years).astype(np.int64)
    return result


def firm_equity(town: Town) -> Integers:
    """Deposit, local currency, invoices and capital less loans and members' stakes, pence (firms,); below nought where debts are larger."""
    firms = town.firms
    claims = in_purse(town, firms) + owed_to_accounts(town)[firms["account"]]
    owed = firms["loan"] + firms["bank_debt"] + firms["fund_debt"] + firms["stakes"]
    result: Integers = town.ledger.balance[firms["account"]] + claims + capital_value(town) - owed
    return result


def equity_of_residents(town: Town) -> Integers:
    """Equity each resident owns: the firm of an owner, an equal part of a member who works there, pence (residents,).

    The parts of customers and of an anchor in a co-operative are held in common: nobody can draw on them.
    """
    firms, residents = town.firms, town.residents
    equity = firm_equity(town)
    owned = np.zeros(len(town.ledger), np.int64)
    mine = (firms["kind"] == LocalSME.code) & (firms["owner"] >= 0)
    np.add.at(owned, firms["owner"][mine], equity[mine])
    result: Integers = owned[residents["account"]]
    shared = (firms["kind"] == Cooperative.code) & (firms["workers"] > 0)
    part = np.zeros(len(town.ledger), np.int64)
    parameters = town.rules.parameters
    of_work = members_parts(
        firms["form"],
        firms["founder"],
        equity,
        parameters["firms.multi_stakeholder_work_share"],
        parameters["firms.municipal_anchor_share"],
    )[0]
    part[firms["account"][shared]] = of_work[shared] // firms["workers"][shared]
    working = residents["status"] == EMPLOYED
    result[working] += part[residents["employer"][working]]
    return result


def net_wealth(town: Town) -> Integers:
    """Savings wherever they lie, homes, pensions and firm equity less mortgages, arrears and debts, pence (residents,)."""
    residents = town.residents
    result: Integers = (
        liquid_savings(town)
        + residents["property_value"]
        + residents["pension_wealth"]
        + equity_of_residents(town)
        + residents["stake"]
        - residents["mortgage"]
        - residents["rent_arrears"]
        - residents["union_debt"]
    )
    return result
