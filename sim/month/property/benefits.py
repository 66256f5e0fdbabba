"""Rent that benefits meet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.residents import INACTIVE, PRIVATE_RENT, RETIRED, SOCIAL_RENT, UNEMPLOYED

Integers = NDArray[np.int64]


def rent_met(status: NDArray[np.int8], tenure: NDArray[np.int8], rent: Integers) -> Integers:
    """Rent met by benefits (n,) pence: all of it for tenants out of work, half for the retired.

    Examples
    --------
    >>> rent_met(np.array([0, 1, 3, 2]), np.array([2, 2, 3, 0]), np.array([400, 400, 400, 0])).tolist()
    [0, 400, 200, 0]
    """
    out_of_work = (status == UNEMPLOYED) | (status == INACTIVE) | (status == RETIRED)
    tenant = (tenure == PRIVATE_RENT) | (tenure == SOCIAL_RENT)
    result: Integers = np.where(out_of_work & tenant, np.where(status == RETIRED, rent // 2, rent), 0).astype(np.int64)
    return result
