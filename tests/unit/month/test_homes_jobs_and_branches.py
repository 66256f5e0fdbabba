"""Homes built and kept up, branches with a term, the end of a job, wage floors, votes and custom: by hand in a small town."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.small_town import held, hold, small_town

from sim.core.channels import BANK_ACCOUNT, GOVERNMENT_ACCOUNT
from sim.economy import Economy
from sim.kinds.dwellings import SOCIAL, TRUST_SALE
from sim.kinds.firms import Branch, Cooperative, LocalSME
from sim.kinds.forms import CONSUMER, WORKER
from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.month.firms import inward
from sim.month.labour.jobs import end_jobs
from sim.month.labour.pay import set_wage_floors
from sim.month.labour.vote import hours_vote, least_hours
from sim.month.property import housing_supply, land_trust
from sim.month.trade.custom import spending_at


@pytest.fixture
def town() -> Economy:
    """A town in its third month."""
    return small_town(month=3)


def test_a_job_that_ends_leaves_nothing_behind(town: Economy) -> None:
    residents = town.residents
    residents["status"][:2], residents["employer"][:2], residents["wage"][:2], residents["months_without_work"][:2] = EMPLOYED, 9, 500, 4
    end_jobs(residents, np.array([1]))
    for name, values in {"status": (EMPLOYED, UNEMPLOYED), "employer": (9, -1), "wage": (500, 0), "months_without_work": (4, 0)}.items():
        assert residents[name][:2].tolist() == list(values), name


def test_a_firm_pays_the_living_wage_while_a_contract_asks_for_it(town: Economy) -> None:
    firms, contracts = town.firms, town.contracts
    firms["founded_by_policy"][:], firms["accredited"][:], contracts["living_wage"][:] = False, False, 0.0
    firms["living_wage"][:] = 0.9
    contracts["supplier"][:3] = firms["account"][[0, 0, 1]]
    contracts["living_wage"][:3] = (0.25, 0.5, 1.0)
    kinds = (LocalSME.code, LocalSME.code, LocalSME.code, Branch.code, LocalSME.code)
    firms["kind"][:5], firms["founded_by_policy"][2:4], firms["accredited"][4] = kinds, True, True
    town.rules.living_wage = np.linspace(0.0, 1.0, len(town.anchors))
    set_wage_floors(town)
    assert firms["living_wage"][:5].tolist() == [0.5, 1.0, 1.0, 0.0, 1.0] and not firms["living_wage"][5:].any()
    assert (town.anchors["living_wage"] == town.rules.living_wage).all()


def test_members_compare_their_mean_wage_with_the_benefit(town: Economy) -> None:
    firms, residents = town.firms, town.residents
    firms["kind"][:4] = (Cooperative.code, Cooperative.code, Cooperative.code, LocalSME.code)
    firms["kind"][4:] = LocalSME.code
    firms["form"][:3] = (WORKER, CONSUMER, WORKER)
    residents["employer"][np.isin(residents["employer"], firms["account"][:4])] = -1
    residents["status"][:5] = (EMPLOYED, EMPLOYED, UNEMPLOYED, EMPLOYED, EMPLOYED)
    residents["employer"][:5] = firms["account"][[0, 0, 0, 1, 3]]
    benefit = float(town.structure.unemployment_benefit)
    residents["wage"][:5] = (int(benefit), int(9 * benefit), 10**9, 5 * int(benefit), 5 * int(benefit))
    aversion = town.rules.parameters["work.members_risk_aversion"]
    least = hours_vote(town, np.full(len(firms), 4.0 * benefit))
    # Two members earn five benefits on average; nobody of the place works in the third firm, so its usual pay counts.
    assert least[[0, 2]].tolist() == pytest.approx(least_hours(np.array([0.2, 0.25]), aversion).tolist(), abs=1e-5)
    assert least[0] < least[2] < 1.0 and (least[[1, 3]] == 1.0).all() and (least[4:] == 1.0).all()


def test_custom_adds_up_to_what_was_planned_at_each_firm(town: Economy) -> None:
    residents, structure = town.residents, town.structure
    firms = town.firms["account"][:2]
    residents["habits"][:] = 0
    residents["habits"][0, 1], residents["habits"][0, 2], residents["habits"][3, 0], residents["habits"][4, 1] = *firms, firms[0], firms[0]
    residents["spending"][:] = 0
    residents["spending"][[0, 3]], residents["income_tenth"][[0, 3]] = (10_000, 777), (2, 9)
    buyer, firm, pence = spending_at(town, firms)
    assert buyer.tolist() == [0, 0, 3] and firm.tolist() == [0, 1, 0], "who plans to spend nothing is no custom"
    shares = structure.spending_shares
    after_tax = [10_000 - int(10_000 * structure.spending_tax[2]), 777 - int(777 * structure.spending_tax[9])]
    assert np.abs(pence - [after_tax[0] * shares[2, 1], after_tax[0] * shares[2, 2], after_tax[1] * shares[9, 0]]).max() <= 1.0


def test_a_home_is_built_stage_by_stage_with_grant_and_loan(town: Economy) -> None:
    owner = int(town.anchors["account"][1])
    town.dwellings.add(1, owner=owner, anchor=1, use=SOCIAL, cost=1000, stage=400, grant_share=0.25, loan_months=100, rent=10)
    before = held(town, [owner, BANK_ACCOUNT, GOVERNMENT_ACCOUNT])
    for paid, finished, loan in ((400, -1, 300), (800, -1, 600), (1000, 3, 750), (1000, 3, 750)):
        housing_supply._build(town)
        assert (town.dwellings["paid"][0], town.dwellings["finished"][0], town.dwellings["loan"][0]) == (paid, finished, loan)
    # A quarter of each stage is granted, the rest borrowed; the owner's own money is not touched.
    assert held(town, [owner, BANK_ACCOUNT, GOVERNMENT_ACCOUNT]) == [before[0], before[1] - 750, before[2] - 250]


def test_a_short_anchor_builds_the_homes_of_its_trust_one_after_the_other_and_the_run_says_so(town: Economy) -> None:
    payers = [int(account) for account in town.anchors["account"][:2]]
    owner, homes = land_trust.trust_account(town, 0), {"use": TRUST_SALE, "cost": 1000, "stage": 400, "price": 500}
    town.dwellings.add(3, owner=owner, anchor=np.array([0, 1, 0]), **homes)
    for month, paid in ((3, [400, 400, 100]), (4, [800, 800, 200]), (5, [1000, 1000, 500]), (6, [1000, 1000, 900])):
        town.month = month
        hold(town, payers[0], 500)
        hold(town, payers[1], 10**6)
        housing_supply._build(town)
        # Of 500 a month the first place has its stage of 400, or the 200 that it lacks, and the third what is over.
        assert town.dwellings["paid"].tolist() == paid
    assert town.dwellings["finished"].tolist() == [5, 5, -1]
    assert [said for said in town.warnings if "land trust" in said] == [
        "month 3: homes that a land trust has begun wait: the anchor can't pay for all that is being built"
    ]


def test_a_programme_begins_places_with_their_costs_by_the_adult(town: Economy) -> None:
    programme = SimpleNamespace(
        homes_a_year=6.0, cost=200_001, price_share=0.5, use=SOCIAL, anchor=1, build_months=7, grant_share=0.4, loan_months=360,
        upkeep=4800, ground_rent=100, deposit_share=0.1,
    )  # fmt: skip
    given: Any = programme
    housing_supply._begin(town, given)
    homes, units = town.dwellings, town.structure.minor_units
    assert len(homes) == 1, "six homes a year are a place for an adult a month"
    market = round(float(town.place.housing.house_price) * units) // 2
    rent = round(float(town.place.housing.social_rent_monthly) * units)
    first = {name: homes[name][0].item() for name in ("cost", "stage", "upkeep", "rent", "market", "price", "deposit", "anchor", "owner")}
    account = int(town.anchors["account"][1])
    assert first == {
        "cost": 100_000, "stage": 14_286, "upkeep": 200, "rent": rent, "market": market, "price": 0, "deposit": 0, "anchor": 1,
        "owner": account,
    }  # fmt: skip
    programme.use = TRUST_SALE
    housing_supply._begin(town, given)
    assert (homes["price"][1], homes["deposit"][1], homes["rent"][1]) == (round(market * 0.5), round(round(market * 0.5) * 0.1), 50)
    assert homes["owner"][1] == town.funds["account"][0]


def test_homes_that_are_let_are_kept_up_out_of_what_their_owner_receives(town: Economy) -> None:
    anchors = town.anchors
    accounts = [int(account) for account in anchors["account"][:2]]
    homes = {"use": SOCIAL, "finished": 1, "upkeep": 60}
    owner, anchor = np.array([accounts[0], accounts[0], accounts[1]]), np.array([0, 0, 1])
    town.dwellings.add(3, owner=owner, anchor=anchor, resident=town.residents["account"][:3], **homes)
    town.dwellings.add(1, owner=accounts[1], anchor=1, resident=-1, **homes)
    for account in accounts:
        hold(town, account, 1000)
    anchors["received"][:] = (100, 500, *[7] * (len(anchors) - 2))
    housing_supply._keep_up(town)
    assert held(town, accounts) == [880, 940], "an empty home costs nothing"
    assert anchors["received"].tolist() == [0, 440, *[7] * (len(anchors) - 2)], "and no income falls below nought"


def offered(town: Economy, **changed: Any) -> Any:
    """An offer to a branch of ten jobs."""
    usual = {"jobs": 10.0, "sector": 3, "exported": 0.5, "anchor": 1, "subsidy_per_job": 100.4, "stays": 6, "clawback": 0.5, "term": 12}
    return SimpleNamespace(**usual | changed)


def test_a_branch_comes_with_plant_cash_and_a_subsidy(town: Economy) -> None:
    anchor, founded, firms = int(town.anchors["account"][1]), town.founded, len(town.firms)
    hold(town, anchor, 10**6)
    inward._open(town, offered(town))
    row, branch = len(town.firms) - 1, town.supported[-1]
    output = 10.0 / town.structure.jobs_per_output[3]
    expected = int((output / 2 + inward.FIRST_DEMAND * output / 2) * town.rules.parameters["firms.cash_buffer"])
    assert len(town.firms) == firms + 1 and town.founded == founded + 1 and town.firms["kind"][row] == Branch.code
    assert town.firms["outside_orders"][row] == town.firms["appeal"][row] == pytest.approx(output / 2)
    assert held(town, [anchor, branch.account]) == [10**6 - 1004, expected + 1004]
    assert (branch.anchor, branch.leaves, branch.clawback, branch.until) == (1, 9, 502, 15)
    inward._open(town, offered(town, stays=0))
    assert town.supported[-1].leaves == 0 and town.firms.slots[row + 1] == town.firms.slots[row] + 1


@pytest.mark.parametrize(("month", "leaves", "ends"), [(8, 9, False), (9, 9, True), (10, 9, True), (10, 0, False)])
def test_a_branch_leaves_when_its_time_is_up_and_repays_before_its_term(town: Economy, month: int, leaves: int, ends: bool) -> None:
    inward._open(town, offered(town))
    row, branch = len(town.firms) - 1, town.supported[-1]
    town.supported[-1] = type(branch)(branch.account, 1, leaves, 500, 15)
    town.month = month
    town.ledger.begin_month(month)
    anchor, received = int(town.anchors["account"][1]), int(town.anchors["received"][1])
    hold(town, branch.account, 300)
    before = held(town, [anchor])[0]
    ending = np.zeros(len(town.firms), bool)
    inward.part_with_branches(town, ending)
    assert ending.tolist() == [False] * row + [ends] and len(town.supported) == (0 if ends else 1)
    paid = 300 if ends else 0
    assert held(town, [branch.account, anchor]) == [300 - paid, before + paid] and town.anchors["received"][1] == received + paid


def test_a_branch_that_ends_otherwise_repays_too_and_after_its_term_nothing(town: Economy) -> None:
    inward._open(town, offered(town, stays=0))
    branch = town.supported[-1]
    gone = type(branch)(int(town.anchors["account"][0]), 1, 1, 500, 15)  # no firm has that account any more
    town.supported = [gone, branch]
    ending = np.zeros(len(town.firms), bool)
    ending[-1] = True
    town.month = 15
    before = held(town, [branch.account])
    inward.part_with_branches(town, ending)
    assert town.supported == [] and held(town, [branch.account]) == before
