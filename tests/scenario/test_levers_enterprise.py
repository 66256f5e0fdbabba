"""What the place brings in-house, founds and buys: insourcing, community firms, first refusal."""

from __future__ import annotations

import numpy as np
import pytest
from support.laboratory import Laboratory, use

from sim.core.channels import ANCHORS, CHANNEL_NAMES, COMMUNITY_FIRMS, GOVERNMENT_ACCOUNT, WORLD
from sim.economy import Economy
from sim.kinds.firms import CommunityFirm
from sim.month.contracts.in_house import bring_in, dearness

SEEDS = (1, 2, 3, 4)
MONTHS = 18
#: Many firms for sale, so that a right of first refusal has something to refuse.
SALES = {"firms.sale_rate": 0.05}
REFUSAL = {"anchor": "hospital-trust", "share": 1.0, "legal_cost": 500.0}


def flow(town: Economy, channel: str, institution: int) -> int:
    """What a sector received, less what it paid, through a channel this month."""
    return int(town.ledger.flows[CHANNEL_NAMES.index(channel), institution])


def rich(town: Economy) -> None:
    """The hospital trust has ten million pounds more."""
    town.ledger.begin_month(0)
    town.ledger.book("grants", GOVERNMENT_ACCOUNT, int(town.anchors["account"][1]), np.array([10_000_000_00]))


def poor(town: Economy) -> None:
    """The hospital trust has no reserves."""
    account = town.anchors["account"][1]
    town.ledger.begin_month(0)
    town.ledger.book("grants", account, GOVERNMENT_ACCOUNT, town.ledger.balance[[account]])


def test_the_place_pays_the_price_the_outside_buyer_would_have_paid(laboratory: Laboratory) -> None:
    opening = laboratory.opening(1, SALES, rich)
    plain, keeping = (
        opening.with_scenario(laboratory.with_uses(opening, uses)) for uses in ((), (use("right_of_first_refusal", **REFUSAL),))
    )
    while not flow(plain, "firm sales", WORLD):
        plain.advance()
        keeping.advance()
        assert plain.month < 12
    price = -flow(plain, "firm sales", WORLD)
    assert -flow(keeping, "firm sales", ANCHORS) == price
    assert flow(keeping, "firm sales", WORLD) == 0
    bought = keeping.firms["kind"] != plain.firms["kind"]
    assert bought.sum() == plain.notes.sold
    assert (keeping.firms["kind"][bought] == CommunityFirm.code).all()
    assert keeping.notes.sold == 0
    assert keeping.anchors["policy_costs"][1] == 500_00 * int(bought.sum())


def test_an_anchor_without_money_buys_nothing(laboratory: Laboratory) -> None:
    opening = laboratory.opening(1, SALES, poor)
    town = opening.with_scenario(laboratory.with_uses(opening, (use("right_of_first_refusal", **REFUSAL),)))
    sold = 0
    while not sold:
        town.advance()
        sold = town.notes.sold
        assert town.month < 12
    community = opening.firms["account"][opening.firms["kind"] == CommunityFirm.code]
    assert set(town.firms["account"][town.firms["kind"] == CommunityFirm.code].tolist()) <= set(community.tolist())


def test_first_refusal_keeps_ownership_here_at_the_anchor_s_cost(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("right_of_first_refusal", start=3, **REFUSAL), parameters=SALES, change=rich, months=MONTHS, seeds=SEEDS)
    pair.identical("jobs", 1, 2)
    pair.rises("equity_share/community and council", 12)
    pair.falls("equity_share/outside owners", 12)
    pair.falls("anchor_reserves", 12)
    pair.within("retention_place/all", 0.03, 9)
    pair.within("unemployment", 0.01, 9)


def test_a_community_enterprise_owns_its_capital_and_wins_customers(laboratory: Laboratory) -> None:
    founding = use("community_enterprise", anchor="hospital-trust", sector="information", jobs=6.0, capital=200000.0)
    opening = laboratory.opening(1)
    town = opening.with_scenario(laboratory.with_uses(opening, (founding,)))
    town.advance()
    account = int(town.firms["account"][town.firms["founded_by_policy"]][0])
    assert -flow(town, "seed capital", ANCHORS) == flow(town, "seed capital", COMMUNITY_FIRMS) == 200000_00
    assert town.firms["reserve"][town.firm_row[account]] == 200000_00
    assert len(town.contracts) == len(opening.contracts)
    customers = []
    for _ in range(12):
        town.advance()
        customers.append(int((town.residents["habits"] == account).sum()))
    assert customers[0] < customers[5] < customers[11]


def test_a_community_enterprise_takes_work_from_others_and_moves_no_contract(laboratory: Laboratory) -> None:
    founding = use("community_enterprise", start=3, anchor="hospital-trust", sector="information", jobs=6.0, capital=200000.0)
    pair = laboratory.compare(founding, months=MONTHS, seeds=SEEDS)
    pair.identical("output", 1, 3)
    pair.rises("equity_share/community and council", 3, 9)
    pair.falls("anchor_reserves", 3, 6)
    # What it sells others no longer sell: the place makes no more for it.
    assert abs(pair.difference("output", 9).mean) < 0.005 * pair.reference.mean("output", 9)
    pair.within("contract_price", 0.02, 3)


