"""Measures of inequality: Gini, share of the top, Palma ratio. Order of the values does not matter."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["gini", "gini_small_sample", "palma", "share_between", "top_share"]

Floats = NDArray[np.float64]


def gini(values: ArrayLike) -> float:
    """Gini coefficient: 0 when all are equal, (n - 1) / n when one has all.

    Parameters
    ----------
    values : array (n,)
        Incomes or wealth, one for each person. Values below 0 are allowed when the sum is above 0; the coefficient may then pass 1.

    Returns
    -------
    float
        0 when all values are 0.

    Raises
    ------
    ValueError
        When there are no values, or they add to less than 0 or to 0 without being all 0.

    Notes
    -----
    ``G = 2 sum(i x_i) / (n sum x) - (n + 1) / n`` with x in rising order and i from 1: C. Gini, *Variabilità e mutabilità*, 1912;
    A. Sen, *On Economic Inequality*, 1973, section 2.9. No correction for small samples: see `gini_small_sample`.

    Examples
    --------
    >>> round(gini([1, 3, 2, 1, 1, 1, 4]), 7)
    0.3076923
    """
    ordered = _ordered(values)
    total = float(ordered.sum())
    if total == 0:
        return 0.0
    n = len(ordered)
    ranks = np.arange(1, n + 1, dtype=np.float64)
    return float(2.0 * float((ranks * ordered).sum()) / (n * total) - (n + 1) / n)


def gini_small_sample(values: ArrayLike) -> float:
    """Gini coefficient times n / (n - 1): 1 when one of n has all. Needs at least two values.

    Notes
    -----
    G. Deltas, "The small-sample bias of the Gini coefficient", *Review of Economics and Statistics* 85(1), 2003, pp. 226-234.

    Examples
    --------
    >>> gini_small_sample([0.0, 10.0])
    1.0
    """
    n = np.asarray(values).size
    if n < 2:
        raise ValueError("the correction for small samples needs at least two values")
    return gini(values) * n / (n - 1)


def share_between(values: ArrayLike, low: float, high: float) -> float:
    """Share of the sum held by those between two points of the ranking, from the lowest (0) to the highest (1).

    Parameters
    ----------
    values : array (n,)
        Incomes or wealth.
    low, high : float
        Points of the ranking, ``0 <= low <= high <= 1``. A person across a point counts in proportion.

    Returns
    -------
    float
        0 when all values are 0.

    Notes
    -----
    A difference of two points on the Lorenz curve, drawn straight between persons.

    Examples
    --------
    >>> share_between([1.0, 1.0, 2.0, 4.0], 0.5, 1.0)
    0.75
    """
    if not 0 <= low <= high <= 1:
        raise ValueError(f"points of a ranking lie between 0 and 1 and rise, given {low} and {high}")
    ordered = _ordered(values)
    total = float(ordered.sum())
    if total == 0:
        return 0.0
    curve = np.concatenate([[0.0], np.cumsum(ordered)])
    below, above = np.interp(np.array([low, high]) * len(ordered), np.arange(len(curve)), curve)
    return float((above - below) / total)


def top_share(values: ArrayLike, share: float = 0.1) -> float:
    """Share of the sum held by the top `share` of persons, by default a tenth.

    Notes
    -----
    A. B. Atkinson and T. Piketty (eds), *Top Incomes over the Twentieth Century*, Oxford, 2007.

    Examples
    --------
    >>> round(top_share([10.0] * 9 + [100.0]), 7)
    0.5263158
    """
    return share_between(values, 1.0 - share, 1.0)


def palma(values: ArrayLike) -> float:
    """Palma ratio: the share of the top tenth over the share of the bottom four tenths.

    Returns
    -------
    float
        Infinite when the bottom four tenths hold nothing or less and the top tenth something; not a number when all values are 0.

    Notes
    -----
    J. G. Palma, "Homogeneous middles vs. heterogeneous tails, and the end of the 'inverted-U'", *Development and Change* 42(1), 2011,
    pp. 87-153; A. Cobham and A. Sumner, Center for Global Development working paper 343, 2013.

    Examples
    --------
    >>> palma([10.0] * 9 + [40.0])
    1.0
    """
    ordered = _ordered(values)
    top, bottom = share_between(ordered, 0.9, 1.0), share_between(ordered, 0.0, 0.4)
    if bottom > 0:
        return top / bottom
    return float("inf") if top > 0 else float("nan")


def _ordered(values: ArrayLike) -> Floats:
    """The values in rising order, checked; those in order already are not sorted again."""
    ordered = np.asarray(values, dtype=np.float64).ravel()
    if not (ordered[1:] >= ordered[:-1]).all():
        ordered = np.sort(ordered)
    if ordered.size == 0:
        raise ValueError("a measure of inequality needs at least one value")
    total = float(ordered.sum())
    if not np.isfinite(total) or total < 0 or (total == 0 and ordered.any()):
        raise ValueError(f"a measure of inequality needs values that add to more than 0, given a sum of {total}")
    return ordered
