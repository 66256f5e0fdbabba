"""Shocks, time and combination: what a closure or a cut does, what ends with a policy, and that everything combines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.laboratory import SIX, Laboratory, Pair, use
from support.levers import names, sensible
from support.places import shipped

from sim.core.channels import CHANNEL_NAMES
from sim.core.registry import SHOCKS
from sim.economy import Economy
from sim.kinds.residents import EMPLOYED
from sim.settings.sectors import SECTORS

CUT = {"share": 0.2}
#: Seeds where an effect is large against its luck.
FEW = (1, 2, 3, 4)


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


@pytest.mark.parametrize(("closures", "each"), [(1, 45.0), (2, 20.0)])
def test_closures_take_about_the_jobs_they_say(laboratory: Laboratory, closures: int, each: float) -> None:
    for seed in (1, 2, 3):
        town = laboratory.opening(seed)
        jobs = town.firms["workers"] + town.firms["commuters"]
        shock = use("branch_closes", sector="wholesale-retail", jobs=each)
        town = town.with_scenario(laboratory.with_uses(town, [shock] * closures))
        plain = laboratory.opening(seed)
        town.advance()
        plain.advance()
        gone = set(plain.firms["account"].tolist()) - set(town.firms["account"].tolist())
        rows = [row for row, account in enumerate(laboratory.opening(seed).firms["account"].tolist()) if account in gone]
        assert closures * each - 12.0 <= float(jobs[rows].sum()) <= closures * each + 5.0


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
    taken = ("anchor_payroll", "contract_spend", "jobs")
    pair = laboratory.compare(use("budget_cut", start=4, end=21, **CUT), months=48, seeds=FEW, measures=taken)
    deep = pair.falls("jobs", 13, 21)
    assert abs(pair.difference("jobs", 40, 48).mean) < 0.25 * abs(deep)
    assert abs(pair.difference("anchor_payroll", 40, 48).mean) < 0.25 * abs(pair.difference("anchor_payroll", 13, 21).mean)
    # Contracts let in the lean months run on at what was agreed.
    pair.falls("contract_spend", 30, 36)


def test_a_deeper_cut_hurts_more(laboratory: Laboratory) -> None:
    taken = ("contract_spend", "jobs", "unemployment")
    arms = [laboratory.run(use("budget_cut", share=share), months=24, seeds=FEW, measures=taken) for share in (0.1, 0.3)]
    pair = Pair(*arms)
    pair.falls("jobs", 13)
    pair.falls("contract_spend", 13)
    pair.rises("unemployment", 13)


def test_a_ramp_brings_a_cut_in_slowly(laboratory: Laboratory) -> None:
    at_once = laboratory.run(use("budget_cut", **CUT), months=24, seeds=FEW)
    slowly = laboratory.run(use("budget_cut", ramp=24, **CUT), months=24, seeds=FEW)
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
    late = dict.fromkeys(SHOCKS.names(), 10)
    uses = [sensible(name, start=late.get(name, 2)) for name in names()]
    arm = laboratory.run(*uses, months=24, seeds=(1,))
    for town in arm.towns:
        assert town.ledger.balance.sum() == 0
        assert town.ledger.flow_matrix().residual() == 0


@pytest.mark.long
def test_pillars_add_to_each_other_in_the_package(laboratory: Laboratory) -> None:
    package = tuple(replace(item, start=1, ramp_months=0) for item in shipped("anytown/full-package").policies)
    local = tuple(item for item in package if item.use in {"local_spend_target", "outreach", "lots"})
    rest = tuple(item for item in package if item not in local)
    both = laboratory.compare(*rest, against=local, months=36, seeds=range(1, 9))
    both.rises("cooperative_jobs", 25)
    both.falls("below_living_wage", 25)
    both.rises("contract_price", 25)
    laboratory.compare(*local, months=36, seeds=range(1, 9)).rises("retention_place/all", 25)


def booked(town: Economy, channel: str) -> int:
    """Pence paid through a channel this month."""
    row = town.ledger.flows[CHANNEL_NAMES.index(channel)]
    return int(row[row > 0].sum())


def month_later(laboratory: Laboratory, *uses: object, seed: int = 1, months: int = 1) -> tuple[Economy, Economy]:
    """The same opening after some months without and with the uses."""
    opening = laboratory.opening(seed)
    plain, other = opening.with_scenario(opening.scenario), opening.with_scenario(laboratory.with_uses(opening, uses))  # type: ignore[arg-type]
    for _ in range(months):
        plain.advance()
        other.advance()
    return plain, other


def test_dearer_energy_leaves_the_place_and_all_other_sellers_lose(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("energy_prices", start=4, rise=1.0), months=24)
    pair.identical("jobs", 1, 3)
    pair.falls("output", 7)
    pair.falls("jobs", 13)
    plain, dearer = month_later(laboratory, use("energy_prices", rise=1.0))
    energy, others = (np.isin(plain.firms["sector"], [SECTORS.index("energy-water-waste")]) == flag for flag in (True, False))
    # The same energy is bought here in the first month: its sellers neither gain nor lose, and shops lose.
    assert dearer.firms["output"][energy].sum() == pytest.approx(plain.firms["output"][energy].sum(), rel=0.002)
    assert dearer.firms["output"][others].sum() < plain.firms["output"][others].sum()
    assert dearer.firms["costs"].sum() > plain.firms["costs"].sum()
    np.testing.assert_array_equal(dearer.residents["gross"], plain.residents["gross"])


def test_a_recession_elsewhere_takes_private_orders_and_not_the_governments(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("export_recession", start=4, end=15, fall=0.3), months=36)
    pair.identical("jobs", 1, 3)
    deep = pair.falls("jobs", 10, 15)
    assert abs(pair.difference("jobs", 31).mean) < 0.6 * abs(deep), "orders come back when it ends"
    sector = "other-manufacturing"
    plain, one = month_later(laboratory, use("export_recession", fall=0.5, sector=sector))
    others = plain.firms["sector"] != SECTORS.index(sector)
    assert one.firms["sales"][~others].sum() < 0.8 * plain.firms["sales"][~others].sum()
    # Other sectors lose only what the sector's workers and suppliers no longer spend.
    assert one.firms["sales"][others].sum() > 0.99 * plain.firms["sales"][others].sum()


LOCKDOWN = {"eating_out": 0.65, "culture": 0.39, "travel": 0.4, "shops": 0.1}


def test_furlough_keeps_jobs_at_the_governments_cost(laboratory: Laboratory) -> None:
    without = use("pandemic", start=2, furlough_share=0.0, **LOCKDOWN)
    with_it = use("pandemic", start=2, furlough_share=0.8, furlough_most=2500.0, **LOCKDOWN)
    taken = ("jobs", "resident_jobs", "unemployment")
    arms = [laboratory.run(item, months=12, seeds=SIX, measures=taken) for item in (without, with_it)]
    pair = Pair(*arms)
    pair.identical("jobs", 1, 1)
    pair.rises("resident_jobs", 6)
    pair.falls("unemployment", 6)
    Pair(laboratory.run(months=12, seeds=SIX), arms[0]).falls("resident_jobs", 6)
    assert all(booked(town, "furlough") > 0 for town in arms[1].towns)
    assert not any(booked(town, "furlough") for town in arms[0].towns)


def test_those_on_furlough_get_their_share_and_no_more_than_the_ceiling(laboratory: Laboratory) -> None:
    furlough = use("pandemic", furlough_share=0.8, furlough_most=1200.0, eating_out=0.9, culture=0.9)
    _, town = month_later(laboratory, furlough, months=6)
    residents = town.residents
    paid = [item for item in town.ledger.journal if item.channel == "furlough"] if town.ledger.keep_journal else []
    assert sum(int(item.pence.sum()) for item in paid) == booked(town, "furlough") > 0
    for item in paid:
        rows = town.resident_row[item.payee]
        assert (residents["status"][rows] == EMPLOYED).all()
        np.testing.assert_array_equal(item.pence, np.minimum(np.floor(residents["wage"][rows] * 0.8).astype(np.int64), 120000))
        np.testing.assert_array_equal(residents["gross"][rows], item.pence)


def test_what_is_not_spent_in_a_pandemic_is_saved(laboratory: Laboratory) -> None:
    plain, town = month_later(laboratory, use("pandemic", **LOCKDOWN))
    less = int((plain.residents["spending"] - town.residents["spending"]).sum())
    more = int((town.ledger.balance[town.residents["account"]] - plain.ledger.balance[plain.residents["account"]]).sum())
    assert less > 0
    assert more == pytest.approx(less, rel=0.05)


def test_banks_that_retreat_leave_firms_with_smaller_overdrafts_and_fewer_branches(laboratory: Laboratory) -> None:
    plain, town = month_later(laboratory, use("bank_retreat", overdraft_fall=0.5, loan_fall=0.0, branch_jobs=0.0))
    line, usual = town.ledger.credit[town.firms["account"]], plain.ledger.credit[plain.firms["account"]]
    # A line is not set below what was owed at the time.
    assert (line >= usual // 2).all()
    assert np.mean(np.abs(line - usual / 2) <= 1.0) > 0.9
    plain, town = month_later(laboratory, use("bank_retreat", overdraft_fall=0.0, loan_fall=1.0, branch_jobs=0.0))
    assert booked(town, "investment") < booked(plain, "investment")
    plain, town = month_later(laboratory, use("bank_retreat", overdraft_fall=0.0, loan_fall=0.0, branch_jobs=0.5))
    gone = ~np.isin(plain.firms["account"], town.firms["account"])
    assert gone.any()
    assert (plain.firms["sector"][gone] == SECTORS.index("finance")).all()


def test_an_anchor_that_leaves_takes_its_posts_grants_and_contracts_and_nobody_elses(laboratory: Laboratory) -> None:
    plain, town = month_later(laboratory, use("anchor_leaves", anchor="hospital-trust", share=1.0))
    row = [item.name for item in town.place.anchors].index("hospital-trust")
    others = np.arange(len(town.anchors)) != row
    assert town.anchors["workers"][row] == town.anchors["commuters"][row] == 0
    assert town.anchors["received"][row] < plain.anchors["received"][row]
    assert not (town.contracts["anchor"] == row).any()
    assert (town.contracts["anchor"] != row).sum() == (plain.contracts["anchor"] != row).sum()
    np.testing.assert_array_equal(town.anchors["workers"][others], plain.anchors["workers"][others])
    half = month_later(laboratory, use("anchor_leaves", anchor="hospital-trust", share=0.5))[1]
    assert half.anchors["jobs"][row] == town.anchors["jobs"][row]
    kept = half.anchors["workers"][row] + half.anchors["commuters"][row]
    assert kept == pytest.approx(0.5 * (plain.anchors["workers"] + plain.anchors["commuters"])[row], abs=3)
