"""The answer along one input, with how unsure it is at each value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.runs.sweep.answers.groups import is_drawn
from sim.runs.sweep.answers.luck import Part, half_width, total_part
from sim.runs.sweep.answers.sample import Sample
from sim.runs.sweep.answers.tornado import others_as_they_are

__all__ = ["Curve", "Fit", "curve_of", "fit_of", "fitted_terms"]

Floats = NDArray[np.float64]

#: Values of an input at which a curve is drawn.
STEPS: Final = 201
#: Highest power of a curve.
HIGHEST: Final = 3
#: Points for each number of a fit.
POINTS_A_NUMBER: Final = 4


@dataclass(frozen=True, slots=True)
class Curve:
    """The answer at values of an input.

    Parameters
    ----------
    at : ndarray of float64, shape (values,)
        Values from low to high.
    value, half : ndarray of float64, shape (values,)
        The answer there and half of its 95% interval; the latter is not a number where nothing is known of luck.
    """

    at: Floats
    value: Floats
    half: Floats

    def near(self, where: float) -> tuple[float, float]:
        """The answer and half of its interval at a value, between its neighbours on a straight line.

        Examples
        --------
        >>> Curve(np.array([0.0, 1.0]), np.array([2.0, 4.0]), np.array([0.5, 0.5])).near(0.25)
        (2.5, 0.5)
        """
        return float(np.interp(where, self.at, self.value)), float(np.interp(where, self.at, self.half))


@dataclass(frozen=True, slots=True)
class Fit:
    """A fit on powers of all inputs, made once for the curves of all of them.

    Parameters
    ----------
    terms : ndarray of float64, shape (points, numbers)
        One, then the powers of each input.
    powers : int
        The highest power.
    solve : ndarray of float64, shape (numbers, points)
        Gives the numbers of the fit from answers.
    spread : ndarray of float64, shape (numbers, numbers)
        Covariance of the numbers by the choice of points.
    """

    terms: Floats
    powers: int
    solve: Floats
    spread: Floats


def fit_of(sample: Sample) -> Fit | None:
    """The fit of drawn points; None where points were not drawn, or are too few."""
    found = fitted_terms(sample) if is_drawn(sample) else None
    if found is None:
        return None
    terms, powers, solve = found
    return Fit(terms, powers, solve, _spread_by_points(sample, terms, solve))


def curve_of(sample: Sample, place: int, fit: Fit | None) -> Curve | None:
    """The answer along one input.

    Parameters
    ----------
    sample : Sample
        Points and answers.
    place : int
        Which input.
    fit : Fit or None
        From :func:`fit_of`.

    Returns
    -------
    Curve or None
        None where the input has fewer than two values or there are too few points for a fit.

    Notes
    -----
    On a grid and with one input at a time: means at each value, straight lines between. (One at a time the others are as they are, on a
    grid the mean is over all they may be.) Where points were drawn: least squares on powers of all inputs side by side, the highest
    power chosen by the error of prediction (see :func:`fitted_terms`); read at the mean of the terms of the other inputs.
    """
    if sample.high[place] <= sample.low[place]:
        return None
    if is_drawn(sample):
        return None if fit is None else _through_fit(sample, place, fit)
    return _through_levels(sample, place)


def _through_levels(sample: Sample, place: int) -> Curve | None:
    """Means at the values that were run."""
    column = sample.points[:, place]
    chosen = np.ones(len(column), bool)
    if sample.kind == "one-at-a-time":
        chosen = others_as_they_are(sample.points, sample.usual, place)
    levels = np.unique(column[chosen])
    if len(levels) < 2:
        return None
    by_seed = np.array([sample.values[chosen & (column == level)].mean(axis=0) for level in levels])
    halves = [_half(_by_seeds(row)) for row in by_seed]
    at = np.unique(np.concatenate([np.linspace(levels[0], levels[-1], STEPS), levels]))
    return Curve(at, np.interp(at, levels, by_seed.mean(axis=1)), np.interp(at, levels, halves))


def _through_fit(sample: Sample, place: int, fit: Fit) -> Curve:
    """A fit on powers of all inputs."""
    terms, powers = fit.terms, fit.powers
    column = sample.points[:, place]
    at = np.linspace(sample.low[place], sample.high[place], STEPS)
    own = _powers((at - sample.low[place]) / (sample.high[place] - sample.low[place]), powers)
    scaled = _powers((column - sample.low[place]) / (sample.high[place] - sample.low[place]), powers)
    read = np.zeros((len(at), terms.shape[1]))
    read[:, 0] = 1.0
    read[:, 1 + place * powers : 1 + (place + 1) * powers] = own - scaled.mean(axis=0)
    by_seed = read @ (fit.solve @ sample.values)
    of_points = ((read @ fit.spread) * read).sum(axis=1)
    freedom = max(sample.block_count - terms.shape[1], 1.0)
    halves = [_half(_by_seeds(row), Part(max(float(part), 0.0), freedom)) for row, part in zip(by_seed, of_points, strict=True)]
    return Curve(at, by_seed.mean(axis=1), np.array(halves))


def fitted_terms(sample: Sample) -> tuple[Floats, int, Floats] | None:
    """Terms of the fit (points, numbers), the highest power, and what solves it; None where points are too few for straight lines.

    Notes
    -----
    Powers of each input are Legendre polynomials over its range, centred on the points. The highest power, three at most, is the one
    with the least sum of squared errors in predicting each point from the others (Allen, *Technometrics* 16, 1974), as far as there
    are four points for each number.
    """
    width = np.where(sample.high > sample.low, sample.high - sample.low, 1.0)
    scaled = (sample.points - sample.low) / width
    best: tuple[float, Floats, int, Floats] | None = None
    for powers in range(1, HIGHEST + 1):
        columns = [_powers(scaled[:, place], powers) for place in range(scaled.shape[1])]
        terms = np.asarray(np.hstack([np.ones((len(scaled), 1)), *(column - column.mean(axis=0) for column in columns)]), np.float64)
        if len(terms) < POINTS_A_NUMBER * terms.shape[1]:
            break
        solve = np.asarray(np.linalg.pinv(terms), np.float64)
        errors = (sample.means - terms @ (solve @ sample.means)) / np.maximum(1.0 - (terms * solve.T).sum(axis=1), 1e-9)
        error = float((errors**2).sum())
        if best is None or error < best[0] * (1.0 - 1e-9):
            best = (error, terms, powers, solve)
    return None if best is None else best[1:]


def _powers(part: Floats, powers: int) -> Floats:
    """Legendre polynomials of 1 to `powers` at parts from 0 to 1, (values, powers)."""
    return np.asarray(np.polynomial.legendre.legvander(2.0 * part - 1.0, powers)[:, 1:], np.float64)


def _spread_by_points(sample: Sample, terms: Floats, solve: Floats) -> Floats:
    """Covariance of the numbers of a fit by the choice of blocks (Liang and Zeger, *Biometrika* 73, 1986), for few points made larger."""
    errors = sample.means - terms @ (solve @ sample.means)
    scores = np.zeros((sample.block_count, terms.shape[1]))
    np.add.at(scores, sample.blocks, (solve * errors).T)
    count, numbers, blocks = len(terms), terms.shape[1], sample.block_count
    factor = blocks / max(blocks - 1, 1) * (count - 1) / max(count - numbers, 1)
    return np.asarray(scores.T @ scores * factor, np.float64)


def _by_seeds(row: Floats) -> Part:
    """How unsure the luck of seeds makes a mean over seeds."""
    seeds = len(row)
    return Part(float(row.var(ddof=1)) / seeds, seeds - 1.0) if seeds > 1 else Part(math.nan, math.nan)


def _half(by_seeds: Part, by_points: Part | None = None) -> float:
    """Half of the interval of both parts; not a number where neither is known."""
    if by_points is None and math.isnan(by_seeds.variance):
        return math.nan
    unsure = total_part([by_seeds] if by_points is None else [by_seeds, by_points])
    return half_width(unsure) if unsure.variance > 0.0 else 0.0
