"""The tornado and what would change the decision, on functions that are known along each input."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.sweeps import answers_at, drawn

from sim.runs.sweep.answers.decision import NO, OPEN, YES, Line, decision_table, points_beyond
from sim.runs.sweep.answers.sample import Sample, sample_of
from sim.runs.sweep.answers.tornado import tornado_table
from sim.runs.sweep.answers.verdicts import FALLS, LUCK, ONE_SEED, RISES, SAME

ABOVE = Line(0.0, above=True)


def line(points):
    """3 x1 - 2 x2 - 0.6, whatever the others are."""
    return 3.0 * points[:, 0] - 2.0 * points[:, 1] - 0.6


def sample(points, values, kind) -> Sample:
    inputs = points.shape[1]
    ends = {"low": np.zeros(inputs), "high": np.ones(inputs), "usual": np.full(inputs, 0.5)}
    return sample_of([f"x{place + 1}" for place in range(inputs)], points, values, kind, **ends)


def one_at_a_time(inputs: int, steps: int = 5):
    rows = [np.full(inputs, 0.5)]
    for place in range(inputs):
        rows += [np.where(np.arange(inputs) == place, value, 0.5) for value in np.linspace(0.0, 1.0, steps)]
    return np.array(rows)


def test_one_at_a_time_gives_the_ends_of_a_straight_line():
    points = one_at_a_time(3)
    table = tornado_table(sample(points, answers_at(points, line, luck=0.01, seeds=5), "one-at-a-time")).set_index("input")
    assert table.index.tolist()[:2] == ["x1", "x2"]
    shared = answers_at(points, lambda x: 0.0 * x[:, 0], luck=0.01, seeds=5).mean()
    for name, swing, verdict in (("x1", 3.0, RISES), ("x2", -2.0, FALLS)):
        row = table.loc[name]
        assert row["swing_low"] <= swing <= row["swing_high"]
        assert row["verdict"] == verdict
        assert (row["low_value"], row["high_value"]) == (0.0, 1.0)
        assert row["at_high"] - row["at_low"] == pytest.approx(row["swing"])
        # Paired: what a seed does to both ends is in the interval of each, not in that of the swing.
        assert row["swing_high"] - row["swing_low"] < 0.8 * (row["at_high_high"] - row["at_high_low"])
    assert table.loc["x1", "at_low"] == pytest.approx(-1.6 + shared, abs=0.02)
    assert table.loc["x3", "verdict"] == LUCK


def test_by_hand():
    """Differences of the two seeds 2 and 4: mean 3, spread root 2, half of the interval 12.706 times 1."""
    points = np.array([[0.5], [0.0], [1.0]])
    row = tornado_table(sample(points, np.array([[2.0, 2.0], [1.0, 2.0], [3.0, 6.0]]), "one-at-a-time")).iloc[0]
    assert (row["at_low"], row["at_high"], row["swing"]) == (1.5, 4.5, 3.0)
    assert row["swing_high"] - row["swing"] == pytest.approx(12.706, abs=0.001)


@pytest.mark.parametrize("kind", ["latin-hypercube", "sobol", "morris"])
def test_drawn_points_give_the_mean_of_the_outer_fifths(kind):
    """Of x evenly from 0 to 1 the outer fifths have means 0.1 and 0.9 (Morris has levels), so a slope of 3 swings 2.4."""
    points = drawn(kind, 3, {"latin-hypercube": 300, "sobol": 128, "morris": 60}[kind])
    table = tornado_table(sample(points, answers_at(points, line, luck=0.1, seeds=4), kind)).set_index("input")
    for name, slope in (("x1", 3.0), ("x2", -2.0), ("x3", 0.0)):
        row = table.loc[name]
        truth = slope * (row["high_value"] - row["low_value"])
        assert abs(row["swing"] - truth) <= 1.5 * (row["swing_high"] - row["swing_low"]) / 2.0
    assert table.loc[["x1", "x2"], "verdict"].tolist() == [RISES, FALLS]


def test_noise_swings_nothing():
    points, claims = drawn("latin-hypercube", 6, 100), 0
    for seed in range(20):
        values = answers_at(points, lambda x: 0.0 * x[:, 0], luck=1.0, seeds=5, seed=seed)
        claims += bool((tornado_table(sample(points, values, "latin-hypercube"))["verdict"] != LUCK).any())
    assert claims <= 3


def test_the_same_answer_everywhere_and_one_seed():
    points = one_at_a_time(2)
    assert set(tornado_table(sample(points, np.full((len(points), 2), 4.0), "one-at-a-time"))["verdict"]) == {SAME}
    table = tornado_table(sample(points, answers_at(points, line), "one-at-a-time"))
    assert set(table["verdict"]) == {ONE_SEED}
    assert table["swing_low"].isna().all()


@pytest.mark.parametrize(("kind", "number"), [("one-at-a-time", 0), ("grid", 5), ("latin-hypercube", 200), ("sobol", 64)])
def test_a_straight_line_crosses_where_it_must(kind, number):
    """3 x1 - 2 x2 - 0.6 with the other input at 0.5: nought at x1 = 1.6 / 3 and at x2 = 0.9 / 2."""
    if kind == "grid":
        points = np.stack(np.meshgrid(*[np.linspace(0.0, 1.0, number)] * 3, indexing="ij")).reshape(3, -1).T
    else:
        points = one_at_a_time(3) if kind == "one-at-a-time" else drawn(kind, 3, number)
    table = decision_table(sample(points, answers_at(points, line, luck=0.02, seeds=8), kind), ABOVE).set_index("input")
    for name, truth in (("x1", 1.6 / 3.0), ("x2", 0.45)):
        row = table.loc[name]
        assert row["switches_at"] == pytest.approx(truth, abs=0.05)
        assert row["low"] <= truth <= row["high"]
        assert row["high"] - row["low"] < 0.2
    assert table.loc["x1", ["holds_at_low", "holds_at_high"]].tolist() == [NO, YES]
    assert table.loc["x2", ["holds_at_low", "holds_at_high"]].tolist() == [YES, NO]
    assert table.loc["x1", "words"].startswith("stands above 0.5")
    assert table.loc["x2", "words"].startswith("stands below 0.4")


def test_a_curve_is_followed():
    """4 (x - 0.3) (x - 1.2) below nought between 0.3 and 1.2: within the range it crosses once."""
    points = drawn("latin-hypercube", 2, 200)
    values = answers_at(points, lambda x: 4.0 * (x[:, 0] - 0.3) * (x[:, 0] - 1.2) + (x[:, 1] - 0.5), luck=0.01, seeds=4)
    row = decision_table(sample(points, values, "latin-hypercube"), ABOVE).iloc[0]
    assert row["switches_at"] == pytest.approx(0.3, abs=0.02)


def test_no_value_within_the_range():
    points = one_at_a_time(2)
    table = decision_table(sample(points, answers_at(points, lambda x: 5.0 + x[:, 0], luck=0.05, seeds=4), "one-at-a-time"), ABOVE)
    assert table["switches_at"].isna().all()
    assert set(table["words"]) == {"stands over its whole range: no value within it changes that"}
    assert set(table["holds_at_usual"]) == {YES}


def test_what_luck_hides_is_said():
    points = one_at_a_time(1)
    values = np.tile([[-3.0, 1.0, 3.0]], (len(points), 1)) + 0.1 * points
    row = decision_table(sample(points, values, "one-at-a-time"), ABOVE).iloc[0]
    assert row["words"] == "can't be told from luck at any value within its range"
    assert row["holds_at_usual"] == OPEN


def test_an_interval_that_reaches_the_end_of_the_range_ends_there():
    """Slope 1 from -0.2, half of the interval about 0.3: clear of the line above 0.5 only."""
    points = np.linspace(0.0, 1.0, 11)[:, None]
    by_seed = np.array([-0.2, 0.0, 0.2]) * math.sqrt(3) / 4.303 * 1.5
    row = decision_table(sample(points, points - 0.2 + by_seed, "grid"), ABOVE).iloc[0]
    assert (row["low"], row["holds_at_low"], row["holds_at_high"]) == (0.0, OPEN, YES)
    assert row["high"] == pytest.approx(0.5, abs=1e-4)


def test_points_are_counted_by_what_is_sure():
    values = np.array([[1.0, 1.1, 0.9], [-1.0, -1.1, -0.9], [5.0, -4.0, 0.0], [2.0, 2.0, 2.1]])
    table = points_beyond(sample(np.zeros((4, 1)), values, "given"), ABOVE)
    assert dict(zip(table["stands"], table["points"], strict=True)) == {YES: 2, NO: 1, OPEN: 1}
    assert table["share"].sum() == 1.0
