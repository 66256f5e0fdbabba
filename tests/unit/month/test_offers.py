"""Pay offered with a new job, by hand and in a small town."""

from __future__ import annotations

import pytest
from support.laboratory import Laboratory
from support.places import shipped

from sim.month.labour.offers import LEAST_UNEMPLOYMENT, offered_pay


def test_pay_rises_with_scarcity_and_falls_with_slack() -> None:
    assert offered_pay(0.05, 0.05, 0.1) == 1.0
    assert offered_pay(0.025, 0.05, 0.1) == pytest.approx(2.0**0.1)
    assert offered_pay(0.1, 0.05, 0.1) == pytest.approx(0.5**0.1)


def test_without_a_response_and_without_unemployment() -> None:
    assert offered_pay(0.01, 0.08, 0.0) == 1.0
    assert offered_pay(0.0, 0.08, 0.1) == offered_pay(LEAST_UNEMPLOYMENT, 0.08, 0.1)


def test_new_jobs_pay_more_once_a_town_has_next_to_no_unemployment() -> None:
    laboratory = Laboratory(shipped("anytown/business-as-usual"))
    towns = [laboratory.opening(1, {"work.wage_response": response, "behaviour.burn_in_months": 1.0}) for response in (0.0, 0.3)]
    for town in towns:
        # Nearly all who look for work stop looking.
        seeking = town.residents["status"] == 1
        seeking[seeking.nonzero()[0][::20]] = False
        town.residents["status"][seeking] = 2
        town.advance()
    assert towns[1].residents["wage"].sum() > towns[0].residents["wage"].sum()
