"""Is a place at rest? Business as usual over many seeds, and the slope of every measure with its interval.

Run it as ``python experiments/rest.py anytown --seeds 30``. It prints a table and writes ``results/rest/PLACE.csv``.

A slope is a least-squares line through the months of one seed, in per cent a year of the measure's mean over all
seeds. The seeds are independent, so the interval of the mean slope is Student's t over seeds; months within a seed
are not, so no interval is taken from them.

Verdicts, with the tolerance (0.5% of the mean a year unless told otherwise; measures that are shares and ratios near
nought are judged against 0.001 a year as well):

- ``rest``: the whole interval lies within the tolerance;
- ``zero``: the interval holds nought, but is wider than the tolerance: more seeds would be needed to say rest;
- ``drift``: the interval leaves out nought and reaches beyond the tolerance.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from sim.runs import run
from sim.runs.stored.result import Result

Floats = NDArray[np.float64]

#: Largest slope that counts as none: share of the mean a year, and, for shares and ratios, units a year.
TOLERANCE: Final = 0.005
SMALL: Final = 0.001
CONFIDENCE: Final = 0.95
#: What must go on while the place is at rest.
EVENTS: Final = ("births", "deaths", "job_moves", "link_changes")


def slopes(values: Floats) -> Floats:
    """Least-squares slope of each row, in units a year (seeds,), for monthly values (seeds, months).

    Examples
    --------
    >>> slopes(np.array([[0.0, 1.0, 2.0], [5.0, 5.0, 5.0]])).round(9).tolist()
    [12.0, 0.0]
    """
    years = (np.arange(values.shape[1]) - (values.shape[1] - 1) / 2.0) / 12.0
    result: Floats = (values - values.mean(axis=1, keepdims=True)) @ years / (years @ years)
    return result


def interval(sample: Floats, confidence: float = CONFIDENCE) -> tuple[float, float, float, float]:
    """Mean of a sample, both ends of its Student interval, and t against nought.

    Examples
    --------
    >>> [round(value, 3) for value in interval(np.array([1.0, 2.0, 3.0]))]
    [2.0, -0.484, 4.484, 3.464]
    """
    mean = float(sample.mean())
    error = float(sample.std(ddof=1) / np.sqrt(len(sample)))
    # What rounding alone makes of a constant is no slope.
    if error <= 1e-12 * max(abs(mean), 1e-300) or error == 0.0:
        return mean, mean, mean, 0.0 if abs(mean) < 1e-12 else float(np.inf) * np.sign(mean)
    reach = float(stats.t.ppf(0.5 + confidence / 2.0, len(sample) - 1)) * error
    return mean, mean - reach, mean + reach, mean / error


def verdict(low: float, high: float, tolerance: float) -> str:
    """What an interval of a slope says; all in the same unit.

    Examples
    --------
    >>> verdict(-0.001, 0.003, 0.01), verdict(-0.02, 0.01, 0.01), verdict(0.005, 0.02, 0.01)
    ('rest', 'zero', 'drift')
    """
    if -tolerance <= low and high <= tolerance:
        return "rest"
    return "zero" if low <= 0.0 <= high else "drift"


def row_of(measure: str, kind: str, values: Floats, tolerance: float = TOLERANCE) -> dict[str, object]:
    """One line of the table for a measure's monthly values (seeds, months)."""
    level = float(values.mean())
    slope, low, high, t = interval(slopes(values))
    allowed = tolerance * abs(level)
    if kind in ("share", "ratio", "index"):
        allowed = max(allowed, SMALL)
    year = min(12, values.shape[1])
    scale = abs(level) if level else 1.0
    return {
        "measure": measure,
        "mean": level,
        "slope_per_cent_a_year": 100.0 * slope / scale,
        "low": 100.0 * low / scale,
        "high": 100.0 * high / scale,
        "t": t,
        "first_year": float(values[:, :year].mean()),
        "last_year": float(values[:, -year:].mean()),
        "monthly_noise": float(np.std(values - values.mean(axis=1, keepdims=True), axis=1, ddof=1).mean()),
        "tolerance_per_cent_a_year": 100.0 * allowed / scale,
        "verdict": verdict(low, high, allowed),
    }


def rest_table(result: Result, tolerance: float = TOLERANCE) -> pd.DataFrame:
    """The table for every series of a run over two or more seeds that was recorded in every month."""
    rows = []
    for name in result.series_names:
        values = result.values(name)
        if np.isfinite(values).all():
            rows.append(row_of(name, result.measures[name.split("/")[0]].kind, values, tolerance))
    return pd.DataFrame(rows)


def events_a_year(result: Result) -> dict[str, float]:
    """How often what should go on goes on: the least yearly sum over all seeds and whole years, by measure.

    Measures that are no counts are left as their least yearly mean.
    """
    found = {}
    for name in EVENTS:
        if name in result.series_names:
            values = result.values(name)
            years = values[:, : values.shape[1] // 12 * 12].reshape(len(values), -1, 12)
            found[name] = float((years.sum(axis=2) if result.measures[name].kind == "count" else years.mean(axis=2)).min())
    return found


def as_text(table: pd.DataFrame, result: Result) -> str:
    """The table and what it adds up to, for a terminal."""
    shown = table.sort_values("t", key=abs, ascending=False)
    head = f"{'measure':44s} {'mean':>14s} {'slope':>8s} {'low':>8s} {'high':>8s} {'t':>7s} {'first year':>14s} {'last year':>14s}  verdict"
    runs = f"{result.reference}: {len(result.seeds)} seeds, {result.months} months"
    lines = [f"{runs}; slopes in per cent of the mean a year, {CONFIDENCE:.0%} interval over seeds", "", head]
    lines += [
        f"{row.measure:44s} {row.mean:14.4f} {row.slope_per_cent_a_year:8.3f} {row.low:8.3f} {row.high:8.3f} {row.t:7.1f} "
        f"{row.first_year:14.4f} {row.last_year:14.4f}  {row.verdict}"
        for row in shown.itertuples(index=False)
    ]
    told = int(((table["low"] > 0) | (table["high"] < 0)).sum())
    counts = table["verdict"].value_counts().to_dict()
    lines += [
        "",
        f"{len(table)} measures: {counts}; {told} can be told from nought, {(1 - CONFIDENCE) * len(table):.1f} would be by luck alone",
        f"least in any year of any seed: {events_a_year(result)}",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, write."""
    parser = argparse.ArgumentParser(description="Slope of every measure under business as usual, with its interval over seeds.")
    parser.add_argument("place", nargs="?", default="anytown", help="a place with a business-as-usual scenario, or a scenario")
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--months", type=int, default=120)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--tolerance", type=float, default=TOLERANCE, help="largest share of the mean a year that counts as rest")
    parser.add_argument("--out", type=Path, default=Path("results/rest"))
    given = parser.parse_args(arguments)
    scenario = given.place if "/" in given.place else f"{given.place}/business-as-usual"
    result = run(scenario, seeds=given.seeds, months=given.months, workers=given.workers)
    if result.failures:
        print(*(f"seed {failure.seed}: {failure.message}" for failure in result.failures), sep="\n", file=sys.stderr)  # noqa: T201
        return 1
    table = rest_table(result, given.tolerance)
    print(as_text(table, result))  # noqa: T201
    given.out.mkdir(parents=True, exist_ok=True)
    table.to_csv(given.out / f"{scenario.replace('/', '-')}.csv", index=False, float_format="%.9g")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
