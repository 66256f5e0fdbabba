"""The months at the end of a run, and how they become its one number."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["WINDOW", "seed_values"]

Floats = NDArray[np.float64]

#: Months at the end of a run that become one number.
WINDOW: Final = 12


def seed_values(values: Floats, rule: str) -> Floats:
    """The last twelve months of each seed in one number.

    Parameters
    ----------
    values : ndarray of float64, shape (seeds, months)
        Series of one measure.
    rule : {"mean", "sum", "last"}
        "mean" of the months that exist; "sum" of all months, which exists when all of them do; the "last" month.

    Returns
    -------
    ndarray of float64, shape (seeds,)

    Examples
    --------
    >>> [float(seed_values(np.array([[1.0, 2.0, 6.0]]), rule)[0]) for rule in ("mean", "sum", "last")]
    [3.0, 9.0, 6.0]
    """
    last: Floats = values[:, -WINDOW:]
    if not last.shape[1]:
        return np.full(len(values), np.nan)
    if rule == "last":
        return last[:, -1]
    if rule == "sum":
        total: Floats = last.sum(axis=1)
        return total
    if rule != "mean":
        raise ValueError(f"the months of a measure become one number by mean, sum or last, not by {rule!r}")
    exists = np.isfinite(last)
    count = exists.sum(axis=1)
    mean: Floats = np.divide(np.where(exists, last, 0.0).sum(axis=1), count, out=np.full(len(last), np.nan), where=count > 0)
    return mean
