"""The balance-sheet matrix: who holds and owes what, instruments by institutional sectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import ANCHORS, BANKS, INSTITUTIONS, RESIDENTS, WORLD
from sim.core.records import BalanceSheet
from sim.kinds.firms import INSTITUTION, Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.town import Town
from sim.measures.equity import capital_value, firm_equity

INSTRUMENTS = ("deposits", "firm loans", "mortgages", "pension entitlements", "firm equity", "homes", "buildings and equipment")
#: Who owns the equity of each kind of firm.
OWNER_OF_KIND = {LocalSME.code: RESIDENTS, Cooperative.code: RESIDENTS, CommunityFirm.code: ANCHORS, Branch.code: WORLD}


def balance_sheet(town: Town) -> BalanceSheet:
    """The matrix at the end of the month, pence; the first five rows sum to nought, since every claim is someone's debt.

    Equity of a community firm is held by the councils of the place on its behalf; a local firm whose owner is not a resident is
    owned outside.
    """
    pence = np.zeros((len(INSTRUMENTS), len(INSTITUTIONS)), np.int64)
    np.add.at(pence[0], town.ledger.sector, town.ledger.balance)
    residents, firms = town.residents, town.firms
    _claim(pence[2], BANKS, RESIDENTS, int(residents["mortgage"].sum()))
    _claim(pence[3], RESIDENTS, WORLD, int(residents["pension_wealth"].sum()))
    pence[5, RESIDENTS] = residents["property_value"].sum()
    equity, capital = firm_equity(town), capital_value(town)
    for code, sector in INSTITUTION.items():
        mine = firms["kind"] == code
        _claim(pence[1], BANKS, sector, int(firms["loan"][mine].sum()))
        pence[6, sector] = capital[mine].sum()
        orphan = mine & (firms["owner"] < 0) if code == LocalSME.code else np.zeros(len(firms), bool)
        _claim(pence[4], OWNER_OF_KIND[code], sector, int(equity[mine & ~orphan].sum()))
        _claim(pence[4], WORLD, sector, int(equity[orphan].sum()))
    return BalanceSheet(INSTRUMENTS, INSTITUTIONS, pence)


def _claim(row: NDArray[np.int64], holder: int, debtor: int, pence: int) -> None:
    """A claim of one sector on another."""
    row[holder] += pence
    row[debtor] -= pence
