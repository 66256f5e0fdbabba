"""Help for suppliers, work taken in-house, contracts freed, homes let and sold: by hand in a small town."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.small_town import held, hold, small_town, with_fund

from sim.core.channels import BANK_ACCOUNT, FUNDS
from sim.core.ledger import NO_LIMIT
from sim.economy import Economy
from sim.errors import MoneyError
from sim.kinds.dwellings import SOCIAL, TRUST_SALE
from sim.kinds.firms import Branch, LocalSME
from sim.kinds.funds import CurrencyIssuer, LandTrust
from sim.kinds.residents import EMPLOYED, MORTGAGE, PRIVATE_RENT, SOCIAL_RENT
from sim.kinds.rules_contracting import SupplierDevelopment
from sim.month.contracts import frameworks, in_house, supplier_development
from sim.month.finance import local_currency
from sim.month.property import allocation


@pytest.fixture
def town() -> Economy:
    """A town in its third month."""
    return small_town(month=3)


def help_of(town: Economy, anchors: list[int], **changed: Any) -> SupplierDevelopment:
    """Help for two firms a month from some anchors."""
    flags = np.zeros(len(town.anchors), bool)
    flags[anchors] = True
    usual = {"firms_a_year": 24.0, "grant": 600, "advice_cost": 50, "turnover_help": 0.5, "support_months": 6}
    return SupplierDevelopment(anchors=flags, **usual | changed)


def test_anchors_help_in_turn_with_what_they_have_over(town: Economy) -> None:
    anchors, firms = town.anchors, town.firms
    rows = np.flatnonzero(firms["kind"] == LocalSME.code)[:3]
    anchors["payroll"][:], anchors["paid_share"][:], anchors["policy_costs"][:] = 1000, 1.0, 4
    for place, over in ((0, 10_000), (2, 250)):
        hold(town, int(anchors["account"][place]), 1000 + over - int(town.ledger.credit[anchors["account"][place]]))
    before, capacity = held(town, firms["account"][rows]), firms["capacity"][rows].copy()
    supplier_development._help(town, help_of(town, [0, 2]), rows)
    # In the third month the first firm's turn falls on the second of the two anchors, then the first, then the second again.
    grants = np.array([250, 600, 0])
    assert (firms["capacity"][rows] == capacity + grants / (12.0 * town.rules.parameters["firms.capital_to_output"])).all()
    assert anchors["policy_costs"][[0, 1, 2]].tolist() == [54, 4, 104]
    assert firms["supported_until"][rows].tolist() == [8, 8, 8]
    booked = [booking for booking in town.ledger.journal if booking.channel == "business support"]
    assert [int(booking.pence.sum()) for booking in booked] == grants.tolist()
    assert [int(np.atleast_1d(booking.payer)[0]) for booking in booked] == anchors["account"][[2, 0, 2]].tolist()
    assert sum(held(town, firms["account"][rows])) <= sum(before) + 850, "plant is bought with it"


def test_who_is_taken_on_is_small_owned_here_without_support_and_in_a_sector_bought(town: Economy) -> None:
    given, firms, contracts = help_of(town, [0], firms_a_year=12.0 * 10_000), town.firms, town.contracts
    able = supplier_development._taken_on(town, given)
    jobs = firms["workers"] + firms["commuters"]
    bought = np.unique(contracts["category"][contracts["anchor"] == 0])
    small = town.rules.parameters["procurement.small_firm_jobs"]
    by_hand = [
        row
        for row in range(len(firms))
        if 0 < jobs[row] < small
        and firms["kind"][row] != Branch.code
        and firms["sector"][row] in bought
        and firms["supported_until"][row] < 3
    ]
    assert sorted(able.tolist()) == by_hand and len(by_hand) > 2
    firms["supported_until"][able[:1]], firms["supported_until"][able[1:2]] = 3, 2
    assert sorted(supplier_development._taken_on(town, given).tolist()) == sorted(able[1:].tolist())
    assert supplier_development._taken_on(town, help_of(town, [0], firms_a_year=12.0)).tolist() == able[1:2].tolist()
    town.rules.contracting.supplier_development = [given, help_of(town, [0], turnover_help=0.25)]
    assert supplier_development.turnover_factor(town, able[:2]).tolist() == [1.5, 1.0]


def test_those_who_did_the_work_come_along_and_the_holder_plans_without_it(town: Economy) -> None:
    firms, anchors, contracts = town.firms, town.anchors, town.contracts
    holder = int(np.argmax(np.where(firms["kind"] == LocalSME.code, firms["workers"], 0)))
    workers, commuters = int(firms["workers"][holder]), int(firms["commuters"][holder])
    staff = workers + commuters
    contracts["anchor"][0], contracts["price"][0] = 1, 2.0
    each = float(town.structure.jobs_per_output[firms["sector"][holder]])
    contracts["value"][0] = int(np.ceil(2.0 * 2.5 / each))  # work of two and a half jobs, at twice the usual price
    value = float(contracts["value"][0])
    firms["usual_sales"][holder], firms["usual_demand"][holder], firms["usual_costs"][holder] = 4 * value, value, 1000.0
    before = int(anchors["workers"][1] + anchors["commuters"][1])
    in_house._take_over_staff(town, 0, holder, posts=2.2)
    assert firms["workers"][holder] + firms["commuters"][holder] == staff - 2
    assert anchors["workers"][1] + anchors["commuters"][1] == before + 2
    assert (
        firms["usual_sales"][holder] == 3 * value and firms["usual_demand"][holder] == value / 2 and firms["usual_costs"][holder] == 750.0
    )
    in_house._take_over_staff(town, 0, holder, posts=100.0)
    assert firms["workers"][holder] + firms["commuters"][holder] == staff - 5, "two and a half are three whole people"
    # A holder with next to no trade keeps none of it, and its costs stay where it had none.
    firms["usual_sales"][holder], firms["usual_demand"][holder] = value / 2, value / 8
    in_house._take_over_staff(town, 0, holder, posts=0.4)
    assert firms["usual_sales"][holder] == firms["usual_demand"][holder] == firms["usual_costs"][holder] == 0.0
    firms["usual_costs"][holder] = 5.0
    in_house._take_over_staff(town, 0, holder, posts=0.0)
    assert firms["usual_costs"][holder] == 5.0
    assert firms["workers"][holder] + firms["commuters"][holder] == staff - 5


def test_payroll_of_all_work_taken_in_is_owed_at_once(town: Economy) -> None:
    contracts, anchors = town.contracts, town.anchors
    mine = np.flatnonzero((contracts["anchor"] == 0) & ~contracts["materials"])[:2]
    contracts["end"][:], contracts["influenceable"][mine] = 10, True
    contracts["end"][mine] = 2
    town.rules.enterprise.insourcing = np.ones((len(anchors), 18))
    town.rules.enterprise.insourcing_cost = np.zeros((len(anchors), 18))
    payroll, worth, budget = anchors["payroll"].copy(), contracts["base_value"][mine].copy(), int(anchors["contract_budget"][0])
    in_house.bring_in(town)
    money = int((worth - contracts["base_value"][mine]).sum())
    assert money > 0 and contracts["materials"][mine].all()
    assert anchors["payroll"].tolist() == [int(payroll[0]) + money, *payroll[1:].tolist()]
    assert anchors["contract_budget"][0] == budget - money and anchors["in_house"][0] == money


def test_contracts_that_end_are_freed_up_to_the_target_at_a_cost_each(town: Economy) -> None:
    contracts, anchors = town.contracts, town.anchors
    mine = np.flatnonzero(contracts["anchor"] == 0)
    contracts["base_value"][mine], contracts["influenceable"][mine], contracts["end"][:] = 100, False, 9
    contracts["end"][mine] = 2
    target = np.zeros(len(anchors))
    target[0] = 2 / len(mine)
    town.rules.contracting.influenceable_target = target
    town.rules.contracting.cost_per_freed = np.full(len(anchors), 30)
    anchors["policy_costs"][:] = 1
    frameworks.renew(town)
    assert contracts["influenceable"][mine].sum() == 2
    assert anchors["policy_costs"].tolist() == [61, *[1] * (len(anchors) - 1)]
    bound = mine[~contracts["influenceable"][mine] & ~contracts["stands_in"][mine]]
    assert (contracts["start"][bound] == 3).all() and (contracts["end"][bound] >= 14).all()
    assert (contracts["end"][mine[contracts["influenceable"][mine]]] == 2).all(), "those freed are tendered"


def test_a_contract_that_ends_this_month_is_not_called_off_yet(town: Economy) -> None:
    contracts = town.contracts
    contracts["influenceable"][:], contracts["end"][:] = False, 3
    start = contracts["start"].copy()
    frameworks.renew(town)
    assert (contracts["end"] == 3).all() and (contracts["start"] == start).all()


def tenants(town: Economy, number: int) -> np.ndarray:
    """The first residents, alone in renting privately, at 500 a month."""
    residents = town.residents
    residents["tenure"][residents["tenure"] == PRIVATE_RENT] = SOCIAL_RENT
    rows = np.arange(number)
    residents["tenure"][rows], residents["rent"][rows], residents["rent_arrears"][rows] = PRIVATE_RENT, 500, 0
    residents["status"][rows], residents["usual_income"][rows] = EMPLOYED, 2000.0
    return rows


def test_homes_are_let_by_need_to_tenants_whose_rent_falls(town: Economy) -> None:
    rows, residents = tenants(town, 4), town.residents
    residents["rent"][rows], residents["rent_arrears"][rows] = (500, 300, 700, 600), (0, 90, 0, 40)
    owner = int(town.anchors["account"][1])
    town.dwellings.add(4, owner=owner, use=SOCIAL, rent=300, finished=np.array([2, -1, 2, 2]), resident=np.array([-1, -1, 99, -1]))
    given_up = town.notes.rent_given_up
    allocation.allocate_homes(town)
    # Who pays 300 gains nothing; first who is behind, then who gives most of the income for rent. One home is not finished, one let.
    assert residents["tenure"][rows].tolist() == [PRIVATE_RENT, PRIVATE_RENT, SOCIAL_RENT, SOCIAL_RENT]
    assert town.dwellings["resident"].tolist() == [residents["account"][3], -1, 99, residents["account"][2]]
    assert residents["rent"][rows].tolist() == [500, 300, 300, 300] and residents["landlord"][[2, 3]].tolist() == [owner, owner]
    assert town.notes.rent_given_up == given_up + 40 and residents["rent_arrears"][rows].tolist() == [0, 90, 0, 0]


def test_a_trusts_home_goes_to_who_can_pay_its_price_and_not_the_markets(town: Economy) -> None:
    rows, residents, ledger = tenants(town, 4), town.residents, town.ledger
    row, trust = with_fund(town, LandTrust, 0, anchor=1)
    town.funds["capital"][row] = 70_000
    # A mortgage of 40,500 takes an income of 844 a month at four times the year, the market's 81,000 one of 1,688.
    residents["usual_income"][rows] = (1500.0, 1500.0, 1800.0, 1500.0)
    residents["rent_arrears"][3] = 1
    for account, pence in zip(residents["account"][rows].tolist(), (4_500, 4_499, 90_000, 9_000), strict=True):
        hold(town, account, pence)
    residents["mortgage"][0], residents["property_value"][0] = 7, 8
    town.rules.parameters = town.rules.parameters.with_values({"land.loan_to_income": 4.0})
    homes = {"price": 45_000, "deposit": 4_500, "market": 90_000, "rent": 20, "owner": trust, "anchor": 1}
    town.dwellings.add(2, use=TRUST_SALE, finished=2, **homes)
    anchor = int(town.anchors["account"][1])
    before = held(town, [anchor, BANK_ACCOUNT])
    allocation.allocate_homes(town)
    assert residents["tenure"][rows].tolist() == [MORTGAGE, PRIVATE_RENT, PRIVATE_RENT, PRIVATE_RENT]
    assert (residents["mortgage"][0], residents["property_value"][0], residents["rent"][0]) == (40_507, 45_008, 20)
    assert residents["landlord"][0] == trust and town.dwellings["resident"].tolist() == [residents["account"][0], -1]
    assert held(town, [residents["account"][0], trust, anchor, BANK_ACCOUNT]) == [0, 0, before[0] + 45_000, before[1] - 40_500]
    assert town.funds["capital"][row] == 25_000
    # The anchor gets back no more than it paid in.
    residents["rent_arrears"][3], town.dwellings["rent"][1] = 0, 0
    allocation.allocate_homes(town)
    assert residents["tenure"][3] == MORTGAGE and residents["landlord"][3] == -1
    assert town.funds["capital"][row] == 0 and held(town, [trust, anchor]) == [20_000, before[0] + 70_000]
    assert ledger.balance[residents["account"][3]] == 4_500


def test_a_currency_without_a_pound_behind_each_unit_stops_the_run(town: Economy) -> None:
    issue = int(town.ledger.open(1, FUNDS, credit=NO_LIMIT)[0])
    row, account = with_fund(town, CurrencyIssuer, 0, issue=issue)
    town.refresh_rows()
    resident = int(town.residents["account"][0])
    town.ledger.book("currency exchange", resident, account, np.array([50]))
    town.ledger.book("currency exchange", issue, resident, np.array([50]))
    local_currency.check_backing(town, row)
    town.ledger.book("currency exchange", account, resident, np.array([1]))
    with pytest.raises(MoneyError, match="month 3: the currency's issuer holds 49 pence against 50 in circulation"):
        local_currency.check_backing(town, row)
