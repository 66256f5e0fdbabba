"""Employment levers: the real living wage at anchors and in contracts, its gain and its cost, against the paired interval."""

from __future__ import annotations

import numpy as np
import pytest
from support.laboratory import SIX, Laboratory, use

from sim.economy import Economy
from sim.kinds.residents import EMPLOYED, WEEKS_A_MONTH


def _hourly(town: Economy, employed_at: np.ndarray) -> np.ndarray:
    """Hourly pay in pence of residents employed at these accounts."""
    residents = town.residents
    rows = (residents["status"] == EMPLOYED) & np.isin(residents["employer"], employed_at)
    return residents["wage"][rows] / (residents["hours"][rows] * WEEKS_A_MONTH)


def test_anchors_pay_their_low_paid_more_at_once_and_it_costs_them(laboratory: Laboratory) -> None:
    taken = ("anchor_payroll", "anchor_reserves", "below_living_wage", "contract_spend", "poorest_fifth_income", "service_bought")
    pair = laboratory.compare(use("living_wage_anchors"), months=36, seeds=SIX, measures=taken)
    pair.falls("below_living_wage", 1, 6)
    pair.falls("below_living_wage", 25)
    pair.rises("anchor_payroll", 1, 6)
    pair.rises("poorest_fifth_income", 1, 12)
    pair.falls("anchor_reserves", 1, 12)
    # No more money comes in: what goes to pay is missing elsewhere, in contracts and service.
    pair.falls("contract_spend", 13)
    pair.falls("service_bought", 13)
    for plain, paying in zip(pair.reference.towns, pair.other.towns, strict=True):
        floor = paying.structure.living_wage
        assert _hourly(paying, paying.anchors["account"]).min() >= floor - 0.5
        assert _hourly(plain, plain.anchors["account"]).min() < floor - 0.5


def test_those_who_earn_more_already_gain_nothing_by_it(laboratory: Laboratory) -> None:
    opening = laboratory.opening(1)
    town = opening.with_scenario(laboratory.with_uses(opening, (use("living_wage_anchors"),)))
    opening.advance()
    town.advance()
    before, after = opening.residents["wage"], town.residents["wage"]
    at_anchors = np.isin(town.residents["employer"], town.anchors["account"]) & (town.residents["status"] == EMPLOYED)
    raised = after > before
    assert raised.any()
    assert at_anchors[raised].all()
    hourly = before / (opening.residents["hours"] * WEEKS_A_MONTH)
    assert (hourly[raised] < town.structure.living_wage).all()
    assert (after >= before)[at_anchors].all()


def test_the_bill_is_what_the_low_paid_gain_and_contributions_on_it(laboratory: Laboratory) -> None:
    opening = laboratory.opening(1)
    town = opening.with_scenario(laboratory.with_uses(opening, (use("living_wage_anchors"),)))
    opening.advance()
    town.advance()
    # An anchor short of cash pays what it has: its bill says nothing of the rise.
    paying = (town.anchors["paid_share"] == 1.0) & (opening.anchors["paid_share"] == 1.0)
    assert paying.sum() >= 3
    at_anchors = np.isin(town.residents["employer"], town.anchors["account"][paying])
    gain = int((town.residents["gross"] - opening.residents["gross"])[at_anchors].sum())
    bill = int((town.anchors["payroll"] - opening.anchors["payroll"])[paying].sum())
    # The rest of the bill is the pay of people who live next door.
    assert 0 < gain < bill
    rate = town.rules.parameters["work.employer_contribution_rate"]
    uplift = town.rules.parameters["procurement.living_wage_uplift"]
    next_door = (town.anchors["commuters"] * town.structure.sector_pay[town.anchors["sector"]])[paying].sum() * uplift
    assert bill == pytest.approx((gain + next_door) * (1.0 + rate), rel=0.001)


def test_as_a_contract_condition_it_raises_suppliers_pay_and_the_contract_price_alike(laboratory: Laboratory) -> None:
    taken = ("anchor_payroll", "below_living_wage", "contract_price", "service_bought")
    pair = laboratory.compare(use("living_wage_contracts"), months=36, measures=taken)
    pair.falls("below_living_wage", 25)
    dearer = pair.rises("contract_price", 25)
    assert dearer < 0.015, "the rise is on the wage bill, and the wage bill is part of the price"
    pair.falls("service_bought", 25)
    pair.within("anchor_payroll", 0.03 * pair.reference.mean("anchor_payroll", 25), 25)
    for town in pair.other.towns:
        row = town.firm_row[town.contracts["supplier"]]
        bound = (row >= 0) & (town.contracts["living_wage"] > 0.0)
        accounts = town.firms["account"][row[bound]]
        if len(_hourly(town, accounts)):
            assert _hourly(town, accounts).min() >= town.structure.living_wage - 0.5


