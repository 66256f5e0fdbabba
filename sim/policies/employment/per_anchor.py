"""Rules with one number for each anchor, set by one policy after another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def for_concerned(given: NDArray[np.integer] | Floats | None, concerned: NDArray[np.bool_], value: float) -> Floats:
    """The rule of each anchor (anchors,): the value where the policy concerns it, else as another policy has set it.

    Examples
    --------
    >>> for_concerned(None, np.array([True, False]), 0.5).tolist()
    [0.5, 0.0]
    >>> for_concerned(np.array([0.1, 0.2]), np.array([True, False]), 0.5).tolist()
    [0.5, 0.2]
    """
    before = np.zeros(len(concerned)) if given is None else given
    result: Floats = np.where(concerned, value, before).astype(np.float64)
    return result
