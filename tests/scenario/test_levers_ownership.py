"""Ownership levers: municipal co-operatives, buy-outs, and what a branch keeps here, against the paired interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from support.laboratory import SIX, Change, Laboratory, Pair, use

from sim.core.channels import BRANCHES, CHANNEL_NAMES, COOPERATIVES, LOCAL_FIRMS, REGION_ACCOUNT, RESIDENTS, WORLD
from sim.economy import Economy
from sim.kinds.firms import Branch, Cooperative, LocalSME
from sim.kinds.forms import CONSUMER, MULTI_STAKEHOLDER, MUNICIPAL, WORKER
from sim.kinds.residents import EMPLOYED

LAUNDRY: dict[str, Any] = {
    "anchor": "hospital-trust",
    "sector": "administrative",
    "seed_capital": 100000.0,
    "contract_annual_value": 200000.0,
    "contract_months": 24,
    "jobs": 8.0,
}


def _founded(town: Economy) -> int:
    """Row of the one firm that a policy founded."""
    rows = np.flatnonzero(town.firms["founded_by_policy"])
    assert len(rows) == 1
    return int(rows[0])


def test_seed_capital_leaves_the_anchor_and_arrives_to_the_penny(laboratory: Laboratory) -> None:
    opening = laboratory.opening(1)
    arms = [opening.with_scenario(laboratory.with_uses(opening, uses)) for uses in ((), (use("municipal_cooperative", **LAUNDRY),))]
    for town in arms:
        town.advance()
    plain, founding = arms
    row, anchor = _founded(founding), 1
    account = founding.firms["account"][row]
    payer = founding.anchors["account"][anchor]
    assert founding.ledger.balance[account] == 100000_00
    assert plain.ledger.balance[payer] - founding.ledger.balance[payer] == 100000_00
    assert founding.firms["reserve"][row] == 100000_00, "seed capital is not members' to share"
    paid = founding.ledger.flows[CHANNEL_NAMES.index("seed capital")]
    assert paid.min() == -100000_00
    assert paid.max() == 100000_00


def test_an_anchor_gives_no_more_seed_capital_than_it_has(laboratory: Laboratory) -> None:
    town = laboratory.opening(1)
    town = town.with_scenario(laboratory.with_uses(town, (use("municipal_cooperative", **{**LAUNDRY, "seed_capital": 9e8}),)))
    town.advance()
    assert town.ledger.balance[town.anchors["account"][1]] == 0
    assert 0 < town.ledger.balance[town.firms["account"][_founded(town)]] < 9e10


def test_its_contract_comes_out_of_the_anchors_running_contracts_outside_first(laboratory: Laboratory) -> None:
    opening = laboratory.opening(2)
    town = opening.with_scenario(laboratory.with_uses(opening, (use("municipal_cooperative", **LAUNDRY),)))
    plain = laboratory.opening(2)
    plain.advance()
    town.advance()
    value = {slot: (v, s) for slot, v, s in zip(plain.contracts.slots, plain.contracts["value"], plain.contracts["supplier"], strict=True)}
    mine = town.contracts["supplier"] == town.firms["account"][_founded(town)]
    assert mine.sum() == 1
    given = int(town.contracts["value"][mine][0])
    assert given == 200000_00 // 12
    assert town.contracts["value"].sum() == plain.contracts["value"].sum(), "no money is added"
    cut = {slot: value[slot][0] - v for slot, v in zip(town.contracts.slots[~mine], town.contracts["value"][~mine], strict=True)}
    losers = [slot for slot, pence in cut.items() if pence > 0]
    assert sum(cut.values()) == given
    outside = [slot for slot in value if plain.firm_row[value[slot][1]] < 0]
    row = {int(slot): place for place, slot in enumerate(town.contracts.slots)}
    left_outside = sum(
        int(town.contracts["value"][row[int(slot)]])
        for slot in outside
        if town.contracts["anchor"][row[int(slot)]] == 1 and town.contracts["category"][row[int(slot)]] == 13
    )
    assert all(slot in outside for slot in losers) or left_outside == 0


@pytest.mark.long
def test_a_cooperative_starts_with_the_work_it_has_and_may_miss_its_plan(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("municipal_cooperative", start=3, **LAUNDRY), months=48, seeds=range(1, 9))
    pair.identical("cooperative_jobs", 1, 3)
    pair.rises("cooperative_jobs", 4, 5)
    at_first = pair.rises("jobs", 4, 6)
    assert at_first < 8.0, "planned jobs are not given, only the work is"
    pair.rises("retention_place/all", 5, 12)
    pair.rises("spend_by_owner/co-operatives", 5, 12)
    pair.falls("outside_supplier_receipts", 5, 12)
    # The anchored work ends after two years; what is not won again is gone, as at Evergreen.
    under_contract, after = pair.difference("cooperative_jobs", 20, 26).mean, pair.difference("cooperative_jobs", 37, 48).mean
    assert after < under_contract


def test_no_contract_where_the_anchor_buys_nothing(laboratory: Laboratory) -> None:
    arm = laboratory.run(use("municipal_cooperative", **{**LAUNDRY, "sector": "mining"}), months=2, seeds=(1,))
    assert any("got no contract" in warning for warning in arm.warnings[0])
    town = arm.towns[0]
    assert not (town.contracts["supplier"] == town.firms["account"][_founded(town)]).any()


def cooperatives_of(form: int) -> Change:
    """Every local firm with two residents among its staff is a co-operative of this form."""

    def change(town: Economy) -> None:
        rows = np.flatnonzero((town.firms["kind"] == LocalSME.code) & (town.firms["workers"] >= 2))
        town.firms["kind"][rows], town.firms["form"][rows], town.firms["owner"][rows] = Cooperative.code, form, -1
        town.firms["founder"][rows] = 0
        town.ledger.reclassify(town.firms["account"][rows], COOPERATIVES)

    return change


def _payouts(town: Economy) -> dict[int, dict[int, int]]:
    """Pence that each co-operative paid out this month, by payee."""
    found: dict[int, dict[int, int]] = {}
    for booking in town.ledger.journal:
        if booking.channel == "payouts" and booking.payer.ndim:
            payee = np.broadcast_to(booking.payee, booking.payer.shape)
            for payer, to, pence in zip(booking.payer.tolist(), payee.tolist(), booking.pence.tolist(), strict=True):
                # Of a firm that ended after it paid nobody can say who worked there.
                if pence and town.ledger.sector[payer] == COOPERATIVES and town.firm_row[payer] >= 0:
                    of_firm = found.setdefault(payer, {})
                    of_firm[to] = of_firm.get(to, 0) + pence
    return found


def _months(laboratory: Laboratory, form: int, months: int = 4) -> Iterator[tuple[Economy, dict[int, dict[int, int]]]]:
    """Some months of a town whose local firms are co-operatives of a form, with who was paid."""
    town = laboratory.opening(3)
    cooperatives_of(form)(town)
    for _ in range(months):
        town.step()
        yield town, _payouts(town)


def test_a_worker_cooperative_shares_by_pay(laboratory: Laboratory) -> None:
    seen = 0
    for town, payouts in _months(laboratory, WORKER):
        for account, paid in payouts.items():
            members = (town.residents["employer"] == account) & (town.residents["status"] == EMPLOYED)
            gross = dict(zip(town.residents["account"][members].tolist(), town.residents["gross"][members].tolist(), strict=True))
            assert set(paid) <= set(gross)
            # Whole pence, rounded down: a penny for a member stands for no more than one of what was shared.
            total, whole = sum(gross.values()), sum(paid.values())
            for member, pence in paid.items():
                assert abs(pence - whole * gross[member] / total) <= len(gross)
            seen += len(set(paid.values())) > 1
    assert seen > 20


def test_a_consumer_cooperative_shares_by_what_was_bought(laboratory: Laboratory) -> None:
    seen = 0
    for town, payouts in _months(laboratory, CONSUMER):
        for account, paid in payouts.items():
            buyers = (town.residents["habits"] == account).any(axis=1)
            assert set(paid) <= set(town.residents["account"][buyers].tolist())
            seen += 1
        assert (town.firms["hours_factor"] == 1.0).all(), "members by custom have no vote on hours"
    assert seen > 20


def test_both_share_in_a_multi_stakeholder_and_the_anchor_in_a_municipal_cooperative(laboratory: Laboratory) -> None:
    for town, payouts in _months(laboratory, MULTI_STAKEHOLDER):
        for account, paid in payouts.items():
            members = (town.residents["employer"] == account) & (town.residents["status"] == EMPLOYED)
            buyers = (town.residents["habits"] == account).any(axis=1)
            assert set(paid) <= set(town.residents["account"][members | buyers].tolist())
    for town, payouts in _months(laboratory, MUNICIPAL):
        anchor = int(town.anchors["account"][0])
        for paid in payouts.values():
            if sum(paid.values()) > 100_00:
                assert paid[anchor] == pytest.approx(0.15 * sum(paid.values()), abs=50)


def _recession(form: int | None) -> Change:
    """Buyers outside the place order three tenths less, in a town of companies or of co-operatives of a form."""

    def change(town: Economy) -> None:
        town.structure = replace(town.structure, export_pool=town.structure.export_pool * 0.7)
        if form is not None:
            cooperatives_of(form)(town)

    return change


COMPANIES, OF_WORKERS, OF_CUSTOMERS = _recession(None), _recession(WORKER), _recession(CONSUMER)


def _slump(laboratory: Laboratory, change: Change, aversion: float = 1.0) -> tuple[float, float]:
    """Share of jobs kept after ten months of an export recession and mean hours, in the firms that the change may convert."""
    kept, hours = [], []
    for seed in (1, 2):
        town = laboratory.opening(seed, {"work.members_risk_aversion": aversion})
        rows = np.flatnonzero((town.firms["kind"] == LocalSME.code) & (town.firms["workers"] >= 2))
        slots = town.firms.slots[rows].copy()
        before = (town.firms["workers"] + town.firms["commuters"])[rows].sum()
        change(town)
        for _ in range(10):
            town.advance()
        rows = town.firms.rows(town.firms.living(slots))
        jobs = (town.firms["workers"] + town.firms["commuters"])[rows]
        kept.append(jobs.sum() / before)
        hours.append(np.average(town.firms["hours_factor"][rows], weights=jobs))
    return float(np.mean(kept)), float(np.mean(hours))


def test_members_keep_jobs_and_cut_hours_in_an_export_recession(laboratory: Laboratory) -> None:
    companies, cooperatives = _slump(laboratory, COMPANIES), _slump(laboratory, OF_WORKERS)
    assert companies[1] == 1.0
    assert cooperatives[0] > companies[0] + 0.03
    assert cooperatives[1] < 0.97


def test_members_without_risk_aversion_and_members_by_custom_lay_off_like_anyone(laboratory: Laboratory) -> None:
    companies = _slump(laboratory, COMPANIES)
    for jobs, hours in (_slump(laboratory, OF_WORKERS, 0.0), _slump(laboratory, OF_CUSTOMERS)):
        assert hours == 1.0
        assert jobs == pytest.approx(companies[0], abs=0.02)


@pytest.mark.long
def test_half_of_a_cooperatives_surplus_is_kept_in_its_reserve(laboratory: Laboratory) -> None:
    all_cooperative = cooperatives_of(WORKER)
    pair = Pair(
        laboratory.run(months=12, parameters={"firms.cooperative_reserve": 0.0}, change=all_cooperative),
        laboratory.run(months=12, parameters={"firms.cooperative_reserve": 0.45}, change=all_cooperative),
    )
    assert all(not town.firms["reserve"].any() for town in pair.reference.towns)
    assert all(town.firms["reserve"].sum() > 0 for town in pair.other.towns)
    pair.falls("mean_income", 4, 12)


def test_closing_firms_become_cooperatives_with_a_loan_that_pays_the_owner(laboratory: Laboratory) -> None:
    policy = use("employee_buyout", anchor="council", share=1.0, support_cost_per_worker=1000.0)
    shares = ("equity_share/local owners", "equity_share/workers")
    pair = laboratory.compare(policy, months=36, measures=("cooperatives", "cooperative_jobs", "deaths", "policy_costs", *shares))
    pair.rises("cooperatives", 25)
    pair.rises("cooperative_jobs", 25)
    pair.falls("deaths", 1)
    pair.rises("equity_share/workers", 25)
    pair.falls("equity_share/local owners", 25)
    pair.rises("policy_costs", 1)
    costs = np.array([series.sum() for series in pair.other.measures["policy_costs"]])
    assert (costs % 1000.0 == 0.0).all()
    for town in pair.other.towns:
        firms = town.firms
        taken = firms["bought_out"]
        assert taken.any()
        assert (firms["kind"][taken] == Cooperative.code).all()
        assert (firms["owner"][taken] == -1).all()


def test_a_buy_out_moves_the_price_from_bank_to_owner_through_the_firm(laboratory: Laboratory) -> None:
    town = laboratory.opening(4)
    policy = use("employee_buyout", anchor="council", share=1.0, support_cost_per_worker=1000.0)
    town = town.with_scenario(laboratory.with_uses(town, (policy,)))
    before = dict(zip(town.firms["account"].tolist(), town.firms["owner"].tolist(), strict=True))
    for _ in range(24):
        town.step()
        sales = [booking for booking in town.ledger.journal if booking.channel == "firm sales"]
        if town.notes.bought_out:
            taken = sales[0]
            loans = [booking for booking in town.ledger.journal if booking.channel == "new loans"][-2:]
            assert any(np.array_equal(loan.payee, taken.payer) and np.array_equal(loan.pence, taken.pence) for loan in loans)
            known = [int(account) for account in taken.payer if int(account) in before]
            assert all(before[account] in taken.payee.tolist() for account in known if before[account] >= 0)
            return
    pytest.fail("no firm was bought out in two years")


def test_a_buy_out_share_of_nought_changes_nothing(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("employee_buyout", anchor="council", share=0.0, support_cost_per_worker=1000.0), months=12, seeds=(1, 2))
    for measure in ("jobs", "cooperatives", "deaths", "policy_costs", "mean_income"):
        pair.identical(measure, 1)


def _branches(town: Economy) -> None:
    """Every local firm belongs to an owner elsewhere."""
    rows = np.flatnonzero(town.firms["kind"] == LocalSME.code)
    town.firms["kind"][rows] = Branch.code
    town.firms["owner"][rows] = -1
    town.ledger.reclassify(town.firms["account"][rows], BRANCHES)


def test_branches_in_place_of_local_firms_keep_the_headline_and_not_the_money(laboratory: Laboratory) -> None:
    taken = (
        *("retention_place/all", "retention_stays/all", "equity_share/outside owners", "lm3", "supplier_respend"),
        *("mean_income", "jobs"),
    )
    pair = Pair(laboratory.run(months=24, seeds=SIX), laboratory.run(months=24, change=_branches, seeds=SIX, measures=taken))
    pair.within("retention_place/all", 0.01, 4, 24)
    lost = -pair.falls("retention_stays/all", 4, 24)
    assert lost > 0.01
    pair.rises("equity_share/outside owners", 4, 24)
    # Three rounds of one spend: told from luck while both arms still have the same contracts, and of the same sign later.
    pair.falls("lm3", 1, 6)
    assert pair.difference("lm3", 4, 24).mean < 0.0
    pair.falls("supplier_respend", 4, 24)
    pair.falls("mean_income", 13, 24)
    pair.falls("jobs", 13, 24)


def _contracts_to(kind: type) -> Any:
    """Contracts held next door go to the largest local sites of their sector, made of one kind, which grow by that much."""

    def change(town: Economy) -> None:
        firms, contracts = town.firms, town.contracts
        for row in np.flatnonzero(contracts["supplier"] == REGION_ACCOUNT).tolist():
            among = np.flatnonzero((firms["sector"] == contracts["category"][row]) & np.isin(firms["kind"], (LocalSME.code, Branch.code)))
            if not among.size:
                continue
            winner = among[np.argmax(firms["capacity"][among])]
            if kind is Branch and firms["kind"][winner] == LocalSME.code:
                firms["kind"][winner], firms["owner"][winner] = Branch.code, -1
                town.ledger.reclassify(firms["account"][[winner]], BRANCHES)
            contracts["supplier"][row] = firms["account"][winner]
            firms["capacity"][winner] += contracts["value"][row]

    return change


def test_contracts_moved_to_branches_raise_the_headline_by_more_than_what_stays(laboratory: Laboratory) -> None:
    pair = Pair(laboratory.run(months=6), laboratory.run(months=6, change=_contracts_to(Branch)))
    headline = pair.rises("retention_place/all", 1, 3)
    stays = pair.rises("retention_stays/all", 1, 3)
    assert stays < 0.97 * headline
    gap = pair.other.measures["retention_place/all"] - pair.other.measures["retention_stays/all"]
    assert (gap.mean(axis=1) > 0.0).all()
    pair.rises("spend_by_owner/branches", 1, 3)
    assert pair.difference("spend_small_firms", 1, 3).mean <= 0.0


def test_profit_of_branches_leaves_and_that_of_local_owners_does_not(laboratory: Laboratory) -> None:
    town = laboratory.opening(5)
    town.step()
    sector, seen = town.ledger.sector, set()
    for booking in town.ledger.journal:
        if booking.channel == "payouts":
            payer, payee = np.broadcast_arrays(sector[booking.payer], sector[booking.payee])
            pairs = {(int(a), int(b)) for a, b, pence in zip(payer, payee, booking.pence, strict=True) if pence > 0}
            seen |= pairs
    assert {to for payer, to in seen if payer == BRANCHES} == {WORLD}
    assert (LOCAL_FIRMS, RESIDENTS) in seen
