"""Everyone does it: a policy that only moves trade gains nothing where all places adopt it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.laboratory import Arm, Pair
from support.levers import state_differences
from support.places import shipped

from sim.economy import Economy
from sim.runs.opening.opened import opened
from sim.runs.statistics.differences import paired_difference
from sim.settings.scenario import Scenario

SEEDS = (1, 2, 3, 4, 5, 6)
MONTHS = 72


def arm(openings: list[Economy], scenario: Scenario) -> Arm:
    """A scenario over all openings."""
    records = [town.with_scenario(scenario).run(MONTHS) for town in openings]
    names = ("jobs", "jobs_elsewhere", "jobs_in_all", "sales_here", "sales_in_all", "exports_lost")
    return Arm({name: np.array([record.measures[name] for record in records]) for name in names}, [], [])


@pytest.fixture(scope="module")
def openings() -> list[Economy]:
    """The invented town at its opening, once a seed."""
    usual = shipped("anytown/business-as-usual")
    return [opened(usual, seed=seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def pairs(openings: list[Economy]) -> dict[str, Pair]:
    """Buying locally, alone and where everyone does it, beside business as usual."""
    usual = arm(openings, shipped("anytown/business-as-usual"))
    return {name: Pair(usual, arm(openings, shipped(f"anytown/{name}"))) for name in ("buy-local", "buy-local-everywhere")}


@pytest.mark.long
def test_alone_the_gain_here_is_lost_elsewhere(pairs: dict[str, Pair]) -> None:
    alone = pairs["buy-local"]
    gain = alone.rises("jobs", 49)
    assert alone.falls("jobs_elsewhere", 49) < -0.5 * gain
    together = alone.difference("jobs_in_all", 49)
    assert together.low < 0.0 < together.high or together.mean < 0.0, f"together {together.mean:+.1f}: should be near nought or below"
    assert abs(together.mean) < 0.35 * gain


@pytest.mark.long
def test_where_everyone_does_it_the_gain_is_gone(pairs: dict[str, Pair]) -> None:
    alone, everywhere = pairs["buy-local"].difference("jobs", 49), pairs["buy-local-everywhere"].difference("jobs", 49)
    assert everywhere.mean < 0.35 * alone.mean
    # Near nought or below: over twenty seeds the sum was +4.2 jobs of 1,955 (1.0 to 7.4) in these months and +3.2 (-0.6 to 7.1) in the
    # two years after, where buying locally alone brought 31: firms hire sooner than they lay off.
    for here, total in (("jobs", "jobs_in_all"), ("sales_here", "sales_in_all")):
        gain, found = pairs["buy-local"].difference(here, 49).mean, pairs["buy-local-everywhere"].difference(total, 49)
        assert found.low < 0.15 * gain and found.mean < 0.35 * gain, f"{total}: {found.mean:+.6g} ({found.low:+.6g} to {found.high:+.6g})"
    lost = pairs["buy-local-everywhere"].other.measures["exports_lost"][:, 49:].mean(1)
    assert paired_difference(np.zeros(len(SEEDS)), lost).low > 0.0
    assert not pairs["buy-local"].other.measures["exports_lost"].any()


def test_without_a_policy_others_have_nothing_to_adopt(openings: list[Economy]) -> None:
    usual = shipped("anytown/business-as-usual")
    one, other = openings[0].with_scenario(usual), openings[0].with_scenario(replace(usual, neighbours="everywhere"))
    for _ in range(6):
        one.advance()
        other.advance()
    assert state_differences(one, other) == [] and other.without_policies is None


def test_before_the_first_policy_nothing_differs_and_shocks_are_not_adopted(openings: list[Economy]) -> None:
    late = shipped("anytown/buy-local-everywhere")
    late = replace(late, policies=tuple(replace(use, start=6, ramp_months=0) for use in late.policies))
    usual, town = openings[0].with_scenario(replace(late, policies=())), openings[0].with_scenario(late)
    for _ in range(5):
        usual.advance()
        town.advance()
    assert state_differences(usual, town) == []
    town.advance()
    usual.advance()
    assert town.without_policies is not None
    assert state_differences(usual, town.without_policies) == [], "the town beside is business as usual to the bit"
