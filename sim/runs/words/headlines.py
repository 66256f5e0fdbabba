"""Which measures a reader should see first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.settings.experiments.headline_series import HEADLINES

__all__ = ["HEADLINES", "headlines"]

#: Shown when a result has none of the above.
FIRST: Final = 10


def headlines(recorded: Sequence[str]) -> list[str]:
    """The headlines among recorded series; the first series without a key when there are none.

    Examples
    --------
    >>> headlines(["jobs", "local_multiplier", "output"])
    ['local_multiplier', 'jobs']
    >>> headlines(["output", "spend/council"])
    ['output']
    """
    chosen = [name for name in HEADLINES if name in recorded]
    return chosen or [name for name in recorded if "/" not in name][:FIRST]
