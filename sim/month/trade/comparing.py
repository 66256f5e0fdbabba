"""Comparing sellers: when a buyer goes over to another one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def accepts(
    price_now: Floats,
    price_new: Floats,
    new_is_local: NDArray[np.bool_],
    now_is_local: NDArray[np.bool_],
    sensitivity: float,
    preference: float,
    draws: Floats,
) -> NDArray[np.bool_]:
    """Whether a resident who compares goes over to the seller found (n,).

    A logistic choice between two sellers on price, with a leaning to sellers in the place.

    Examples
    --------
    >>> accepts(np.ones(2), np.array([0.5, 2.0]), *[np.ones(2, bool)] * 2, 10.0, 0.0, np.array([0.6, 0.6])).tolist()
    [True, False]
    """
    leaning = preference * (new_is_local.astype(np.float64) - now_is_local)
    odds = np.exp(-(sensitivity * (price_now - price_new) + leaning))
    result: NDArray[np.bool_] = draws * (1.0 + odds) < 1.0
    return result
