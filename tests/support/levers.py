"""Every lever of the catalogue with sensible settings, taken from the scenarios that ship."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

import sim.catalogue  # fills the registries
import sim.settings.scenarios.assemble
from sim.core.registry import POLICIES, SHOCKS, Intervention, Option
from sim.economy import Economy
from sim.settings.frozen import FrozenMapping
from sim.settings.load import load_scenario
from sim.settings.places.reader import read_place
from sim.settings.scenario import PolicyUse, Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PLACE = "anytown"
#: Options in which a scenario of another place may name what this place has not.
NUMERIC = frozenset({"share", "money", "months", "count", "number"})


def names() -> tuple[str, ...]:
    """All policies, then all shocks."""
    return (*POLICIES.names(), *SHOCKS.names())


def declaration(name: str) -> type[Intervention]:
    """The class of a policy or a shock."""
    return POLICIES[name] if name in POLICIES else SHOCKS[name]


def shipped_files() -> list[str]:
    """Names of all scenarios that ship, places apart."""
    files = SCENARIOS.rglob("*.yaml")
    return sorted(str(file.relative_to(SCENARIOS).with_suffix("")) for file in files if file.parts[-2] != "places")


@cache
def shipped_uses() -> Mapping[str, list[tuple[str, PolicyUse]]]:
    """Each lever's uses in shipped scenarios, those of the small town first."""
    found: dict[str, list[tuple[str, PolicyUse]]] = {name: [] for name in names()}
    files = sorted(shipped_files(), key=lambda name: (not name.startswith("levers/"), not name.startswith(PLACE), name))
    places: dict[Any, Any] = {}

    def read_once(source: Any, findings: Any) -> Any:
        if source not in places:
            places[source] = read_place(source, findings)
        return places[source]

    with patch.object(sim.settings.scenarios.assemble, "read_place", read_once):
        scenarios = [load_scenario(file, POLICIES, SHOCKS) for file in files]
    for file, scenario in zip(files, scenarios, strict=True):
        for item in (*scenario.policies, *scenario.shocks):
            found[item.use].append((file, item))
    return found


def sensible(name: str, start: int = 1, end: int | None = None, **changed: Any) -> PolicyUse:
    """A lever as its shipped scenario for the small town has it, from a month of choice and without a ramp."""
    _, use = shipped_uses()[name][0]
    return replace(use, start=start, ramp_months=0, end=end, options=FrozenMapping({**use.options, **changed}))


def turned_off(name: str) -> PolicyUse:
    """A lever in force with the settings at which it says it changes nothing."""
    return sensible(name, **declaration(name).off)


def with_uses(scenario: Scenario, uses: Sequence[PolicyUse]) -> Scenario:
    """The scenario with these policies and shocks in place of its own."""
    policies = tuple(use for use in uses if use.use in POLICIES)
    return replace(scenario, policies=policies, shocks=tuple(use for use in uses if use.use not in POLICIES))


def state_differences(one: Economy, other: Economy) -> list[str]:
    """Names of the columns and books in which two towns differ by a bit; empty when none does."""
    found = []
    for table in ("residents", "firms", "anchors", "contracts", "funds", "premises", "dwellings"):
        ours, theirs = getattr(one, table), getattr(other, table)
        if not np.array_equal(ours.slots, theirs.slots):
            found.append(f"{table}: {len(ours)} and {len(theirs)} rows")
            continue
        found += [f"{table}.{name}" for name in ours.columns if not np.array_equal(ours[name], theirs[name])]
    for book in ("balance", "credit", "sector", "flows"):
        if not np.array_equal(getattr(one.ledger, book), getattr(other.ledger, book)):
            found.append(f"ledger.{book}")
    return found


def numeric_options(item: type[Intervention]) -> Iterator[Option]:
    """Options that are numbers."""
    return (option for option in item.options if option.kind in NUMERIC)


def random_value(option: Option, usual: Any, anchors: Sequence[str], luck: np.random.Generator) -> Any:
    """A value that a scenario file may give: usual, at a bound, or somewhere between a bound and a few times the usual."""
    if option.kind == "flag":
        return bool(luck.integers(2))
    if option.kind == "anchor":
        return str(luck.choice(anchors))
    if option.kind == "anchors":
        number = int(luck.integers(0, len(anchors) + 1))
        return None if number == 0 else tuple(sorted(luck.choice(anchors, number, replace=False).tolist()))
    if option.kind == "text" and option.choices:
        return str(luck.choice(option.choices))
    if option.kind not in NUMERIC or not isinstance(usual, (int, float)):
        return usual
    low = 0.0 if option.low is None else float(option.low)
    high = float(option.high) if option.high is not None else 10.0 * float(usual) + 1.0
    value = float(
        luck.choice([float(usual), low, min(high, 3.0 * float(usual)), float(luck.uniform(low, min(high, 5.0 * float(usual) + low)))])
    )
    value = min(max(value, low), high)
    return round(value) if option.kind in ("months", "count") else value


def random_package(anchors: Sequence[str], months: int, luck: np.random.Generator) -> list[PolicyUse]:
    """Three to fifteen levers at any time, with any ramp, end and settings."""
    chosen = luck.choice(names(), int(luck.integers(3, 16)), replace=False).tolist()
    package = []
    for name in chosen:
        usual = sensible(name)
        options = {item.name: random_value(item, usual.options.get(item.name), anchors, luck) for item in declaration(name).options}
        start = int(luck.integers(1, months))
        end = int(luck.integers(start, months + 1)) if luck.integers(3) == 0 else None
        package.append(PolicyUse(name, start, int(luck.choice([0, 0, 1, 6])), end, FrozenMapping(options)))
    return package
