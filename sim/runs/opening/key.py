"""The key of an opening: a hash of everything that it depends on."""

from __future__ import annotations

import json
import platform
import sys
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy

from sim.core.registry import PHASES
from sim.runs.opening.source import constants, is_as_written
from sim.runs.sweep.fingerprint import model_fingerprint

if TYPE_CHECKING:
    from sim.settings.scenario import Scenario

__all__ = ["opening_key"]


def opening_key(scenario: Scenario, seed: int) -> str | None:
    """The key under which the opening of a scenario with a seed is stored.

    Two scenarios that open the same town have one key: policies, shocks and months don't matter, since the burn-in runs without
    policies. Nor does whether the journal is kept: the burn-in keeps its own.

    Returns
    -------
    str or None
        None when the opening may depend on something that a key can't hold: a phase that was added, a function that was put in
        place of one of the model, or source that was changed since it was imported.

    Examples
    --------
    >>> import sim
    >>> usual, package = (sim.load(f"anytown/{name}") for name in ("business-as-usual", "full-package"))
    >>> opening_key(usual, 1) == opening_key(package, 1) != opening_key(usual, 2)
    True
    """
    import sim.economy  # noqa: F401  with all its modules, whose constants are part of the key

    if len(PHASES) or not is_as_written():
        return None
    depends = {
        "place": scenario.place.model_dump(),
        "parameters": dict(scenario.parameters),
        "start": repr(scenario.start),
        "seed": seed,
        "constants": constants(),
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
