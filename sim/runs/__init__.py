"""Runs of scenarios: one or many seeds, one or many arms, kept in a result folder.

Names are imported when they are first used, so that a worker process loads no more than it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.core.public_names import from_homes

if TYPE_CHECKING:
    from sim.runs.execute import Interrupted
    from sim.runs.explaining import explain
    from sim.runs.explanation import Explanation, load_explanations
    from sim.runs.follow_money import follow
    from sim.runs.paired import compare, run
    from sim.runs.reading import load_result
    from sim.runs.result import Result
    from sim.runs.scenarios import load

__all__ = ["Explanation", "Interrupted", "Result", "compare", "explain", "follow", "load", "load_explanations", "load_result", "run"]

_HOMES = {
    "Explanation": "sim.runs.explanation",
    "Interrupted": "sim.runs.execute",
    "Result": "sim.runs.result",
    "compare": "sim.runs.paired",
    "explain": "sim.runs.explaining",
    "follow": "sim.runs.follow_money",
    "load": "sim.runs.scenarios",
    "load_explanations": "sim.runs.explanation",
    "load_result": "sim.runs.reading",
    "run": "sim.runs.paired",
}

__getattr__ = from_homes(__name__, _HOMES, __all__)
