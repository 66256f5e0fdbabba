"""Means of groups of points, and how unsure the choice of the points and the luck of the seeds make them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.runs.sweep.answers.luck import Part, total_part
from sim.runs.sweep.answers.sample import Sample

__all__ = ["contrast", "is_drawn"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def is_drawn(sample: Sample) -> bool:
    """Whether the points stand for others that might have been drawn; a grid and one input at a time do not.

    Examples
    --------
    >>> from sim.runs.sweep.answers.sample import sample_of
    >>> is_drawn(sample_of(["x"], np.zeros((2, 1)), np.zeros((2, 1)), "grid"))
    False
    """
    return sample.kind not in ("grid", "one-at-a-time")


def contrast(sample: Sample, groups: Sequence[tuple[float, Flags]]) -> tuple[float, Part]:
    """A weighted sum of means of groups of points, and how unsure it is.

    Parameters
    ----------
    sample : Sample
        Points and answers.
    groups : sequence of (float, ndarray of bool (points,))
        Weight and points of each group; no group is empty.

    Notes
    -----
    Luck: the sum is taken within each seed, so what a seed does to both groups cancels, and the variance of the sums over seeds is
    divided by their number (paired, as in `sim.runs.statistics.differences`). Where points were drawn, the variance of a ratio of sums
    over blocks is added (Cochran, *Sampling Techniques*, 3rd ed. 1977, section 6.3), since the points of a block belong together.

    Examples
    --------
    >>> from sim.runs.sweep.answers.sample import sample_of
    >>> sample = sample_of(["x"], np.array([[0.0], [1.0]]), np.array([[1.0, 3.0], [2.0, 6.0]]), "grid")
    >>> contrast(sample, [(1.0, sample.points[:, 0] == 1), (-1.0, sample.points[:, 0] == 0)])
    (2.0, Part(variance=1.0, freedom=1.0))
    """
    by_seed = np.zeros(sample.values.shape[1])
    by_block = np.zeros(sample.block_count)
    for weight, chosen in groups:
        by_seed += weight * sample.values[chosen].mean(axis=0)
        apart = sample.means[chosen] - sample.means[chosen].mean()
        by_block += weight * np.bincount(sample.blocks[chosen], weights=apart, minlength=sample.block_count) / chosen.sum()
    seeds, blocks = len(by_seed), sample.block_count
    parts = [Part(float(by_seed.var(ddof=1)) / seeds, seeds - 1.0) if seeds > 1 else Part(math.nan, math.nan)]
    if is_drawn(sample) and blocks > 1:
        parts.append(Part(float((by_block**2).sum()) * blocks / (blocks - 1), blocks - 1.0))
    return float(by_seed.mean()), total_part(parts)
