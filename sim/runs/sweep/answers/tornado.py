"""The tornado: the answer at the low and at the high end of each input."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.runs.statistics.differences import CONFIDENCE, holm
from sim.runs.sweep.answers.groups import contrast, is_drawn
from sim.runs.sweep.answers.luck import Part, agree_by_chance, chance_above, half_width
from sim.runs.sweep.answers.sample import Sample
from sim.runs.sweep.answers.verdicts import FALLS, FEW_SEEDS, LUCK, ONE_SEED, RISES, SAME

__all__ = ["COLUMNS", "ends_of", "interval", "others_as_they_are", "tornado_table"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

COLUMNS: Final = (
    "input",
    "low_value",
    "high_value",
    "at_low",
    "at_low_low",
    "at_low_high",
    "at_high",
    "at_high_low",
    "at_high_high",
    "swing",
    "swing_low",
    "swing_high",
    "verdict",
)
#: Share of points taken for an end where points are drawn over the whole range.
END: Final = 0.2


def others_as_they_are(points: Floats, usual: Floats, place: int) -> Flags:
    """Points at which every input but one has its usual value.

    Examples
    --------
    >>> others_as_they_are(np.array([[0.0, 5.0], [1.0, 5.0], [0.0, 6.0]]), np.array([0.0, 5.0]), 0).tolist()
    [True, True, False]
    """
    others = np.arange(points.shape[1]) != place
    result: Flags = np.isclose(points[:, others], usual[others], rtol=1e-9, atol=0.0).all(axis=1)
    return result


def ends_of(sample: Sample, place: int) -> tuple[Flags, Flags] | None:
    """Points that stand for the low and the high end of an input; None where it has no two ends.

    Notes
    -----
    One input at a time: its lowest and highest value, the others as they are. Else the lowest and highest fifth of the points by this
    input (the lowest and highest value of a list, where a value holds more than a fifth), whatever the others are.
    """
    column = sample.points[:, place]
    chosen = np.ones(len(column), bool)
    if sample.kind == "one-at-a-time":
        chosen = others_as_they_are(sample.points, sample.usual, place)
    if not chosen.any() or np.ptp(column[chosen]) == 0.0:
        return None
    if not is_drawn(sample):
        return chosen & (column == column[chosen].min()), chosen & (column == column[chosen].max())
    low, high = np.quantile(column, [END, 1.0 - END], method="nearest")
    if low >= high:
        low, high = column.min(), column.max()
    return column <= low, column >= high


def tornado_table(sample: Sample) -> pd.DataFrame:
    """The answer at both ends of each input, and the swing between them, with 95% intervals; the widest swing first.

    Parameters
    ----------
    sample : Sample
        Points and answers.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`. The swing is the answer at the high end less that at the low end, seed by seed; intervals are not numbers with
        one seed and points that were not drawn.

    Notes
    -----
    With one input at a time the others are as the scenario has them; with other designs they vary as they do in the design. An
    interval holds the luck of the seeds (paired) and, where points were drawn, their choice. The verdict is by Holm's method for the
    number of inputs, so of many inputs without influence one in twenty tables names any. Where two to four seeds agree exactly in the
    swing, nothing says how much luck is in it, and the verdict is that they are too few.

    Examples
    --------
    >>> from sim.runs.sweep.answers.sample import sample_of
    >>> sample = sample_of(["x"], np.array([[0.0], [1.0]]), np.array([[1.0, 1.2], [4.0, 4.3]]), "grid")
    >>> tornado_table(sample)[["input", "low_value", "high_value", "swing", "verdict"]].values.tolist()
    [['x', 0.0, 1.0, 3.05, 'rises']]
    """
    rows, swings, chances, agree = [], [], [], []
    for place, name in enumerate(sample.names):
        ends = ends_of(sample, place)
        if ends is None:
            continue
        column = sample.points[:, place]
        at_low, at_high = (contrast(sample, [(1.0, end)]) for end in ends)
        swing, unsure = contrast(sample, [(1.0, ends[1]), (-1.0, ends[0])])
        values = (float(column[end].mean()) for end in ends)
        both = (at_low[0], *interval(*at_low, sample), at_high[0], *interval(*at_high, sample))
        rows.append((name, *values, *both))
        swings.append((swing, *interval(swing, unsure, sample)))
        chances.append(2.0 * chance_above(abs(swing), unsure))
        of_seeds = sample.values[ends[1]].mean(axis=0) - sample.values[ends[0]].mean(axis=0)
        agree.append(agree_by_chance(of_seeds, float(np.abs(sample.values).max())))
    verdicts = [_verdict(*swing, chance, few) for swing, chance, few in zip(swings, holm(chances), agree, strict=True)]
    whole = [(*row, *swing, verdict) for row, swing, verdict in zip(rows, swings, verdicts, strict=True)]
    table = pd.DataFrame(whole, columns=list(COLUMNS))
    return table.iloc[np.argsort(-table["swing"].abs().to_numpy(), kind="stable")].reset_index(drop=True)


def interval(value: float, unsure: Part, sample: Sample) -> tuple[float, float]:
    """Ends of the 95% interval; not numbers where one seed says nothing about luck and points were not drawn."""
    if sample.values.shape[1] < 2 and not is_drawn(sample):
        return math.nan, math.nan
    half = half_width(unsure) if unsure.variance > 0.0 else 0.0
    return value - half, value + half


def _verdict(swing: float, low: float, high: float, chance: float, few: bool) -> str:
    """Whether the answer rises or falls with the input."""
    if swing == low == high == 0.0:
        return SAME
    if math.isnan(low):
        return ONE_SEED
    if not chance <= 1.0 - CONFIDENCE:
        return LUCK
    return FEW_SEEDS if few else RISES if swing > 0.0 else FALLS