def test_a_floor_half_of_the_way_up_costs_less_than_half_the_rise(laboratory: Laboratory) -> None:
    opening = laboratory.opening(1)
    bills = []
    for coverage in (0.0, 0.5, 1.0):
        town = opening.with_scenario(laboratory.with_uses(opening, (use("living_wage_anchors", coverage=coverage),)))
        town.advance()
        bills.append(int(town.residents["wage"].sum()))
        half = (1.0 - coverage) * town.structure.legal_minimum + coverage * town.structure.living_wage
        assert _hourly(town, town.anchors["account"]).min() >= half - 0.5
    # Those between the floors gain less than all of the step: the first half is cheaper than the second.
    assert 0 < bills[1] - bills[0] < bills[2] - bills[1]


def test_the_condition_binds_new_contracts_only(laboratory: Laboratory) -> None:
    arm = laboratory.run(use("living_wage_contracts", start=7), months=18, seeds=(1, 2, 3))
    for town in arm.towns:
        # Contracts under frameworks of others keep the framework's conditions.
        late = (town.contracts["start"] >= 7) & town.contracts["influenceable"].astype(bool)
        assert late.any()
        assert (town.contracts["living_wage"] == late).all()
        bound = set(town.contracts["supplier"][late].tolist())
        pays = set(town.firms["account"][town.firms["living_wage"] > 0.0].tolist())
        assert pays == {account for account in bound if town.firm_row[account] >= 0}


def test_a_firm_is_free_again_when_its_contract_ends_and_pay_once_given_stays(laboratory: Laboratory) -> None:
    town = laboratory.opening(2)
    town = town.with_scenario(laboratory.with_uses(town, (use("living_wage_contracts", end=12),)))
    for _ in range(12):
        town.advance()
    assert town.firms["living_wage"].any()
    wages = town.residents["wage"].copy()
    employer = town.residents["employer"].copy()
    town.contracts["end"][:] = town.month
    town.advance()
    assert not town.contracts["living_wage"].any()
    town.advance()
    assert not town.firms["living_wage"].any()
    stayed = (town.residents["employer"] == employer) & (town.residents["status"] == EMPLOYED)
    assert (town.residents["wage"][stayed] >= wages[stayed]).all()


@pytest.mark.long
def test_both_together_reach_further_than_either(laboratory: Laboratory) -> None:
    anchors, contracts = use("living_wage_anchors"), use("living_wage_contracts")
    few = {"months": 36, "seeds": (1, 2, 3, 4)}
    laboratory.compare(contracts, against=(anchors,), **few).falls("below_living_wage", 25)
    laboratory.compare(anchors, against=(contracts,), **few).falls("below_living_wage", 25)


TARGETED = {"share": 1.0, "neighbourhoods": 1, "cost_per_hire": 1000.0}


def test_posts_offered_first_in_the_deprived_quarter_go_there_and_no_post_is_added(laboratory: Laboratory) -> None:
    taken = ("deprived_employment", "job_moves", "jobs", "policy_costs", "resident_jobs")
    pair = laboratory.compare(use("targeted_recruitment", **TARGETED), months=36, measures=taken)
    pair.rises("deprived_employment", 13)
    pair.rises("policy_costs", 2)
    # As many are hired in the first month, to the person; later on the same but for who spends what where.
    pair.identical("jobs", 1, 1)
    pair.identical("job_moves", 1, 1)
    pair.within("resident_jobs", 0.004 * pair.reference.mean("resident_jobs"), 13)


def test_what_targeting_costs_is_owed_for_those_hired_by_it_only(laboratory: Laboratory) -> None:
    opening = laboratory.opening(3)
    town = opening.with_scenario(laboratory.with_uses(opening, (use("targeted_recruitment", anchors=("council",), **TARGETED),)))
    for _ in range(6):
        town.advance()
        owed = town.anchors["policy_costs"]
        assert owed[1:].sum() == 0
        assert owed[0] % 100000 == 0
        if owed[0]:
            break
    assert owed[0] > 0


