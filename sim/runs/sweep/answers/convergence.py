"""Are there enough seeds, and enough points?"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from sim.runs.statistics.differences import CONFIDENCE, mean_intervals, pairs_needed
from sim.runs.sweep.answers.groups import is_drawn
from sim.runs.sweep.answers.sample import Sample
from sim.runs.sweep.answers.sensitivity import indices_of, main_index

__all__ = ["COLUMNS", "NARROW", "PART_OF_EFFECT", "points_table", "seeds_for_half_width", "seeds_table", "worst_half_width"]

Floats = NDArray[np.float64]

COLUMNS: Final = ("what", "number", "input", "answer", "low", "high", "half_width")
#: Half of an interval is narrow when it is at most this part of the effect.
PART_OF_EFFECT: Final = 0.1
#: An index is settled when its 95% interval is narrower than this (Sarrazin, Pianosi and Wagener 2016).
NARROW: Final = 0.05
#: No one pays for more seeds than this.
MOST: Final = 1_000_000


def seeds_table(sample: Sample) -> pd.DataFrame:
    """The answer with the first 2, 3, 5, 10, ... seeds, with its interval.

    Parameters
    ----------
    sample : Sample
        Points and answers.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`. `what` is "seeds" for the mean over all points and "seeds at one point" for a point by itself: the same mean
        with the interval that a typical point has (the root of the mean variance within points).

    Notes
    -----
    Paired t intervals over seeds, as in `sim.runs.statistics.differences`.

    Examples
    --------
    >>> from sim.runs.sweep.answers.sample import sample_of
    >>> table = seeds_table(sample_of(["x"], np.zeros((1, 1)), np.array([[1.0, 2.0, 3.0]])))
    >>> table[["what", "number", "answer"]].values.tolist()[:2], round(float(table["half_width"].iloc[1]), 3)
    ([['seeds', 2, 1.5], ['seeds', 3, 2.0]], 2.484)
    """
    rows = []
    for what in ("seeds", "seeds at one point"):
        for number in _numbers(sample.values.shape[1]):
            values = sample.values[:, :number]
            mean, low, high, _ = (float(part[0]) for part in mean_intervals(values.mean(axis=0)[:, None]))
            half = (high - low) / 2.0
            if what != "seeds":
                half = _quantile(number) * math.sqrt(float(values.var(axis=1, ddof=1).mean()) / number)
            rows.append((what, number, "", mean, mean - half, mean + half, half))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _numbers(most: int) -> list[int]:
    """Round numbers of seeds up to all of them.

    Examples
    --------
    >>> _numbers(12), _numbers(1)
    ([2, 3, 5, 10, 12], [])
    """
    if most < 2:
        return []
    known = {round(step * 10**power) for power in range(7) for step in (1, 2, 3, 5)}
    return sorted({number for number in known if 2 <= number <= most} | {most})


def _quantile(seeds: int) -> float:
    """Student's quantile of a mean over seeds."""
    return float(special.stdtrit(seeds - 1, (1 + CONFIDENCE) / 2))


def seeds_for_half_width(wanted: float, spread: float) -> int | None:
    """Fewest seeds with which half of the interval is at most as wanted; None where no number does.

    Parameters
    ----------
    wanted : float
        Half of the width of the 95% interval.
    spread : float
        Standard deviation over seeds.

    Notes
    -----
    The fewest n with ``t(n - 1) spread / sqrt(n) <= wanted`` (Law, *Simulation Modeling and Analysis*, 5th ed. 2015, section 9.4.1).

    Examples
    --------
    With a spread of 1, t(17) / sqrt(18) is 0.497:

    >>> seeds_for_half_width(0.5, 1.0), seeds_for_half_width(0.5, 0.0), seeds_for_half_width(0.0, 1.0)
    (18, 2, None)
    """
    if not (wanted > 0.0 and math.isfinite(spread)):
        return 2 if spread == 0.0 else None
    fewest = max(2, math.ceil((1.959 * spread / wanted) ** 2))
    while fewest <= MOST and _quantile(fewest) * spread / math.sqrt(fewest) > wanted:
        fewest += 1
    return fewest if fewest <= MOST else None


def seeds_needed(sample: Sample) -> dict[str, int | None]:
    """Seeds needed at a typical point: for half an interval of a tenth of the effect, and to tell the effect from nought.

    Notes
    -----
    The effect is the mean size of the answer over points; the second number shows it in 80 of 100 sweeps
    (`sim.runs.statistics.differences.pairs_needed`).

    Examples
    --------
    >>> from sim.runs.sweep.answers.sample import sample_of
    >>> seeds_needed(sample_of(["x"], np.zeros((1, 1)), np.array([[1.0, 2.0, 3.0]])))
    {'tenth': 99, 'nought': 5}
    """
    spread = math.sqrt(float(sample.values.var(axis=1, ddof=1).mean()))
    effect = float(np.abs(sample.means).mean())
    return {"tenth": seeds_for_half_width(PART_OF_EFFECT * effect, spread), "nought": pairs_needed(effect, spread)}


def points_table(sample: Sample) -> pd.DataFrame:
    """The main index of each input with an eighth, a quarter, half and all of the points.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`; `what` is "points", `number` the points used, `answer` the index. Empty where points were not drawn;
        an index without an interval has no row.

    Notes
    -----
    Whole blocks from the front: of a Sobol sequence the first half is a Sobol sequence; of a Latin hypercube and of trajectories it is a
    random part.
    """
    rows: list[tuple[str | int | float, ...]] = []
    for blocks in _parts(sample.block_count) if is_drawn(sample) else []:
        part = sample.first_blocks(blocks)
        found = indices_of(part)
        main = main_index([one.index for one in found])
        for one in found:
            low, high = one.interval
            if one.index == main and math.isfinite(low):
                rows.append(("points", len(part.points), one.input, one.value, low, high, (high - low) / 2.0))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _parts(blocks: int) -> list[int]:
    """An eighth, a quarter, half and all of the blocks, as far as there are two.

    Examples
    --------
    >>> _parts(16), _parts(5), _parts(1)
    ([2, 4, 8, 16], [2, 5], [])
    """
    return sorted({blocks // part for part in (8, 4, 2, 1) if blocks // part >= 2})


def worst_half_width(table: pd.DataFrame, relative: bool) -> float:
    """The widest half interval with all points; over the largest index where they are in the unit of the answer."""
    if not len(table):
        return math.nan
    last = table[table["number"] == table["number"].max()]
    largest = float(last["answer"].abs().max())
    worst = float(last["half_width"].max())
    return worst / largest if relative and largest > 0.0 else worst
