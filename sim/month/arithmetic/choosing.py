"""Choosing some members of each group by their numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def lowest_in_each_group(group: NDArray[np.integer], draws: Floats, number: Integers) -> NDArray[np.bool_]:
    """Marks, in each group, the `number[group]` members with the lowest draws (n,).

    Examples
    --------
    >>> lowest_in_each_group(np.array([0, 0, 1]), np.array([0.5, 0.2, 0.9]), np.array([1, 1])).tolist()
    [False, True, True]
    """
    ranked = np.lexsort((draws, group))
    first = np.searchsorted(group[ranked], group[ranked], side="left")
    marked = np.zeros(len(group), bool)
    marked[ranked] = (np.arange(len(group)) - first) < number[group[ranked]]
    return marked
