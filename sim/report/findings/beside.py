"""What stands beside a result and belongs to it: explanations of its scenarios, and an experiment about one of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem, nearest
from sim.report.sweep.view import SweepView
from sim.runs.explaining.explanation import FOLDER, Explanation, load_explanations
from sim.runs.stored.reading import load_result
from sim.runs.stored.result import Result

__all__ = ["arm_explained", "explanations_beside", "same_scenario", "sweep_beside"]


def explanations_beside(result: Result, folders: Sequence[str | os.PathLike[str]] = ()) -> tuple[Explanation, ...]:
    """Explanations of a result: those given, then those in its own folder that are of something else.

    Parameters
    ----------
    result : Result
        The result.
    folders : sequence of path
        Folders that explain has written.

    Returns
    -------
    tuple of Explanation
        Those of which a seed counts.

    Raises
    ------
    sim.errors.InputError
        When a folder holds no explanation, or explains no scenario of the result.

    Examples
    --------
    >>> explanations_beside(load_result("results/any"), ["results/explain-any"])  # doctest: +SKIP
    """
    given = [found for folder in folders for found in _given(result, Path(folder))]
    taken = {(found.by, arm_explained(result, found)) for found in given}
    own = [found for found in load_explanations(result) if (found.by, arm_explained(result, found)) not in taken]
    return tuple(found for found in [*given, *own] if found.seeds)


def _given(result: Result, folder: Path) -> list[Explanation]:
    """The explanations in a folder, when they are of a scenario of the result."""
    other = load_result(folder)
    found = load_explanations(other)
    if not found:
        remedy = "give the folder that localwealth explain wrote"
        raise _refused(folder, "explain", "", f"a result with a folder “{FOLDER}”", None, remedy, "this result has not been explained")
    for explanation in found:
        if not arm_explained(result, explanation):
            name = str(explanation.facts["scenario"])
            message = "this explains a scenario that is none of this result, or one with other settings"
            remedy = "give an explanation of one of them, with the same policies, shocks, parameters and place"
            raise _refused(folder, "explain", name, " or ".join(result.arms), nearest(name, result.arms), remedy, message)
    return found


def arm_explained(result: Result, explanation: Explanation) -> str:
    """The arm of a result that an explanation is about; empty when it is about none."""
    explained = explanation.result.scenarios[str(explanation.facts["scenario"])]
    return next((arm for arm in reversed(result.arms) if same_scenario(result.scenarios[arm], explained)), "")


def same_scenario(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two stored scenarios run the same: place, parameters, policies and shocks, whatever their names.

    Examples
    --------
    >>> town = {"name": "a", "policies": [], "shocks": [], "parameters": {}, "place": {"values": {"residents": 5}}}
    >>> same_scenario(town, {**town, "name": "b"}), same_scenario(town, {**town, "shocks": [{"use": "x", "options": {}}]})
    (True, False)
    """
    return _content(one) == _content(other)


def _content(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """All that a run depends on but months and seeds, without where it was written."""
    settings = scenario.get("settings", {})
    return {
        "start": settings.get("start", {}).get("value"),
        "neighbours": settings.get("neighbours", {}).get("value"),
        "policies": [_use(use) for use in scenario.get("policies", ())],
        "shocks": [_use(use) for use in scenario.get("shocks", ())],
        "parameters": {name: entry.get("value") if isinstance(entry, Mapping) else entry for name, entry in scenario["parameters"].items()},
        "place": scenario["place"]["values"],
    }


def _use(use: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """A policy or shock with the values of its options."""
    return str(use["use"]), {name: entry["value"] for name, entry in use["options"].items()}


def sweep_beside(result: Result, folder: str | os.PathLike[str]) -> SweepView:
    """An experiment about one of the scenarios of a result, with its answers.

    Parameters
    ----------
    result : Result
        The result.
    folder : path
        The folder that sweep has written.

    Raises
    ------
    sim.errors.InputError
        When the folder holds no experiment, when no run of it came to its end, or when it is about another place or scenario.

    Examples
    --------
    >>> sweep_beside(load_result("results/any"), "results/jobs-hang-on")  # doctest: +SKIP
    """
    from sim.report.sweep.report import view_of_answers
    from sim.runs.sweep.answers import answers_of
    from sim.runs.sweep.stored import load_sweep

    sweep = load_sweep(folder)
    view = view_of_answers(sweep, answers_of(sweep))
    place = result.manifest["place"]
    if view.manifest.get("place") != place["name"]:
        remedy = "give an experiment with the same place"
        given, allowed = str(view.manifest.get("place")), str(place["name"])
        raise _refused(sweep.path, "sweep", given, allowed, None, remedy, "this experiment is about another place")
    if view.arm not in result.arms:
        near = nearest(view.arm, result.arms)
        remedy = "give an experiment whose answers are about one of the scenarios of this result"
        raise _refused(sweep.path, "sweep", view.arm, " or ".join(result.arms), near, remedy, "this experiment is about another scenario")
    if not view.at_points["seeds"].any():
        raise _refused(sweep.path, "sweep", "", "an experiment with a run that ended", None, "run it again", "no run of it came to its end")
    return view


def _refused(folder: Path, key: str, given: str, allowed: str, near: str | None, remedy: str, message: str) -> InputError:
    """The error for a folder that does not belong to a result."""
    return InputError([Problem(folder.as_posix(), None, key, given, allowed, near, remedy, message, "no-report")])
