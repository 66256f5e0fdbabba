"""What holds for every policy and every shock, whatever it does.

All pairs, and thousands of random packages: ``python tests/property/packages.py --pairs --packages 2000``.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from property.packages import MONTHS, run_package
from support.levers import (
    declaration,
    names,
    numeric_options,
    random_package,
    sensible,
    shipped_uses,
    state_differences,
    turned_off,
    with_uses,
)

from sim.core.registry import PILLARS, POLICIES, SHOCKS
from sim.economy import Economy
from sim.runs.opening.opened import opened
from sim.settings.load import load_scenario

#: Months in which a lever that is off must change nothing; the first month of the late start.
OFF_MONTHS, LATE = 12, 60
#: Pairs and packages run each time; more when asked for; the script runs all.
SOME_PAIRS, MORE_PAIRS, SOME_PACKAGES = 8, 100, 10
NAMES = names()


@pytest.fixture(scope="module")
def opening() -> Economy:
    """The invented town at its opening."""
    return opened(load_scenario("anytown/business-as-usual", POLICIES, SHOCKS), seed=3)


@pytest.fixture(scope="module")
def usual_year(opening: Economy) -> list[Economy]:
    """The reference at some months."""
    town = opening.with_scenario(opening.scenario)
    for _ in range(OFF_MONTHS):
        town.advance()
    return [town]


def test_there_are_levers_in_every_pillar_and_shocks() -> None:
    assert len(NAMES) >= 30
    assert {declaration(name).pillar for name in NAMES} == set(PILLARS)


@pytest.mark.parametrize("name", NAMES)
def test_a_lever_states_all_that_a_reader_needs(name: str) -> None:
    item = declaration(name)
    for option in numeric_options(item):
        assert option.unit and option.low is not None and option.high is not None, f"{option.name} has no unit or no bounds"
    assert item.costs and item.limits and item.evidence and item.where_tried
    assert item.mark in ("A", "B", "C", "assumption")
    assert item.off, "no settings at which it changes nothing"


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_scenario_uses_it(name: str) -> None:
    assert shipped_uses()[name], f"no file under scenarios/ uses {name}"


@pytest.mark.parametrize("name", NAMES)
def test_a_lever_turned_to_zero_changes_nothing_to_the_penny(name: str, opening: Economy, usual_year: list[Economy]) -> None:
    town = opening.with_scenario(with_uses(opening.scenario, [turned_off(name)]))
    for _ in range(OFF_MONTHS):
        town.advance()
    assert state_differences(usual_year[0], town) == []


def test_levers_that_start_in_month_60_change_nothing_before_it(opening: Economy) -> None:
    usual = opening.with_scenario(opening.scenario)
    package = opening.with_scenario(with_uses(opening.scenario, [sensible(name, start=LATE) for name in NAMES]))
    for _ in range(LATE - 1):
        usual.advance()
        package.advance()
    assert state_differences(usual, package) == []
    usual.advance()
    package.advance()
    assert state_differences(usual, package) != []


@pytest.mark.parametrize("number", [SOME_PAIRS, pytest.param(MORE_PAIRS, marks=pytest.mark.long)])
def test_pairs_of_levers_run_and_close(number: int, opening: Economy) -> None:
    pairs = list(combinations(NAMES, 2))
    luck = np.random.default_rng(60)
    for place in luck.choice(len(pairs), min(number, len(pairs)), replace=False).tolist():
        run_package(opening, [sensible(name) for name in pairs[place]], MONTHS)


@pytest.mark.parametrize("number", range(SOME_PACKAGES))
def test_random_packages_run_and_close(number: int, opening: Economy) -> None:
    luck = np.random.default_rng(number)
    run_package(opening, random_package(opening.place.anchor_names, MONTHS, luck), MONTHS)
