"""Levers on how contracts are let, paid and prepared for: each moves what it must at its cost, and not what it must not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support.laboratory import Laboratory, use

import sim
from sim.core.channels import ANCHORS as ANCHOR_SECTOR
from sim.errors import InputError
from sim.kinds.firms import Branch
from sim.measures.balance_sheet import balance_sheet

#: Three years; effects are read in the last year.
MONTHS, LAST_YEAR = 36, 25
ANCHORS = ("council", "hospital-trust", "college", "housing-association")


#: Little cash and no overdraft, so that waiting for money hurts.
SHORT_OF_CASH = {"firms.cash_buffer": 0.25, "finance.overdraft_months": 0.0, "behaviour.burn_in_months": 12.0}


def _holders_short_of_cash(laboratory: Laboratory, seed: int, days: float) -> np.ndarray:
    """Holders of opening contracts in eight months: how many could not pay wages in full, and their cash in pounds."""
    town = laboratory.opening(seed, SHORT_OF_CASH)
    town = town.with_scenario(laboratory.with_uses(town, (use("prompt_payment", days=days),)))
    held = np.unique(town.contracts["supplier"])
    found = np.zeros(2)
    for _ in range(8):
        town.advance()
        row = town.firm_row[held]
        row = row[row >= 0]
        found += (town.firms["paid_share"][row] < 0.999).sum(), town.ledger.balance[town.firms["account"][row]].sum() / 100
    return found


def test_late_payment_leaves_contract_holders_without_money_for_wages(laboratory: Laboratory) -> None:
    late, soon = (np.array([_holders_short_of_cash(laboratory, seed, days) for seed in (1, 2, 3)]) for days in (120.0, 10.0))
    assert late[:, 0].sum() > soon[:, 0].sum()
    assert (late[:, 1] < soon[:, 1]).all()


def test_what_anchors_owe_is_what_was_invoiced_and_not_paid(laboratory: Laboratory) -> None:
    town = laboratory.opening(1)
    uses = (use("prompt_payment", days=75.0, start=1, end=9), use("prompt_payment", days=0.0, start=10, small_firms_only=True))
    town = town.with_scenario(laboratory.with_uses(town, uses))
    for month in range(1, 25):
        before, value = int(town.contracts["owing"].sum()), int(town.contracts["value"].sum())
        town.advance()
        paid = sum(int(book.pence.sum()) for book in town.ledger.journal if book.channel == "contracts")
        assert int(town.contracts["owing"].sum()) == before + town.notes.invoiced - paid
        assert (town.contracts["owing"] >= 0).all()
        sheet = balance_sheet(town)
        credit = sheet.pence[sheet.instruments.index("trade credit")]
        assert credit.sum() == 0 and credit[ANCHOR_SECTOR] == -int(town.contracts["owing"].sum())
        if month == 2:
            assert int(town.contracts["owing"].sum()) > 1.7 * value
    small = town.firm_row[town.contracts["supplier"]] >= 0
    branch = np.append(town.firms["kind"] == Branch.code, False)[town.firm_row[town.contracts["supplier"]]]
    owed = town.contracts["owing"] / np.maximum(town.contracts["value"], 1)
    assert owed[small & ~branch].mean() < 0.2 < owed[~small].mean()


def test_terms_of_payment_concern_only_the_anchors_named_and_cost_them_reserves_once(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("prompt_payment", days=0.0, anchors=("council",)), months=12, seeds=(1, 2))
    for reference, other in zip(pair.reference.towns, pair.other.towns, strict=True):
        for anchor in range(4):
            mine = other.contracts["anchor"] == anchor
            owed = other.contracts["owing"][mine].sum() / other.contracts["value"][mine].sum()
            assert owed < 0.01 if anchor == 0 else owed > 0.6
        assert other.ledger.balance[other.anchors["account"]][0] < reference.ledger.balance[reference.anchors["account"]][0]
    paid = pair.difference("contract_spend", 1, 3).mean
    assert paid > 0.0 > pair.difference("service_bought", 2, 12).mean - 0.05 * paid


@pytest.mark.long
def test_shorter_contracts_bring_more_to_tender_at_their_cost(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("contract_length", years=1.0, cost_per_letting=1000.0), months=MONTHS, seeds=(1, 2, 3, 4))
    assert pair.rises("contracts_let", LAST_YEAR) > 0.02
    pair.rises("policy_costs", LAST_YEAR)
    pair.identical("contracts_let", 1, 1)
    for town in pair.other.towns:
        fresh = (town.contracts["start"] > 0) & town.contracts["influenceable"]
        assert (town.contracts["end"] - town.contracts["start"] + 1)[fresh].max() == 12
    longer = laboratory.compare(use("contract_length", years=15.0, cost_per_letting=1000.0), months=MONTHS, seeds=(1, 2))
    assert longer.difference("contracts_let", LAST_YEAR).mean < 0.0
    longer.identical("policy_costs", 1)


@pytest.mark.long
def test_reserved_competitions_concern_small_contracts_of_councils_alone(laboratory: Laboratory) -> None:
    lever = use("reserved_competitions", threshold=2_000_000.0, maximum_premium=0.5)
    pair = laboratory.compare(lever, months=MONTHS)
    pair.rises("retention_place/council", LAST_YEAR)
    for anchor in ANCHORS[1:]:
        assert abs(pair.difference(f"retention_place/{anchor}", LAST_YEAR).mean) < 0.05
    assert all("the law has allowed it only since 2026-02" in " ".join(warnings) for warnings in pair.other.warnings)
    tiny = laboratory.compare(use("reserved_competitions", threshold=100.0), months=12, seeds=(1,))
    tiny.identical("retention_place/all", 1)


def test_only_councils_may_reserve(tmp_path: Path) -> None:
    file = tmp_path / "reserved.yaml"
    text = "title: x\nbased_on: anytown/business-as-usual\npolicies:\n  - use: reserved_competitions\n    anchors: [hospital-trust]\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="only for anchors of the kind council, and hospital-trust is none"):
        sim.load(str(file))


def test_a_grant_buys_plant_and_advice_is_paid_for(laboratory: Laboratory) -> None:
    lever = use("supplier_development", firms_a_year=24.0, grant_per_firm=10000.0, advice_cost_per_firm=500.0, support_months=6)
    plain, town = laboratory.opening(1), laboratory.opening(1)
    town = town.with_scenario(laboratory.with_uses(town, (lever,)))
    before = town.firms["capacity"].copy()
    plain.advance()
    town.rules = town.policies.rules(town)
    town.advance()
    given = [book for book in town.ledger.journal if book.channel == "business support"]
    pence = np.concatenate([book.pence for book in given])
    assert pence.tolist() == [1000000, 1000000]
    supported = town.firms["supported_until"] >= 1
    assert supported.sum() == 2
    slots = town.firms.slots[supported]
    ours = dict(zip(town.firms.slots.tolist(), town.firms["capacity"].tolist(), strict=True))
    theirs = dict(zip(plain.firms.slots.tolist(), plain.firms["capacity"].tolist(), strict=True))
    bought = 1000000 / (12.0 * town.rules.parameters["firms.capital_to_output"])
    for slot in slots.tolist():
        assert 0.5 * bought < ours[slot] - theirs[slot] < 1.01 * bought
    assert before.min() > 0.0
    costs = sum(int(book.pence.sum()) for book in town.ledger.journal if book.channel == "policy costs")
    assert costs == 2 * 50000


def test_more_supported_firms_pass_the_turnover_test_where_they_hear_of_work(laboratory: Laboratory) -> None:
    outreach = use("outreach", reach=1.0, monthly_cost=0.0)
    lever = use(
        "supplier_development", firms_a_year=120.0, grant_per_firm=20000.0, advice_cost_per_firm=0.0, turnover_help=1.0, support_months=36
    )
    pair = laboratory.compare(lever, against=(outreach,), months=MONTHS, seeds=(1, 2, 3, 4))
    pair.rises("bids", LAST_YEAR)


def test_support_alone_brings_no_outside_bidder_and_ends_with_the_lever(laboratory: Laboratory) -> None:
    lever = use("supplier_development", end=6, firms_a_year=24.0, grant_per_firm=1000.0, advice_cost_per_firm=100.0, turnover_help=1.0)
    arm = laboratory.run(lever, months=12, seeds=(1,))
    assert arm.measures["policy_costs"][0, :6].sum() == pytest.approx(12 * (100.0 + 1000.0)), "advice and grants"
    assert not arm.measures["policy_costs"][0, 6:].any()
