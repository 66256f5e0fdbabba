"""Pay ratios and entry stakes, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.kinds.firms import Cooperative
from sim.kinds.forms import WORKER
from sim.kinds.residents import EMPLOYED
from sim.month import work
from sim.month.firms.stakes import instalment, put_in, settle_stakes, wind_up_stakes
from sim.month.labour.pay_ratio import capped_pay
from sim.settings.load import load_scenario


def test_pay_is_capped_by_the_hour_within_each_firm() -> None:
    # Firm 0: 50 and 300 an hour, cap 2: 100 an hour for 20 hours. Firm 1 has one worker. Firm 2 is within the ratio.
    wage, hours = np.array([2000, 6000, 9999, 1000, 1999]), np.array([40.0, 20.0, 1.0, 10.0, 10.0])
    assert capped_pay(wage, hours, np.array([0, 0, 1, 2, 2]), 2.0).tolist() == [2000, 2000, 9999, 1000, 1999]
    assert capped_pay(wage[:0], hours[:0], np.zeros(0, np.int64), 2.0).tolist() == []
    assert capped_pay(wage, hours, np.array([0, 0, 1, 2, 2]), 1.0).tolist() == [2000, 1000, 9999, 1000, 1000]


def test_instalments_end_when_the_stake_is_paid() -> None:
    paid, months = np.array([0]), 0
    while paid[0] < 1000:
        paid = paid + instalment(np.array([1000]), paid, 3.0, np.array([10**6]))
        months += 1
    assert (paid[0], months) == (1000, 3)
    assert instalment(np.array([0]), np.array([50]), 3.0, np.array([10])).tolist() == [0]


@pytest.fixture
def town() -> Economy:
    """A town whose largest local firm is a worker co-operative with a stake of 600 pounds, paid over 3 months."""
    scenario = load_scenario("anytown/business-as-usual", POLICIES, SHOCKS)
    values = {"behaviour.burn_in_months": 6.0, "firms.cooperative_stake_months": 3.0}
    economy = Economy(replace(scenario, parameters=scenario.parameters.with_values(values)), seed=1)
    row = _row(economy)
    economy.firms["kind"][row], economy.firms["form"][row], economy.firms["entry_stake"][row] = Cooperative.code, WORKER, 600_00
    economy.ledger.begin_month(1)
    return economy


def _row(economy: Economy) -> int:
    return int(np.argmax(economy.firms["workers"]))


def _members(economy: Economy, row: int) -> np.ndarray:
    mine = (economy.residents["employer"] == economy.firms["account"][row]) & (economy.residents["status"] == EMPLOYED)
    return np.flatnonzero(mine)


def test_members_pay_in_and_get_it_back_when_they_leave(town: Economy) -> None:
    row = _row(town)
    account, members = int(town.firms["account"][row]), _members(town, row)
    before = int(town.ledger.balance[account])
    town.residents["gross"][members] = 10**6
    can = town.ledger.balance[town.residents["account"][members]] >= 600_00
    for _ in range(4):
        settle_stakes(town)
    assert (town.residents["stake"][members][can] == 600_00).all()
    paid_in = int(town.residents["stake"].sum())
    assert town.ledger.balance[account] == before + paid_in == before + town.firms["stakes"][row]
    leaver = members[can][0]
    town.residents["status"][leaver], town.residents["employer"][leaver] = 1, -1
    savings = int(town.ledger.balance[town.residents["account"][leaver]])
    settle_stakes(town)
    assert town.ledger.balance[town.residents["account"][leaver]] == savings + 600_00
    assert (town.residents["stake"][leaver], town.residents["stake_in"][leaver]) == (0, -1)
    assert town.firms["stakes"][row] == paid_in - 600_00
    town.ledger.check()


def test_a_stake_in_a_firm_that_ends_without_money_is_lost(town: Economy) -> None:
    row = _row(town)
    account, members = int(town.firms["account"][row]), _members(town, row)[:2]
    town.ledger.book("grants", 0, town.residents["account"][members], np.full(2, 1000))
    put_in(town, members, np.full(2, row), np.array([1000, 500]))
    town.ledger.book("business taxes", account, 0, np.array([max(int(town.ledger.balance[account]) - 751, 0)]))
    wind_up_stakes(town, np.array([row]))
    # 750 of 1,500 is there: a half each.
    assert town.ledger.balance[account] == 1
    assert town.notes.stakes_lost == 750
    assert not town.residents["stake"].any() and not town.firms["stakes"].any()


def test_pay_within_a_ratio_of_one_is_the_same_by_the_hour(town: Economy) -> None:
    row = _row(town)
    town.rules.parameters = town.rules.parameters.with_values({"firms.cooperative_pay_ratio": 1.0})
    town.residents["variable_hours"][:] = False
    work.phase(town)
    members = _members(town, row)
    hourly = town.residents["gross"][members] / (town.residents["hours"][members] * town.firms["hours_factor"][row])
    assert hourly.max() - hourly.min() < 1.0
    elsewhere = (town.residents["status"] == EMPLOYED) & (town.residents["employer"] != town.firms["account"][row])
    assert (town.residents["gross"][elsewhere] / town.residents["hours"][elsewhere]).max() > 2 * hourly.max()