def test_the_lowest_paid_are_trained_earn_more_and_take_it_along(laboratory: Laboratory) -> None:
    opening = laboratory.opening(1)
    training = use("progression", share=0.6, gain=0.1, cost_per_person=1000.0)
    town = opening.with_scenario(laboratory.with_uses(opening, (training,)))
    plain = opening.with_scenario(opening.scenario)
    plain.advance()
    town.advance()
    risen = np.flatnonzero(town.residents["skill"] > opening.residents["skill"])
    assert len(risen) > 3
    np.testing.assert_allclose(town.residents["talent"][risen], opening.residents["talent"][risen] * 1.1)
    assert np.isin(opening.residents["employer"][risen], town.anchors["account"]).all()
    # Nobody who was left out earned less by the hour at the same anchor, those at the top apart.
    before = opening.residents["wage"] / opening.residents["hours"]
    for account in np.unique(opening.residents["employer"][risen]):
        staff = (opening.residents["employer"] == account) & (opening.residents["skill"] < 2)
        left_out = np.setdiff1d(np.flatnonzero(staff), risen)
        assert before[np.intersect1d(np.flatnonzero(staff), risen)].max() <= before[left_out].min()
    assert (town.anchors["workers"] == plain.anchors["workers"]).all(), "training changes no post"


def test_progression_costs_the_anchors_and_raises_low_pay(laboratory: Laboratory) -> None:
    taken = ("anchor_payroll", "anchor_reserves", "below_living_wage")
    pair = laboratory.compare(use("progression", share=0.3, gain=0.15, cost_per_person=1000.0), months=24, measures=taken)
    pair.rises("anchor_payroll", 13)
    pair.falls("below_living_wage", 13)
    pair.falls("anchor_reserves", 7)
    nothing = laboratory.compare(use("progression", share=0.3, gain=0.0, cost_per_person=0.0), months=6)
    nothing.identical("anchor_payroll", 1)


def test_accredited_firms_pay_enough_stay_and_bear_it(laboratory: Laboratory) -> None:
    campaign = {"anchors": ("council",), "firms_a_year_share": 0.3, "monthly_cost": 500.0}
    taken = ("below_living_wage", "contract_price", "policy_costs")
    pair = laboratory.compare(use("living_wage_accreditation", end=24, **campaign), months=30, measures=taken)
    pair.falls("below_living_wage", 13)
    pair.rises("policy_costs", 2, 24)
    pair.within("contract_price", 0.005, 13)
    for town in pair.other.towns:
        accredited = town.firms["account"][town.firms["accredited"]]
        assert len(accredited) > 10, "they stay when the campaign has ended"
        if len(_hourly(town, accredited)):
            assert _hourly(town, accredited).min() >= town.structure.living_wage - 0.5
    assert not any(town.firms["accredited"].any() for town in pair.reference.towns)


def test_guaranteed_hours_steady_the_pay_of_anchors_staff_and_nobody_elses(laboratory: Laboratory) -> None:
    opening = laboratory.opening(1)
    town = opening.with_scenario(laboratory.with_uses(opening, (use("secure_hours", guaranteed_share=1.0),)))
    plain = opening.with_scenario(opening.scenario)
    plain.advance()
    town.advance()
    ours, theirs = town.residents["gross"], plain.residents["gross"]
    employed = town.residents["status"] == EMPLOYED
    anchors = town.anchors["account"][(town.anchors["paid_share"] == 1.0) & (plain.anchors["paid_share"] == 1.0)]
    varies = town.residents["variable_hours"] & employed & np.isin(town.residents["employer"], anchors)
    assert varies.any()
    assert (ours[varies] >= town.residents["wage"][varies]).all(), "usual hours are paid at least"
    assert (ours[varies] >= theirs[varies]).all()
    assert (ours[varies] > theirs[varies]).any()
    others = ~np.isin(town.residents["employer"], town.anchors["account"])
    np.testing.assert_array_equal(ours[others], theirs[others])
    np.testing.assert_array_equal(town.residents["employer"], plain.residents["employer"])
    # The bill rises by what is paid for hours not worked, and contributions on it.
    rate = town.rules.parameters["work.employer_contribution_rate"]
    bill = int((town.anchors["payroll"] - plain.anchors["payroll"]).sum())
    assert bill == pytest.approx(float((ours - theirs).sum()) * (1.0 + rate), rel=0.01)


def test_hours_that_vary_are_usual_on_average(laboratory: Laboratory) -> None:
    arm = laboratory.run(months=36)
    means = []
    for town in arm.towns[:3]:
        vary = town.residents["variable_hours"]
        assert 0.015 < vary.mean() < 0.045
        assert town.residents["talent"][vary].mean() < town.residents["talent"][~vary].mean()
        rows = vary & (town.residents["status"] == EMPLOYED)
        means.append((town.residents["gross"][rows] / town.residents["wage"][rows]).mean())
    assert np.mean(means) == pytest.approx(1.0, abs=0.1)
