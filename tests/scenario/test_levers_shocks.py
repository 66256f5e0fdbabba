"""Shocks, time and combination: what a closure or a cut does, what ends with a policy, and that everything combines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.laboratory import Laboratory, Pair, use
from support.places import shipped

from sim.core.registry import POLICIES, SHOCKS

CUT = {"share": 0.2}


def test_branches_that_sell_outside_close_and_their_jobs_are_gone_for_long(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("branch_closes", start=7, sector="other-manufacturing", jobs=40.0), months=36)
    for measure in ("jobs", "unemployment", "output"):
        pair.identical(measure, 1, 6)
    lost = -pair.falls("jobs", 8, 10)
    # Jobs go in whole branches: the largest that fit, or the smallest there is.
    assert 15.0 < lost < 80.0
    pair.rises("unemployment", 8, 10)
    pair.falls("output", 8, 10)
    pair.falls("mean_income", 8, 19)
    pair.falls("equity_share/outside owners", 8, 10)
    pair.falls("jobs", 25)


def test_jobs_of_shops_come_back_as_their_customers_go_to_others(laboratory: Laboratory) -> None:
    shock = use("branch_closes", start=7, sector="wholesale-retail", jobs=60.0, outside_sales_lost=0.0)
    pair = laboratory.compare(shock, months=36)
    lost = -pair.falls("jobs", 8, 10)
    assert 30.0 < lost < 80.0
    early = pair.rises("unemployment", 8, 10)
    late = pair.difference("unemployment", 25).mean
    assert late < 0.6 * early
    assert -pair.difference("jobs", 25).mean < 0.6 * lost


def test_a_closure_takes_about_the_jobs_it_says(laboratory: Laboratory) -> None:
    for seed in (1, 2, 3):
        town = laboratory.opening(seed)
        jobs = town.firms["workers"] + town.firms["commuters"]
        town = town.with_scenario(laboratory.with_uses(town, (use("branch_closes", sector="wholesale-retail", jobs=45.0),)))
        plain = laboratory.opening(seed)
        town.advance()
        plain.advance()
        gone = set(plain.firms["account"].tolist()) - set(town.firms["account"].tolist())
        rows = [row for row, account in enumerate(laboratory.opening(seed).firms["account"].tolist()) if account in gone]
        assert 35.0 <= float(jobs[rows].sum()) <= 50.0


def test_a_cut_takes_grants_posts_and_contracts_and_then_jobs(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("budget_cut", start=4, **CUT), months=36)
    pair.identical("jobs", 1, 3)
    pair.falls("anchor_reserves", 4, 12)
    posts = -pair.falls("anchor_payroll", 13)
    contracts = -pair.falls("contract_spend", 13)
    pair.falls("service_bought", 13)
    pair.falls("jobs", 13)
    pair.rises("unemployment", 13)
    pair.falls("mean_income", 13)
    for reference, other in zip(pair.reference.towns, pair.other.towns, strict=True):
        cut = 0.2 * float(reference.anchors["grant"].sum()) / 100.0
        # What is not received is not spent once reserves are used, give or take what is still on its way.
        assert other.anchors["workers"].sum() < reference.anchors["workers"].sum()
        assert cut > 0.0
    grant = sum(float(town.anchors["grant"].sum()) for town in pair.reference.towns) / len(pair.reference.towns) / 100.0
    assert 0.6 * 0.2 * grant < posts + contracts < 1.2 * 0.2 * grant


def test_a_cut_that_ends_lets_it_come_back(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("budget_cut", start=4, end=21, **CUT), months=48)
    deep = pair.falls("jobs", 13, 21)
    assert abs(pair.difference("jobs", 40, 48).mean) < 0.25 * abs(deep)
    assert abs(pair.difference("anchor_payroll", 40, 48).mean) < 0.25 * abs(pair.difference("anchor_payroll", 13, 21).mean)
    # Contracts let in the lean months run on at what was agreed.
    pair.falls("contract_spend", 30, 36)


def test_a_deeper_cut_hurts_more(laboratory: Laboratory) -> None:
    arms = [laboratory.run(use("budget_cut", share=share), months=24) for share in (0.1, 0.3)]
    pair = Pair(*arms)
    pair.falls("jobs", 13)
    pair.falls("contract_spend", 13)
    pair.rises("unemployment", 13)


def test_a_ramp_brings_a_cut_in_slowly(laboratory: Laboratory) -> None:
    at_once = laboratory.run(use("budget_cut", **CUT), months=24)
    slowly = laboratory.run(use("budget_cut", ramp=24, **CUT), months=24)
    Pair(slowly, at_once).falls("jobs", 6, 12)


@pytest.mark.parametrize(
    ("policy", "measure"),
    [
        (use("outreach", start=4, end=12, reach=1.0, monthly_cost=500.0), "policy_costs"),
        (use("lots", start=4, end=12, largest_lot=30000.0, cost_per_lot=1000.0), "policy_costs"),
        (use("employee_buyout", start=4, end=12, anchor="council", share=1.0, support_cost_per_worker=500.0), "policy_costs"),
    ],
    ids=lambda value: getattr(value, "use", value),
)
def test_nothing_is_paid_before_the_start_or_after_the_end(laboratory: Laboratory, policy: object, measure: str) -> None:
    costs = laboratory.run(policy, months=18, seeds=(1, 2, 3, 4)).measures[measure]  # type: ignore[arg-type]
    assert not costs[:, :3].any()
    assert costs[:, 3:13].sum() > 0.0
    # What is owed for the last month in force is paid in the month after.
    assert not costs[:, 13:].any()


def test_everything_combines_and_the_books_close(laboratory: Laboratory) -> None:
    package = shipped("anytown/full-package").policies
    shocks = (
        use("branch_closes", start=10, sector="other-manufacturing", jobs=30.0),
        use("branch_closes", start=10, sector="wholesale-retail", jobs=20.0),
        use("budget_cut", start=16, ramp=6, **CUT),
    )
    assert {item.use for item in package} == set(POLICIES.names())
    assert {item.use for item in shocks} == set(SHOCKS.names())
    early = tuple(replace(item, start=min(item.start, 6), ramp_months=min(item.ramp_months, 12)) for item in package)
    arm = laboratory.run(*early, *shocks, months=36, seeds=(1, 2, 3))
    for town in arm.towns:
        assert town.ledger.balance.sum() == 0
        assert (town.firms["founded_by_policy"].sum() <= 2) and town.founded == 2


def test_pillars_add_to_each_other_in_the_package(laboratory: Laboratory) -> None:
    package = tuple(replace(item, start=1, ramp_months=0) for item in shipped("anytown/full-package").policies)
    local = tuple(item for item in package if item.use in {"local_spend_target", "outreach", "lots"})
    rest = tuple(item for item in package if item not in local)
    both = laboratory.compare(*rest, against=local, months=36)
    both.rises("cooperative_jobs", 25)
    both.falls("below_living_wage", 25)
    both.falls("service_bought", 25)
    laboratory.compare(*local, months=36).rises("retention_place/all", 25)
