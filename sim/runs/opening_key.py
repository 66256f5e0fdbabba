"""The key of an opening: a hash of everything that it depends on."""

from __future__ import annotations

import json
import platform
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import scipy

import sim
from sim.core.registry import PHASES
from sim.runs.sweep.fingerprint import model_fingerprint

if TYPE_CHECKING:
    from sim.settings.scenario import Scenario

__all__ = ["opening_key"]

PACKAGE: Final = Path(__file__).parents[1]


def opening_key(scenario: Scenario, seed: int) -> str | None:
    """The key under which the opening of a scenario with a seed is stored.

    Two scenarios that open the same town have one key: policies, shocks and months don't matter, since the burn-in runs without
    policies. Nor does whether the journal is kept: the burn-in keeps its own.

    Returns
    -------
    str or None
        None when the opening may depend on something that a key can't hold: a phase that was added from elsewhere, or source that
        was changed since it was imported.

    Examples
    --------
    >>> usual, package = (sim.load(f"anytown/{name}") for name in ("business-as-usual", "full-package"))
    >>> opening_key(usual, 1) == opening_key(package, 1) != opening_key(usual, 2)
    True
    """
    if any(not _of_the_package(phase.function) for phase in PHASES) or _changed_since_import():
        return None
    depends = {
        "place": scenario.place.model_dump(),
        "parameters": dict(scenario.parameters),
        "start": repr(scenario.start),
        "seed": seed,
        "phases": PHASES.names(),
        "model": model_fingerprint(),
        "machine": _machine(),
    }
    return blake2b(json.dumps(depends).encode(), digest_size=32).hexdigest()


@cache
def _machine() -> dict[str, Any]:
    """What the last bits of a number may depend on: Python, numpy and what it uses of this processor, scipy."""
    return {
        "python": [platform.python_implementation(), sys.version, platform.system(), platform.machine(), sys.byteorder],
        "numpy": [np.__version__, np.show_config(mode="dicts")],
        "scipy": scipy.__version__,
    }


def _of_the_package(function: object) -> bool:
    """Whether a function is defined in the package."""
    code = getattr(function, "__code__", None)
    return code is not None and Path(code.co_filename).is_relative_to(PACKAGE)


@cache
def _changed_since_import() -> bool:
    """Whether a file of the package is younger than its import: then what runs here may not be what the files say."""
    ages = [max(found.st_mtime, found.st_ctime) for found in (path.stat() for path in PACKAGE.rglob("*.py"))]
    return max(ages) > sim.IMPORTED_AT
