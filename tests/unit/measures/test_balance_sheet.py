"""The balance sheet of a few accounts, every cell worked out by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.hand_made import Rows

from sim.core.channels import ANCHORS, BANKS, INSTITUTIONS, LOCAL_FIRMS, RESIDENTS, WORLD
from sim.core.channels import FUNDS as FUND_SECTOR
from sim.kinds.dwellings import SOCIAL, TRUST_SALE
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.funds import CommunityBank, CreditUnion, InvestmentFund, LandTrust
from sim.kinds.premises import LEASE, TRUST
from sim.measures.balance_sheet import CLAIMS, balance_sheet


class Ledger:
    """Balances and sectors."""

    balance = np.array([-4_036, 300, 0, 0, 40, 50, 60, 70, 5, 200, 300, 3_001, 10])
    sector = np.array([BANKS, RESIDENTS, ANCHORS, WORLD, 1, 1, 2, 3, 4, FUND_SECTOR, FUND_SECTOR, FUND_SECTOR, FUND_SECTOR], np.int8)

    def __len__(self) -> int:
        return len(self.balance)


@pytest.fixture
def town() -> Any:
    """A firm with an owner here and one without, a co-operative, a council's firm and a branch; four funds and a few buildings."""
    firms = Rows(
        kind=np.array([kind.code for kind in (LocalSME, LocalSME, Cooperative, CommunityFirm, Branch)]),
        account=np.array([4, 5, 6, 7, 8]),
        owner=np.array([1, -1, -1, -1, -1]),
        loan=np.array([1, 2, 4, 8, 16]),
        bank_debt=np.array([32, 0, 0, 0, 0]),
        fund_debt=np.array([0, 64, 0, 0, 0]),
        stakes=np.array([0, 0, 20, 0, 0]),
        capacity=np.array([1.0, 2.0, 3.0, 4.0, 5.0]),
        purse=np.full(5, -1),
    )
    residents = Rows(
        mortgage=np.array([500, 100]),
        pension_wealth=np.array([700, 7]),
        property_value=np.array([9_000, 11]),
        bank_deposits=np.array([30, 0]),
        union_savings=np.array([0, 3]),
        union_debt=np.array([0, 13]),
    )
    funds = Rows(
        kind=np.array([kind.code for kind in (CommunityBank, CreditUnion, InvestmentFund, LandTrust)]),
        closed=np.full(4, -1),
        account=np.array([9, 10, 11, 12]),
        issue=np.full(4, -1),
        capital=np.array([0, 0, 1_500, 0]),
    )
    dwellings = Rows(
        use=np.array([SOCIAL, TRUST_SALE]), paid=np.array([80, 90]), resident=np.full(2, -1), market=np.zeros(2), price=np.zeros(2),
        loan=np.array([25, 0]),
    )  # fmt: skip
    return SimpleNamespace(
        firms=firms,
        residents=residents,
        funds=funds,
        dwellings=dwellings,
        premises=Rows(value=np.array([1, 600]), use=np.array([LEASE, TRUST])),
        anchors=Rows(bank_deposits=np.array([9, 6]), fund_units=np.array([300, 200])),
        contracts=Rows(supplier=np.array([4, 3]), owing=np.array([6, 5])),
        ledger=Ledger(),
        rules=SimpleNamespace(parameters={"firms.capital_to_output": 0.5, "firms.multi_stakeholder_work_share": 0.5}),
    )


def cells(town: Any, instrument: str) -> dict[str, int]:
    """The cells of one row that are not nought."""
    sheet = balance_sheet(town)
    row = sheet.pence[sheet.instruments.index(instrument)]
    return {INSTITUTIONS[at]: int(row[at]) for at in np.flatnonzero(row)}


#: Capital of the five firms: 6, 12, 18, 24 and 30. Equity: deposit, capital and invoices less what is owed.
EQUITY = (40 + 6 + 6 - 33, 50 + 12 - 66, 60 + 18 - 24, 70 + 24 - 8, 5 + 30 - 16)
#: The bank has 200 and is owed 32, and owes 30 and 15; the union has 300 and is owed 13, and owes 3; the fund has 3,001 and is owed 64.
BANK, UNION, INVESTED = 200 + 32 - 45, 300 + 13 - 3, 3_001 + 64

EXPECTED = {
    "deposits": {"banks": -4_036, "residents": 300, "local firms": 90, "co-operatives": 60, "community firms": 70, "branches": 5,
                 "community funds": 3_511},
    "firm loans": {"banks": 31, "local firms": -3, "co-operatives": -4, "community firms": -8, "branches": -16},
    "mortgages": {"banks": 600, "residents": -600},
    "pension entitlements": {"residents": 707, "rest of the world": -707},
    "trade credit": {"local firms": 6, "rest of the world": 5, "anchors": -11},
    "firm equity": {"residents": EQUITY[0] + EQUITY[2], "local firms": -EQUITY[0] - EQUITY[1], "co-operatives": -EQUITY[2],
                    "anchors": EQUITY[3], "community firms": -EQUITY[3], "branches": -EQUITY[4],
                    "rest of the world": EQUITY[1] + EQUITY[4]},
    "member stakes": {"residents": 20, "co-operatives": -20},
    "fund deposits": {"residents": 33, "anchors": 15, "community funds": -48},
    "fund loans": {"community funds": 32 + 64 + 13, "local firms": -96, "residents": -13},
    # A quarter of what the investment fund is worth, in whole pence, is the anchors', the rest of the pension fund outside.
    "fund capital": {"anchors": BANK + INVESTED // 4, "residents": UNION, "rest of the world": INVESTED - INVESTED // 4,
                     "community funds": -BANK - UNION - INVESTED},
    "land loans": {"banks": 25, "anchors": -25},
    "homes": {"residents": 9_011, "anchors": 80, "community funds": 90},
    "buildings and equipment": {"local firms": 18, "co-operatives": 18, "community firms": 24, "branches": 30, "community funds": 600},
}  # fmt: skip


@pytest.mark.parametrize("instrument", EXPECTED)
def test_each_row_by_hand(town: Any, instrument: str) -> None:
    assert cells(town, instrument) == EXPECTED[instrument]


def test_claims_sum_to_nought_and_every_row_is_worked_out(town: Any) -> None:
    sheet = balance_sheet(town)
    assert sheet.instruments == tuple(EXPECTED) and sheet.sectors == INSTITUTIONS
    assert not sheet.pence[: len(CLAIMS)].sum(axis=1).any()


def test_a_fund_into_which_nobody_paid_belongs_to_nobody_here(town: Any) -> None:
    town.funds["capital"][2], town.anchors["fund_units"][:] = 0, 0
    assert cells(town, "fund capital")["anchors"] == BANK
    assert cells(town, "fund capital")["rest of the world"] == INVESTED
    assert INSTITUTIONS[LOCAL_FIRMS] == "local firms"
