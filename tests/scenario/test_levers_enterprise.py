"""What the place brings in-house, founds and buys: insourcing, community firms, first refusal."""

from __future__ import annotations

import numpy as np
from support.laboratory import Laboratory, use

from sim.core.channels import ANCHORS, CHANNEL_NAMES, COMMUNITY_FIRMS, GOVERNMENT_ACCOUNT, WORLD
from sim.economy import Economy
from sim.kinds.firms import CommunityFirm

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
    founding = use("community_enterprise", anchor="hospital-trust", sector="information", jobs=6.0, capital=50000.0)
    opening = laboratory.opening(1)
    town = opening.with_scenario(laboratory.with_uses(opening, (founding,)))
    town.advance()
    account = int(town.firms["account"][town.firms["founded_by_policy"]][0])
    assert -flow(town, "seed capital", ANCHORS) == flow(town, "seed capital", COMMUNITY_FIRMS) == 50000_00
    assert town.firms["reserve"][town.firm_row[account]] == 50000_00
    assert len(town.contracts) == len(opening.contracts)
    customers = []
    for _ in range(12):
        town.advance()
        customers.append(int((town.residents["habits"] == account).sum()))
    assert customers[0] < customers[5] < customers[11]


def test_a_community_enterprise_takes_work_from_others_and_moves_no_contract(laboratory: Laboratory) -> None:
    founding = use("community_enterprise", start=3, anchor="hospital-trust", sector="information", jobs=6.0, capital=50000.0)
    pair = laboratory.compare(founding, months=MONTHS, seeds=SEEDS)
    pair.identical("output", 1, 3)
    pair.rises("equity_share/community and council", 3, 9)
    pair.falls("anchor_reserves", 3, 6)
    # What it sells others no longer sell: the place makes no more for it.
    assert abs(pair.difference("output", 9).mean) < 0.005 * pair.reference.mean("output", 9)
    pair.within("contract_price", 0.02, 3)
