"""Draws: each run of a validation has its own luck, and its own point within what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.settings.place import Place
from sim.settings.places.believed import Range, parameter_ranges, place_ranges
from sim.settings.places.figures import Path, figures_of, with_figures
from sim.settings.places.moved import contradictions, whole_of

__all__ = ["RANGES", "Draw", "Range", "between", "drawn_place", "latin_hypercube", "make_draws", "parameter_ranges", "place_ranges"]

RANGES: Final = ("none", "place", "all")
"""What is drawn beside luck: nothing, the place's own assumptions, or these and the parameters that are assumptions."""

#: Seed of the Latin hypercube: the same points for the same places, ranges and number of draws.
HYPERCUBE_SEED: Final = 2013
#: How often a point whose figures contradict each other is moved half-way to the file's own values before these are taken.
MOST_HALVINGS: Final = 6


@dataclass(frozen=True, slots=True)
class Draw:
    """One run of a validation.

    Parameters
    ----------
    number : int
        Counted from 1.
    seed : int
        Its luck.
    ranged : bool
        Whether it has a point within the ranges; else every value is the file's own.
    parameters : mapping of str to float
        Parameters that were drawn.
    place : mapping of path to float
        Figures of the place that were drawn, sums mended.
    halvings : int
        How often the point was moved half-way to the file's own values, since its figures contradicted each other.
    """

    number: int
    seed: int
    ranged: bool
    parameters: Mapping[str, float] = field(default_factory=dict)
    place: Mapping[Path, float] = field(default_factory=dict)
    halvings: int = 0


def between(point: Range, part: float) -> float:
    """The value at a part from 0 to 1 of a range: even below the default, even above it, and the default in the middle.

    Examples
    --------
    >>> [between(Range(0.0, 2.0, 12.0), part) for part in (0.0, 0.25, 0.5, 0.75, 1.0)]
    [0.0, 1.0, 2.0, 7.0, 12.0]
    """
    if part < 0.5:
        return point.low + (point.value - point.low) * 2.0 * part
    return point.value + (point.high - point.value) * (2.0 * part - 1.0)


def latin_hypercube(dimensions: int, number: int, seed: int = HYPERCUBE_SEED) -> NDArray[np.float64]:
    """Points of a Latin hypercube (number, dimensions): in each dimension every n-th part of the range is met once.

    Examples
    --------
    >>> points = latin_hypercube(3, 4)
    >>> np.sort(np.floor(points * 4), axis=0)[:, 0].tolist()
    [0.0, 1.0, 2.0, 3.0]
    """
    from scipy.stats import qmc

    if not dimensions:
        return np.zeros((number, 0))
    points: NDArray[np.float64] = qmc.LatinHypercube(d=dimensions, rng=seed).random(number)
    return points


def make_draws(place: Place, parameters: Mapping[str, Range], number: int, alone: int, ranges: str) -> tuple[Draw, ...]:
    """The runs of a place: some at the file's own values, with luck alone, then some with a point of the hypercube each.

    Parameters
    ----------
    place : Place
        The place.
    parameters : mapping of str to Range
        Ranges of parameters, from `parameter_ranges`.
    number, alone : int
        Draws within the ranges, and runs with luck alone; both have seeds counted from 1.
    ranges : str
        One of :data:`RANGES`.

    Returns
    -------
    tuple of Draw
        Those with luck alone first.
    """
    lucky = tuple(Draw(seed, seed, ranged=False) for seed in range(1, alone + 1))
    of_place = place_ranges(place) if ranges in ("place", "all") else {}
    of_parameters = parameters if ranges == "all" else {}
    points = latin_hypercube(len(of_place) + len(of_parameters), number)
    drawn = []
    for index in range(number if ranges != "none" else 0):
        parts = points[index]
        values = {name: between(point, float(part)) for (name, point), part in zip(of_parameters.items(), parts, strict=False)}
        figures, halvings = drawn_place(place, of_place, parts[len(of_parameters) :])
        drawn.append(Draw(alone + index + 1, index + 1, True, values, figures, halvings))
    return (*lucky, *drawn)


def drawn_place(place: Place, ranges: Mapping[Path, Range], parts: Sequence[float] | NDArray[np.float64]) -> tuple[dict[Path, float], int]:
    """Figures of a place at a point of their ranges, shares of a whole mended to add up; how often the point was moved inward.

    Notes
    -----
    Where shares must add to one, those that were drawn are multiplied until they do, so one of them may leave its range a little. A
    point whose figures can't all be true (more jobs at anchors than in the place) is moved half-way to the file's own values, again
    and again until they can.
    """
    reach = 1.0
    for halvings in range(MOST_HALVINGS):
        moved = 0.5 + (np.asarray(parts, float) - 0.5) * reach
        values = {path: between(point, float(part)) for (path, point), part in zip(ranges.items(), moved, strict=True)}
        values = _with_sums(place, values)
        if not contradictions(with_figures(place, values)):
            return values, halvings
        reach /= 2.0
    return {}, MOST_HALVINGS


def _with_sums(place: Place, values: Mapping[Path, float]) -> dict[Path, float]:
    """Values in which shares of one whole add up to one again."""
    known = figures_of(place)
    groups: dict[str, list[Path]] = {}
    for path in known:
        whole = whole_of(path)
        if whole:
            groups.setdefault(whole, []).append(path)
    mended = dict(values)
    for paths in groups.values():
        drawn = [path for path in paths if path in values]
        fixed = sum(float(known[path]) for path in paths if path not in values)
        total = sum(values[path] for path in drawn)
        if total > 0.0 and fixed < 1.0:
            mended.update({path: values[path] * (1.0 - fixed) / total for path in drawn})
    return mended
