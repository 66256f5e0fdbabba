"""Edges of small rules that only a case of its own shows: by hand in a small town."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.small_town import held, hold, small_town, with_fund

from sim.core.channels import BANK_ACCOUNT, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.core.streams import RESERVED
from sim.economy import Economy
from sim.kinds.dwellings import SOCIAL
from sim.kinds.firms import LocalSME
from sim.kinds.funds import CommunityBank, InvestmentFund
from sim.kinds.residents import EMPLOYED, MORTGAGE, PRIVATE_RENT, SOCIAL_RENT, UNEMPLOYED
from sim.kinds.rules_land import RightToBuyTerms
from sim.month import homes
from sim.month.contracts import in_house, leaving
from sim.month.finance import community_bank
from sim.month.finance.funds import SLOTS_OF_A_KIND, set_up
from sim.month.finance.winding_up import repay_funds
from sim.month.firms import founding
from sim.month.firms.owners import pay_council
from sim.month.labour.employers import list_employers
from sim.month.labour.hiring import hire
from sim.month.labour.progression import places_to_train
from sim.month.property import allocation, right_to_buy
from sim.month.trade.builders import CONSTRUCTION, pay_builders
from sim.month.trade.neighbours import outside_buyers
from sim.month.work import people_to_lay_off


@pytest.fixture
def town() -> Economy:
    """A town in its third month."""
    return small_town(month=3)


def test_staff_just_at_the_tolerance_stays() -> None:
    # Ten needed, half a job for rounding, a tenth more tolerated: 11.5 is not beyond it.
    jobs, need = np.array([11, 12, 23]), np.array([9.5454545454545454, 10.0, 20.0])
    assert people_to_lay_off(jobs, need, 0.1, np.ones(3)).tolist() == [0, 2, 3]
    assert people_to_lay_off(np.array([3]), np.array([2.0]), 0.25, np.ones(1)).tolist() == [0], "2.5 and a half is 3"


def test_training_at_a_penny_each_is_as_many_as_pence() -> None:
    staff, share, draws = np.array([120, 120, 120]), np.full(3, 1.0), np.zeros(3)
    assert places_to_train(staff, share, draws, np.array([4, 4, 4]), np.array([1, 2, 0])).tolist() == [4, 2, 10]


def test_each_fund_of_a_kind_has_a_slot_of_its_own(town: Economy) -> None:
    first = RESERVED + CommunityBank.code * SLOTS_OF_A_KIND
    rows = [set_up(town, kind, 1) for kind in (CommunityBank, InvestmentFund, CommunityBank)]
    assert rows == [0, 1, 2]
    assert town.funds.slots.tolist() == [first, RESERVED + InvestmentFund.code * SLOTS_OF_A_KIND, first + 1]


def test_a_firm_without_a_lender_here_keeps_what_it_owes(town: Economy) -> None:
    bank, account = with_fund(town, CommunityBank, 0)
    firm = int(town.firms["account"][0])
    hold(town, firm, 100)
    town.firms["bank_debt"][0], town.firms["fund_debt"][0] = 30, 50
    repay_funds(town, np.array([0]))
    # There is no investment fund, so what is owed to it is not taken from anyone.
    assert held(town, [firm, account]) == [70, 30] and town.firms["fund_debt"][0] == 50
    town.firms["bank_debt"][1], town.funds["losses"][bank] = 9, 0
    repay_funds(town, np.array([0]))
    assert town.funds["losses"][bank] == 0 and town.firms["bank_debt"][1] == 9


def test_savers_bring_what_lies_beyond_three_months_of_income(town: Economy) -> None:
    residents = town.residents
    town.rules.parameters = town.rules.parameters.with_values({"money.working_balance": 3.0})
    residents["usual_income"][:3] = (100.0, 100.5, -7.0)
    for account, pence in zip(residents["account"][:3].tolist(), (350, 200, 20), strict=True):
        hold(town, account, pence)
    assert community_bank._beyond(town)[:3].tolist() == [50, -102, 20]


def test_a_bank_takes_loans_over_up_to_its_largest_with_what_it_lent_counted(town: Economy) -> None:
    row, fund = with_fund(town, CommunityBank, 10_000)
    firms = town.firms
    firms["loan"][:], firms["bank_debt"][:] = 0, 0
    firms["kind"][:4] = LocalSME.code
    firms["loan"][:3], firms["bank_debt"][:3] = (500, 500, 90), (0, 200, 250)
    before = held(town, [BANK_ACCOUNT, fund])
    terms: Any = SimpleNamespace(brought_over=1.0, largest_loan=300, reserve_ratio=0.0, capital_ratio=0.0)
    community_bank._take_over_loans(town, row, terms)
    assert firms["bank_debt"][:3].tolist() == [300, 300, 300] and firms["loan"][:3].tolist() == [200, 400, 40]
    assert held(town, [BANK_ACCOUNT, fund]) == [before[0] + 450, before[1] - 450]
    firms["bank_debt"][0] = 400
    community_bank._take_over_loans(town, row, terms)
    assert firms["bank_debt"][0] == 400, "who owes it more than that already brings no more"


def test_arrears_above_their_limit_in_months_are_given_up(town: Economy) -> None:
    residents = town.residents
    residents["rent"][:] = 0
    residents["rent"][:3], residents["rent_arrears"][:3], residents["landlord"][:3] = 100, (200, 201, 0), WORLD_ACCOUNT
    for account in residents["account"][:3].tolist():
        hold(town, account, 0)
    town.rules.parameters = town.rules.parameters.with_values({"households.arrears_limit": 3.0})
    town.notes.rent_given_up = 4
    homes._pay_rents(town)
    assert residents["rent_arrears"][:3].tolist() == [300, 0, 100] and town.notes.rent_given_up == 4 + 301


def test_births_follow_a_free_unit_and_no_chance_is_above_one(town: Economy, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = founding._chance_by_sector(town, 10)
    monkeypatch.setattr(founding, "births_raised", lambda _: 1.5)
    assert founding._chance_by_sector(town, 10).tolist() == np.minimum(usual * 1.5, 1.0).tolist() and usual.max() > 0.0
    monkeypatch.setattr(founding, "births_raised", lambda _: 10.0**6)
    assert founding._chance_by_sector(town, 10)[usual > 0.0].tolist() == [1.0] * int((usual > 0.0).sum())


def test_a_home_goes_to_each_tenant_while_there_are_tenants(town: Economy) -> None:
    residents = town.residents
    residents["tenure"][residents["tenure"] == PRIVATE_RENT] = SOCIAL_RENT
    residents["tenure"][:2], residents["rent"][:2], residents["rent_arrears"][:2] = PRIVATE_RENT, 500, (0, 1)
    residents["status"][:2], residents["usual_income"][:2] = EMPLOYED, 2000.0
    town.dwellings.add(3, owner=7, use=SOCIAL, rent=300, finished=2)
    allocation.let_homes(town, np.arange(3), np.zeros(len(residents)))
    # Three homes, two tenants: who is behind comes first and gets the home that was built first.
    assert town.dwellings["resident"].tolist() == [residents["account"][1], residents["account"][0], -1]


def test_a_tenant_who_buys_owns_the_home_at_the_markets_value(town: Economy) -> None:
    residents, units = town.residents, town.structure.minor_units
    market = round(float(town.place.housing.house_price) * units) // 2
    residents["tenure"][:] = PRIVATE_RENT
    residents["tenure"][:2], residents["status"][:2], residents["rent_arrears"][:2] = SOCIAL_RENT, (EMPLOYED, UNEMPLOYED), 0
    residents["usual_income"][:2], residents["landlord"][:2], residents["rent"][:2] = 10.0**9, town.anchors["account"][1], 300
    residents["mortgage"][0], residents["property_value"][0] = 7, 8
    buyer, landlord = int(residents["account"][0]), int(town.anchors["account"][1])
    hold(town, buyer, market)
    before = held(town, [landlord, BANK_ACCOUNT])
    town.rules.land.right_to_buy = RightToBuyTerms(discount=0.25, take_up=1.0, deposit_share=0.1)
    right_to_buy.buy_rented_homes(town)
    price = round(market * 0.75)
    loan = price - round(price * 0.1)
    assert residents["tenure"][:2].tolist() == [MORTGAGE, SOCIAL_RENT]
    assert (residents["mortgage"][0], residents["property_value"][0]) == (7 + loan, 8 + market)
    assert residents["rent"][:2].tolist() == [0, 300] and residents["landlord"][:2].tolist() == [-1, landlord]
    assert held(town, [buyer, landlord, BANK_ACCOUNT]) == [market - price + loan, before[0] + price, before[1] - loan]


def test_posts_put_out_add_up_and_money_moves_from_payroll_to_contracts(town: Economy) -> None:
    anchors, contracts = town.anchors, town.contracts
    number = len(contracts)
    for name, value in {"jobs": 100.0, "payroll": 50_000, "paid_share": 1.0, "payroll_budget": 40_000, "contract_budget": 7000}.items():
        anchors[name][1] = value
    anchors["put_out"][1, 4], anchors["in_house"][1] = 2.0, 900
    contracts["base_value"][contracts["anchor"] == 1] = 2000
    in_house._put_out_one(town, 1, 4, 10.0, 0.1)
    # A tenth of the payroll, 5,000, is worth 4,500 as three contracts of about the usual 2,000.
    assert contracts["base_value"][number:].tolist() == contracts["value"][number:].tolist() == [1500, 1500, 1500]
    assert contracts.slots[number:].tolist() == (in_house._first_slot(town, 1, 4) + np.arange(3)).tolist()
    assert set(contracts["supplier"][number:].tolist()) == {REGION_ACCOUNT}
    assert contracts["start"][number:].tolist() == [3] * 3 and contracts["end"][number:].tolist() == [2] * 3
    assert anchors["put_out"][1, 4] == 12.0 and anchors["jobs"][1] == 90.0
    assert (anchors["payroll"][1], anchors["payroll_budget"][1]) == (45_000, 36_000)
    assert (anchors["contract_budget"][1], anchors["in_house"][1]) == (11_500, 900 - 4500)


def test_the_last_post_stays_where_two_sectors_would_take_it(town: Economy) -> None:
    """Two posts, of which a half may go in each of two sectors: the first takes one, and one always stays."""
    anchors, number = town.anchors, len(town.contracts)
    share, saving, cost = (np.zeros((len(anchors), 18)) for _ in range(3))
    share[1, [4, 9]], cost[1, [4, 9]] = 0.5, 700.0
    town.rules.enterprise.outsourcing, town.rules.enterprise.outsourcing_saving = share, saving
    town.rules.enterprise.outsourcing_cost = cost
    anchors["jobs"][1], anchors["put_out"][1], anchors["payroll"][1], anchors["policy_costs"][1] = 2.0, 0.0, 1000, 0
    in_house.put_out(town)
    assert anchors["jobs"][1] == 1.0 and anchors["put_out"][1, [4, 9]].tolist() == [1.0, 0.0]
    assert anchors["policy_costs"][1] == 700 and set(town.contracts["category"][number:].tolist()) == {4}


def test_where_there_is_no_anchor_nothing_is_paid_to_one() -> None:
    nobody: Any = SimpleNamespace(anchors=[])
    assert pay_council(nobody, np.array([7], np.int32), np.array([500]), "estates").tolist() == [0]


def test_staff_goes_with_work_put_out_this_month_alone(town: Economy) -> None:
    anchors, contracts, firms = town.anchors, town.contracts, town.firms
    last, after = len(anchors) - 1, in_house._first_slot(town, len(anchors), 0)
    town.rules.enterprise.outsourcing = np.zeros((len(anchors), 18))
    anchors["workers"][last], anchors["commuters"][last], anchors["jobs"][last] = 0, 9, 4.0
    each = float(town.structure.jobs_per_output[firms["sector"][0]])
    value, demand = int(np.ceil(2.0 / each)), float(firms["usual_demand"][0])
    staff = int(firms["commuters"][0])
    work = {"anchor": last, "supplier": firms["account"][0], "value": value, "price": 1.0}
    contracts.add(1, slots=np.array([after]), **work)  # next month's first slot
    in_house.move_staff_out(town)
    assert firms["commuters"][0] == staff and firms["usual_demand"][0] == demand
    contracts.add(1, slots=np.array([after - 1]), **work)
    in_house.move_staff_out(town)
    assert firms["commuters"][0] == staff + 2 and anchors["commuters"][last] == 7 and firms["usual_demand"][0] == demand + value


def test_a_contract_of_an_anchor_that_leaves_stays_while_a_penny_is_owed(town: Economy) -> None:
    contracts, kept = town.contracts, np.ones(len(town.anchors))
    contracts["anchor"][:], contracts["owing"][:] = 0, 0
    contracts["anchor"][:2] = 1
    contracts["owing"][:2] = (0, 5)
    account = int(town.anchors["account"][1])
    # A penny less than what is free is paid of invoices.
    hold(town, account, 5 - int(town.ledger.credit[account]))
    kept[1] = 0.0
    town.rules.events.anchor_kept = kept
    slots, number = contracts.slots[:2].tolist(), len(contracts)
    leaving.end_contracts(town)
    assert len(contracts) == number - 1 and slots[0] not in contracts.slots
    row = int(np.flatnonzero(contracts.slots == slots[1])[0])
    assert (contracts["owing"][row], contracts["value"][row], contracts["base_value"][row]) == (1, 0, 0)


@pytest.mark.parametrize(("pence", "stays"), [(1, 1), (0, 0), (50, 50)])
def test_builders_of_the_place_serve_a_penny_too(town: Economy, pence: int, stays: int) -> None:
    firms = town.firms
    builders = np.flatnonzero(firms["sector"] == CONSTRUCTION)
    firms["capacity"][builders], firms["output"][builders], firms["price"][builders] = 10.0**6, 0.0, 1.0
    payer, accounts = int(town.anchors["account"][0]), firms["account"][builders]
    before = sum(held(town, accounts))
    assert pay_builders(town, np.array([payer]), np.array([pence]), np.array([0.001])) == stays
    assert sum(held(town, accounts)) == before + stays


def test_in_a_sector_that_sells_nothing_elsewhere_who_pays_is_as_usual(town: Economy) -> None:
    pool, payers = town.structure.export_pool.copy(), town.structure.export_payers.copy()
    pool[2], payers[2] = 0.0, (0.25, 0.25, 0.5)
    pool[3], payers[3] = 100.0, (0.25, 0.25, 0.5)
    town.structure = replace(town.structure, export_pool=pool, export_payers=payers)
    moved = np.zeros((2, 18))
    moved[0, 3] = 30.0
    town.rules.neighbours = replace(town.rules.neighbours, moved=moved, region=1.0, world=0.0)
    left, cumulative = outside_buyers(town)
    assert left[[2, 3]].tolist() == [0.0, 70.0] and cumulative[2].tolist() == [0.25, 0.5, 1.0]
    # Of 25 each the government and next door buy 15 less; who is further away buys its 50.
    assert cumulative[3].tolist() == pytest.approx([10 / 70, 20 / 70, 1.0])


def test_no_more_people_from_next_door_are_hired_than_there_are_posts(town: Economy) -> None:
    anchors, firms = town.anchors, town.firms
    town.structure = replace(town.structure, commuter_share=1.0)
    town.residents["status"][town.residents["status"] == UNEMPLOYED] = 4
    employers = list_employers(town)
    staff = employers.workers + employers.commuters
    desired = staff.astype(np.float64)
    desired[-2] += 3.0
    hire(town, replace(employers, desired=desired))
    # All three posts go to people from next door.
    assert firms["commuters"][-1] == employers.commuters[-2] + 3
    assert (anchors["commuters"] == employers.commuters[: len(anchors)]).all()
    assert (firms["commuters"][:-1] == employers.commuters[len(anchors) : -2]).all()
