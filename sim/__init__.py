"""Who keeps the money: an agent-based model of community wealth building in one place.

Names are imported when they are first used, so ``import sim`` alone loads neither Mesa nor NumPy.

Examples
--------
>>> import sim
>>> sim.__version__.count(".")
2
"""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING, Final

from sim.core.public_names import from_homes

if TYPE_CHECKING:
    from sim.economy import Economy
    from sim.kinds import Anchor, Branch, CommunityFirm, Cooperative, LocalSME, Resident
    from sim.runs import compare, explain, follow, load, run
    from sim.runs.sweep.plan import load_experiment
    from sim.runs.sweep.runner import sweep
    from sim.runs.sweep.stored import load_sweep

__version__ = "0.1.0"

#: When the package was first imported, seconds since 1970: source that is younger may not be what runs.
IMPORTED_AT: Final = time()

__all__ = [
    "Anchor",
    "Branch",
    "CommunityFirm",
    "Cooperative",
    "Economy",
    "LocalSME",
    "Resident",
    "__version__",
    "compare",
    "explain",
    "follow",
    "load",
    "load_experiment",
    "load_sweep",
    "run",
    "sweep",
]

_HOMES = {
    "Anchor": "sim.kinds",
    "Branch": "sim.kinds",
    "CommunityFirm": "sim.kinds",
    "Cooperative": "sim.kinds",
    "Economy": "sim.economy",
    "LocalSME": "sim.kinds",
    "Resident": "sim.kinds",
    "compare": "sim.runs",
    "explain": "sim.runs",
    "follow": "sim.runs",
    "load": "sim.runs",
    "load_experiment": "sim.runs.sweep.plan",
    "load_sweep": "sim.runs.sweep.stored",
    "run": "sim.runs",
    "sweep": "sim.runs.sweep.runner",
}

__getattr__ = from_homes(__name__, _HOMES, __all__)


def __dir__() -> list[str]:
    """Public names, for completion."""
    return sorted(__all__)
