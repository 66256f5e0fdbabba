"""Morris screening: how far the answer moves, on average, when one input moves across its range and the others stay."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.runs.statistics.differences import CONFIDENCE
from sim.runs.sweep.answers.index import Index
from sim.runs.sweep.answers.luck import SEED, Part, chance_above, one_left_out, picks, seed_part, total_part, unbiased_spread
from sim.runs.sweep.answers.sample import Sample

__all__ = ["elementary_effects", "morris_indices"]

Floats = NDArray[np.float64]

#: Resamples of trajectories.
RESAMPLES: Final = 500


def elementary_effects(points: Floats, values: Floats, levels: int) -> Floats:
    """Effects of one step each, as if the step were the whole range.

    Parameters
    ----------
    points : ndarray of float64, shape (points, inputs)
        Trajectories of (inputs + 1) points, one after the other; each step moves one input.
    values : ndarray of float64, shape (points, seeds)
        The answers.
    levels : int
        Levels of the design; a step is ``levels / (2 (levels - 1))`` of the range.

    Returns
    -------
    ndarray of float64, shape (trajectories, inputs, seeds)
        Nought where a whole number was rounded so that nothing moved.

    Notes
    -----
    Morris, *Technometrics* 33, 1991, section 2.

    Examples
    --------
    With four levels a step is two thirds, so a change of 2 is an effect of 3:

    >>> points = np.array([[0.0, 0.0], [2 / 3, 0.0], [2 / 3, 2 / 3]])
    >>> elementary_effects(points, np.array([[1.0], [3.0], [3.0]]), 4).round(6).tolist()
    [[[3.0], [0.0]]]
    """
    inputs, seeds = points.shape[1], values.shape[1]
    moved = np.diff(points.reshape(-1, inputs + 1, inputs), axis=1)
    changed = np.diff(values.reshape(-1, inputs + 1, seeds), axis=1)
    step = levels / (2.0 * (levels - 1))
    effects: Floats = np.einsum("tki,tks->tis", np.sign(moved), changed) / step
    return effects


def morris_indices(sample: Sample) -> list[Index]:
    """Mean effect, mean size of the effects and their spread, with intervals.

    Parameters
    ----------
    sample : Sample
        Of a Morris design, whole trajectories, at least two of them.

    Notes
    -----
    SALib computes `mu`, `mu_star` and `sigma` (Morris 1991; Campolongo, Cariboni and Saltelli, *Environmental Modelling and Software* 22,
    2007) of the means of points, in the unit of the answer, and the bootstrap of `mu_star` over trajectories. The luck of the seeds is
    added from the jackknife over seeds. The bootstrap rests on as many free values as there are trajectories, less one.

    `mu_star` takes sizes, so luck alone makes it larger than nought: an effect that is luck with standard deviation s has a mean size of
    ``s sqrt(2 / pi)`` (Leone, Nelson and Nottingham, *Technometrics* 3, 1961). This is its `luck`, and the test asks whether `mu_star` is
    above it. The `luck` of `sigma` is the root mean square of s.
    """
    analysis = _salib_analysis(sample)
    effects = elementary_effects(sample.points, sample.values, sample.levels)
    means = np.moveaxis(one_left_out(effects.reshape(-1, effects.shape[2])).reshape(effects.shape), 2, 0) if effects.shape[2] > 1 else None
    error = unbiased_spread(effects) / math.sqrt(effects.shape[2])
    mean_square = (effects.var(axis=2, ddof=1) / effects.shape[2]).mean(axis=0) if means is not None else error[0]
    unsure = _unsure(effects, means)
    quantile = float(special.ndtri((1 + CONFIDENCE) / 2))
    found = []
    for place, name in enumerate(sample.names):
        by_points = Part(float(analysis["mu_star_conf"][place] / quantile) ** 2, len(effects) - 1.0)
        sure = total_part([by_points, unsure["mu_star"][1][place]])
        value, luck = float(analysis["mu_star"][place]), float(math.sqrt(2.0 / math.pi) * error[:, place].mean())
        found.append(Index(name, "mu_star", value, sure, luck, chance_above(value - luck, sure)))
        of_mu, of_sigma = (total_part([unsure[key][0][place], unsure[key][1][place]]) for key in ("mu", "sigma"))
        found.append(Index(name, "mu", float(analysis["mu"][place]), of_mu, 0.0 if means is not None else math.nan))
        found.append(Index(name, "sigma", float(analysis["sigma"][place]), of_sigma, float(np.sqrt(mean_square[place]))))
    return sorted(found, key=lambda one: ("mu_star", "mu", "sigma").index(one.index))


def _salib_analysis(sample: Sample) -> Any:
    """What SALib makes of the means of points."""
    from SALib.analyze import morris

    bounds = [[float(low), float(high)] for low, high in zip(sample.low, sample.high, strict=True)]
    problem = {"num_vars": len(sample.names), "names": list(sample.names), "bounds": bounds}
    return morris.analyze(problem, sample.points, sample.means, conf_level=CONFIDENCE, num_levels=sample.levels, seed=SEED)


def _statistics(effects: Floats) -> dict[str, Floats]:
    """The three indices from effects, trajectories being the axis before the last."""
    return {
        "mu_star": np.abs(effects).mean(axis=-2),
        "mu": effects.mean(axis=-2),
        "sigma": effects.std(axis=-2, ddof=1),
    }


def _unsure(effects: Floats, left_out: Floats | None) -> dict[str, tuple[list[Part], list[Part]]]:
    """How unsure each index of each input is, by trajectories (bootstrap) and by seeds (jackknife)."""
    count, inputs, _ = effects.shape
    drawn = picks(RESAMPLES, count, count)
    resampled = _statistics(effects.mean(axis=2)[drawn])
    by_seeds = _statistics(left_out) if left_out is not None else {}
    result = {}
    for key, table in resampled.items():
        seeds = [seed_part(by_seeds[key][:, place]) if by_seeds else Part(math.nan, math.nan) for place in range(inputs)]
        result[key] = ([Part(float(table[:, place].var(ddof=1)), count - 1.0) for place in range(inputs)], seeds)
    return result
