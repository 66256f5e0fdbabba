"""Membership: whose the surplus and the equity of a co-operative are, by its form."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.forms import CONSUMER, MULTI_STAKEHOLDER, MUNICIPAL

Integers = NDArray[np.int64]


def members_parts(
    form: NDArray[np.int8], founder: NDArray[np.int16], pence: Integers, workers: float, anchor: float
) -> tuple[Integers, Integers, Integers]:
    """What of a co-operative's surplus (n,) is for those who work there, those who buy there, and the anchor that founded it.

    Examples
    --------
    >>> forms, founders = np.array([1, 2, 3, 4], np.int8), np.array([-1, -1, -1, 0], np.int16)
    >>> [part.tolist() for part in members_parts(forms, founders, np.full(4, 101), 0.5, 0.15)]
    [[101, 0, 50, 86], [0, 101, 51, 0], [0, 0, 0, 15]]
    """
    both = np.floor(pence * workers).astype(np.int64)
    founders = np.where((form == MUNICIPAL) & (founder >= 0), np.floor(pence * anchor).astype(np.int64), 0)
    of_work = np.where(form == CONSUMER, 0, np.where(form == MULTI_STAKEHOLDER, both, pence - founders))
    return of_work, pence - of_work - founders, founders
