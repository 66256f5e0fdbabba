"""Runs of scenarios: one or many seeds, one or many arms, kept in a result folder."""

from sim.runs.execute import Interrupted
from sim.runs.paired import compare, run
from sim.runs.result import Result
from sim.runs.scenarios import load
from sim.runs.store import load_result

__all__ = ["Interrupted", "Result", "compare", "load", "load_result", "run"]
