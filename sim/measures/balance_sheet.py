"""The balance-sheet matrix: who holds and owes what, instruments by institutional sectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BANKS, BRANCHES, COMMUNITY_FIRMS, COOPERATIVES, INSTITUTIONS, LOCAL_FIRMS, RESIDENTS, WORLD
from sim.core.channels import ANCHORS as ANCHOR_SECTOR
from sim.core.records import BalanceSheet
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.town import Town
from sim.measures.equity import capital_value, firm_equity

INSTRUMENTS = ("deposits", "firm loans", "mortgages", "pension entitlements", "firm equity", "homes", "buildings and equipment")
SECTOR_OF_KIND = {LocalSME.code: LOCAL_FIRMS, Cooperative.code: COOPERATIVES, CommunityFirm.code: COMMUNITY_FIRMS, Branch.code: BRANCHES}
#: Who owns the equity of each kind of firm.
OWNER_OF_KIND = {LocalSME.code: RESIDENTS, Cooperative.code: RESIDENTS, CommunityFirm.code: ANCHOR_SECTOR, Branch.code: WORLD}


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
    for code, sector in SECTOR_OF_KIND.items():
        mine = firms["kind"] == code
        _claim(pence[1], BANKS, sector, int(firms["loan"][mine].sum()))
        pence[6, sector] = capital[mine].sum()
        orphan = mine & (firms["owner"] < 0) if code == LocalSME.code else np.zeros(len(firms), bool)
        _claim(pence[4], OWNER_OF_KIND[code], sector, int(equity[mine & ~orphan].sum()))
        _claim(pence[4], WORLD, sector, int(equity[orphan].sum()))
    return BalanceSheet(INSTRUMENTS, INSTITUTIONS, pence)


def _claim(row: NDArray[np.int64], holder: int, debtor: int, pence: int) -> None:
    row[holder] += pence
    row[debtor] -= pence
