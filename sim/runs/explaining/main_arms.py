"""The two arms of an explanation: run, taken from a folder that has them, or run on for more seeds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.errors import InputError
from sim.runs.execute import Ended, Interrupted, Plan, execute, result_of
from sim.runs.explaining.explanation import FOLDER
from sim.runs.outcome import MeasureFacts
from sim.runs.stored.facts import versions, without_machine_paths
from sim.runs.stored.folder import problem_of
from sim.runs.stored.reading import load_result
from sim.runs.stored.result import Result
from sim.runs.stored.store import json_text, publish_again

if TYPE_CHECKING:
    from sim.settings.scenario import Scenario

__all__ = ["arms_within", "content_key", "holds_arms", "main_arms"]


def main_arms(plan: Plan, measures: Mapping[str, MeasureFacts]) -> tuple[Result, list[str]]:
    """The result with both arms and as many of the plan's seeds as could be run, and the names of the arms in it.

    Parameters
    ----------
    plan : Plan
        Two arms, the reference first. When its folder is there, what it holds is not run again.
    measures : mapping of str to MeasureFacts
        What is known about measures.

    Raises
    ------
    InputError
        When the folder holds something else.
    Interrupted
        After Ctrl-C.
    """
    if plan.out is None or not plan.out.exists():
        return execute(plan), list(plan.arms)
    held = load_result(plan.out)
    names = arms_within(held, plan)
    missing = tuple(seed for seed in plan.seeds if seed not in held.seeds)
    if not missing:
        return held, names
    if held.manifest["kind"] != plan.kind:
        given = ", ".join(str(seed) for seed in missing)
        remedy = "give seeds that the result has, or another folder with --out"
        raise InputError([problem_of(plan.out, f"this result has no seed {given}, and it was not made by {plan.kind}", remedy)])
    # A copy of the scenario under another name has the same runs: the arms keep the names that they have in the folder.
    plan = replace(plan, arms=dict(zip(names, plan.arms.values(), strict=True)))
    try:
        more = execute(replace(plan, seeds=missing, out=None))
    except Interrupted as stop:
        grown = held if stop.result is None else _grown(plan, held, stop.result, measures)
        raise Interrupted(grown, stop.message) from None
    return _grown(plan, held, more, measures), names


def _grown(plan: Plan, held: Result, more: Result, measures: Mapping[str, MeasureFacts]) -> Result:
    """Two results of the same arms with different seeds as one, in the folder of the first."""
    names = list(plan.arms)
    tables = {}
    for name in (name for name in more.tables if name != "summary"):
        table = more.tables[name]
        both = pd.concat([_plain(held.tables[name]), _plain(table)], ignore_index=True)
        order = both["arm"].map({arm: place for place, arm in enumerate(names)})
        both = (
            both.assign(_order=order).sort_values(["_order", *(["seed"] if "seed" in both else [])], kind="stable").drop(columns="_order")
        )
        categories = {column: "category" for column in table if isinstance(table[column].dtype, pd.CategoricalDtype)}
        tables[name] = both.reset_index(drop=True).astype(categories)
    seeds = tuple(sorted({*held.seeds, *more.seeds}))
    timings = [result.manifest["timings"] for result in (held, more)]
    ended = Ended(seeds, more.failures, timings[0]["seed_seconds"] | timings[1]["seed_seconds"], sum(part["seconds"] for part in timings))
    whole = replace(plan, seeds=tuple(sorted({*seeds, *plan.seeds})))
    result = result_of(whole, tables, ended, measures)
    assert plan.out is not None
    return replace(result, path=publish_again(result, plan.out, FOLDER))


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """A table with words in place of categories."""
    return table.astype({column: "str" for column in table if isinstance(table[column].dtype, pd.CategoricalDtype)})


def arms_within(held: Result, plan: Plan) -> list[str]:
    """Names that the arms of a plan have in a result.

    Raises
    ------
    InputError
        When the result was made by another version, has another length or lacks an arm.
    """
    folder = held.path if held.path is not None else Path()
    made = str(held.manifest.get("versions", {}).get("localwealth"))
    problems = []
    if made != versions()["localwealth"]:
        problems.append(f"this result was made by version {made} of localwealth, whose runs can't be mixed with those of this one")
    if held.months != plan.months:
        problems.append(f"this result has {held.months} months, and {plan.months} are asked for")
    names = []
    for arm in plan.arms.values():
        wanted = _content(without_machine_paths(arm.resolved()))
        found = [name for name in held.arms if _content(held.scenarios[name]) == wanted]
        names += found[:1]
        if not found:
            problems.append(f"this result has no arm that is the same as {arm.name}")
    if problems:
        remedy = "choose another folder with --out, or leave it out"
        raise InputError([problem_of(folder, message, remedy) for message in problems])
    return names


def holds_arms(folder: Path, plan: Plan) -> bool:
    """Whether a folder holds an explanation of the same arms, which can go on."""
    try:
        held = load_result(folder)
        return held.manifest["kind"] == plan.kind and bool(arms_within(held, plan))
    except InputError:
        return False


def content_key(arms: Iterable[Scenario]) -> str:
    """A short name for what some arms run, the same for copies of them under other names."""
    contents = [_content(without_machine_paths(arm.resolved())) for arm in arms]
    return blake2b(json_text(contents).encode(), digest_size=8).hexdigest()


def _content(resolved: Mapping[str, Any]) -> Any:
    """What makes a scenario run as it does, without names, notes and origins."""
    settings = {name: resolved["settings"][name]["value"] for name in ("start", "neighbours")}
    uses = {kind: _uses(resolved[kind]) for kind in ("policies", "shocks")}
    parameters = {name: entry["value"] for name, entry in resolved["parameters"].items()}
    return json.loads(json_text({**settings, **uses, "parameters": parameters, "place": resolved["place"]["values"]}))


def _uses(listed: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Uses of policies or shocks without the place where they were written."""
    return [[use["use"], {name: entry["value"] for name, entry in use["options"].items()}] for use in listed]
