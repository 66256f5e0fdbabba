"""Procurement levers: each moves what theory says, in that direction, at its cost, beyond what luck does (paired intervals)."""

from __future__ import annotations

import numpy as np
import pytest
from support.laboratory import Laboratory, Pair, use

from sim.core.channels import COOPERATIVES, WORLD_ACCOUNT
from sim.core.registry import POLICIES
from sim.economy import Economy
from sim.kinds.firms import Branch, Cooperative, LocalSME
from sim.month.contracts.contract_budgets import affordable_factor

#: Three years; effects are read in the last year.
MONTHS, LAST_YEAR = 36, 25
#: Seeds where an effect is small against its luck.
EIGHT = tuple(range(1, 9))
ANCHORS = ("council", "hospital-trust", "college", "housing-association")


#: Each lever of the group at the settings at which it is off, with the others at values that would show.
TURNED_OFF = {
    "local_spend_target": {"maximum_premium": 0.5},
    "contract_length": {"cost_per_letting": 5000.0},
    "influenceable_spend": {"cost_per_contract": 5000.0},
    "lots": {"cost_per_lot": 1000.0},
    "outreach": {},
    "prompt_payment": {"days": 0.0},
    "reserved_competitions": {"maximum_premium": 1.0},
    "supplier_development": {"grant_per_firm": 5000.0, "advice_cost_per_firm": 100.0, "turnover_help": 1.0},
    "social_value_weight": {"composition": {"local": 1.0}},
}


@pytest.mark.parametrize("name", TURNED_OFF)
def test_a_lever_that_is_off_changes_nothing_to_the_penny(laboratory: Laboratory, name: str) -> None:
    options = {**TURNED_OFF[name], **POLICIES[name].off}
    pair = laboratory.compare(use(name, ramp=6, **options), months=12, seeds=(1,))
    for measure in pair.reference.measures:
        pair.identical(measure, 1)
    reference, other = (arm.towns[0] for arm in (pair.reference, pair.other))
    np.testing.assert_array_equal(reference.ledger.balance, other.ledger.balance)
    assert pair.other.warnings == pair.reference.warnings


def test_anchors_pay_in_full_and_on_time_in_the_long_run(laboratory: Laboratory) -> None:
    town = laboratory.opening(2)
    paid = []
    for _ in range(60):
        town.advance()
        paid.append(town.anchors["paid_share"].copy())
    # A landlord's rents come and go: two short months in five years are luck, and are made up the month after.
    assert np.mean(paid, axis=0).min() > 0.995
    assert np.mean(paid[-12:], axis=0).min() > 0.995
    bound = np.bincount(town.contracts["anchor"], weights=town.contracts["value"])
    assert (bound / town.anchors["contract_budget"]).max() < 1.3


def test_what_runs_on_above_its_part_comes_off_what_is_let_now(laboratory: Laboratory) -> None:
    town = laboratory.opening(1)
    anchors, contracts = town.anchors, town.contracts
    anchors["usual_income"][:] = anchors["contract_budget"] + anchors["payroll"]
    anchors["reserves"][:], anchors["paid_share"][:] = anchors["reserve_target"], 1.0
    contracts["value"][:] = contracts["base_value"]
    row = np.flatnonzero(contracts["anchor"] == 0)[:1]
    total = int(contracts["base_value"][contracts["anchor"] == 0].sum())
    anchors["contract_budget"][0] = total
    anchors["usual_income"][0] = total + anchors["payroll"][0]
    assert affordable_factor(town, row)[0] == pytest.approx(1.0)
    other = np.flatnonzero(contracts["anchor"] == 0)[1]
    soon = (contracts["anchor"] == 0) & (contracts["end"] < town.month + 12)
    soon[row] = True
    excess = int(0.1 * contracts["base_value"][soon].sum())
    contracts["value"][other] += excess
    assert affordable_factor(town, row)[0] == pytest.approx(0.9, abs=1e-4)


def test_framework_contracts_stay_with_their_holder_whatever_the_policies(laboratory: Laboratory) -> None:
    policies = (
        use("local_spend_target", share=0.9, maximum_premium=0.5),
        use("outreach", reach=1.0, monthly_cost=0.0),
        use("lots", largest_lot=20000.0, cost_per_lot=0.0),
        use("social_value_weight", weight=1.0, composition={"local": 1.0}),
        use("living_wage_contracts"),
    )
    opening = laboratory.opening(1, {"procurement.influenceable_share": 0.4})
    arm = laboratory.run(*policies, months=MONTHS, seeds=(1,), parameters={"procurement.influenceable_share": 0.4})
    town = arm.towns[0]
    bound = ~town.contracts["influenceable"]
    assert 0.55 < town.contracts["value"][bound].sum() / town.contracts["value"].sum() < 0.65
    held = dict(zip(opening.contracts.slots.tolist(), opening.contracts["supplier"].tolist(), strict=True))
    ended = set(opening.firms["account"].tolist()) - set(town.firms["account"].tolist())
    again = bound & (town.contracts["start"] > 0)
    assert again.any()
    for slot, supplier in zip(town.contracts.slots[again].tolist(), town.contracts["supplier"][again].tolist(), strict=True):
        assert supplier == held[slot] or held[slot] in ended
    assert not town.contracts["living_wage"][bound].any()


