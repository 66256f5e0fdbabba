"""The month's rules on other places: whether they adopt the policies of this one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass
class NeighbourRules:
    """What other places do; every default leaves them as they are.

    Attributes
    ----------
    region, world : float, share of the buying next door, and further away, that follows the same policies
    moved : (2, 18) float64 or None, contract work, pence a month, that suppliers next door and further away held less at the end of
        last month than in the same town without policies; None while no other place adopts anything
    """

    region: float = 0.0
    world: float = 0.0
    moved: NDArray[np.float64] | None = None
