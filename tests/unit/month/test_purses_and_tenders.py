"""Purses of local currency, tenders by what they ask of firms, lay-offs and shocks at their edges: by hand in a small town."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.small_town import held, hold, small_town, with_fund

from sim.core.channels import COOPERATIVES, FUNDS, REGION_ACCOUNT
from sim.core.ledger import NO_LIMIT
from sim.economy import Economy
from sim.kinds.firms import Branch, LocalSME
from sim.kinds.funds import CommunityBank, CurrencyIssuer
from sim.kinds.residents import EMPLOYED
from sim.kinds.rules_contracting import Reserved
from sim.kinds.rules_enterprise import SupportedBranch
from sim.kinds.rules_money import CurrencyTerms
from sim.month import procurement, turnover, work
from sim.month.contracts.bids import Bids
from sim.month.finance import community_bank, local_currency
from sim.month.finance.paying import settle
from sim.month.firms import founding, inward
from sim.month.labour import pay
from sim.month.labour.employers import list_employers
from sim.month.labour.furlough import keep_on
from sim.month.trade.demand_shocks import ENERGY, ENERGY_CATEGORY, basket, pay_anchors_energy

TERMS = CurrencyTerms(anchor=1, members=0.0, sellers=0.0, budget=0.25, redeem_share=0.5, redeem_fee=0.1, wage_share=0.5, demurrage=0.015)


@pytest.fixture
def town() -> Economy:
    """A town in its third month."""
    return small_town(month=3)


def with_purses(town: Economy, *, residents: tuple[int, ...] = (), firms: tuple[int, ...] = ()) -> tuple[int, int, int]:
    """A currency with purses of the first residents and firms that hold this; row, account and issue of the issuer."""
    issue = int(town.ledger.open(1, FUNDS, credit=NO_LIMIT)[0])
    row, account = with_fund(town, CurrencyIssuer, 0, anchor=1, issue=issue)
    town.firms["kind"][:4] = LocalSME.code
    for table, amounts in ((town.residents, residents), (town.firms, firms)):
        flags = np.zeros(len(table), bool)
        flags[: len(amounts)] = True
        local_currency._open_purses(town, table, flags)
        for place, pence in enumerate(amounts):
            hold(town, int(table["account"][place]), 10_000)
            town.ledger.book("currency exchange", int(table["account"][place]), account, np.array([pence]))
            town.ledger.book("currency exchange", issue, int(table["purse"][place]), np.array([pence]))
    town.rules.money.currency = TERMS
    return row, account, issue


def test_demurrage_takes_its_share_of_what_lies_in_each_purse(town: Economy) -> None:
    row, account, issue = with_purses(town, residents=(1000, 66, 0), firms=(2000,))
    anchor, received = int(town.anchors["account"][1]), int(town.anchors["received"][1])
    before = held(town, [account, issue, anchor])
    local_currency._pay_demurrage(town, row, town.residents, 0.0)
    assert held(town, [account, issue, anchor]) == before
    local_currency._pay_demurrage(town, row, town.residents, 0.015)
    assert held(town, town.residents["purse"][:3]) == [985, 66, 0], "of 66 it is less than a penny"
    local_currency._pay_demurrage(town, row, town.firms, 0.015)
    assert held(town, [town.firms["purse"][0]]) == [1970]
    # The pounds behind it go to the anchor.
    assert held(town, [account, issue, anchor]) == [before[0] - 45, before[1] + 45, before[2] + 45]
    assert town.anchors["received"][1] == received + 45
    local_currency.check_backing(town, row)


def test_a_firm_changes_back_its_share_less_the_fee(town: Economy) -> None:
    row, account, issue = with_purses(town, firms=(2001, 7))
    firms, anchor = town.firms["account"][:2].tolist(), int(town.anchors["account"][1])
    before = held(town, [account, issue, anchor])
    local_currency._firms_change_back(town, TERMS)
    # Half of 2,001 and of 7, down to whole pence: 1,000 and 3; a tenth of the first is the fee, less than a penny of the second.
    assert held(town, town.firms["purse"][:2]) == [1001, 4]
    assert held(town, firms) == [10_000 - 2001 + 900, 10_000 - 7 + 3]
    assert held(town, [account, issue, anchor]) == [before[0] - 1003, before[1] + 1003, before[2] + 100]
    local_currency.check_backing(town, row)


def test_a_purse_is_counted_where_its_holder_is_and_firms_sold_outside_leave(town: Economy) -> None:
    row, account, _ = with_purses(town, firms=(100, 50, 20))
    firms, ledger = town.firms, town.ledger
    ledger.reclassify(firms["account"][[0]], COOPERATIVES)
    firms["kind"][1] = Branch.code
    purses, before = firms["purse"][:3].tolist(), held(town, [account])[0]
    sectors = ledger.sector.copy()
    local_currency._join(town, TERMS)
    assert ledger.sector[purses[0]] == COOPERATIVES and ledger.sector[purses[2]] == ledger.sector[firms["account"][2]]
    assert (np.flatnonzero(ledger.sector != sectors) == purses[:1]).all(), "no other account is moved"
    assert firms["purse"][:4].tolist() == [purses[0], -1, purses[2], -1]
    assert held(town, [purses[1], int(firms["account"][1]), account]) == [0, 10_000, before - 50]
    local_currency.check_backing(town, row)


def test_of_each_payment_a_share_down_to_whole_pence_goes_from_purse_to_purse(town: Economy) -> None:
    with_purses(town, residents=(2, 9), firms=(0,))
    payer, seller = town.residents["account"][:3], int(town.firms["account"][0])
    hold(town, int(payer[2]), 10_000)
    before = held(town, [*payer, seller])
    settle(town, "shopping", payer, np.full(3, seller, np.int32), np.array([3, 30, 8]), 0.5)
    # Half of 3 is a penny, half of 30 more than the 9 in the purse; the third has none.
    assert held(town, town.residents["purse"][:2]) == [1, 0] and held(town, [town.firms["purse"][0]]) == [10]
    assert held(town, [*payer, seller]) == [before[0] - 2, before[1] - 21, before[2] - 8, before[3] + 31]


def test_a_bank_without_capital_pays_what_its_savings_cost(town: Economy) -> None:
    row, fund = with_fund(town, CommunityBank, 99)
    town.funds["running_cost"][row] = 0.12
    town.residents["bank_deposits"][0], town.residents["usual_income"][0] = 99, 0.0
    community_bank.run(town)
    assert held(town, [fund]) == [99] and town.funds["closed"][row] < 0, "a hundredth of 99 pence is no penny"


def test_work_is_taken_from_contracts_in_their_order(town: Economy) -> None:
    contracts, number = town.contracts, 60
    contracts.add(number, slots=2**20 + np.arange(number), anchor=1, category=4, value=10, base_value=10, influenceable=True)
    contracts["category"][:-number] = 5
    contracts["owing"][:] = 0
    here = np.arange(number) % 2 == 0
    contracts["supplier"][-number:] = np.where(here, town.firms["account"][0], REGION_ACCOUNT)
    slots = contracts.slots[-number:].copy()
    given: Any = SimpleNamespace(anchor=1, sector=4, contract_value=120, name="the one", contract_months=12)
    assert founding._give_contract(town, given, int(town.firms["account"][1])) == 120
    gone = ~np.isin(slots, contracts.slots)
    assert np.flatnonzero(gone).tolist() == list(range(1, 25, 2)), "the first twelve that are held outside"


def test_a_branch_in_the_first_row_repays_too(town: Economy) -> None:
    account, anchor = int(town.firms["account"][0]), int(town.anchors["account"][1])
    town.supported = [SupportedBranch(account, 1, 3, 500, 15)]
    hold(town, account, 200)
    before, ending = held(town, [anchor])[0], np.zeros(len(town.firms), bool)
    inward.part_with_branches(town, ending)
    assert ending[0] and held(town, [account, anchor]) == [0, before + 200] and town.supported == []


class Listed:
    """Suppliers by name, of whom the firm in one slot stands for one."""

    def __init__(self, slot: int) -> None:
        self.slot = slot

    def __len__(self) -> int:
        return 1

    def stands_for_one(self, slots: np.ndarray) -> np.ndarray:
        """Whether it is that firm."""
        return slots == self.slot


@pytest.mark.parametrize(("month", "ends"), [(0, False), (1, True)])
def test_a_firm_that_stands_for_a_supplier_is_there_when_the_run_begins(month: int, ends: bool) -> None:
    town = small_town(month=month)
    firms = town.firms
    firms["distress"][:], firms["born"][:] = 0, month
    given: Any = town
    given.listed = Listed(int(firms.slots[0]))
    given.streams = SimpleNamespace(uniform=lambda *_, **__: np.zeros((len(firms), 2)))
    ending, _ = turnover._decide(town)
    assert ending[0] == ends and ending[1:].all()


@pytest.mark.parametrize(("threshold", "left"), [(125.0, 2), (125.01, 1)])
def test_a_competition_at_the_threshold_is_not_reserved(town: Economy, threshold: float, left: int) -> None:
    anchors = len(town.anchors)
    town.contracts["influenceable"][0] = True
    town.rules.contracting.reserved = Reserved(
        threshold=np.full(anchors, threshold), share=np.ones(anchors), maximum_premium=np.full(anchors, 9.0)
    )
    town.rules.parameters = town.rules.parameters.with_values({"procurement.value_added_tax": 0.25})
    one = np.ones((1, 2))
    bids = Bids(one > 0, np.array([[0, 2]], np.int8), np.array([[0, -1]]), one, one, one)
    found = procurement._reserve(town, np.array([0]), np.array([100]), bids, np.array([0.0]))
    assert int(found.valid.sum()) == left, "100 and a tax of a fourth are 125"


@pytest.mark.parametrize(("workers", "commuters", "small"), [(20, 29, True), (30, 30, False), (25, 25, False)])
def test_a_bidder_is_small_by_all_who_work_there(town: Economy, workers: int, commuters: int, small: bool) -> None:
    firms, rows = town.firms, np.arange(len(town.contracts))
    firms["workers"][:], firms["commuters"][:], firms["capacity"][:] = workers, commuters, 10.0**12
    firms["usual_sales"][:] = 10.0**10
    town.rules.parameters = town.rules.parameters.with_values({"procurement.small_firm_jobs": 50.0})
    town.rules.social_value_parts[:] = np.array([0.0, 1.0, 0.0, 0.0])
    hearing = procurement.hear_of_tenders(town, rows, town.contracts["value"], 3)
    found = procurement.make_bids(town, rows, town.contracts["anchor"].astype(np.int64), hearing)
    here = found.firm >= 0
    assert here.any() and not here.all() and found.social[here].tolist() == [float(small)] * int(here.sum())
    assert not found.social[found.origin != 0].any()


def test_months_of_distress_are_counted_to_a_hundred(town: Economy) -> None:
    firms, number = town.firms, len(town.anchors)
    firms["distress"][:3], firms["costs"][:3] = (99, 100, 4), 7
    fill = np.ones(number + len(firms) + 1)
    fill[[number, number + 1, number + 2]] = (0.998, 0.0, 0.999)
    paid = np.zeros(len(fill), np.int64)
    paid[[0, number, number + 1]] = (50, 60, 70)
    pay._note_payroll(town, paid, fill)
    assert firms["distress"][:3].tolist() == [100, 100, 0] and firms["costs"][:3].tolist() == [67, 77, 7]
    assert town.anchors["payroll"][0] == 50 and firms["paid_share"][:3].tolist() == [0.998, 0.0, 0.999]


def test_a_firm_of_one_commuter_keeps_that_one_on_furlough(town: Economy) -> None:
    employers: Any = list_employers(town)
    number = np.zeros(len(employers.account), np.int64)
    place = len(town.anchors)
    number[place], number[0] = 1, 2
    employers.workers[place], employers.commuters[place] = 0, 1
    town.rules.events.furlough_share = 0.8
    left, found = keep_on(town, employers, number, np.flatnonzero(town.residents["status"] == EMPLOYED))
    assert found.commuters[place] == 1 and not found.rows.size
    assert left[place] == 0 and left[0] == 2, "anchors lay off as they would"


def test_nobody_who_works_next_door_is_laid_off_from_here(town: Economy) -> None:
    residents, employers = town.residents, list_employers(town)
    residents["status"][0], residents["employer"][0] = EMPLOYED, REGION_ACCOUNT
    employers = list_employers(town)
    staff = (employers.workers + employers.commuters).astype(np.float64)
    staff[-1] = 0.0
    employers.desired[:] = staff
    before = residents["status"].copy()
    work._lay_off(town, employers)
    assert (residents["status"] == before).all() and residents["employer"][0] == REGION_ACCOUNT


def test_who_buys_energy_alone_has_nothing_else_to_save_on() -> None:
    shares = np.zeros((1, 10))
    shares[0, ENERGY_CATEGORY] = 1.0
    found = basket(shares, np.zeros(10), 3.0)
    assert found.shares.tolist() == shares.tolist() and found.dearer.tolist() == [0.0] and found.kept.tolist() == [1.0]


def test_what_wages_leave_for_energy_is_whole_pence_down(town: Economy) -> None:
    anchors, contracts = town.anchors, town.contracts
    contracts["category"][contracts["category"] == ENERGY] = ENERGY + 1
    contracts["anchor"][0], contracts["category"][0], contracts["value"][0] = 0, ENERGY, 1000
    anchors["payroll"][0], anchors["paid_share"][0] = 1, 0.4
    account = int(anchors["account"][0])
    hold(town, account, 100 - int(town.ledger.credit[account]))
    town.rules.events.energy_price = 2.0
    before = held(town, [account])[0]
    pay_anchors_energy(town)
    assert held(town, [account]) == [before - 97], "a wage bill of two pence and a half sets three aside"
