"""A founded firm owns what was paid in, no more: its plant stands against a loan of the same size."""

from __future__ import annotations

import numpy as np

from sim.core.registry import POLICIES, SHOCKS
from sim.measures.equity import capital_value, firm_equity
from sim.runs.opening.opened import opened
from sim.settings.load import load_scenario


def test_equity_at_founding_is_the_seed_capital() -> None:
    economy = opened(load_scenario("anytown/full-package", POLICIES, SHOCKS), seed=5)
    while not economy.firms["founded_by_policy"].any():
        economy.step()
    firms = economy.firms
    row = int(np.flatnonzero(firms["founded_by_policy"])[0])
    paid_in = int(firms["reserve"][row])
    assert paid_in > 0
    assert capital_value(economy)[row] > paid_in
    assert abs(int(firms["loan"][row]) - int(capital_value(economy)[row])) <= 1
    assert abs(int(firm_equity(economy)[row]) - paid_in) <= 1


def test_a_founded_firm_pays_back_its_loan() -> None:
    economy = opened(load_scenario("anytown/full-package", POLICIES, SHOCKS), seed=5)
    loans = []
    for _ in range(30):
        economy.step()
        mine = economy.firms["founded_by_policy"]
        if mine.any():
            loans.append(int(economy.firms["loan"][mine][0]))
    assert len(loans) > 3
    assert loans[3] < loans[0]
