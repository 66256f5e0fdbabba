"""Resilience after a shock: how deep the fall, how long to recover, how much was lost on the way.

The fall of a path below a reference and the area between the two until it is back are the measures of Bruneau and others, "A Framework to
Quantitatively Assess and Enhance the Seismic Resilience of Communities", *Earthquake Spectra* 19(4), 2003, pp. 733-752; depth and recovery
of a regional economy against its own course are those of R. Martin, "Regional economic resilience, hysteresis and recessionary shocks",
*Journal of Economic Geography* 12(1), 2012, pp. 1-32. How near counts as back, and for how long, is ours.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from sim.runs.statistics.summary import values_of
from sim.runs.stored.tables import COLUMNS, with_categories
from sim.settings.scenario import Scenario

__all__ = ["BEFORE", "HELD", "MEASURES", "TOLERANCE", "Fall", "fall_of", "resilience_table", "without_shocks"]

Floats = NDArray[np.float64]

#: A path is back when it is no more than this share below its reference, for so many months in a row.
TOLERANCE, HELD = 0.01, 3
#: Months before the shock whose mean is the level before.
YEAR: Final = 12
#: What is looked at: jobs in the place, income of residents, output of local firms.
MEASURES: Final = ("jobs", "mean_income", "output")
#: What a path is held against, when it is its own level and not another arm.
BEFORE: Final = "its own level before"


class Fall(NamedTuple):
    """What a shock did to one path.

    Attributes
    ----------
    depth : float
        Largest shortfall from the reference, in the unit of the path; 0 when it never fell short.
    depth_share : float
        The same as a share of the reference in that month.
    deepest : float
        Months from the shock to it, the month of the shock counted as 1; 0 when it never fell short.
    back : float
        Months in which the path was away from its reference before it came back to stay; 0 when it never left, not a number when it was
        not back by the end.
    lost : float
        Sum of all shortfalls from the month of the shock to the end: job-months, or money.
    """

    depth: float
    depth_share: float
    deepest: float
    back: float
    lost: float


def fall_of(path: ArrayLike, reference: ArrayLike, start: int, tolerance: float = TOLERANCE, held: int = HELD) -> Fall:
    """What a shock did to a path.

    Parameters
    ----------
    path, reference : array (months,)
        Course with the shock, and without it.
    start : int
        First month of the shock, counted from 0.
    tolerance : float
        Share of the reference that counts as no shortfall when it comes to recovery.
    held : int
        Months in a row without shortfall that count as back.

    Examples
    --------
    >>> fall_of([100, 80, 90, 100, 100, 100], [100] * 6, start=1)
    Fall(depth=20.0, depth_share=0.2, deepest=1.0, back=2.0, lost=30.0)
    """
    base = np.asarray(reference, np.float64)[start:]
    short = np.maximum(base - np.asarray(path, np.float64)[start:], 0.0)
    if not len(short) or not short.any():
        return Fall(0.0, 0.0, 0.0, 0.0, 0.0)
    worst = int(np.argmax(short))
    share = float(short[worst] / abs(base[worst])) if base[worst] else math.inf
    away = short > tolerance * np.abs(base)
    return Fall(float(short[worst]), share, float(worst + 1), _months_back(away, held), float(short.sum()))


def _months_back(away: NDArray[np.bool_], held: int) -> float:
    """Months from the shock until a path that was away is back to stay."""
    if not away.any():
        return 0.0
    for month in range(int(np.argmax(away)) + 1, len(away) - held + 1):
        if not away[month : month + held].any():
            return float(month)
    return math.nan


def without_shocks(arms: Mapping[str, Scenario]) -> dict[str, str | None]:
    """For each arm with a shock the arm that has the same in force but no shock; None when there is none.

    Only what is run counts: names, titles and notes may differ.
    """
    alike = {name: _but_for_words(scenario) for name, scenario in arms.items()}
    calm = {name: scenario for name, scenario in alike.items() if not scenario.shocks}
    return {
        name: next((other for other, plain in calm.items() if plain == replace(scenario, shocks=())), None)
        for name, scenario in alike.items()
        if scenario.shocks
    }


def _but_for_words(scenario: Scenario) -> Scenario:
    """A scenario with nothing but what is run."""
    return replace(scenario, name="", title="", notes="", based_on=None, months=1)


def resilience_table(series: pd.DataFrame, arms: Mapping[str, Scenario], seeds: Sequence[int], months: int) -> pd.DataFrame:
    """What shocks did in each run, against the own level before and, where there is such an arm, against the same without the shock.

    Parameters
    ----------
    series : DataFrame
        The series of a result.
    arms : mapping of str to Scenario
        Arms in order.
    seeds : sequence of int
        Seeds that ran.
    months : int
        Number of months.

    Returns
    -------
    DataFrame
        Columns as in `sim.runs.stored.tables.COLUMNS`, one row for each run, measure and reference; no rows without shocks.
    """
    rows = [row for arm, other in without_shocks(arms).items() for row in _rows(series, arm, arms[arm], other, seeds, months)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS["resilience"]))
    whole, words = ("seed", "shock_month"), ("arm", "measure", "against")
    numbers = {name: "int64" if name in whole else "float64" for name in frame.columns if name not in words}
    return with_categories(frame.astype(numbers))


def _rows(
    series: pd.DataFrame, arm: str, scenario: Scenario, other: str | None, seeds: Sequence[int], months: int
) -> Iterator[tuple[object, ...]]:
    """Rows of one arm."""
    start = min(use.start for use in scenario.shocks) - 1
    if start >= months:
        return
    for measure in MEASURES:
        shaken = values_of(series, arm, measure, seeds, months)
        references = {} if other is None else {other: values_of(series, other, measure, seeds, months)}
        if start > 0:
            level = shaken[:, max(start - YEAR, 0) : start].mean(axis=1, keepdims=True)
            references[BEFORE] = np.repeat(level, months, axis=1)
        for against, reference in references.items():
            for place, seed in enumerate(seeds):
                if np.isfinite(shaken[place]).all() and np.isfinite(reference[place]).all():
                    yield (arm, seed, measure, against, start + 1, *fall_of(shaken[place], reference[place], start))