def test_spend_brought_out_of_frameworks_can_be_moved_at_its_cost(laboratory: Laboratory) -> None:
    target = use("local_spend_target", share=0.9, maximum_premium=0.3)
    free = use("influenceable_spend", share=1.0, cost_per_contract=1000.0)
    how = {
        "parameters": {"procurement.influenceable_share": 0.4},
        "measures": ("influenceable_share", "retention_place/all", "policy_costs"),
    }
    pair = laboratory.compare(free, against=(target,), months=MONTHS, seeds=(1, 2, 3, 4), **how)
    pair.rises("influenceable_share", LAST_YEAR)
    pair.rises("retention_place/all", LAST_YEAR)
    for seed, town, costs in zip((1, 2, 3, 4), pair.other.towns, pair.other.measures["policy_costs"], strict=True):
        opening = laboratory.opening(seed, {"procurement.influenceable_share": 0.4})
        freed = int(town.contracts["influenceable"].sum() - opening.contracts["influenceable"].sum())
        assert costs.sum() == pytest.approx(1000.0 * freed)
    nothing_bound = laboratory.compare(free, months=12, seeds=(1,), parameters={"procurement.influenceable_share": 1.0})
    nothing_bound.identical("retention_place/all", 1)
    nothing_bound.identical("policy_costs", 1)


def test_a_target_moves_only_what_falls_due_and_takes_it_from_suppliers_elsewhere(laboratory: Laboratory) -> None:
    taken = ("contract_spend", "outside_supplier_receipts", "region_receipts", "retention_place/all")
    pair = laboratory.compare(use("local_spend_target", share=0.5, maximum_premium=0.2), months=MONTHS, measures=taken)
    gain = pair.rises("retention_place/all", LAST_YEAR)
    assert gain < 0.5 - pair.reference.mean("retention_place/all", LAST_YEAR), "the target is a goal, not a result"
    # Contracts last four years on average: little has moved in the first quarter, more each year.
    by_year = [pair.difference("retention_place/all", first, first + 11).mean for first in (1, 13, 25)]
    assert 0.0 < pair.difference("retention_place/all", 1, 3).mean < 0.3 * gain
    assert by_year == sorted(by_year)
    lost = -pair.falls("outside_supplier_receipts", LAST_YEAR) - pair.difference("region_receipts", LAST_YEAR).mean
    moved = gain * pair.reference.mean("contract_spend", LAST_YEAR)
    # What suppliers elsewhere lose is what moved, less what the region earns again as supplier of the winners.
    assert 0.5 * moved < lost < 1.2 * moved


def test_contracts_that_run_on_are_untouched(laboratory: Laboratory) -> None:
    arm = laboratory.run(use("local_spend_target", share=0.9, maximum_premium=0.3), months=12, seeds=(1, 2))
    for seed, town in zip((1, 2), arm.towns, strict=True):
        opening = laboratory.opening(seed)
        held = dict(zip(opening.contracts.slots.tolist(), opening.contracts["supplier"].tolist(), strict=True))
        still = town.contracts["start"] <= 0
        assert still.any() and not still.all()
        for slot, supplier in zip(town.contracts.slots[still].tolist(), town.contracts["supplier"][still].tolist(), strict=True):
            assert supplier == held[slot]


@pytest.mark.long
def test_the_premium_allowed_is_paid_and_buys_reach(laboratory: Laboratory) -> None:
    tight = laboratory.run(use("local_spend_target", share=0.6, maximum_premium=0.0), months=MONTHS, seeds=EIGHT)
    loose = laboratory.run(use("local_spend_target", share=0.6, maximum_premium=0.3), months=MONTHS, seeds=EIGHT)
    dearer = Pair(tight, loose)
    dearer.rises("retention_place/all", LAST_YEAR)
    premium = dearer.rises("contract_price", LAST_YEAR)
    # What the premium takes from the service bought is less than what budgets move by luck.
    assert 0.0 < premium < 0.3


@pytest.mark.long
def test_a_target_without_outreach_brings_no_bidder_and_with_it_reaches_further(laboratory: Laboratory) -> None:
    target = use("local_spend_target", share=0.6, maximum_premium=0.1)
    alone = laboratory.compare(target, months=MONTHS, seeds=EIGHT)
    alone.within("bids", 0.05, LAST_YEAR)
    both = laboratory.compare(use("outreach", reach=1.0, monthly_cost=400.0), against=(target,), months=MONTHS, seeds=EIGHT)
    both.rises("bids", LAST_YEAR)
    both.rises("retention_place/all", LAST_YEAR)


