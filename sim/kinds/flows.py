"""Groups of accounts, and the month's money between them: what measures of circulation and the picture of a pound read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.settings.sectors import TITLES

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

OUTSIDE: Final = ("government", "neighbouring region", "rest of the world", "banks")
RESIDENT_GROUPS: Final = (
    "residents, poorest fifth",
    "residents, second fifth",
    "residents, third fifth",
    "residents, fourth fifth",
    "residents, richest fifth",
)
ANCHOR_GROUP: Final = len(OUTSIDE)
FIRST_RESIDENT: Final = ANCHOR_GROUP + 1
FIRST_FIRM: Final = FIRST_RESIDENT + len(RESIDENT_GROUPS)
#: Every group in the order of `GroupFlows`: accounts outside, anchors, residents by income, firms by sector and owner.
GROUPS: Final = (
    *OUTSIDE,
    "anchors",
    *RESIDENT_GROUPS,
    *(f"{title}, owned here" for title in TITLES),
    *(f"{title}, branches" for title in TITLES),
)


@dataclass(frozen=True)
class GroupFlows:
    """Pence that moved between groups in a month.

    Attributes
    ----------
    pence : (groups, groups) int64, payer by row
    contracts : (groups,) int64, what anchors paid on contracts by group of the supplier

    Examples
    --------
    >>> flows = no_flows()
    >>> flows.pence[ANCHOR_GROUP, [0, FIRST_FIRM]] = 1, 3
    >>> float(flows.passed_on()[0, FIRST_FIRM - len(OUTSIDE)])
    0.75
    """

    pence: Integers
    contracts: Integers

    @property
    def local(self) -> Integers:
        """Pence between local groups (local groups, local groups)."""
        return self.pence[len(OUTSIDE) :, len(OUTSIDE) :]

    def passed_on(self) -> Floats:
        """Share of each local group's payments that goes to each local group (local, local): Q of the Markov chain."""
        local = self.local.astype(np.float64)
        total = self.pence[len(OUTSIDE) :].sum(axis=1).astype(np.float64)
        result: Floats = np.divide(local, total[:, None], out=np.zeros_like(local), where=total[:, None] > 0)
        return result


def no_flows() -> GroupFlows:
    """The flows of a month that nobody has summed yet: nought everywhere."""
    number = len(GROUPS)
    return GroupFlows(np.zeros((number, number), np.int64), np.zeros(number, np.int64))
