"""The summary of a result: each measure in one number for each arm, its paired difference and what it is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.runs.outcome import MeasureFacts
from sim.runs.statistics import differences
from sim.runs.statistics.window import WINDOW, seed_values

__all__ = ["COLUMNS", "WINDOW", "every_series", "monthly_difference", "seed_values", "summarise", "summary_of", "values_of"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Columns of the summary in order.
COLUMNS: Final = (
    "arm",
    "measure",
    "title",
    "unit",
    "kind",
    "rule",
    "reference",
    "value",
    "difference",
    "low",
    "high",
    "decision",
    "pairs",
    "missing",
    "spread",
    "p_value",
    "holm_p_value",
    "told_after_holm",
    "skewness",
    "companion_low",
    "companion_high",
    "pairs_needed",
    "smallest_seen",
)


def values_of(series: pd.DataFrame, arm: str, measure: str, seeds: Sequence[int], months: int) -> Floats:
    """One measure of one arm.

    Parameters
    ----------
    series : DataFrame
        The series of a result.
    arm, measure : str
        Which.
    seeds : sequence of int
        Seeds in order.
    months : int
        Number of months.

    Returns
    -------
    ndarray of float64, shape (seeds, months)
        Not a number where nothing was recorded.
    """
    chosen = series[(series["arm"] == arm) & (series["measure"] == measure)]
    (values,) = _arrays(chosen, np.zeros(len(chosen), np.int64), 1, seeds, months)
    return values


def every_series(series: pd.DataFrame, seeds: Sequence[int], months: int) -> dict[tuple[str, str], Floats]:
    """Every series of every arm, each as `values_of` gives it.

    Parameters
    ----------
    series : DataFrame
        The series of a result.
    seeds : sequence of int
        Seeds in order.
    months : int
        Number of months.

    Returns
    -------
    dict of (str, str) to ndarray of float64, shape (seeds, months)
        By arm and measure, in the order in which they first appear.

    Examples
    --------
    >>> series = pd.DataFrame({"arm": ["a", "a"], "measure": ["jobs", "jobs"], "seed": [1, 1], "month": [1, 2], "value": [3.0, 4.0]})
    >>> every_series(series, [1], 2)
    {('a', 'jobs'): array([[3., 4.]])}
    """
    groups = series.groupby(["arm", "measure"], observed=True, sort=False)
    numbers = groups.ngroup().to_numpy()
    first = np.unique(numbers, return_index=True)[1]
    arms, names = (series[column].to_numpy()[first] for column in ("arm", "measure"))
    found = _arrays(series, numbers, len(first), seeds, months)
    return {(str(arm), str(name)): values for arm, name, values in zip(arms, names, found, strict=True)}


def _arrays(series: pd.DataFrame, numbers: Integers, count: int, seeds: Sequence[int], months: int) -> list[Floats]:
    """Values by number of the series, seed and month; not a number where nothing was recorded."""
    row = pd.Index(seeds).get_indexer(pd.Index(series["seed"]))
    column = series["month"].to_numpy() - 1
    fits = (row >= 0) & (column < months)
    values = np.full((count, len(seeds), months), np.nan)
    values[numbers[fits], row[fits], column[fits]] = series["value"].to_numpy()[fits]
    return list(values)


def summarise(
    series: pd.DataFrame, arms: Sequence[str], seeds: Sequence[int], months: int, measures: Mapping[str, MeasureFacts]
) -> pd.DataFrame:
    """One row for each measure and each arm that is not the reference; with one arm alone, its level and interval.

    Parameters
    ----------
    series : DataFrame
        The series of a result.
    arms : sequence of str
        Names in order, the reference first.
    seeds : sequence of int
        Seeds that ran.
    months : int
        Number of months.
    measures : mapping of str to MeasureFacts
        By name without key.

    Returns
    -------
    DataFrame
        Columns as in `COLUMNS`. With one arm there is no reference and no decision; low and high are the ends of the t interval
        of the level itself, and the number of pairs is the number of runs.
    """
    return summary_of(every_series(series, seeds, months), arms, measures)


def summary_of(values: Mapping[tuple[str, str], Floats], arms: Sequence[str], measures: Mapping[str, MeasureFacts]) -> pd.DataFrame:
    """The summary of series that are at hand as arrays.

    Parameters
    ----------
    values : mapping of (str, str) to ndarray of float64, shape (seeds, months)
        By arm and series.
    arms, measures
        As for `summarise`.

    Examples
    --------
    >>> found = summary_of({("a", "jobs"): np.ones((2, 3)), ("b", "jobs"): np.full((2, 3), 4.0)}, ["a", "b"], {})
    >>> found[["reference", "value", "difference"]].to_numpy().tolist()
    [[1.0, 4.0, 3.0]]
    """
    names = sorted({name for _, name in values})
    rows = [
        _row(arm, name, facts_of(measures, name), values.get((arms[0], name)), values.get((arm, name)), len(arms) == 1)
        for arm in (arms[1:] or arms)
        for name in names
        if (arms[0], name) in values or (arm, name) in values
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["holm_p_value"] = differences.holm(frame["p_value"].tolist())
    told = frame["decision"].isin([differences.HIGHER, differences.LOWER])
    frame["told_after_holm"] = told & (frame["holm_p_value"] < 1 - differences.CONFIDENCE)
    return frame.astype({"pairs": "int64", "missing": "int64", "pairs_needed": "Int64"})


def facts_of(measures: Mapping[str, MeasureFacts], series_name: str) -> MeasureFacts:
    """The facts of a series ``name`` or ``name/key``; bare ones when the measure is not known."""
    name = series_name.partition("/")[0]
    return measures.get(name, MeasureFacts(name))


def _row(arm: str, name: str, facts: MeasureFacts, before: Floats | None, after: Floats | None, alone: bool) -> dict[str, Any]:
    """One row of the summary."""
    shape = next(values.shape for values in (before, after) if values is not None)
    first, second = (seed_values(np.full(shape, np.nan) if values is None else values, facts.summary) for values in (before, after))
    key = name.partition("/")[2]
    shown = f"all {facts.keys}s" if key == "all" and facts.keys else key
    title = (facts.title or facts.name) + (f": {shown}" if key else "")
    head = {"arm": arm, "measure": name, "title": title, "unit": facts.unit, "kind": facts.kind, "rule": facts.summary}
    if alone:
        return {**head, **_level(second)}
    estimate = asdict(differences.paired_difference(first, second))
    estimate["difference"] = estimate.pop("mean")
    # The levels are those of the pairs that count, so that their difference is the difference shown.
    paired = np.isfinite(first) & np.isfinite(second)
    return {**head, "reference": _mean(first[paired]), "value": _mean(second[paired]), **estimate}


def _level(values: Floats) -> dict[str, Any]:
    """The level of a measure in runs of one arm."""
    mean, low, high, spread = (float(part[0]) for part in differences.mean_intervals(values[:, None]))
    exists = int(np.isfinite(values).sum())
    row: dict[str, Any] = dict.fromkeys(COLUMNS[6:], math.nan)
    return {
        **row,
        "value": mean,
        "low": low,
        "high": high,
        "spread": spread,
        "pairs": exists,
        "missing": len(values) - exists,
        "decision": "",
    }


def _mean(values: Floats) -> float:
    """The mean, not a number of nothing."""
    return float(values.mean()) if len(values) else math.nan


def monthly_difference(before: Floats, after: Floats) -> pd.DataFrame:
    """The paired difference month by month.

    Parameters
    ----------
    before, after : ndarray of float64, shape (seeds, months)
        One measure in both arms.

    Returns
    -------
    DataFrame
        month, reference and value (means over pairs), mean, low, high (paired t interval of each month alone), spread, pairs.

    Examples
    --------
    >>> monthly_difference(np.array([[1.0], [2.0]]), np.array([[2.0], [3.0]]))[["month", "mean", "low", "high"]].to_numpy().tolist()
    [[1.0, 1.0, 1.0, 1.0]]
    """
    apart = after - before
    exists = np.isfinite(apart)
    mean, low, high, spread = differences.mean_intervals(apart)
    return pd.DataFrame(
        {
            "month": np.arange(1, before.shape[1] + 1),
            "reference": differences.mean_intervals(np.where(exists, before, np.nan))[0],
            "value": differences.mean_intervals(np.where(exists, after, np.nan))[0],
            "mean": mean,
            "low": low,
            "high": high,
            "spread": spread,
            "pairs": exists.sum(axis=0),
        }
    )
