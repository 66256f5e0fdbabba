"""Indices of a whole grid: nothing was drawn, so they are exact but for the luck of the seeds."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.runs.sweep.answers.index import Index
from sim.runs.sweep.answers.luck import Part, luck_of, one_left_out, seed_part
from sim.runs.sweep.answers.sample import Sample

__all__ = ["chance_of_effects", "grid_indices", "grid_shape"]

Floats = NDArray[np.float64]


def grid_shape(points: Floats) -> tuple[int, ...] | None:
    """Levels of each input where the points are a whole grid, each crossing once; None where they are not.

    Examples
    --------
    >>> grid_shape(np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]))
    (2, 2)
    >>> grid_shape(np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0]])) is None
    True
    """
    shape = tuple(len(np.unique(column)) for column in points.T)
    whole = math.prod(shape) == len(points) and len(np.unique(points, axis=0)) == len(points)
    return shape if whole else None


def grid_indices(sample: Sample) -> list[Index]:
    """First and total order indices of a whole grid.

    Parameters
    ----------
    sample : Sample
        Points of a whole grid, answers that are not all the same.

    Notes
    -----
    Every level weighs the same. The first order index is the variance of the means of the levels over the variance of all answers; the
    total index is what is left of the variance, on average, when all other inputs are held (Sobol, *Mathematics and Computers in
    Simulation* 55, 2001; on a grid this is the analysis of variance). Luck that differs between points raises both: by its variance
    times (levels - 1) / points and (levels - 1) / levels, over the variance. The intervals are the jackknife over seeds. `chance` is
    that of the F test of the effect against its interaction with seeds, with the fewest degrees of freedom it may have, 1 and
    (seeds - 1), since luck at points that are alike may be alike (Geisser and Greenhouse, *Annals of Mathematical Statistics* 29, 1958).

    Examples
    --------
    Main effects of 1 and 2, no interaction: variances 1 and 4 of 5.

    >>> from sim.runs.sweep.answers.sample import sample_of
    >>> points = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    >>> found = grid_indices(sample_of(["a", "b"], points, np.array([[-3.0], [1.0], [-1.0], [3.0]]), "grid"))
    >>> [(one.input, one.index, round(one.value, 3)) for one in found]
    [('a', 'first', 0.2), ('b', 'first', 0.8), ('a', 'total', 0.2), ('b', 'total', 0.8)]
    """
    shape = grid_shape(sample.points)
    if shape is None:
        raise ValueError("the points are no whole grid")
    order = np.lexsort(sample.points.T[::-1])
    values = sample.values[order]
    seeds = values.shape[1]
    left_out = _variances(one_left_out(values), shape) if seeds > 1 else {}
    whole, luck = _variances(values.mean(axis=1, keepdims=True), shape), luck_of(values).luck
    spread = float(values.mean(axis=1).var())
    found = []
    for index in ("first", "total"):
        for place, name in enumerate(sample.names):
            levels = shape[place]
            value = float(whole[index][place, 0])
            raised = luck * (levels - 1) / (len(values) if index == "first" else levels) / spread
            unsure = seed_part(left_out[index][place]) if left_out else Part(math.nan, math.nan)
            found.append(Index(name, index, value, unsure, raised, chance_of_effects(_effects(values, shape, place, index))))
    return found


def _effects(values: Floats, shape: tuple[int, ...], place: int, index: str) -> Floats:
    """What an input adds at each point by itself, or in all, by seed: (points or levels, seeds), sums of nought."""
    cube = values.reshape(*shape, values.shape[1])
    others = tuple(axis for axis in range(len(shape)) if axis != place)
    if index == "first":
        cube = cube.mean(axis=others, keepdims=True)
    apart: Floats = cube - cube.mean(axis=place, keepdims=True)
    return apart.reshape(-1, values.shape[1])


def chance_of_effects(effects: Floats) -> float:
    """Chance of so large effects by luck alone; not a number with one seed or where there is neither effect nor luck.

    Examples
    --------
    Means of 1 and -1; errors of 0.1 and -0.1 with two seeds: F(1, 1) is 2 * 2 / 0.04 = 100.

    >>> round(chance_of_effects(np.array([[1.1, 0.9], [-1.1, -0.9]])), 4)
    0.0635
    """
    seeds = effects.shape[1]
    if seeds < 2:
        return math.nan
    means = effects.mean(axis=1)
    within, between = float(((effects - means[:, None]) ** 2).sum()) / (seeds - 1), float((means**2).sum()) * seeds
    if within <= (64 * np.finfo(np.float64).eps * np.abs(effects).max()) ** 2 * effects.size:
        return 0.0 if between > 0.0 else math.nan
    return float(special.fdtrc(1.0, seeds - 1.0, between / within))


def _variances(means: Floats, shape: tuple[int, ...]) -> dict[str, Floats]:
    """First and total shares of each input for each column of means (points, columns): (inputs, columns)."""
    cube = means.reshape(*shape, means.shape[1])
    axes = tuple(range(len(shape)))
    whole = cube.var(axis=axes)
    safe = np.where(whole > 0.0, whole, np.nan)
    first = [cube.mean(axis=tuple(axis for axis in axes if axis != place)).var(axis=0) / safe for place in axes]
    total = [cube.var(axis=place).mean(axis=tuple(range(len(shape) - 1))) / safe for place in axes]
    return {"first": np.nan_to_num(np.array(first)), "total": np.nan_to_num(np.array(total))}
