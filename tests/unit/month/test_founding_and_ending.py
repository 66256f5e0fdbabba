"""Firms that policies found, that change hands and that end, and units that are let: by hand in a small town."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.small_town import held, hold, small_town

from sim.core.channels import BANK_ACCOUNT, COOPERATIVES, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.economy import Economy
from sim.kinds.firms import Branch, Cooperative, LocalSME
from sim.kinds.forms import FORMS, WORKER
from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.kinds.rules import Closure, Founding
from sim.month import turnover
from sim.month.firms import founding
from sim.month.property import premises

ANCHOR, SECTOR = 1, 4


@pytest.fixture
def town() -> Economy:
    """A town in its third month."""
    return small_town(month=3)


def founded(**changed: Any) -> Founding:
    """A co-operative of ten jobs with seed capital of 900 and no contract."""
    usual = {"kind": "cooperative", "sector": SECTOR, "jobs": 10.0, "seed_capital": 900, "anchor": ANCHOR, "contract_value": 0}
    return Founding(name="the one", contract_months=24, form="consumer", entry_stake=60, **usual | changed)


def test_a_founded_firm_has_a_slot_of_its_own_its_capital_and_plant_on_loan(town: Economy) -> None:
    anchor, firms, number = int(town.anchors["account"][ANCHOR]), town.firms, town.founded
    hold(town, anchor, 10_000)
    before = held(town, [anchor, BANK_ACCOUNT])
    founding._found(town, founded())
    founding._found(town, founded())
    one, two = len(firms) - 2, len(firms) - 1
    assert firms.slots[two] == firms.slots[one] + 1 and town.founded == number + 2
    assert firms["reserve"][[one, two]].tolist() == [900, 900] and held(town, firms["account"][[one, two]]) == [900, 900]
    assert firms["form"][one] == FORMS.index("consumer") and firms["founder"][one] == ANCHOR and firms["entry_stake"][one] == 60
    assert firms["born"][one] == 3 and firms["founded_by_policy"][one] and firms["living_wage"][one] == 1.0
    output = 10.0 / town.structure.jobs_per_output[SECTOR]
    assert firms["appeal"][one] == output and firms["usual_demand"][one] == founding.FIRST_DEMAND * output
    plant = round(firms["capacity"][one] * 12.0 * town.rules.parameters["firms.capital_to_output"])
    assert firms["loan"][one] == plant and held(town, [anchor, BANK_ACCOUNT]) == [before[0] - 1800, before[1] - 2 * plant]


def contracts_of(town: Economy, *values: int) -> np.ndarray:
    """The first contracts of the town are the anchor's only ones in the sector, held outside, worth this, and can move."""
    contracts = town.contracts
    contracts["category"][contracts["anchor"] == ANCHOR] = SECTOR + 1
    rows = np.arange(len(values))
    contracts["anchor"][rows], contracts["category"][rows], contracts["influenceable"][rows] = ANCHOR, SECTOR, True
    contracts["supplier"][rows] = WORLD_ACCOUNT
    contracts["value"][rows], contracts["base_value"][rows] = values, values
    contracts["owing"][:] = 0
    slots: np.ndarray = contracts.slots[rows].copy()
    return slots


@pytest.mark.parametrize(
    ("asked", "taken", "left"),
    [(250, 250, [None, 50, 70]), (100, 100, [None, 200, 70]), (101, 101, [None, 199, 70]), (371, 370, [None, None, None])],
)
def test_a_contract_is_taken_out_of_those_that_can_move(town: Economy, asked: int, taken: int, left: list[int | None]) -> None:
    slots = contracts_of(town, 100, 200, 70)
    account = int(town.firms["account"][0])
    said: list[str] = []
    town.warn = said.append  # type: ignore[method-assign]
    assert founding._give_contract(town, founded(contract_value=asked), account) == taken
    value = dict(zip(town.contracts.slots.tolist(), town.contracts["value"].tolist(), strict=True))
    assert [value.get(slot) for slot in slots.tolist()] == left, "what is empty is gone"
    row = len(town.contracts) - 1
    new = {name: town.contracts[name][row].item() for name in ("anchor", "category", "supplier", "base_value", "value", "start", "end")}
    assert new == {"anchor": ANCHOR, "category": SECTOR, "supplier": account, "base_value": taken, "value": taken, "start": 3, "end": 26}
    assert town.contracts["living_wage"][row] == 1.0
    assert said == (["month 3: the one got less work than asked: the anchor buys no more in its sector"] if asked == 371 else [])


