"""Land levers: leases, transfers, homes and empty units; what each must move, what it must not, and its bookings to the penny."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from support.laboratory import Laboratory, use

from sim.core.channels import ANCHORS, CHANNEL_NAMES, LOCAL_FIRMS
from sim.economy import Economy
from sim.kinds.firms import Cooperative, LocalSME
from sim.month.premises import REAL_ESTATE
from sim.settings.scenario import PolicyUse

COUNCIL = 0
LEASES: dict[str, Any] = {"anchor": "council", "units": 30, "discount": 0.25, "upkeep": 50.0}


def town_with(laboratory: Laboratory, seed: int, *uses: PolicyUse) -> Economy:
    """A town at its opening under these levers."""
    opening = laboratory.opening(seed)
    return opening.with_scenario(laboratory.with_uses(opening, uses))


def after(town: Economy, months: int) -> Economy:
    """The town some months on, unmeasured."""
    for _ in range(months):
        town.advance()
    return town


def flow(town: Economy, channel: str) -> NDArray[np.int64]:
    """What each institutional sector received less what it paid through a channel this month, pence."""
    found: NDArray[np.int64] = town.ledger.flows[CHANNEL_NAMES.index(channel)]
    return found


def paid_by_firms(town: Economy, channel: str) -> NDArray[np.int64]:
    """What each account paid through a channel this month, pence (accounts,)."""
    paid = np.zeros(len(town.ledger), np.int64)
    for booking in town.ledger.journal:
        if booking.channel == channel:
            np.add.at(paid, np.broadcast_to(booking.payer, booking.pence.shape), booking.pence)
    return paid


def test_a_tenant_pays_the_anchor_part_of_what_it_paid_its_old_landlords(laboratory: Laboratory) -> None:
    plain, letting = (after(town_with(laboratory, 1, *uses), 1) for uses in ((), (use("below_market_leases", **LEASES),)))
    units = letting.premises
    tenants = units["tenant"].copy()
    assert len(units) == 30
    assert len(set(tenants.tolist())) == 30
    assert (units["rent"] == 0).all(), "the first rent falls due in the month after letting"
    plain.advance()
    letting.advance()
    rent, market = paid_by_firms(letting, "leases")[tenants], units["rent"] + units["forgone"]
    assert (rent == np.floor(market * 0.75)).all()
    saved = paid_by_firms(plain, "inputs") - paid_by_firms(letting, "inputs")[: len(plain.ledger)]
    assert (saved[tenants] == market).all(), "nothing else is bought otherwise"
    assert saved.sum() == market.sum()
    assert flow(letting, "leases")[ANCHORS] == rent.sum()
    owners = letting.firms["kind"][letting.firm_row[tenants]]
    assert set(owners.tolist()) <= {LocalSME.code, Cooperative.code}


def test_leases_move_the_old_landlords_sales_and_cost_the_anchor_upkeep(laboratory: Laboratory) -> None:
    opening = laboratory.opening(2)
    assert opening.structure.premises[0] > opening.structure.local[REAL_ESTATE, 0]
    pair = laboratory.compare(use("below_market_leases", **LEASES), months=12, seeds=(1, 2, 3, 4))
    pair.rises("rent_forgone", 2)
    assert (pair.other.measures["policy_costs"] == 30 * 50.0).all()
    sales = [
        town.firms["usual_sales"][(town.firms["sector"] == REAL_ESTATE)].sum() for arm in (pair.reference, pair.other) for town in arm.towns
    ]
    assert all(lower < usual for usual, lower in zip(sales[:4], sales[4:], strict=True))
    pair.identical("births", 1, 3)
    pair.identical("rent_arrears", 1, 1)
    pair.within("jobs", 2.0, 1, 12)


def test_units_are_let_again_when_a_tenant_ends_and_go_when_the_policy_does(laboratory: Laboratory) -> None:
    town = town_with(laboratory, 3, use("below_market_leases", end=30, **{**LEASES, "units": 150}))
    seen: set[int] = set()
    for _ in range(30):
        town.advance()
        seen |= set(town.premises["tenant"].tolist())
    assert len(seen) > 150, "no tenant ended in thirty months"
    assert len(town.premises) == 150
    town.advance()
    assert len(town.premises) == 0
    town.advance()
    assert not flow(town, "leases").any()


def test_cooperatives_come_first_where_the_policy_says_so(laboratory: Laboratory) -> None:
    def some_cooperatives(town: Economy) -> None:
        small = (town.firms["kind"] == LocalSME.code) & (town.firms["workers"] >= 2) & (town.firms["workers"] < 20)
        rows = np.flatnonzero(small)[:20]
        town.firms["kind"][rows] = Cooperative.code
        town.firms["owner"][rows] = -1

    for first, expected in ((True, 20), (False, None)):
        opening = laboratory.opening(4, change=some_cooperatives)
        lever = use("below_market_leases", cooperatives_first=first, **{**LEASES, "units": 20})
        town = opening.with_scenario(laboratory.with_uses(opening, (lever,)))
        town.advance()
        kinds = [town.firms["kind"][town.firm_row[account]] for account in town.premises["tenant"].tolist()]
        cooperatives = kinds.count(Cooperative.code)
        assert cooperatives == expected if expected else cooperatives < 20
    assert town.ledger.sector[town.premises["tenant"]].tolist().count(LOCAL_FIRMS) > 0
