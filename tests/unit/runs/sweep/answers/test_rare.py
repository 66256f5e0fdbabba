"""Answers of experiments so small, or so even, that there is nothing to work out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.runs.sweep.answers.complete import complete_part
from sim.runs.sweep.answers.convergence import worst_half_width
from sim.runs.sweep.answers.curve import curve_of
from sim.runs.sweep.answers.luck import luck_of, seed_part
from sim.runs.sweep.answers.sample import sample_of
from sim.runs.sweep.answers.tornado import COLUMNS, ends_of, tornado_table
from sim.runs.sweep.answers.whole_grid import grid_indices
from sim.runs.sweep.answers.words import luck_sentence, seeds_sentence, tornado_sentence


def even(points: list[list[float]], values: list[list[float]], kind: str = "grid"):
    """A sample."""
    return sample_of(["a", "b"][: len(points[0])], np.array(points), np.array(values), kind)


def test_one_setting_differs_from_nothing() -> None:
    one = even([[1.0]], [[2.0, 3.0]])
    assert luck_sentence(one) == "There is one setting, so nothing differs between settings."
    luck = luck_of(one.values)
    assert math.isnan(luck.spread) and math.isnan(luck.luck) and math.isnan(luck.share)
    assert math.isnan(seed_part(np.ones(1)).variance)
    assert ends_of(one, 0) is None and curve_of(one, 0, None) is None
    table = tornado_table(one)
    assert table.empty and list(table.columns) == list(COLUMNS)
    assert tornado_sentence(table, {"kind": "count", "symbol": "£"}, one) == "Nothing that varies has two ends to compare."
    assert math.isnan(worst_half_width(table, relative=True))


def test_seeds_that_hardly_differ_are_enough() -> None:
    sample = even([[0.0], [1.0]], [[10.0, 10.001, 9.999, 10.0, 10.001], [20.0, 20.0, 20.001, 19.999, 20.0]])
    assert seeds_sentence(sample) == "5 seeds are enough: at a typical setting half of the interval is less than a tenth of the effect."


def test_points_that_are_no_whole_grid_or_no_whole_blocks_are_refused() -> None:
    corner = even([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0]], [[1.0, 2.0], [2.0, 3.0], [3.0, 5.0]])
    with pytest.raises(ValueError, match="the points are no whole grid"):
        grid_indices(corner)
    with pytest.raises(ValueError, match="3 points are no whole number of blocks of 2"):
        complete_part(np.ones((3, 2)), 2)
    # Points that are no whole number of blocks of Sobol's are taken as they were given.
    assert even([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0]], [[1.0, 2.0]] * 3, "sobol").kind == "given"


def test_an_end_that_many_points_share_is_taken_from_the_ends_themselves() -> None:
    points = [[0.0]] * 30 + [[1.0]]
    low, high = ends_of(even(points, [[float(number)] for number in range(31)], "latin-hypercube"), 0) or (None, None)
    assert low is not None and high is not None
    assert (int(low.sum()), int(high.sum())) == (30, 1)
