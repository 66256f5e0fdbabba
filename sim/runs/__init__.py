"""Runs of scenarios: one or many seeds, one or many arms, kept in a result folder.

Names are imported when they are first used, so that a worker process loads no more than it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.core.public_names import from_homes

if TYPE_CHECKING:
    from sim.runs.execute import Interrupted
    from sim.runs.explaining.explain import explain
    from sim.runs.explaining.explanation import Explanation, load_explanations
    from sim.runs.following.follow import follow
    from sim.runs.paired import compare, run
    from sim.runs.scenarios import load
    from sim.runs.stored.reading import load_result
    from sim.runs.stored.result import Result

__all__ = ["Explanation", "Interrupted", "Result", "compare", "explain", "follow", "load", "load_explanations", "load_result", "run"]

_HOMES = {
    "Explanation": "sim.runs.explaining.explanation",
    "Interrupted": "sim.runs.execute",
    "Result": "sim.runs.stored.result",
    "compare": "sim.runs.paired",
    "explain": "sim.runs.explaining.explain",
    "follow": "sim.runs.following.follow",
    "load": "sim.runs.scenarios",
    "load_explanations": "sim.runs.explaining.explanation",
    "load_result": "sim.runs.stored.reading",
    "run": "sim.runs.paired",
}

__getattr__ = from_homes(__name__, _HOMES, __all__)