def ending_here(town: Economy) -> None:
    """Every contract ends before the first month, and a firm here holds what the council buys in administrative services."""
    contracts, firms = town.contracts, town.firms
    contracts["end"][:] = 0
    contracts["influenceable"][:] = True
    mine = (contracts["anchor"] == 0) & (contracts["category"] == 13)
    holder = int(np.argmax(np.where(firms["sector"] == 13, firms["workers"], 0)))
    contracts["supplier"][mine] = firms["account"][holder]


def test_money_of_a_contract_becomes_posts_and_staff_come_along(laboratory: Laboratory) -> None:
    take = use("insourcing", anchors=("council",), sector="administrative", share=1.0, transition_cost_per_post=1000.0)
    town = laboratory.opening(1, change=ending_here)
    town = town.with_scenario(laboratory.with_uses(town, (take,)))
    contracts, anchors, firms = town.contracts, town.anchors, town.firms
    mine = (contracts["anchor"] == 0) & (contracts["category"] == 13)
    holder = int(town.firm_row[contracts["supplier"][mine]][0])
    before = {name: anchors[name].copy() for name in ("contract_budget", "payroll_budget", "jobs", "workers", "commuters")}
    base, staff = int(contracts["base_value"][mine].sum()), int(firms["workers"][holder] + firms["commuters"][holder])
    wages = {int(slot): int(wage) for slot, wage in zip(town.residents.slots, town.residents["wage"], strict=True)}
    employer = town.residents["employer"].copy()
    dear = dearness(town, 0)
    bring_in_now(town)
    money = int(anchors["in_house"][0])
    # Administrative work: its wage bill and a margin of a twentieth.
    labour = (
        town.structure.jobs_per_output[13]
        * town.structure.sector_pay[13]
        * (1.0 + town.rules.parameters["work.employer_contribution_rate"])
    )
    assert abs(money - base * (labour + 0.05)) <= mine.sum()
    assert (
        before["contract_budget"][0] - anchors["contract_budget"][0] == money == anchors["payroll_budget"][0] - before["payroll_budget"][0]
    )
    assert base - contracts["base_value"][mine].sum() == money
    posts = anchors["jobs"][0] - before["jobs"][0]
    contributions = 1.0 + town.rules.parameters["work.employer_contribution_rate"]
    # Staff who come along for one contract do not make the posts of the next look cheaper.
    assert posts * town.structure.sector_pay[13] * contributions * dear == pytest.approx(money, rel=1e-9)
    assert anchors["policy_costs"][0] == pytest.approx(1000_00 * posts, abs=2.0)
    gained = int(anchors["workers"][0] + anchors["commuters"][0] - before["workers"][0] - before["commuters"][0])
    assert 0 < gained <= posts + mine.sum()
    assert staff - int(firms["workers"][holder] + firms["commuters"][holder]) == gained
    moved = town.residents["employer"] != employer
    assert moved.sum() == anchors["workers"][0] - before["workers"][0] > 0
    assert all(town.residents["wage"][row] == wages[int(town.residents.slots[row])] for row in np.flatnonzero(moved))
    # The other anchors and the other sectors are as they were.
    assert (anchors["in_house"][1:] == 0).all()
    assert not contracts["materials"][~mine].any()


def test_two_sectors_taken_in_house_have_each_its_own_cost(laboratory: Laboratory) -> None:
    how = {"anchors": ("council",), "share": 1.0}
    both = (
        use("insourcing", sector="administrative", transition_cost_per_post=1000.0, **how),
        use("insourcing", sector="education", transition_cost_per_post=0.0, **how),
    )
    costs = []
    for uses in (both[:1], both, both[::-1]):
        town = laboratory.opening(1, change=ending_here)
        town = town.with_scenario(laboratory.with_uses(town, uses))
        bring_in_now(town)
        costs.append(int(town.anchors["policy_costs"][0]))
    assert costs[0] == costs[1] == costs[2] > 0


def bring_in_now(town: Economy) -> None:
    """Only the taking in-house of the first month."""
    town.month = 1
    town.rules = town.policies.rules(town)
    bring_in(town)


def ending_soon(town: Economy) -> None:
    """Every contract ends in the first eight months."""
    town.contracts["end"][:] = 2 + town.contracts.slots % 7


def test_insourcing_turns_contract_spend_into_payroll_and_jobs_without_loss_of_service(laboratory: Laboratory) -> None:
    pair = laboratory.compare(
        use("insourcing", start=3, share=1.0, transition_cost_per_post=0.0), months=MONTHS, seeds=SEEDS, change=ending_soon
    )
    pair.identical("contract_spend", 1, 2)
    pair.falls("contract_spend", 9)
    pair.rises("anchor_payroll", 9)
    pair.rises("jobs", 9)
    pair.falls("leakage/contracts", 9)
    # Wages are paid at once and suppliers later: paying both for a month is made up for out of contracts.
    pair.within("service_bought", 0.08 * pair.reference.mean("service_bought", 9), 9)
    pair.within("contract_price", 0.02, 9)
    for town in pair.other.towns:
        assert town.contracts["base_value"].sum() == town.anchors["contract_budget"].sum()
