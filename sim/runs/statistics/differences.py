"""What a set of paired runs can say: the difference, how sure it is, and what it would take to see more.

The unit of luck is the seed. Two arms with one seed share every draw that still concerns the same agent, so the difference
within a seed is the policy and the rest of the luck. The differences of the seeds are independent of each other and each is a
mean over very many agents and months; with a spread that is not known beforehand the mean of few such differences has a
Student t distribution, which is why the interval is the paired t interval (Law, *Simulation Modeling and Analysis*, 5th ed.
2015, section 10.2.1). Where the differences are too skewed for that, by Cochran's rule, a bootstrap-t interval stands beside
it and the more careful of the two decides.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from sim.runs.statistics.bootstrap import bootstrap_t_interval

__all__ = [
    "CONFIDENCE",
    "HIGHER",
    "IDENTICAL",
    "LOWER",
    "NO_DIFFERENCE",
    "TOO_FEW",
    "Estimate",
    "expected_false_alarms",
    "holm",
    "is_too_skewed",
    "mean_intervals",
    "paired_difference",
    "pairs_needed",
    "power",
    "skewness",
    "smallest_difference_seen",
]

Floats = NDArray[np.float64]

#: Share of intervals that hold the true difference.
CONFIDENCE: Final = 0.95
#: Share of runs in which a difference of the given size is seen (Cohen, *Statistical Power Analysis*, 1988, section 2.4).
POWER: Final = 0.80
#: Differences below this share of the values are what rounding leaves of sums taken in another order, and count as none.
ROUNDING: Final = 64 * float(np.finfo(np.float64).eps)
#: No one pays for more pairs than this: a larger number is given as none.
MOST_PAIRS: Final = 1_000_000

HIGHER: Final = "higher"
LOWER: Final = "lower"
IDENTICAL: Final = "identical"
NO_DIFFERENCE: Final = "no difference that can be told from luck"
TOO_FEW: Final = "too few pairs to tell"


@dataclass(frozen=True)
class Estimate:
    """A paired difference and what it is worth.

    Parameters
    ----------
    pairs : int
        Pairs with a finite value in both arms.
    missing : int
        Pairs left out because one value does not exist.
    mean, spread : float
        Mean and standard deviation of the differences; the spread is not a number with fewer than two pairs.
    low, high : float
        Paired t interval; not a number with fewer than two pairs.
    p_value : float
        Two-sided, of no difference; not a number where no test was made (fewer than two pairs, or identical).
    skewness : float
        Of the differences, adjusted for few values; not a number with fewer than three pairs or no spread.
    companion_low, companion_high : float
        Bootstrap-t interval where the differences are too skewed for the t interval alone, else not a number.
    decision : str
        "higher", "lower", "identical", "no difference that can be told from luck" or "too few pairs to tell".
    pairs_needed : int or None
        Pairs that would show a difference as large as `mean` in 80 of 100 experiments; None when no number can be given.
    smallest_seen : float
        The smallest difference that this many pairs would show in 80 of 100 experiments. For a difference that was not seen
        this is the number to quote (Hoenig and Heisey, *The American Statistician* 55, 2001).
    """

    pairs: int
    missing: int
    mean: float
    spread: float
    low: float
    high: float
    p_value: float
    skewness: float
    companion_low: float
    companion_high: float
    decision: str
    pairs_needed: int | None
    smallest_seen: float


def paired_difference(reference: ArrayLike, other: ArrayLike, confidence: float = CONFIDENCE) -> Estimate:
    """The mean difference `other` less `reference` over paired runs.

    Parameters
    ----------
    reference, other : array_like of float, shape (pairs,)
        The same measure in both arms, in the same order of seeds. A pair with a value that is not finite is left out.
    confidence : float
        Share of intervals that hold the true difference.

    Raises
    ------
    ValueError
        When the two do not have the same one-dimensional shape, or the confidence is not between 0 and 1.

    Examples
    --------
    >>> result = paired_difference([10, 11, 12, 13], [12, 14, 13, 15])
    >>> result.mean, round(result.low, 3), round(result.high, 3), result.decision
    (2.0, 0.701, 3.299, 'higher')
    """
    before, after = np.asarray(reference, np.float64), np.asarray(other, np.float64)
    if before.shape != after.shape or before.ndim != 1:
        raise ValueError(f"paired values need one shape (pairs,), not {before.shape} and {after.shape}")
    _check_share("confidence", confidence)
    exists = np.isfinite(before) & np.isfinite(after)
    differences = after[exists] - before[exists]
    largest = np.maximum(np.abs(after[exists]), np.abs(before[exists]))
    differences[np.abs(differences) <= ROUNDING * largest] = 0.0
    return _estimate(differences, int((~exists).sum()), confidence)


def _estimate(differences: Floats, missing: int, confidence: float) -> Estimate:
    """An estimate from differences that exist."""
    count = len(differences)
    means, lows, highs, spreads = (float(part[0]) for part in mean_intervals(differences[:, None], confidence))
    skew = skewness(differences)
    companion = (math.nan, math.nan)
    if is_too_skewed(skew, count):
        companion = bootstrap_t_interval(differences, confidence)
    return Estimate(
        pairs=count,
        missing=missing,
        mean=means,
        spread=spreads,
        low=lows,
        high=highs,
        p_value=_p_value(means, spreads, count),
        skewness=skew,
        companion_low=companion[0],
        companion_high=companion[1],
        decision=_decide(differences, (lows, highs), companion),
        pairs_needed=pairs_needed(means, spreads, confidence=confidence),
        smallest_seen=smallest_difference_seen(spreads, count, confidence=confidence),
    )


def _decide(differences: Floats, interval: tuple[float, float], companion: tuple[float, float]) -> str:
    """The word for a difference; where a companion interval exists both must agree."""
    if len(differences) and not differences.any():
        return IDENTICAL
    if len(differences) < 2:
        return TOO_FEW
    intervals = [interval] if math.isnan(companion[0]) else [interval, companion]
    if all(low > 0 for low, _ in intervals):
        return HIGHER
    if all(high < 0 for _, high in intervals):
        return LOWER
    return NO_DIFFERENCE


def _p_value(mean: float, spread: float, count: int) -> float:
    """Two-sided probability of a mean as far from nought by luck alone, by the paired t test (Student, *Biometrika* 6, 1908)."""
    if count < 2 or (mean == 0 and spread == 0):
        return math.nan
    if spread == 0:
        return 0.0
    return float(2 * special.stdtr(count - 1, -abs(mean) / (spread / math.sqrt(count))))


def mean_intervals(values: Floats, confidence: float = CONFIDENCE) -> tuple[Floats, Floats, Floats, Floats]:
    """Mean, ends of the t interval and spread of each column.

    Parameters
    ----------
    values : ndarray of float64, shape (runs, columns)
        Values that are not finite are left out, column by column.
    confidence : float
        Share of intervals that hold the true mean.

    Returns
    -------
    mean, low, high, spread : ndarray of float64, shape (columns,)
        Not a number where there are no values (mean) or fewer than two (the others).

    Examples
    --------
    >>> mean, low, high, spread = mean_intervals(np.array([[1.0], [2.0], [3.0]]))
    >>> [round(float(part[0]), 3) for part in (mean, low, high, spread)]
    [2.0, -0.484, 4.484, 1.0]
    """
    exists = np.isfinite(values)
    count = exists.sum(axis=0)
    # Columns without spread must come out as exactly that, so the distances are taken from the first value that exists.
    found = np.where(exists, values, 0.0)
    first = np.take_along_axis(found, exists.argmax(axis=0)[None, :], axis=0)[0] if len(values) else np.zeros(values.shape[1])
    apart = np.where(exists, values - first, 0.0)
    middle = _ratio(apart.sum(axis=0), count)
    mean = first + middle
    spread = np.sqrt(_ratio((np.where(exists, apart - middle, 0.0) ** 2).sum(axis=0), count - 1))
    reach = special.stdtrit(np.maximum(count - 1, 1), (1 + confidence) / 2) * spread / np.sqrt(np.maximum(count, 1))
    return mean, mean - reach, mean + reach, spread


def _ratio(top: Floats, count: NDArray[np.int64]) -> Floats:
    """`top / count`, not a number where the count is below one."""
    result: Floats = np.divide(top, count, out=np.full(np.shape(top), np.nan), where=count > 0)
    return result


def skewness(values: ArrayLike) -> float:
    """Sample skewness adjusted for few values, G1 of Joanes and Gill (*The Statistician* 47, 1998).

    Returns
    -------
    float
        Not a number with fewer than three values or with no spread.

    Examples
    --------
    >>> round(skewness([1, 2, 3, 4, 10]), 4)
    1.6971
    """
    numbers = np.asarray(values, np.float64)
    count = len(numbers)
    if count < 3 or (numbers == numbers[0]).all():
        return math.nan
    apart = numbers - numbers.mean()
    apart = apart / np.abs(apart).max()
    return float((apart**3).mean() / (apart**2).mean() ** 1.5 * math.sqrt(count * (count - 1)) / (count - 2))


def is_too_skewed(skew: float, count: int) -> bool:
    """Whether a t interval needs a companion.

    It does when the values are fewer than 25 times the squared skewness, as Cochran's rule asks for (with so many, a 95% interval
    misses the truth in no more than 6% of cases; *Sampling Techniques*, 3rd ed. 1977, page 42), and the skewness itself is more
    than luck: beyond two of its standard errors in normal values (Joanes and Gill, *The Statistician* 47, 1998).

    Examples
    --------
    >>> is_too_skewed(1.0, 25), is_too_skewed(1.0, 26), is_too_skewed(1.0, 6)
    (True, False, False)
    """
    if math.isnan(skew) or count < 3:
        return False
    error = math.sqrt(6 * count * (count - 1) / ((count - 2) * (count + 1) * (count + 3)))
    return count <= 25 * skew**2 and abs(skew) > 2 * error


def power(difference: float, spread: float, pairs: int, confidence: float = CONFIDENCE) -> float:
    """Share of experiments in which a paired t test sees a true difference.

    Parameters
    ----------
    difference, spread : float
        The true difference and the standard deviation of the differences, in one unit.
    pairs : int
        Number of pairs, at least two.

    Notes
    -----
    The statistic has a noncentral t distribution with ``sqrt(pairs) * difference / spread`` as its noncentrality (Cohen,
    *Statistical Power Analysis*, 1988, section 2.4).

    Examples
    --------
    >>> round(power(0.5, 1.0, 34), 4)
    0.8078
    """
    if pairs < 2:
        return 0.0
    if spread == 0:
        return 1.0 if difference else 1 - confidence
    edge = special.stdtrit(pairs - 1, (1 + confidence) / 2)
    # Beyond a shift of 50 the share is one; with two pairs one in ten thousand is left out.
    shift = min(math.sqrt(pairs) * abs(difference) / spread, 50.0)
    # The function gives no number where its value would be below 1e-36: that is nought here. So is, beyond a shift of 5, the
    # share of differences seen with the wrong sign.
    missed = float(special.nctdtr(pairs - 1, shift, edge))
    missed = 0.0 if math.isnan(missed) else missed
    wrong_sign = 1 - special.nctdtr(pairs - 1, -shift, edge) if shift < 5 else 0.0
    return min(float(1 - missed + wrong_sign), 1.0)


def pairs_needed(difference: float, spread: float, wanted: float = POWER, confidence: float = CONFIDENCE) -> int | None:
    """The fewest pairs that show a true difference in the wanted share of experiments.

    Returns
    -------
    int or None
        None when there is nothing to see (no difference, no number) or more than a million pairs would be needed.

    Examples
    --------
    >>> pairs_needed(0.5, 1.0), pairs_needed(0.2, 1.0), pairs_needed(0.0, 1.0)
    (34, 199, None)
    """
    _check_share("wanted share", wanted)
    if not (math.isfinite(difference) and math.isfinite(spread)) or difference == 0:
        return None
    if power(difference, spread, MOST_PAIRS, confidence) < wanted:
        return None
    fewest, enough = 1, 2
    while power(difference, spread, enough, confidence) < wanted:
        fewest, enough = enough, min(enough * 2, MOST_PAIRS)
    while enough - fewest > 1:
        middle = (fewest + enough) // 2
        if power(difference, spread, middle, confidence) < wanted:
            fewest = middle
        else:
            enough = middle
    return enough


def smallest_difference_seen(spread: float, pairs: int, wanted: float = POWER, confidence: float = CONFIDENCE) -> float:
    """The smallest true difference that `pairs` pairs show in the wanted share of experiments; not a number below two pairs.

    Examples
    --------
    >>> round(smallest_difference_seen(1.0, 34), 3)
    0.495
    """
    _check_share("wanted share", wanted)
    if pairs < 2 or not math.isfinite(spread):
        return math.nan
    if spread == 0:
        return 0.0
    return _smallest_of_one(pairs, wanted, confidence) * spread


@lru_cache(maxsize=1024)
def _smallest_of_one(pairs: int, wanted: float, confidence: float) -> float:
    """The smallest difference that is seen where the spread is one: the same for every measure of a comparison."""
    low, high = 0.0, 50.0 / math.sqrt(pairs)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if power(middle, 1.0, pairs, confidence) < wanted else (low, middle)
    return high


def expected_false_alarms(tests: int, confidence: float = CONFIDENCE) -> float:
    """How many of `tests` true nothings look like a difference by luck.

    Examples
    --------
    >>> round(expected_false_alarms(60), 6)
    3.0
    """
    return tests * (1 - confidence)


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values adjusted for how many tests were made (Holm, *Scandinavian Journal of Statistics* 6, 1979).

    A difference that stays below 1 less the confidence is one of a set in which any false alarm at all is that unlikely.
    Values that are not a number were no tests: they are not counted and stay as they are.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03, 0.005])
    [0.03, 0.06, 0.06, 0.02]
    """
    tested = sorted((p, place) for place, p in enumerate(p_values) if not math.isnan(p))
    adjusted = list(p_values)
    largest = 0.0
    for rank, (p, place) in enumerate(tested):
        largest = max(largest, min(1.0, p * (len(tested) - rank)))
        adjusted[place] = largest
    return adjusted


def _check_share(what: str, share: float) -> None:
    """Refuse a share that is not between 0 and 1."""
    if not 0 < share < 1:
        raise ValueError(f"{what} must lie between 0 and 1, not {share}")
