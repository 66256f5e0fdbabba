"""What a sweep is asked: the part of a stored sweep that the answers read, as arrays."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.runs.sweep.answers.decision import Line
from sim.runs.sweep.answers.sample import Sample, sample_of

__all__ = ["Asked", "StoredSweep", "asked_of", "measure_facts", "sample_of_measure"]


class StoredSweep(Protocol):
    """What the answers need of a sweep: see `sim.runs.sweep.stored.Sweep`."""

    @property
    def manifest(self) -> Mapping[str, Any]: ...

    @property
    def points(self) -> pd.DataFrame: ...

    @property
    def arms(self) -> Sequence[str]: ...

    @property
    def measures(self) -> Sequence[str]: ...

    def values(self, measure: str, arm: str, month: int = 0) -> pd.DataFrame: ...

    def difference(self, measure: str, arm: str, month: int = 0) -> pd.DataFrame: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What the answers are about.

    Parameters
    ----------
    measure, scenario : str
        The measure and the arm.
    difference : bool
        Whether the answer is the difference with the reference, or the value itself.
    decision : Line or None
        What the decision rests on.
    failure : Line or None
        Where the policy fails, as the line that it must then lie beyond.
    """

    measure: str
    scenario: str
    difference: bool
    decision: Line | None
    failure: Line | None


def asked_of(sweep: StoredSweep) -> Asked:
    """What the experiment asks, or the first measure of the last arm where it asks nothing.

    Notes
    -----
    Where no decision is named, a difference is asked whether it lies above nought, and a value nothing. Where no failure is named it
    is that the decision does not stand.
    """
    plan = sweep.manifest.get("answers") or {}
    arms = list(sweep.arms)
    scenario = plan.get("scenario") or arms[-1]
    difference = plan.get("of", "difference") == "difference" and scenario != arms[0]
    decision = _line(plan, "above", "below")
    if decision is None and difference:
        decision = Line(0.0, above=True)
    failure = _line(plan, "fail_above", "fail_below")
    if failure is None and decision is not None:
        failure = Line(decision.value, above=not decision.above)
    return Asked(plan.get("measure") or next(iter(sweep.measures)), scenario, difference, decision, failure)


def _line(plan: Mapping[str, Any], above: str, below: str) -> Line | None:
    """A line from two keys, of which one is set at most.

    Examples
    --------
    >>> _line({"above": 2, "below": None}, "above", "below")
    Line(value=2.0, above=True)
    """
    for key, is_above in ((above, True), (below, False)):
        if plan.get(key) is not None:
            return Line(float(plan[key]), is_above)
    return None


def sample_of_measure(sweep: StoredSweep, asked: Asked, measure: str) -> Sample:
    """Points and answers of one measure, without what failed."""
    design, varied = sweep.manifest.get("design") or {}, _varied(sweep)
    table = sweep.difference(measure, asked.scenario) if asked.difference else sweep.values(measure, asked.scenario)
    names = [str(name) for name in sweep.points.columns]
    table = table.reindex(sweep.points.index)
    return sample_of(
        names,
        sweep.points.to_numpy(np.float64),
        table.to_numpy(np.float64, na_value=math.nan),
        str(design.get("kind") or "given"),
        low=_column(varied, names, "low"),
        high=_column(varied, names, "high"),
        usual=_column(varied, names, "usual"),
        second_order=bool(design.get("second_order")),
        levels=int(design.get("levels") or 4),
    )


def _varied(sweep: StoredSweep) -> dict[str, Mapping[str, Any]]:
    """What is varied, by name."""
    return {str(one["name"]): one for one in sweep.manifest.get("vary") or ()}


def _column(varied: Mapping[str, Mapping[str, Any]], names: Sequence[str], key: str) -> NDArray[np.float64] | None:
    """One fact of each input; None where the sweep does not say it of all, but for usual values, which may lack."""
    facts = [varied.get(name, {}).get(key) for name in names]
    if key != "usual" and any(fact is None for fact in facts):
        return None
    return np.array([math.nan if fact is None else float(fact) for fact in facts])


def measure_facts(sweep: StoredSweep, measure: str) -> dict[str, str]:
    """Title, kind and currency sign of a measure, as far as the sweep says.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> measure_facts(SimpleNamespace(manifest={"measures": {"jobs": {"title": "Jobs", "kind": "count"}}}), "jobs")
    {'title': 'Jobs', 'kind': 'count', 'symbol': ''}
    """
    listed = sweep.manifest.get("measures") or {}
    stem, _, key = measure.partition("/")
    facts = (listed.get(measure) or listed.get(stem) or {}) if isinstance(listed, Mapping) else {}
    title = str(facts.get("title") or stem)
    symbol = str((sweep.manifest.get("currency") or {}).get("symbol") or "")
    return {
        "title": f"{title}: {key}" if key and measure not in listed else title,
        "kind": str(facts.get("kind") or "index"),
        "symbol": symbol,
    }
