"""Sums over anchors: what they owe for work, and what their contracts come to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.town import Town

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def wage_bill(town: Town) -> Floats:
    """What each anchor owed for work last month, paid or not (anchors,) pence."""
    anchors = town.anchors
    result: Floats = anchors["payroll"] / np.maximum(anchors["paid_share"], 0.2)
    return result


def by_anchor(town: Town, pence: Integers) -> Floats:
    """Sum over each anchor's contracts (anchors,)."""
    result: Floats = np.bincount(town.contracts["anchor"], weights=pence, minlength=len(town.anchors)).astype(np.float64)
    return result
