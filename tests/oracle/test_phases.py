"""Every phase of the month against the plain version of it: the same pence, the same columns, the same notes, by ``==``.

Sums of pence are whole numbers and floats are added in the same order on both sides, so nothing here needs a tolerance.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any, cast

import pytest

import sim.economy
from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.settings.frozen import FrozenMapping
from sim.settings.load import load_scenario
from sim.settings.scenario import PolicyUse, Scenario
from oracle.plain.copying import copied, differences
from oracle.plain.month import PHASES, advance
from oracle.plain.town import PlainTown, TownRules

SEED = 7
MONTHS = 24
#: What the shipped package lacks: a closure, and a cut that leaves anchors short.
SHOCKS_IN_USE = (
    PolicyUse("branch_closes", start=5, options=FrozenMapping({"sector": "wholesale-retail", "jobs": 30.0})),
    PolicyUse("budget_cut", start=9, ramp_months=6, options=FrozenMapping({"anchors": None, "share": 0.3})),
)


def scenario(name: str) -> Scenario:
    """One of the shipped scenarios of the invented town, or one made of them for these tests."""
    usual = load_scenario("anytown/business-as-usual", POLICIES, SHOCKS)
    if name == "business as usual":
        return usual
    if name == "frozen":
        return replace(usual, parameters=usual.parameters.with_values({"behaviour.frozen": 1.0}))
    package = load_scenario("anytown/full-package", POLICIES, SHOCKS)
    # All at once: from the first month at full strength within the year.
    uses = tuple(replace(use, start=1, ramp_months=min(use.ramp_months, 6)) for use in package.policies)
    return replace(package, policies=uses, shocks=SHOCKS_IN_USE if name == "full package and shocks" else ())


@pytest.fixture(scope="module")
def opening() -> Economy:
    """The invented town at its opening."""
    return Economy(scenario("business as usual"), seed=SEED)


def town_of(opening: Economy, name: str) -> Economy:
    """The town under a scenario."""
    return Economy(scenario(name), seed=SEED) if name == "frozen" else opening.with_scenario(scenario(name))


def beside(name: str, phase: Callable[[Any], None]) -> Callable[[Any], None]:
    """The array phase with the plain phase run beside it on a copy of the same state."""

    def both(economy: Economy) -> None:
        plain = copied(economy)
        assert differences(plain, economy) == [], f"month {economy.month}: the copy before {name} is not faithful"
        PHASES[name](plain)
        phase(economy)
        assert differences(plain, economy) == [], f"month {economy.month}, {name}"
        seen.add(name)

    return both


seen: set[str] = set()
CASES = ("business as usual", "full package", "full package and shocks", "frozen")


@pytest.mark.parametrize("name", CASES)
def test_each_phase_is_what_the_plain_one_does(name: str, opening: Economy, monkeypatch: pytest.MonkeyPatch) -> None:
    economy = town_of(opening, name)
    for phase in PHASES:
        module = getattr(sim.economy, phase)
        monkeypatch.setattr(module, "phase", beside(phase, module.phase))
    seen.clear()
    for _ in range(MONTHS):
        economy.advance()
    assert seen == set(PHASES)


def rules_of(economy: Economy) -> Callable[[PlainTown], TownRules]:
    """The rules of a month for the plain town, from the policies of an economy."""
    return lambda town: TownRules.of(economy.policies.rules(cast(Any, town)), len(town.anchors))


@pytest.mark.parametrize("name", CASES)
def test_a_plain_town_left_to_itself_ends_with_the_same_pence(name: str, opening: Economy) -> None:
    economy = town_of(opening, name)
    plain = copied(economy)
    rules = rules_of(deepcopy(economy))
    for _ in range(MONTHS):
        advance(plain, rules)
        economy.advance()
    assert list(plain.book.balance.values()) == economy.ledger.balance.tolist()
    assert differences(plain, economy) == []
