"""The scenario of an arm at a point of an experiment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.errors import RunError
from sim.settings.experiment import Experiment, Varied
from sim.settings.frozen import FrozenMapping
from sim.settings.scenario import OptionValue, PolicyUse, Scenario

__all__ = ["scenario_at"]

ORIGIN = "experiment"


def scenario_at(experiment: Experiment, arm: str, values: Sequence[float] | NDArray[np.float64]) -> Scenario:
    """The scenario of an arm with the values of one point.

    Parameters
    ----------
    experiment : Experiment
        The experiment.
    arm : str
        Name of one of its arms.
    values : sequence of float
        A row of the points, in the order of `experiment.vary`.

    Returns
    -------
    Scenario
        Of the months of the experiment. Where nothing that varies changes the arm, the scenario as it stands. Arms of one point share
        their place and their parameters unless their own differ.

    Raises
    ------
    sim.errors.RunError
        When the values contradict each other: figures of the place that can't all be true, a policy that ends before it starts.
    """
    scenario = experiment.scenarios[arm]
    mine = [(one, float(value)) for one, value in zip(experiment.vary, values, strict=True) if one.changes(arm)]
    parameters = {one.name: value for one, value in mine if one.kind == "parameter"}
    changed = replace(
        scenario,
        months=experiment.months,
        parameters=scenario.parameters.with_values(parameters, origin=ORIGIN) if parameters else scenario.parameters,
        policies=_with_options(scenario.policies, [pair for pair in mine if pair[0].kind == "policy"]),
        shocks=_with_options(scenario.shocks, [pair for pair in mine if pair[0].kind == "shock"]),
    )
    figures = {one.path: value for one, value in mine if one.kind == "place"}
    if not figures:
        return changed
    from sim.settings.places.moved import contradictions, moved_place

    place = moved_place(scenario.place, figures)
    wrong = contradictions(place)
    if wrong:
        raise RunError(f"figures of the place contradict each other at this setting: {', '.join(wrong)}")
    return replace(changed, place=place)


def _with_options(uses: tuple[PolicyUse, ...], mine: list[tuple[Varied, float]]) -> tuple[PolicyUse, ...]:
    """Uses of policies or shocks with some options given other values; a policy used several times is changed in each use."""
    return tuple(_changed(use, {str(one.path[1]): (one, value) for one, value in mine if one.path[0] == use.use}) for use in uses)


def _changed(use: PolicyUse, mine: dict[str, tuple[Varied, float]]) -> PolicyUse:
    """One use with some options given other values."""
    if not mine:
        return use
    held: dict[str, OptionValue] = {name: int(value) if one.whole else value for name, (one, value) in mine.items()}
    timing = {name: held.pop(name) for name in ("start", "ramp_months") if name in held}
    changed = replace(use, options=FrozenMapping({**use.options, **held}), **timing)  # type: ignore[arg-type]
    if changed.end is not None and changed.end < changed.start:
        raise RunError(f"{use.use} ends in month {changed.end}, before it starts in month {changed.start}, at this setting")
    return changed
