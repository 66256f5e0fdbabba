"""The end of a job, whatever the cause."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import Table
from sim.kinds.residents import UNEMPLOYED


def end_jobs(residents: Table, rows: NDArray[np.integer] | NDArray[np.bool_]) -> None:
    """These residents (rows or marks) have no job any more and look for one."""
    residents["status"][rows] = UNEMPLOYED
    residents["employer"][rows] = -1
    residents["wage"][rows] = 0
    residents["months_without_work"][rows] = 0