def test_contracts_held_outside_give_way_first_and_none_means_none(town: Economy) -> None:
    slots = contracts_of(town, 100, 200)
    town.contracts["supplier"][0] = town.firms["account"][1]
    founding._give_contract(town, founded(contract_value=200), int(town.firms["account"][0]))
    assert town.contracts["value"][town.contracts.slots == slots[0]].tolist() == [100]
    assert slots[1] not in town.contracts.slots
    said: list[str] = []
    town.warn = said.append  # type: ignore[method-assign]
    town.contracts["influenceable"][:] = False
    number = len(town.contracts)
    assert founding._give_contract(town, founded(contract_value=200), int(town.firms["account"][0])) == 0
    assert said == ["month 3: the one got no contract: the anchor buys nothing in its sector"] and len(town.contracts) == number


def test_a_firm_that_ends_pays_its_debts_then_its_owner_and_lets_its_workers_go(town: Economy) -> None:
    firms, residents, contracts = town.firms, town.residents, town.contracts
    row = int(np.flatnonzero((firms["kind"] == LocalSME.code) & (firms["owner"] >= 0))[0])
    account, owner = int(firms["account"][row]), int(firms["owner"][row])
    worker = int(np.flatnonzero(residents["account"] != owner)[0])
    residents["status"][worker], residents["employer"][worker] = EMPLOYED, account
    contracts["owing"][:], contracts["supplier"][0], contracts["end"][0], contracts["listed"][0] = 0, account, 40, 0
    for name in ("bank_debt", "fund_debt", "stakes", "reserve"):
        firms[name][row] = 0
    firms["loan"][row], firms["born"][row] = 300, -9
    hold(town, account, 1000)
    town.notes.lifetimes, deaths, written_off = [], town.notes.deaths, town.notes.written_off
    before, slot = held(town, [owner, BANK_ACCOUNT]), firms.slots[row]
    turnover.end_firms(town, np.array([row]))
    assert held(town, [account, owner, BANK_ACCOUNT]) == [0, before[0] + 700, before[1] + 300]
    assert slot not in firms.slots and town.ledger.credit[account] == 0
    assert (residents["status"][worker], residents["employer"][worker]) == (UNEMPLOYED, -1)
    first = [contracts[name][0].item() for name in ("supplier", "end", "stands_in", "listed")]
    assert first == [REGION_ACCOUNT, 3, True, -1]
    assert (town.notes.deaths, town.notes.lifetimes, town.notes.written_off) == (deaths + 1, [12], written_off)


def test_what_a_firm_that_ends_cannot_repay_the_bank_loses(town: Economy) -> None:
    firms = town.firms
    row = int(np.flatnonzero((firms["kind"] == LocalSME.code) & (firms["owner"] >= 0))[0])
    account, owner = int(firms["account"][row]), int(firms["owner"][row])
    for name in ("bank_debt", "fund_debt", "stakes", "reserve"):
        firms[name][row] = 0
    town.contracts["owing"][:] = 0
    firms["loan"][row] = 300
    town.ledger.set_credit(np.array([account]), 10_000)
    hold(town, account, -50)
    before, written_off = held(town, [owner, BANK_ACCOUNT]), town.notes.written_off
    turnover.end_firms(town, np.array([row]))
    assert held(town, [account, owner, BANK_ACCOUNT]) == [0, before[0], before[1] - 50]
    assert town.notes.written_off == written_off + 350 and town.ledger.credit[account] == 0


