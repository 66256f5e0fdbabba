"""What banks may lend, anchors pay and targets lack: by hand in a small town."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.small_town import held, hold, small_town, with_fund

from sim.economy import Economy
from sim.kinds.funds import CommunityBank
from sim.kinds.rules_land import AssetTransfer
from sim.month.finance import community_bank
from sim.month.finance.reserves import to_place
from sim.month.procurement import _local_first
from sim.month.property.land_trust import transfer_buildings
from sim.month.trade import demand_shocks


@pytest.fixture
def town() -> Economy:
    """A town in its third month."""
    return small_town(month=3)


@pytest.mark.parametrize(("cash", "capital_ratio", "pool"), [(1500, 0.5, 1000), (1500, 0.0, 1300), (1500, 0.8, 0), (150, 0.1, 0)])
def test_a_bank_lends_above_its_liquidity_and_no_more_than_its_capital_carries(
    town: Economy, cash: int, capital_ratio: float, pool: int
) -> None:
    row, _ = with_fund(town, CommunityBank, cash)
    town.firms["bank_debt"][0], town.residents["bank_deposits"][0] = 2000, 2000
    terms: Any = SimpleNamespace(reserve_ratio=0.1, capital_ratio=capital_ratio)
    # Equity is the cash; at a ratio of a half it carries loans of 3,000, of which 2,000 are out.
    assert community_bank._pool(town, row, terms) == pool


def test_what_lies_below_nought_is_no_reserve() -> None:
    assert [to_place(-5, 100, 1.0), to_place(0, 100, 1.0), to_place(1, 100, 1.0)] == [0, 0, 1]


def test_a_target_lacks_what_running_contracts_do_not_hold_here(town: Economy) -> None:
    contracts = town.contracts
    contracts["anchor"][:] = 1
    contracts["value"][:] = 0
    contracts["anchor"][:4], contracts["value"][:4] = 0, 100
    contracts["supplier"][:4] = (town.firms["account"][0], 1, town.firms["account"][2], 1)
    rows, anchor, value, order = np.array([2, 3]), np.array([0, 0]), np.array([100, 100]), np.array([0.9, 0.1])
    town.rules.local_target = np.full(len(town.anchors), np.nan)
    for target, first in ((np.nan, []), (0.25, []), (0.26, [3]), (0.5, [3]), (0.51, [2, 3])):
        town.rules.local_target[0] = target
        # Of 400 the first 100 are here and run on; the third falls due and counts for nothing.
        assert rows[_local_first(town, rows, anchor, value, order)].tolist() == first


def test_anchors_pay_dearer_energy_out_of_what_wages_leave(town: Economy) -> None:
    anchors, contracts, ledger = town.anchors, town.contracts, town.ledger
    contracts["category"][contracts["category"] == demand_shocks.ENERGY] = demand_shocks.ENERGY + 1
    contracts["anchor"][:2], contracts["category"][:2], contracts["value"][:2] = (0, 1), demand_shocks.ENERGY, 1000
    town.rules.events.energy_price = 1.5
    anchors["payroll"][:], anchors["paid_share"][:] = 301, 0.5
    for place, left in ((0, 700), (1, 499)):
        account = int(anchors["account"][place])
        hold(town, account, 602 + left - int(ledger.credit[account]))
    before = held(town, anchors["account"])
    demand_shocks.pay_anchors_energy(town)
    assert (np.array(before) - held(town, anchors["account"]))[:3].tolist() == [500, 499, 0]


def test_as_many_buildings_change_hands_as_the_anchor_can_repair(town: Economy) -> None:
    anchor = int(town.anchors["account"][1])
    hold(town, anchor, 250 - int(town.ledger.credit[anchor]))
    said: list[str] = []
    town.warn = said.append  # type: ignore[method-assign]
    before = held(town, [anchor])[0]
    transfer_buildings(town, AssetTransfer(anchor=1, buildings=3, units=2, value=90, grant=100, upkeep=10, rent_share=0.5))
    assert said == ["month 3: 1 buildings were not transferred: the anchor could not pay for their repair"]
    assert held(town, [anchor]) == [before - 200] and len(town.premises) == 4
    assert town.premises["value"].tolist() == [45] * 4 and town.premises["upkeep"].tolist() == [5] * 4
    assert town.funds["capital"].tolist() == [200]
