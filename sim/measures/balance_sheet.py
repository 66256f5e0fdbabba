"""The balance-sheet matrix: who holds and owes what, instruments by institutional sectors."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import ANCHORS, BANKS, FUNDS, INSTITUTIONS, RESIDENTS, WORLD
from sim.core.records import BalanceSheet
from sim.kinds.claims import fund_equity
from sim.kinds.firms import INSTITUTION, Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.funds import CommunityBank, CreditUnion, InvestmentFund
from sim.kinds.land_values import buildings_of_trusts, homes_of_anchors, homes_of_trusts
from sim.kinds.town import Town
from sim.kinds.trade_claims import owed_to_accounts
from sim.measures.equity import capital_value, firm_equity

#: Claims of one sector on another: each row sums to nought.
CLAIMS: Final = (
    "deposits",
    "firm loans",
    "mortgages",
    "pension entitlements",
    "trade credit",
    "firm equity",
    "member stakes",
    "fund deposits",
    "fund loans",
    "fund capital",
    "land loans",
)
#: What is owned and owed by nobody.
REAL: Final = ("homes", "buildings and equipment")
INSTRUMENTS: Final = (*CLAIMS, *REAL)
#: Who owns the equity of each kind of firm.
OWNER_OF_KIND = {LocalSME.code: RESIDENTS, Cooperative.code: RESIDENTS, CommunityFirm.code: ANCHORS, Branch.code: WORLD}


def balance_sheet(town: Town) -> BalanceSheet:
    """The matrix at the end of the month, pence; rows of claims sum to nought, since every claim is someone's debt.

    Equity of a community firm is held by the councils of the place on its behalf; a local firm whose owner is not a resident is
    owned outside. Local currency is a deposit with its issuer, who holds pounds against it.
    """
    pence = np.zeros((len(INSTRUMENTS), len(INSTITUTIONS)), np.int64)
    row = {name: pence[place] for place, name in enumerate(INSTRUMENTS)}
    np.add.at(row["deposits"], town.ledger.sector, town.ledger.balance)
    residents, firms = town.residents, town.firms
    _claim(row["mortgages"], BANKS, RESIDENTS, int(residents["mortgage"].sum()))
    _claim(row["pension entitlements"], RESIDENTS, WORLD, int(residents["pension_wealth"].sum()))
    owed = owed_to_accounts(town)
    np.add.at(row["trade credit"], town.ledger.sector, owed)
    row["trade credit"][ANCHORS] -= owed.sum()
    row["homes"][RESIDENTS] = residents["property_value"].sum()
    equity, capital = firm_equity(town), capital_value(town)
    for code, sector in INSTITUTION.items():
        mine = firms["kind"] == code
        _claim(row["firm loans"], BANKS, sector, int(firms["loan"][mine].sum()))
        _claim(row["fund loans"], FUNDS, sector, int((firms["bank_debt"] + firms["fund_debt"])[mine].sum()))
        _claim(row["member stakes"], RESIDENTS, sector, int(firms["stakes"][mine].sum()))
        row["buildings and equipment"][sector] = capital[mine].sum()
        orphan = mine & (firms["owner"] < 0) if code == LocalSME.code else np.zeros(len(firms), bool)
        _claim(row["firm equity"], OWNER_OF_KIND[code], sector, int(equity[mine & ~orphan].sum()))
        _claim(row["firm equity"], WORLD, sector, int(equity[orphan].sum()))
    _funds(town, row)
    _land(town, row)
    return BalanceSheet(INSTRUMENTS, INSTITUTIONS, pence)


def _funds(town: Town, row: dict[str, NDArray[np.int64]]) -> None:
    """Savings with and loans of community banks and credit unions, and who their capital belongs to."""
    residents, anchors = town.residents, town.anchors
    _claim(row["fund deposits"], RESIDENTS, FUNDS, int((residents["bank_deposits"] + residents["union_savings"]).sum()))
    _claim(row["fund deposits"], ANCHORS, FUNDS, int(anchors["bank_deposits"].sum()))
    _claim(row["fund loans"], FUNDS, RESIDENTS, int(residents["union_debt"].sum()))
    for place, kind in enumerate(town.funds["kind"].tolist()):
        equity = fund_equity(town, place)
        if kind == CommunityBank.code:
            _claim(row["fund capital"], ANCHORS, FUNDS, equity)
        elif kind == CreditUnion.code:
            _claim(row["fund capital"], RESIDENTS, FUNDS, equity)
        elif kind == InvestmentFund.code:
            outside = int(town.funds["capital"][place])
            all_units = outside + int(anchors["fund_units"].sum())
            of_anchors = equity * int(anchors["fund_units"].sum()) // all_units if all_units else 0
            _claim(row["fund capital"], ANCHORS, FUNDS, of_anchors)
            _claim(row["fund capital"], WORLD, FUNDS, equity - of_anchors)


def _land(town: Town, row: dict[str, NDArray[np.int64]]) -> None:
    """Homes and buildings that policies bring to anchors and trusts, and what anchors owe on homes."""
    _claim(row["land loans"], BANKS, ANCHORS, int(town.dwellings["loan"].sum()))
    row["homes"][ANCHORS] = homes_of_anchors(town)
    row["homes"][FUNDS] = homes_of_trusts(town)
    row["buildings and equipment"][FUNDS] = buildings_of_trusts(town)


def _claim(row: NDArray[np.int64], holder: int, debtor: int, pence: int) -> None:
    """A claim of one sector on another."""
    row[holder] += pence
    row[debtor] -= pence