@pytest.mark.parametrize(
    ("workers", "commuters", "distress", "taken"), [(2, 1, 2, True), (2, 0, 0, False), (1, 5, 0, False), (3, 0, 3, False)]
)
def test_employees_take_over_a_sound_firm_of_three_with_two_of_the_place(
    town: Economy, workers: int, commuters: int, distress: int, taken: bool
) -> None:
    firms, rules = town.firms, town.rules
    row = int(np.flatnonzero((firms["kind"] == LocalSME.code) & (firms["owner"] >= 0))[0])
    account, owner = int(firms["account"][row]), int(firms["owner"][row])
    firms["workers"][row], firms["commuters"][row], firms["distress"][row], firms["loan"][row] = workers, commuters, distress, 5
    firms["usual_sales"][row], firms["usual_costs"][row] = 1000.0, 0.0
    rules.buyout_share, rules.buyout_anchor, rules.buyout_cost_per_worker = 1.0, ANCHOR, 30
    costs, note = int(town.anchors["policy_costs"][ANCHOR]), town.notes.bought_out
    ending, sold = np.zeros(len(firms), bool), np.zeros(len(firms), bool)
    ending[row] = True
    before = held(town, [account, owner, BANK_ACCOUNT])
    turnover._hand_over(town, ending, sold)
    price = min(int(12_000 * town.rules.parameters["firms.sale_multiple"]), 6000) if taken else 0
    assert held(town, [account, owner, BANK_ACCOUNT]) == [before[0], before[1] + price, before[2] - price]
    assert ending[row] == (not taken) and not sold.any() and firms["loan"][row] == 5 + price
    assert town.anchors["policy_costs"][ANCHOR] == costs + (60 if taken else 0) and town.notes.bought_out == note + taken
    if taken:
        assert (firms["kind"][row], firms["form"][row], firms["owner"][row]) == (Cooperative.code, WORKER, -1)
        assert town.ledger.sector[account] == COOPERATIVES


def test_a_closure_without_a_branch_takes_none() -> None:
    rows = turnover.branches_to_close(np.array([3, 3]), np.array([LocalSME.code, Branch.code]), np.array([5, 0]), Closure(3, 9.0, "x"))
    assert rows.tolist() == [] and rows.dtype == np.int64, "rows of none are rows still"


def test_of_units_that_go_the_empty_go_first_and_the_rest_keep_their_tenants(town: Economy) -> None:
    owner = int(town.anchors["account"][ANCHOR])
    units = town.premises
    units.add(3, owner=owner, use=premises.MEANWHILE, tenant=np.array([77, -1, 78]))
    units.add(1, owner=owner + 1, use=premises.MEANWHILE, tenant=-1)
    offer: Any = SimpleNamespace(anchor=ANCHOR, use=premises.MEANWHILE, units=2, rent_share=0.25)
    premises._set_units(town, offer)
    assert units["tenant"].tolist() == [77, 78, -1] and units["rent_share"][:2].tolist() == [0.25, 0.25]
    offer.units = 1
    premises._set_units(town, offer)
    assert units["tenant"].tolist() == [77, -1], "of those let the newest goes"
    offer.units = 3
    premises._set_units(town, offer)
    assert units["tenant"].tolist() == [77, -1, -1, -1] and units["owner"].tolist() == [owner, owner + 1, owner, owner]
    premises._withdraw(town, {(owner + 1, premises.MEANWHILE)})
    assert units["owner"].tolist() == [owner + 1]


def test_units_of_firms_that_ended_and_of_tenants_whose_time_is_up_are_free(town: Economy) -> None:
    firm, units = int(town.firms["account"][0]), town.premises
    gone = int(town.anchors["account"][0])
    units.add(5, owner=9, use=1, tenant=np.array([firm, firm, gone, firm, -1]), until=np.array([-1, 3, 9, 4, -1]))
    premises._clear(town)
    assert units["tenant"].tolist() == [firm, -1, -1, firm, -1] and units["until"].tolist() == [-1, -1, -1, 4, -1]


def test_who_comes_first_for_a_unit(town: Economy) -> None:
    town.firms["kind"][:] = LocalSME.code
    town.firms["kind"][:2] = Cooperative.code, premises.CommunityFirm.code
    some: Any = SimpleNamespace(cooperatives_first=True)
    none: Any = SimpleNamespace(cooperatives_first=False)
    cases = (
        (premises.TRUST, none, [0, 1]),
        (premises.MEANWHILE, some, [0]),
        (premises.MEANWHILE, none, []),
        (premises.MEANWHILE, None, []),
    )
    for use, offer, first in cases:
        assert np.flatnonzero(premises._preferred(town, use, offer)).tolist() == first
