"""Runs of scenarios: one or many seeds, one or many arms, kept in a result folder."""

from sim.runs.execute import Interrupted
from sim.runs.explaining import explain
from sim.runs.explanation import Explanation, load_explanations
from sim.runs.follow_money import follow
from sim.runs.paired import compare, run
from sim.runs.reading import load_result
from sim.runs.result import Result
from sim.runs.scenarios import load

__all__ = ["Explanation", "Interrupted", "Result", "compare", "explain", "follow", "load", "load_explanations", "load_result", "run"]
