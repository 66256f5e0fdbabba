"""The course of a measure over the months: the middle run and a band of runs."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from sim.report.charts.time_chart import Course
from sim.report.findings.view import View

__all__ = ["band_words", "course_of"]

#: Runs from which on a band leaves out the outermost.
MANY = 10


def band_words(runs: int) -> str:
    """What the band of so many runs shows.

    Examples
    --------
    >>> band_words(4), band_words(30)
    ('from the lowest to the highest of 4 runs', 'the middle 80% of 30 runs')
    """
    return f"the middle 80% of {runs} runs" if runs >= MANY else f"from the lowest to the highest of {runs} runs"


def course_of(view: View, series: str, arm: str) -> Course:
    """The middle run and the band of one series in one arm, month by month."""
    values = view.values(series, arm)
    ends = (10.0, 90.0) if len(values) >= MANY else (0.0, 100.0)
    low, middle, high = _percentiles(values, (ends[0], 50.0, ends[1]))
    return Course(view.titles[arm], middle, low, high)


def _percentiles(values: NDArray[np.float64], wanted: tuple[float, float, float]) -> list[NDArray[np.float64]]:
    """Percentiles of each month, not a number where there is none."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="All-NaN slice", category=RuntimeWarning)
        return list(np.nanpercentile(values, wanted, axis=0))
