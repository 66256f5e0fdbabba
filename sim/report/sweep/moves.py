"""How an answer moves with one thing varied: groups of settings along it, and what the ends say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from sim.runs.statistics.differences import mean_intervals
from sim.runs.sweep.answers.luck import agree_by_chance

__all__ = ["RANDOM", "Move", "move_along"]

Floats = NDArray[np.float64]

#: Designs whose settings are drawn: there each setting is one of a sample. In the others each value stands in the plan.
RANDOM: Final = frozenset({"latin-hypercube", "sobol", "morris"})
#: Values that are each shown; more are put into groups of equal size.
MOST_VALUES: Final = 12
GROUPS: Final = 8
#: Settings of a group, at the least.
LEAST: Final = 5


@dataclass(frozen=True)
class Move:
    """An answer along one thing varied.

    Parameters
    ----------
    name : str
        The thing varied.
    values, middle, low, high : ndarray of float64, shape (groups,)
        Value of the thing, mean answer, ends of its 95% interval (not a number where there is none).
    points : ndarray of int64, shape (groups,)
        Settings in each group.
    grouped : bool
        Whether values were put into groups.
    chance : float
        Chance of means as far apart by luck alone; not a number where luck can't be known: with one seed, and with two to four seeds that
        agree exactly in how the answer moves.
    """

    name: str
    values: Floats
    middle: Floats
    low: Floats
    high: Floats
    points: NDArray[np.int64]
    grouped: bool
    chance: float = math.nan

    @property
    def reach(self) -> float:
        """Largest mean less smallest; nought without any."""
        finite = self.middle[np.isfinite(self.middle)]
        return float(finite.max() - finite.min()) if len(finite) else 0.0

    @property
    def ends(self) -> tuple[int, int]:
        """Places of the lowest and of the highest mean."""
        if not np.isfinite(self.middle).any():
            return 0, 0
        return int(np.nanargmin(self.middle)), int(np.nanargmax(self.middle))

    @property
    def has_bands(self) -> bool:
        """Whether there is any interval."""
        return bool(np.isfinite(self.low).any())

    @property
    def is_still(self) -> bool:
        """Whether the answer is the same throughout, up to rounding."""
        size = float(np.nanmax(np.abs(self.middle), initial=0.0))
        return self.reach <= 1e-12 * max(size, 1e-300)


def move_along(points: pd.DataFrame, answers: pd.DataFrame, name: str, design: str) -> Move:
    """Follow an answer along one thing varied.

    Parameters
    ----------
    points : DataFrame
        Index point; a column for each thing varied.
    answers : DataFrame
        The same index; a column for each seed.
    name : str
        The thing varied.
    design : str
        Kind of the design. Where settings were drawn, the interval is that of a mean over the settings of a group; where they were
        planned, that of a mean over seeds, each seed averaged over the settings with the same value. In a design that moves one
        thing at a time, only the settings count in which the others stand as usual.

    Examples
    --------
    >>> points = pd.DataFrame({"a": [0.0, 0.0, 1.0, 1.0], "b": [0.0, 1.0, 0.0, 1.0]})
    >>> move = move_along(points, pd.DataFrame({1: [1.0, 2.0, 3.0, 4.0], 2: [1.2, 2.2, 3.2, 4.2]}), "a", "grid")
    >>> move.values.tolist(), [round(float(value), 3) for value in move.middle]
    ([0.0, 1.0], [1.6, 3.6])
    """
    kept = _others_as_usual(points, name) if design == "one-at-a-time" else np.ones(len(points), dtype=bool)
    values = points.loc[kept, name].to_numpy(dtype=np.float64)
    table = answers.reindex(points.index).loc[kept].to_numpy(dtype=np.float64, na_value=np.nan)
    drawn = design in RANDOM
    groups, grouped = _groups(values, LEAST if drawn else 1)
    rows = [_group(values[group], table[group], drawn=drawn) for group in groups]
    value, middle, low, high, size = (
        (np.array(column, dtype=np.float64) for column in zip(*rows, strict=True)) if rows else [np.empty(0)] * 5
    )
    chance = math.nan
    if not _is_one_seed(table) and not _agree(table, groups):
        chance = _chance_drawn(table, groups) if drawn else _chance_planned(table, groups)
    return Move(name, value, middle, low, high, size.astype(np.int64), grouped, chance)


def _others_as_usual(points: pd.DataFrame, name: str) -> NDArray[np.bool_]:
    """The settings in which everything else has the value that it has most often."""
    kept = np.ones(len(points), dtype=bool)
    for other in points.columns:
        if other != name:
            kept &= (points[other] == points[other].mode().iloc[0]).to_numpy()
    return kept


def _groups(values: Floats, least: int) -> tuple[Sequence[NDArray[np.int64]], bool]:
    """Places of the settings of each group along a thing varied, and whether different values share one."""
    different, sizes = np.unique(values, return_counts=True)
    if len(different) < 2 or (len(different) <= MOST_VALUES and sizes.min() >= least):
        return [np.flatnonzero(values == value) for value in different], False
    order = np.argsort(values, kind="stable")
    return np.array_split(order, max(2, min(GROUPS, len(values) // LEAST))), True


def _group(values: Floats, table: Floats, *, drawn: bool) -> tuple[float, float, float, float, int]:
    """Value, mean, interval and size of a group."""
    over_seeds = _means(table, axis=1)  # one number a setting
    sample = over_seeds if drawn and len(values) > 1 else _means(table, axis=0)
    mean, low, high, _ = (float(part[0]) for part in mean_intervals(sample[:, None])) if sample.size else (math.nan,) * 4
    finite = over_seeds[np.isfinite(over_seeds)]
    middle = float(finite.mean()) if len(finite) else mean
    return float(values.mean()), middle, low, high, len(values)


def _means(table: Floats, axis: int) -> Floats:
    """Means along an axis over what exists."""
    exists = np.isfinite(table)
    count = exists.sum(axis=axis)
    total = np.where(exists, table, 0.0).sum(axis=axis)
    result: Floats = np.divide(total, count, out=np.full(np.shape(total), np.nan), where=count > 0)
    return result


def _is_one_seed(table: Floats) -> bool:
    """Whether no more than one seed has an answer."""
    return bool(np.isfinite(table).any(axis=0).sum() < 2)


def _agree(table: Floats, groups: Sequence[NDArray[np.int64]]) -> bool:
    """Whether a few seeds move exactly alike from group to group; never where nothing moves at all."""
    cells = np.array([_means(table[group], axis=0) for group in groups])
    cells = cells[:, np.isfinite(cells).all(axis=0)] if cells.size else cells
    if cells.ndim != 2 or min(cells.shape) < 2:
        return False
    moved, size = np.diff(cells, axis=0), float(np.abs(cells).max())
    return agree_by_chance(moved, size) and bool(np.abs(moved).max() > 1e-12 * size)


def _chance_drawn(table: Floats, groups: Sequence[NDArray[np.int64]]) -> float:
    """Chance that the means of groups differ so much by which settings were drawn: one-way analysis of variance (Fisher 1925)."""
    parts = [over[np.isfinite(over)] for over in (_means(table[group], axis=1) for group in groups)]
    parts = [part for part in parts if len(part)]
    within, between = sum(len(part) for part in parts) - len(parts), len(parts) - 1
    if between < 1 or within < 1:
        return math.nan
    centre = np.concatenate(parts).mean()
    left = sum(float(((part - part.mean()) ** 2).sum()) for part in parts)
    made = sum(len(part) * float((part.mean() - centre) ** 2) for part in parts)
    return _chance_of(made / between, left / within, between, within)


def _chance_planned(table: Floats, groups: Sequence[NDArray[np.int64]]) -> float:
    """Chance that the means of values differ so much by the luck of seeds: two-way layout of values and seeds (Scheffé 1959)."""
    cells = np.array([_means(table[group], axis=0) for group in groups])
    if cells.size:
        cells = cells[:, np.isfinite(cells).all(axis=0)]
    if cells.ndim != 2 or min(cells.shape) < 2:
        return math.nan
    values, seeds = cells.shape
    centre = cells.mean()
    made = seeds * float(((cells.mean(axis=1) - centre) ** 2).sum())
    left = float(((cells - cells.mean(axis=1, keepdims=True) - cells.mean(axis=0) + centre) ** 2).sum())
    return _chance_of(made / (values - 1), left / ((values - 1) * (seeds - 1)), values - 1, (values - 1) * (seeds - 1))


def _chance_of(made: float, left: float, first: int, second: int) -> float:
    """Chance of so large a ratio of two mean squares."""
    if left <= 0:
        return 0.0 if made > 0 else 1.0
    return float(special.fdtrc(first, second, made / left))
