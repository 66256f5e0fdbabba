"""First order indices of points that were not drawn for them: a Latin hypercube, or what is left of another design."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.core.streams import Streams
from sim.runs.statistics.differences import CONFIDENCE
from sim.runs.sweep.answers.index import Index
from sim.runs.sweep.answers.luck import ROUNDING, SEED, Part, chance_above, one_left_out, raised_by_luck, seed_part, total_part
from sim.runs.sweep.answers.sample import Sample

__all__ = ["FEWEST_POINTS", "given_indices"]

Floats = NDArray[np.float64]

#: Resamples of points: a standard error from so many is itself known to a fourteenth of its size.
RESAMPLES: Final = 100
#: Orders of chance that stand for an input without influence.
ORDERS: Final = 1999
#: Fewer points than this say nothing of use: one harmonic alone would fit a fifth of any noise.
FEWEST_POINTS: Final = 16


def given_indices(sample: Sample) -> list[Index]:
    """First order indices by random balance designs, with intervals and with inputs of no influence as a yardstick.

    Parameters
    ----------
    sample : Sample
        At least `FEWEST_POINTS` points, answers that are not all the same.

    Notes
    -----
    SALib sorts the answers by one input and takes the share of their variance that lies in the first harmonics (Tarantola, Gatelli and
    Mara, *Reliability Engineering and System Safety* 91, 2006; Plischke, same journal 95, 2010), corrected for what noise puts there
    (Tissot and Prieur, same journal 107, 2012). There are a tenth as many harmonics as points, ten at most. The points are shuffled
    first, so that equal values of one input do not keep the order of another. Only effects of an input by itself are seen: one that
    acts through others alone has an index of nought here.

    The yardstick is an input that does not exist (as in Khorashadi Zadeh et al., *Environmental Modelling and Software* 91, 2017): the
    answers in an order of chance, many times; `luck` is what 95 in 100 of these stay below and `chance` the share of them that reach the
    index. Luck that runs with an input has no such order, so with several seeds the index must be above what luck raises it by as well
    (:func:`~sim.runs.sweep.answers.luck.raised_by_luck`), by the jackknife over seeds.
    """
    order = np.argsort(Streams(SEED).uniform("bootstrap", 1, len(sample.points)))
    points, values = sample.points[order], sample.values[order]
    harmonics = int(np.clip(len(points) // 10, 1, 10))
    analysis = _salib_analysis(sample, points, values.mean(axis=1), harmonics)
    without = _without_influence(values.mean(axis=1), harmonics)
    quantile = float(special.ndtri((1 + CONFIDENCE) / 2))
    found = []
    for place, name in enumerate(sample.names):
        value = float(analysis["S1"][place])
        by_seeds, above = _of_seeds(points[:, place], values, harmonics, value)
        unsure = total_part([Part(float(analysis["S1_conf"][place] / quantile) ** 2, len(points) - 1.0), by_seeds])
        chance = float((1 + (without >= value).sum()) / (1 + ORDERS))
        if np.isfinite(above):
            chance = max(chance, above)
        found.append(Index(name, "rbd_first", value, unsure, float(np.quantile(without, CONFIDENCE)), chance))
    return found


def _salib_analysis(sample: Sample, points: Floats, means: Floats, harmonics: int) -> Any:
    """What SALib makes of the means of points."""
    from SALib.analyze import rbd_fast

    problem = {"num_vars": len(sample.names), "names": list(sample.names), "bounds": [[0.0, 1.0]] * len(sample.names)}
    return rbd_fast.analyze(problem, points, means, M=harmonics, num_resamples=RESAMPLES, conf_level=CONFIDENCE, seed=SEED)


def _of_seeds(column: Floats, values: Floats, harmonics: int, value: float) -> tuple[Part, float]:
    """How unsure seeds make the index of one input, and the chance of so large a one by luck that runs with it."""
    if values.shape[1] < 2:
        return Part(np.nan, np.nan), np.nan
    spread = values.mean(axis=1).var()
    by_seeds = seed_part(_sums(column, one_left_out(values), harmonics) / spread)
    luck = raised_by_luck(_sums(column, values, harmonics) / spread, value)
    return by_seeds, chance_above(value - luck, by_seeds)


def _sums(column: Floats, values: Floats, harmonics: int) -> Floats:
    """The index of one input times the variance, for each column of values."""
    from SALib.analyze import rbd_fast

    result = np.zeros(values.shape[1])
    for place in np.flatnonzero(values.std(axis=0) > ROUNDING * np.abs(values).max(axis=0)):
        ordered = rbd_fast.permute_outputs(column, values[:, place])
        result[place] = rbd_fast.unskew_S1(rbd_fast.compute_first_order(ordered, harmonics), harmonics, len(ordered)) * ordered.var()
    return result


def _without_influence(means: Floats, harmonics: int) -> Floats:
    """Indices of inputs that do not exist, (orders,)."""
    return np.concatenate([_indices_of_orders(means, harmonics, slots) for slots in np.array_split(np.arange(ORDERS), 10)])


def _indices_of_orders(means: Floats, harmonics: int, slots: NDArray[np.int64]) -> Floats:
    """Indices of some orders of chance, many at once."""
    uniform = Streams(SEED).uniform("bootstrap", 2, slots, width=len(means))
    power = np.abs(np.fft.rfft((means - means.mean())[np.argsort(uniform, axis=1)], axis=1)[:, 1:]) ** 2
    if len(means) % 2 == 0:
        power[:, -1] *= 0.5  # the last frequency of an even number of answers has no counterpart
    share = power[:, :harmonics].sum(axis=1) / power.sum(axis=1)
    skew = 2 * harmonics / len(means)
    result: Floats = share - skew / (1 - skew) * (1 - share)
    return result
