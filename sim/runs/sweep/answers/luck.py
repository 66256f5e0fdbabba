"""Luck and inputs told apart: how much of what differs between points is the luck of few seeds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.core.streams import Streams
from sim.runs.statistics.differences import CONFIDENCE

__all__ = [
    "AGREEING",
    "Luck",
    "Part",
    "agree_by_chance",
    "chance_above",
    "half_width",
    "luck_of",
    "one_left_out",
    "picks",
    "raised_by_luck",
    "seed_part",
    "total_part",
    "unbiased_spread",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Resamples are the same every time, so a result says the same whenever it is read.
SEED: Final = 1979
#: Values closer together than this share of their size are the same: it is what rounding leaves of sums.
ROUNDING: Final = 64 * float(np.finfo(np.float64).eps)
#: Seeds that agree exactly show something only when there are so many; fewer may agree by chance.
AGREEING: Final = 5


@dataclass(frozen=True, slots=True)
class Luck:
    """What differs between the means of points, and why.

    Parameters
    ----------
    spread : float
        Variance of the means of points.
    luck : float
        Variance that luck alone gives them; not a number with one seed.
    share : float
        Luck as a share of the spread, from 0 to 1; not a number with one seed, nought without spread.
    """

    spread: float
    luck: float
    share: float


def agree_by_chance(values: Floats, size: float = 0.0) -> bool:
    """Whether a few seeds agree exactly, so that nothing says how much luck there is.

    Parameters
    ----------
    values : ndarray of float64, shape (seeds,) or (anything, seeds)
        One number of each seed, or several.
    size : float
        Size of the answers that they were worked out of, where that is larger: rounding is a share of it.

    Returns
    -------
    bool
        False for one seed, which has nothing to agree with, and for `AGREEING` seeds or more.

    Examples
    --------
    >>> agree_by_chance(np.array([2.0, 2.0])), agree_by_chance(np.array([2.0, 2.1])), agree_by_chance(np.full(5, 2.0))
    (True, False, False)
    """
    if not 2 <= values.shape[-1] < AGREEING:
        return False
    return bool(np.ptp(values, axis=-1).max() <= ROUNDING * max(size, float(np.abs(values).max())))


def luck_of(values: Floats) -> Luck:
    """Split the variance of the means of points into inputs and luck.

    Parameters
    ----------
    values : ndarray of float64, shape (points, seeds)
        The answer of each run; all exist.

    Notes
    -----
    The seeds are the same at every point, so what a seed does to all points alike moves no point against another. What is left
    is the part of points by seeds: its mean square (two-way layout with one value a cell; Scheffé, *The Analysis of Variance*,
    1959, section 4.8) over the number of seeds is the variance that luck gives a mean. The plain variance within points over the
    seeds, which would count the shared part too, is never smaller on average.

    Examples
    --------
    The second point is two above the first for either seed, so nothing of it is luck:

    >>> luck_of(np.array([[1.0, 5.0], [3.0, 7.0]]))
    Luck(spread=2.0, luck=0.0, share=0.0)
    """
    count, seeds = values.shape
    if count < 2:
        return Luck(math.nan, math.nan, math.nan)
    means = values.mean(axis=1)
    spread = float(means.var(ddof=1))
    if np.ptp(means) <= ROUNDING * np.abs(means).max():
        spread = 0.0
    if seeds < 2:
        return Luck(spread, math.nan, math.nan)
    apart = values - means[:, None] - values.mean(axis=0) + values.mean()
    apart[np.abs(apart) <= ROUNDING * np.abs(values).max()] = 0.0
    luck = float((apart**2).sum()) / ((count - 1) * (seeds - 1)) / seeds
    return Luck(spread, luck, min(luck / spread, 1.0) if spread > 0.0 else 0.0)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of how unsure a number is: its variance, and on how many free values that rests (infinite for a bootstrap)."""

    variance: float
    freedom: float


def total_part(parts: Sequence[Part]) -> Part:
    """Independent parts together.

    Notes
    -----
    Variances add up; the degrees of freedom are those of Satterthwaite (*Biometrics Bulletin* 2, 1946). Parts that are not numbers
    (luck with one seed) are left out: the caller says so.

    Examples
    --------
    >>> total_part([Part(1.0, 4.0), Part(1.0, 4.0)])
    Part(variance=2.0, freedom=8.0)
    """
    known = [part for part in parts if math.isfinite(part.variance)]
    variance = sum(part.variance for part in known)
    below = sum(part.variance**2 / part.freedom for part in known if part.freedom > 0)
    return Part(variance, variance**2 / below if below > 0.0 else math.inf)


