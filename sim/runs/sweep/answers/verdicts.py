"""Words for what may be claimed of an input."""

from __future__ import annotations

from typing import Final

__all__ = ["ABOVE_ONE", "FALLS", "FEW_BLOCKS", "FEW_SEEDS", "LUCK", "MATTERS", "ONE_SEED", "RISES", "SAME"]

MATTERS: Final = "matters"
RISES: Final = "rises"
FALLS: Final = "falls"
SAME: Final = "changes nothing"
LUCK: Final = "can't be told from luck"
ONE_SEED: Final = "one seed: luck is not known"
FEW_BLOCKS: Final = "too few blocks to tell"
FEW_SEEDS: Final = "too few seeds to tell"
ABOVE_ONE: Final = "no share of variance: the interval lies above 1"
