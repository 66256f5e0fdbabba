"""From names to scenarios, and from scenarios to the arms of a comparison."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.core.registry import MEASURES, POLICIES, SHOCKS
from sim.errors import InputError, Problem
from sim.runs.outcome import Arm, MeasureFacts
from sim.runs.stored.facts import without_machine_paths
from sim.settings.load import load_scenario
from sim.settings.scenarios.resolved import resolved_yaml

if TYPE_CHECKING:
    from sim.settings.scenario import Scenario

__all__ = ["describe_arms", "fill_levers", "fill_registries", "known_measures", "load", "load_arms", "usage_error"]


def fill_levers() -> None:
    """Import every policy and shock that comes with the package."""
    import_module("sim.levers")


def fill_registries() -> None:
    """Import every policy, shock and measure that comes with the package."""
    import_module("sim.catalogue")


def load(name_or_path: str | os.PathLike[str]) -> Scenario:
    """Read a scenario with every policy and shock that comes with the package.

    Parameters
    ----------
    name_or_path : str or path
        A name such as ``preston/buy-local``, or the path of a scenario file.

    Raises
    ------
    sim.errors.InputError
        With every problem of the scenario, of those it is based on and of its place.

    Examples
    --------
    >>> load("anytown/buy-local").place.name
    'anytown'
    """
    fill_registries()
    return load_scenario(name_or_path, POLICIES, SHOCKS)


def known_measures() -> dict[str, MeasureFacts]:
    """What a reader must know about each measure that comes with the package."""
    fill_registries()
    return {
        measure.name: MeasureFacts(
            measure.name, measure.title, measure.unit, measure.kind, measure.meaning, measure.source, measure.summary, measure.keys
        )
        for measure in MEASURES
    }


def load_arms(given: Sequence[str | os.PathLike[str] | Scenario]) -> dict[str, Scenario]:
    """Scenarios by name, in order; of two with one name the later gets a number.

    Raises
    ------
    sim.errors.InputError
        With the problems of all of them, once each.
    """
    problems: list[Problem] = []
    arms: dict[str, Scenario] = {}
    for item in given:
        try:
            scenario = load(item) if isinstance(item, (str, os.PathLike)) else item
        except InputError as error:
            problems.extend(problem for problem in error.problems if problem not in problems)
            continue
        name, number = scenario.name, 2
        while name in arms:
            name, number = f"{scenario.name} ({number})", number + 1
        arms[name] = scenario
    if problems:
        raise InputError(problems)
    return arms


def describe_arms(arms: Mapping[str, Scenario]) -> tuple[Arm, ...]:
    """What a result keeps of each arm."""
    return tuple(_arm(name, scenario) for name, scenario in arms.items())


def _arm(name: str, scenario: Scenario) -> Arm:
    """What a result keeps of one arm, without folders of this machine."""
    full = scenario.resolved()
    text = resolved_yaml(scenario)
    for file in sorted(_files_in(full), key=len, reverse=True):
        text = text.replace(file, str(without_machine_paths(file)))
    return Arm(name, scenario.title, without_machine_paths(full), text, str(scenario.start))


def _files_in(values: Any) -> set[str]:
    """Every file that resolved values name as their origin."""
    if isinstance(values, dict):
        own = {values["file"]} if isinstance(values.get("file"), str) else set()
        return own.union(*(_files_in(value) for value in values.values())) - {""}
    return set().union(*(_files_in(value) for value in values)) if isinstance(values, list) else set()


def usage_error(key: str, given: object, allowed: str, remedy: str, message: str) -> InputError:
    """The error for an argument that can't be used.

    Examples
    --------
    >>> print(usage_error("seeds", 0, "1 or more", "write 30", "there are no seeds to run"))
    1 problem was found.
    seeds: there are no seeds to run
        given:   0
        allowed: 1 or more
        remedy:  write 30
    """
    return InputError([Problem("", None, key, str(given), allowed, None, remedy, message, "usage")])
