"""A small laboratory: paired arms of the invented town, with policies, shocks and parameters written in the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

import sim.catalogue  # noqa: F401  fills the registries
from sim.core.records import RunRecord
from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.measures.recorder import Recorder
from sim.runs.opening.opened import opened
from sim.runs.statistics.differences import Estimate, paired_difference
from sim.settings.scenario import PolicyUse, Scenario

Floats = NDArray[np.float64]
Change = Callable[[Economy], None]
#: Seeds of tests that see their effect in four seeds too seldom.
SIX = (1, 2, 3, 4, 5, 6)


def use(name: str, start: int = 1, ramp: int = 0, end: int | None = None, **options: Any) -> PolicyUse:
    """A policy or shock with its options, those left out at their defaults."""
    declared = (POLICIES if name in POLICIES.names() else SHOCKS)[name].options
    unknown = set(options) - {option.name for option in declared}
    assert not unknown, f"{name} has no option {unknown}"
    given = {option.name: options.get(option.name, None if option.required else option.default) for option in declared}
    return PolicyUse(name, start, ramp, end, given)


@dataclass
class Arm:
    """The same months of several seeds: each measure as (seeds, months), and the towns at the end."""

    measures: dict[str, Floats]
    towns: list[Economy]
    warnings: list[list[str]]

    def mean(self, measure: str, first: int = 1, last: int | None = None) -> float:
        """Mean over seeds and the months from first to last, counted from 1."""
        return float(self.measures[measure][:, first - 1 : last].mean())


@dataclass
class Pair:
    """Two arms with the same seeds."""

    reference: Arm
    other: Arm

    def difference(self, measure: str, first: int, last: int | None = None) -> Estimate:
        """The paired difference of means over the months from first to last, counted from 1."""
        months = slice(first - 1, last)
        return paired_difference(self.reference.measures[measure][:, months].mean(1), self.other.measures[measure][:, months].mean(1))

    def rises(self, measure: str, first: int, last: int | None = None) -> float:
        """Mean difference; fails unless the whole interval is above nought."""
        found = self.difference(measure, first, last)
        assert found.low > 0.0, f"{measure} should rise: {found.mean:+.6g} ({found.low:+.6g} to {found.high:+.6g})"
        return found.mean

    def falls(self, measure: str, first: int, last: int | None = None) -> float:
        """Mean difference; fails unless the whole interval is below nought."""
        found = self.difference(measure, first, last)
        assert found.high < 0.0, f"{measure} should fall: {found.mean:+.6g} ({found.low:+.6g} to {found.high:+.6g})"
        return found.mean

    def within(self, measure: str, bound: float, first: int, last: int | None = None) -> float:
        """Mean difference; fails unless the whole interval lies within the bound on both sides."""
        found = self.difference(measure, first, last)
        assert -bound < found.low and found.high < bound, f"{measure} within {bound}: {found.low:+.6g} to {found.high:+.6g}"
        return found.mean

    def identical(self, measure: str, first: int, last: int | None = None) -> None:
        """Fails unless both arms have the same figures."""
        months = slice(first - 1, last)
        np.testing.assert_array_equal(self.reference.measures[measure][:, months], self.other.measures[measure][:, months])


@dataclass
class Laboratory:
    """Openings and runs of reference arms, kept so that each is made once, whatever other seeds an arm has."""

    scenario: Scenario
    seeds: Sequence[int] = (1, 2, 3, 4)
    _openings: dict[Any, Economy] = field(default_factory=dict)
    _runs: dict[Any, tuple[Economy, RunRecord]] = field(default_factory=dict)

    def opening(self, seed: int, parameters: Mapping[str, float] | None = None, change: Change | None = None) -> Economy:
        """A town at its opening, changed by a function if one is given; a copy, to do with as one likes."""
        values = dict(parameters or {})
        key = (seed, tuple(sorted(values.items())))
        if key not in self._openings:
            scenario = replace(self.scenario, parameters=self.scenario.parameters.with_values(values)) if values else self.scenario
            self._openings[key] = opened(scenario, seed=seed)
        town = self._openings[key].with_scenario(self._openings[key].scenario)
        if change is not None:
            change(town)
        return town

    def with_uses(self, town: Economy, uses: Sequence[PolicyUse]) -> Scenario:
        """The scenario of a town with these policies and shocks."""
        policies = tuple(item for item in uses if item.use in POLICIES.names())
        shocks = tuple(item for item in uses if item.use in SHOCKS.names())
        return replace(town.scenario, policies=policies, shocks=shocks)

    def run(
        self,
        *uses: PolicyUse,
        months: int = 36,
        parameters: Mapping[str, float] | None = None,
        change: Change | None = None,
        seeds: Sequence[int] | None = None,
        measures: Sequence[str] | None = None,
    ) -> Arm:
        """One arm: the uses in force from the opening, over all seeds.

        Of measures only those named are taken, which saves a third of the time; all when left out. The reference arm has them all.
        """
        runs = [self._run(seed, uses, months, parameters, change, measures) for seed in seeds or self.seeds]
        names = sorted(set.intersection(*(set(record.measures) for _, record in runs)))
        taken = {name: np.array([record.measures[name] for _, record in runs]) for name in names}
        return Arm(taken, [town for town, _ in runs], [record.warnings for _, record in runs])

    def _run(
        self,
        seed: int,
        uses: Sequence[PolicyUse],
        months: int,
        parameters: Mapping[str, float] | None,
        change: Change | None,
        measures: Sequence[str] | None,
    ) -> tuple[Economy, RunRecord]:
        """A town at its end and what was recorded; without uses from those kept, if it is there."""
        if not uses and change is None:
            measures = None
        key = (seed, months, tuple(sorted((parameters or {}).items())), change, measures if measures is None else tuple(measures))
        if not uses and key in self._runs:
            return self._runs[key]
        town = self.opening(seed, parameters, change)
        town = town.with_scenario(self.with_uses(town, uses))
        record = town.run(months, record=None if measures is None else Recorder(town, measures))
        if not uses:
            self._runs[key] = town, record
        return town, record

    def compare(self, *uses: PolicyUse, against: Sequence[PolicyUse] = (), **how: Any) -> Pair:
        """Two arms of the same seeds: without and with the uses."""
        return Pair(self.run(*against, **how), self.run(*against, *uses, **how))
