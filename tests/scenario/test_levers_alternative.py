"""The alternative: austerity, a rates cut, inward investment, outsourcing and sale, against the paired interval and to the penny."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.laboratory import SIX, Laboratory, use

from sim.core.channels import ANCHORS, BRANCHES, CHANNEL_NAMES, COOPERATIVES, GOVERNMENT, RESIDENTS, WORLD
from sim.economy import Economy
from sim.kinds.firms import Branch, Cooperative
from sim.month.contracts.anchor_means import wage_bill
from sim.month.firms.owners import pay_owners
from sim.month.firms.sale import sale_price

SEEDS = (1, 2, 3, 4)
MONTHS = 18


def flow(town: Economy, channel: str, institution: int) -> int:
    """What a sector received, less what it paid, through a channel this month."""
    return int(town.ledger.flows[CHANNEL_NAMES.index(channel), institution])


def stepped(laboratory: Laboratory, *uses: Any, months: int = 1, **how: Any) -> tuple[Economy, Economy]:
    """The town without and with the uses after some months."""
    opening = laboratory.opening(1, **how)
    arms = tuple(opening.with_scenario(laboratory.with_uses(opening, chosen)) for chosen in ((), uses))
    for town in arms:
        for _ in range(months):
            town.advance()
    return arms


def test_austerity_takes_grants_benefits_and_council_tax_to_the_penny(laboratory: Laboratory) -> None:
    plain, cut = stepped(laboratory, use("austerity", share=0.25, benefits=0.1, council_tax_rise=0.2))
    assert -flow(cut, "grants", GOVERNMENT) == int(np.floor(cut.anchors["grant"] * 0.75).sum())
    usual = -flow(plain, "benefits", GOVERNMENT)
    people = len(plain.residents)
    assert 0.9 * usual - people < -flow(cut, "benefits", GOVERNMENT) <= 0.9 * usual
    assert flow(cut, "council tax", ANCHORS) > 1.1 * flow(plain, "council tax", ANCHORS)
    assert flow(cut, "pensions", GOVERNMENT) == flow(plain, "pensions", GOVERNMENT)


def test_austerity_costs_jobs_and_income_and_spares_the_government(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("austerity", start=3, share=0.2, benefits=0.1), months=MONTHS, seeds=SEEDS)
    pair.identical("jobs", 1, 2)
    pair.falls("jobs", 9)
    pair.falls("poorest_fifth_income", 9)
    pair.rises("government_balance", 9)
    pair.falls("anchor_payroll", 9)
    # It moves no contract from one supplier to another by rule.
    pair.within("retention_place/all", 0.05, 9)


def test_a_rates_cut_is_borne_by_council_and_government_in_their_shares(laboratory: Laboratory) -> None:
    plain, cut = stepped(laboratory, use("business_rates_cut", anchor="council", share=0.5, borne_by_council=0.25))
    usual, paid = flow(plain, "business taxes", GOVERNMENT), flow(cut, "business taxes", GOVERNMENT)
    part = 0.5 * cut.rules.parameters["finance.rates_in_business_taxes"]
    # A firm short of cash pays a little more of its lower bill.
    assert 0.0 <= paid - (1.0 - part) * usual + len(cut.firms) < 1e-3 * usual
    borne = flow(cut, "rates forgone", GOVERNMENT)
    assert borne == -flow(cut, "rates forgone", ANCHORS)
    assert abs(borne - 0.25 * part * usual) < 1e-3 * borne
    assert plain.anchors["received"][0] - cut.anchors["received"][0] > 0.99 * borne


def test_a_rates_cut_goes_to_owners_and_the_council_has_less(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("business_rates_cut", start=3, anchor="council", share=0.5), months=MONTHS, seeds=SEEDS)
    pair.identical("mean_income", 1, 2)
    pair.falls("leakage/business taxes", 9)
    pair.rises("income_palma", 9)
    pair.rises("leakage/rates forgone", 9)
    # Prices follow the use of capacity and contracts go by bids: neither moves with the tax.
    pair.within("contract_price", 0.02, 9)
    pair.within("unemployment", 0.01, 9)


def cooperatives(town: Economy) -> None:
    """Every local firm of eight jobs or more belongs to its members, with a thousand pounds in reserve."""
    firms, jobs = town.firms, town.firms["workers"] + town.firms["commuters"]
    rows = np.flatnonzero((firms["owner"] >= 0) & (jobs >= 8) & (firms["workers"] >= 2))
    firms["kind"][rows], firms["owner"][rows], firms["reserve"][rows] = Cooperative.code, -1, 1000_00
    town.ledger.reclassify(firms["account"][rows], COOPERATIVES)


def test_the_price_of_a_firm_is_no_income_of_its_members_and_a_payout_is(laboratory: Laboratory) -> None:
    town = laboratory.opening(1, change=cooperatives)
    town.ledger.begin_month(0)
    rows = np.flatnonzero((town.firms["kind"] == Cooperative.code) & (town.firms["workers"] > 0))
    before = town.residents["other_income"].copy()
    price = pay_owners(town, rows, np.full(len(rows), 100_00), "firm sales")
    assert price.sum() == flow(town, "firm sales", RESIDENTS) > 0
    np.testing.assert_array_equal(town.residents["other_income"], before)
    paid = pay_owners(town, rows, np.full(len(rows), 100_00), "payouts")
    assert (town.residents["other_income"] - before).sum() == paid.sum() > 0


@pytest.mark.parametrize("asset_lock", [True, False])
def test_members_share_the_price_and_the_council_gets_the_reserve(laboratory: Laboratory, asset_lock: bool) -> None:
    sale = use("demutualisation", share=1.0, asset_lock=asset_lock, privatise_community=False)
    opening = laboratory.opening(1, {"firms.cooperative_reserve": 0.0}, cooperatives)
    town = opening.with_scenario(laboratory.with_uses(opening, (sale,)))
    before = set(town.firms["account"][town.firms["kind"] == Cooperative.code].tolist())
    # At a sale of all co-operatives a year one in twelve goes each month: run until some have.
    while not flow(town, "firm sales", WORLD) or not flow(town, "firm sales", RESIDENTS):
        town.advance()
        assert town.month < 12
    gone = town.firms["account"][(town.firms["kind"] == Branch.code) & np.isin(town.firms["account"], list(before))]
    assert gone.size
    rows = town.firm_row[gone]
    assert not town.firms["reserve"][rows].any()
    price = -flow(town, "firm sales", WORLD)
    to_council = flow(town, "firm sales", ANCHORS)
    assert to_council == (1000_00 * len(rows) if asset_lock else 0)
    members = town.firms["workers"][rows].sum()
    shared = price + (0 if asset_lock else 1000_00 * len(rows))
    assert shared - members <= flow(town, "firm sales", RESIDENTS) <= shared
    assert price >= sale_price(town, rows).sum() > 0


def test_sale_moves_ownership_outside_and_no_contract(laboratory: Laboratory) -> None:
    sale = use("demutualisation", share=1.0)
    pair = laboratory.compare(sale, months=MONTHS, seeds=SEEDS, change=cooperatives)
    pair.falls("equity_share/workers", 12)
    pair.rises("equity_share/outside owners", 12)
    pair.falls("cooperatives", 12)
    pair.within("contract_price", 0.02, 9)
    pair.within("retention_place/all", 0.05, 9)


PLANT = {"anchor": "hospital-trust", "sector": "other-manufacturing", "jobs": 20.0, "subsidy_per_job": 5000.0, "share_exported": 1.0}


def test_a_branch_gets_its_subsidy_and_repays_part_when_it_leaves_early(laboratory: Laboratory) -> None:
    offer = use("inward_investment", stays_months=6, clawback=0.5, clawback_months=60, **PLANT)
    opening = laboratory.opening(1)
    town = opening.with_scenario(laboratory.with_uses(opening, (offer,)))
    town.advance()
    assert flow(town, "business support", BRANCHES) == -flow(town, "business support", ANCHORS) == 100_000_00
    account = int(town.firms["account"][town.firms["founded_by_policy"]][0])
    assert town.firms["outside_orders"][town.firm_row[account]] == pytest.approx(20.0 / town.structure.jobs_per_output[3])
    for _ in range(5):
        town.advance()
        assert flow(town, "business support", ANCHORS) == 0
    assert town.firms["workers"][town.firm_row[account]] + town.firms["commuters"][town.firm_row[account]] >= 15
    town.advance()
    assert flow(town, "business support", ANCHORS) == 50_000_00
    assert town.firm_row[account] == -1
    assert not town.supported
    assert not town.firms["outside_orders"].any()


def test_a_branch_brings_jobs_and_sends_its_surplus_away_until_it_leaves(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("inward_investment", start=3, stays_months=9, **PLANT), months=MONTHS, seeds=SEEDS)
    pair.identical("jobs", 1, 3)
    gained = pair.rises("jobs", 5, 11)
    pair.rises("output", 5, 11)
    pair.falls("anchor_reserves", 3, 11)
    pair.rises("equity_share/outside owners", 3, 11)
    assert pair.difference("jobs", 14).mean < 0.5 * gained
    pair.within("contract_price", 0.02, 3)
    pair.within("retention_place/all", 0.05, 3)


def test_posts_put_out_become_contracts_of_what_they_cost_less_the_saving(laboratory: Laboratory) -> None:
    out = use("outsourcing", anchors=("council",), share=0.25, sector="administrative", saving=0.1, cost_per_post=100.0)
    opening = laboratory.opening(1)
    town = opening.with_scenario(laboratory.with_uses(opening, (out,)))
    bill = float(wage_bill(town)[0])
    town.advance()
    anchors = town.anchors
    posts = 0.25 * opening.anchors["jobs"][0]
    assert anchors["jobs"][0] == opening.anchors["jobs"][0] - posts
    assert anchors["put_out"][0, 13] == posts
    worth = int(anchors["contract_budget"][0] - opening.anchors["contract_budget"][0])
    assert worth == pytest.approx(0.9 * 0.25 * bill, abs=2.0)
    new = ~np.isin(town.contracts.slots, opening.contracts.slots)
    assert town.contracts["base_value"][new].sum() == worth == -anchors["in_house"][0]
    assert (town.contracts["category"][new] == 13).all()
    assert (town.contracts["end"][new] >= 1).all()
    assert flow(town, "policy costs", WORLD) >= int(100_00 * posts)
    # A second month puts out no more.
    town.advance()
    assert anchors["put_out"][0].sum() == posts


def test_outsourcing_costs_jobs_here_and_is_no_saving_of_itself(laboratory: Laboratory) -> None:
    out = use("outsourcing", start=3, anchors=("council", "hospital-trust"), share=0.2, cost_per_post=0.0)
    pair = laboratory.compare(out, months=MONTHS, seeds=SIX)
    pair.identical("jobs", 1, 2)
    pair.falls("anchor_payroll", 4)
    pair.rises("contract_spend", 4)
    pair.rises("leakage/contracts", 4)
    pair.falls("jobs", 4)
    pair.falls("mean_income", 4)
    pair.within("service_bought", 0.04 * pair.reference.mean("service_bought", 4), 4)
    pair.within("contract_price", 0.02, 4)
