"""A sweep in a process of its own, to be killed: forty runs of a twentieth of a second, the last of which can be held back."""

from __future__ import annotations

import sys
from pathlib import Path

from small_experiments import small, swept

from sim.settings.experiment import Experiment


def forty() -> Experiment:
    """Ten points of four seeds."""
    return small(effects=range(5), seeds=(1, 2, 3, 4), seconds=0.05)


if __name__ == "__main__":
    swept(forty(), Path(sys.argv[1]), workers=2)