def test_outreach_raises_bids_and_costs_money(laboratory: Laboratory) -> None:
    taken = ("bids", "policy_costs", "retention_place/all")
    pair = laboratory.compare(use("outreach", reach=0.5, monthly_cost=400.0), months=MONTHS, measures=taken)
    # Half of four invitations, of which those firms bid that pass the tests; contracts not yet let anew hold this back.
    assert 0.3 < pair.rises("bids", LAST_YEAR) < 2.0
    pair.rises("retention_place/all", LAST_YEAR)
    assert pair.difference("policy_costs", 1).mean == pytest.approx(400.0)
    assert pair.other.measures["policy_costs"].min() == pytest.approx(400.0)


def _small_contracts(town: Economy) -> float:
    """Share of the contracts let since the opening that the smallest half of firms hold, by number."""
    firms = town.firms
    small = firms["workers"] + firms["commuters"] < 10
    row = town.firm_row[town.contracts["supplier"]]
    fresh = town.contracts["start"] > 0
    return float((small[np.maximum(row, 0)] & (row >= 0))[fresh].mean())


def test_lots_let_small_firms_pass_the_turnover_test_at_a_cost_for_each_lot(laboratory: Laboratory) -> None:
    taken = ("policy_costs", "spend_small_firms")
    pair = laboratory.compare(use("lots", largest_lot=40000.0, cost_per_lot=1500.0), months=MONTHS, seeds=EIGHT, measures=taken)
    shares = [[_small_contracts(town) for town in arm.towns] for arm in (pair.reference, pair.other)]
    gain = np.array(shares[1]) - np.array(shares[0])
    assert gain.mean() > 2.0 * gain.std(ddof=1) / np.sqrt(len(gain))
    pair.rises("spend_small_firms", LAST_YEAR)
    for reference, other, costs in zip(pair.reference.towns, pair.other.towns, pair.other.measures["policy_costs"], strict=True):
        added = len(other.contracts) - len(reference.contracts)
        assert added > 0
        # Every lot is paid for, the one that keeps the contract's number too; a contract may be split again when it falls due.
        assert costs.sum() >= 1500.0 * added
        assert (costs.sum() / 1500.0) == pytest.approx(round(costs.sum() / 1500.0))
        # Sixteen lots are the most: what is left of the largest contracts is larger.
        within = [
            (town.contracts["base_value"] * 12 <= 40000_00 * 1.001)[town.contracts["start"] > 0].mean() for town in (reference, other)
        ]
        assert within[1] > 0.75 > within[0]


def test_lots_stay_split_when_the_policy_ends(laboratory: Laboratory) -> None:
    arm = laboratory.run(use("lots", largest_lot=40000.0, cost_per_lot=1500.0, end=12), months=18, seeds=(1, 2), measures=("policy_costs",))
    for row, seed in enumerate((1, 2)):
        costs = arm.measures["policy_costs"][row]
        assert costs[:12].sum() > 0.0
        assert not costs[13:].any(), "nothing is split or paid for after the end"
        assert len(arm.towns[row].contracts) > len(laboratory.opening(seed).contracts)


def test_social_value_for_being_local_moves_money_here_at_the_price_of_quality(laboratory: Laboratory) -> None:
    taken = ("bids", "contract_quality", "retention_place/all")
    pair = laboratory.compare(use("social_value_weight", weight=0.3, composition={"local": 1.0}), months=MONTHS, measures=taken)
    pair.rises("retention_place/all", LAST_YEAR)
    pair.falls("contract_quality", LAST_YEAR)
    pair.within("bids", 0.1, LAST_YEAR)


def _half_cooperative(town: Economy) -> None:
    """Every other local firm of two residents or more belongs to its workers."""
    firms = town.firms
    rows = np.flatnonzero((firms["kind"] == LocalSME.code) & (firms["workers"] >= 2))[::2]
    firms["kind"][rows] = Cooperative.code
    firms["owner"][rows] = -1
    town.ledger.reclassify(firms["account"][rows], COOPERATIVES)


@pytest.mark.long
def test_the_composition_of_social_value_decides_who_gains(laboratory: Laboratory) -> None:
    def weighted(part: str) -> Pair:
        policy = use("social_value_weight", weight=0.4, composition={part: 1.0})
        return laboratory.compare(policy, months=MONTHS, change=_half_cooperative, seeds=EIGHT)

    cooperative, local = weighted("cooperative"), weighted("local")
    to_cooperatives = cooperative.rises("spend_by_owner/co-operatives", LAST_YEAR)
    to_branches = local.rises("spend_by_owner/branches", LAST_YEAR)
    assert to_cooperatives > local.difference("spend_by_owner/co-operatives", LAST_YEAR).mean
    assert to_branches > cooperative.difference("spend_by_owner/branches", LAST_YEAR).mean
    local.rises("retention_place/all", LAST_YEAR)


