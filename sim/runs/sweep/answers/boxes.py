"""Boxes of inputs, and how good a box is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

__all__ = ["Box", "chance_without", "coverage", "density", "is_in", "trimmed"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: A restriction that chance gives this often is none.
KEPT = 0.05


@dataclass(frozen=True)
class Box:
    """Limits of some inputs, by their place; an end that is infinite is no limit.

    Parameters
    ----------
    limits : mapping of int to (float, float)
        Above the first and up to the second.
    """

    limits: Mapping[int, tuple[float, float]]

    def without(self, place: int) -> Box:
        """The same box without the limits of one input."""
        return Box({other: limits for other, limits in self.limits.items() if other != place})


def is_in(box: Box, points: Floats) -> Flags:
    """Which points lie in a box.

    Examples
    --------
    >>> is_in(Box({0: (0.5, math.inf)}), np.array([[0.5], [0.6]])).tolist()
    [False, True]
    """
    inside = np.ones(len(points), bool)
    for place, (low, high) in box.limits.items():
        inside &= (points[:, place] > low) & (points[:, place] <= high)
    return inside


def coverage(inside: Flags, failed: Flags) -> float:
    """Share of all failures that lie in the box (Bryant and Lempert, *Technological Forecasting and Social Change* 77, 2010).

    Examples
    --------
    >>> coverage(np.array([True, True, False]), np.array([True, False, True]))
    0.5
    """
    return float((inside & failed).sum() / failed.sum()) if failed.any() else math.nan


def density(inside: Flags, failed: Flags) -> float:
    """Share of the points in the box that fail (Bryant and Lempert 2010); not a number for an empty box.

    Examples
    --------
    >>> round(density(np.array([True, True, True]), np.array([True, False, True])), 3)
    0.667
    """
    return float((inside & failed).sum() / inside.sum()) if inside.any() else math.nan


def chance_without(box: Box, place: int, points: Floats, failed: Flags) -> float:
    """Chance that so many points of the box fail if the limits of one input meant nothing.

    Notes
    -----
    The quasi p-value of Bryant and Lempert (2010): the points of the box are taken as draws from the larger box without those limits, and
    the chance is binomial. It is "quasi" since the box was chosen by looking.

    Examples
    --------
    Two points in the box, both fail; in the larger box half of four fail: 0.5 squared.

    >>> points, failed = np.array([[0.0], [0.2], [0.6], [0.8]]), np.array([False, False, True, True])
    >>> chance_without(Box({0: (0.5, math.inf)}), 0, points, failed)
    0.25
    """
    inside, larger = is_in(box, points), is_in(box.without(place), points)
    hits, share = int((inside & failed).sum()), density(larger, failed)
    if hits == 0:
        return 1.0
    return float(special.bdtrc(hits - 1, int(inside.sum()), share))


def trimmed(box: Box, points: Floats, failed: Flags) -> Box:
    """The box without limits that chance would give as well, the weakest first.

    Examples
    --------
    >>> points = np.column_stack([np.arange(40) / 40, np.arange(40) % 2])
    >>> trimmed(Box({0: (0.5, math.inf), 1: (0.5, math.inf)}), points, points[:, 0] > 0.5).limits
    {0: (0.5, inf)}
    """
    while box.limits:
        chances = {place: chance_without(box, place, points, failed) for place in box.limits}
        weakest = max(chances, key=lambda place: (chances[place], place))
        if chances[weakest] <= KEPT:
            break
        box = box.without(weakest)
    return box