def half_width(part: Part, confidence: float = CONFIDENCE) -> float:
    """Half of the width of an interval: Student's quantile times the standard error.

    Examples
    --------
    >>> round(half_width(Part(1.0, math.inf)), 3), round(half_width(Part(1.0, 4.0)), 3)
    (1.96, 2.776)
    """
    quantile = special.stdtrit(part.freedom, (1 + confidence) / 2) if math.isfinite(part.freedom) else special.ndtri((1 + confidence) / 2)
    return float(quantile) * math.sqrt(part.variance)


def chance_above(value: float, part: Part) -> float:
    """Chance of a value as far above nought by what makes it unsure alone; not a number where nothing does.

    Examples
    --------
    >>> round(chance_above(1.96, Part(1.0, math.inf)), 3), chance_above(0.0, Part(0.0, math.inf))
    (0.025, nan)
    """
    if not (math.isfinite(value) and math.isfinite(part.variance)):
        return math.nan
    if part.variance == 0.0:
        return 0.0 if value > 0.0 else math.nan
    distance = -value / math.sqrt(part.variance)
    return float(special.stdtr(part.freedom, distance) if math.isfinite(part.freedom) else special.ndtr(distance))


def one_left_out(values: Floats) -> Floats:
    """Means of points with one seed left out in turn, (points, seeds).

    Examples
    --------
    >>> one_left_out(np.array([[1.0, 2.0, 6.0]])).tolist()
    [[4.0, 3.5, 1.5]]
    """
    result: Floats = (values.sum(axis=1, keepdims=True) - values) / (values.shape[1] - 1)
    return result


def seed_part(left_out: Floats) -> Part:
    """How unsure the luck of the seeds makes a number, from its values with one seed left out in turn.

    Parameters
    ----------
    left_out : ndarray of float64, shape (seeds,)
        The number with each seed left out.

    Notes
    -----
    The jackknife: ``(seeds - 1) / seeds`` times the sum of squares about their mean; on average never too small (Efron and Stein,
    *Annals of Statistics* 9, 1981).

    Examples
    --------
    For a mean it is the variance over the number: the values 1, 2 and 6 have variance 7.

    >>> round(seed_part(np.array([4.0, 3.5, 1.5])).variance, 6)
    2.333333
    """
    seeds = len(left_out)
    if seeds < 2:
        return Part(math.nan, math.nan)
    apart = left_out - left_out.mean()
    return Part(float((apart**2).sum()) * (seeds - 1) / seeds, seeds - 1.0)


def raised_by_luck(of_seeds: Floats, of_means: float) -> float:
    """By how much luck raises, on average, a number that is a sum of products of answers.

    Parameters
    ----------
    of_seeds : ndarray of float64, shape (seeds,)
        The number worked out of each seed alone.
    of_means : float
        The number worked out of the means over seeds.

    Returns
    -------
    float
        Not a number with one seed.

    Notes
    -----
    A product of two means over n seeds is the mean of n squared products, of which n take both answers from one seed and so keep what
    its luck does to both. Without these n the expected number is that of no luck (a U-statistic; Hoeffding, *Annals of Mathematical
    Statistics* 19, 1948). They raise it by ``(mean of the seeds - of the means) / (seeds - 1)``.

    Examples
    --------
    The square of the mean of 1 and 3 is 4, of the seeds alone 1 and 9; the only product of different seeds is 3, one less than 4:

    >>> raised_by_luck(np.array([1.0, 9.0]), 4.0)
    1.0
    """
    seeds = len(of_seeds)
    return float(of_seeds.mean() - of_means) / (seeds - 1) if seeds > 1 else math.nan


def unbiased_spread(values: Floats) -> Floats:
    """Standard deviation over the last axis, put right for few values.

    Notes
    -----
    The root of the sample variance is too small by c4 on average for normal values (Holtzman, *The American Statistician* 4, 1950).

    Examples
    --------
    >>> round(float(unbiased_spread(np.array([0.0, 2.0]))), 4)
    1.7725
    """
    count = values.shape[-1]
    if count < 2:
        return np.full(values.shape[:-1], math.nan)
    factor = math.sqrt(2.0 / (count - 1)) * math.exp(special.gammaln(count / 2) - special.gammaln((count - 1) / 2))
    spread: Floats = values.std(axis=-1, ddof=1) / factor
    return spread


def picks(resamples: int, draws: int, among: int, purpose: int = 0) -> Integers:
    """Which of `among` things each resample draws, with replacement, (resamples, draws); the same every time.

    Examples
    --------
    >>> drawn = picks(2, 3, 5)
    >>> drawn.shape, bool((drawn < 5).all()), bool((drawn == picks(2, 3, 5)).all())
    ((2, 3), True, True)
    """
    uniform = Streams(SEED).uniform("bootstrap", purpose, resamples, width=max(draws, 2))[:, :draws]
    return np.minimum((uniform * among).astype(np.int64), among - 1)