def test_social_value_for_cooperatives_does_nothing_where_there_are_none(laboratory: Laboratory) -> None:
    def none(town: Economy) -> None:
        firms = town.firms
        firms["kind"][firms["kind"] == Cooperative.code] = Branch.code

    policy = use("social_value_weight", weight=0.4, composition={"cooperative": 1.0})
    pair = laboratory.compare(policy, months=12, change=none, seeds=(1, 2))
    for measure in ("retention_place/all", "contract_price", "jobs"):
        pair.identical(measure, 1)


def _full(town: Economy) -> None:
    """No firm has room for more than it usually sells."""
    town.firms["capacity"][:] = town.firms["usual_demand"] * 0.97


@pytest.mark.long
def test_without_spare_capacity_a_target_raises_passing_on_and_prices_rather_than_jobs(laboratory: Laboratory) -> None:
    policies = (use("local_spend_target", share=0.6, maximum_premium=0.2), use("outreach", reach=1.0, monthly_cost=0.0))
    slack = laboratory.compare(*policies, months=MONTHS, seeds=EIGHT)
    # Bidders may pass nearly all of a contract on, or full firms could not bid at all.
    tight = {"firms.capacity_growth": 0.0, "firms.wear_rate": 0.01, "procurement.own_work_share": 0.05}
    full = laboratory.compare(*policies, months=MONTHS, parameters=tight, change=_full, seeds=EIGHT)
    moved = [pair.rises("retention_place/all", LAST_YEAR) for pair in (slack, full)]
    full.rises("passed_outside", LAST_YEAR)
    full.rises("price_level", LAST_YEAR)
    full.rises("contract_price", LAST_YEAR)
    # Residents find full shops and buy next door.
    full.falls("household_retention", LAST_YEAR)
    jobs_for_each_share = [pair.difference("jobs", LAST_YEAR).mean / share for pair, share in zip((slack, full), moved, strict=True)]
    assert jobs_for_each_share[1] < 0.5 * jobs_for_each_share[0]
    kept = [pair.difference("retention_stays/all", LAST_YEAR).mean / share for pair, share in zip((slack, full), moved, strict=True)]
    assert kept[1] < kept[0], "the headline hides what is passed on"


def test_a_policy_concerns_only_the_anchors_it_names(laboratory: Laboratory) -> None:
    policy = use("local_spend_target", anchors=("council",), share=0.9, maximum_premium=0.5)
    pair = laboratory.compare(policy, use("outreach", anchors=("council",), reach=1.0, monthly_cost=10.0), months=MONTHS)
    pair.rises("retention_place/council", LAST_YEAR)
    for other in ANCHORS[1:]:
        found = pair.difference(f"retention_place/{other}", LAST_YEAR)
        assert found.low <= 0.0 <= found.high or abs(found.mean) < 0.03


@pytest.mark.long
def test_the_ramp_brings_a_target_in_slowly_and_nothing_moves_before_the_start(laboratory: Laboratory) -> None:
    options = {"share": 0.95, "maximum_premium": 0.3}
    at_once = laboratory.run(use("local_spend_target", start=7, **options), months=MONTHS, seeds=EIGHT)
    slowly = laboratory.run(use("local_spend_target", start=7, ramp=120, **options), months=MONTHS, seeds=EIGHT)
    # About a sixtieth of contract value can move in a month: only a ramp slower than that holds a target back.
    Pair(slowly, at_once).rises("retention_place/all", 13, 36)
    reference = laboratory.run(months=MONTHS, seeds=EIGHT)
    for arm in (at_once, slowly):
        Pair(reference, arm).identical("retention_place/all", 1, 6)
        Pair(reference, arm).identical("jobs", 1, 6)


def test_work_that_nobody_bids_for_goes_outside(laboratory: Laboratory) -> None:
    def nobody(town: Economy) -> None:
        town.firms["capacity"][:] = 1.0
        town.contracts["owing"][:] = 0

    town = laboratory.opening(1, {"procurement.mean_bidders": 1.0, "procurement.influenceable_share": 1.0}, nobody)
    town.contracts["end"][:] = 0
    town.advance()
    assert (town.firm_row[town.contracts["supplier"]] < 0).all()
    unbid = town.contracts["bids"] == 0
    assert unbid.any()
    assert (town.contracts["supplier"][unbid] == WORLD_ACCOUNT).all()
    assert (town.contracts["price"][unbid] == 1.0).all()
