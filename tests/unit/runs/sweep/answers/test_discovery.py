"""Boxes that are there are found; in noise there are none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.sweeps import answers_at, drawn

from sim.runs.sweep.answers import trees
from sim.runs.sweep.answers.boxes import Box, chance_without, coverage, density, is_in
from sim.runs.sweep.answers.decision import Line
from sim.runs.sweep.answers.discovery import discovery_of
from sim.runs.sweep.answers.sample import Sample, sample_of

BELOW = Line(0.0, above=False)


def sample(points, values, kind="latin-hypercube") -> Sample:
    inputs = points.shape[1]
    return sample_of([f"x{place + 1}" for place in range(inputs)], points, values, kind, low=np.zeros(inputs), high=np.ones(inputs))


def in_the_box(points):
    return np.where((points[:, 0] > 0.6) & (points[:, 1] < 0.4), -1.0, 1.0)


def test_a_box_that_is_there_is_found():
    points = drawn("latin-hypercube", 3, 300)
    found = discovery_of(sample(points, answers_at(points, in_the_box, luck=0.1, seeds=3)), BELOW)
    table = found.table
    assert set(table["box"]) == {1}
    assert table["input"].tolist() == ["x1", "x2"]
    assert table["low"].tolist() == pytest.approx([0.6, 0.0], abs=0.02)
    assert table["high"].tolist() == pytest.approx([1.0, 0.4], abs=0.02)
    assert (table[["coverage", "density"]].to_numpy() > 0.95).all()
    assert (table["held_out_density"] > 0.9).all()
    assert (table["p_value"] == 1 / 200).all()
    assert (table["chance"] < 1e-6).all()
    assert table["cases"].iloc[0] == pytest.approx(0.16 * 300, abs=4)
    assert "It fails where x1 is above 0.598 and x2 is up to 0." in found.words


def test_two_boxes_are_told_apart():
    points = drawn("latin-hypercube", 2, 200)
    corners = (points.max(axis=1) < 0.35) | (points.min(axis=1) > 0.7)
    table = discovery_of(sample(points, np.where(corners, -1.0, 1.0)[:, None]), BELOW).table
    boxes = table.drop_duplicates("box")
    assert len(boxes) == 2
    assert boxes["coverage"].sum() > 0.9
    assert (boxes["density"] > 0.9).all()


def test_noise_has_no_box():
    points, claims = drawn("latin-hypercube", 3, 60), 0
    for seed in range(3):
        values = answers_at(points, lambda x: 0.0 * x[:, 0], luck=1.0, seed=seed)
        claims += bool(len(discovery_of(sample(points, values), Line(0.7, above=False)).table))
    assert claims <= 1


def test_luck_that_runs_with_an_input_is_no_box():
    """The same slope at all points within a seed, of mean nought over many: a clean cut, and nothing but luck."""
    points = drawn("latin-hypercube", 2, 60)
    slopes = np.array([[-2.0, 1.0, 1.5, -0.9]])
    found = discovery_of(sample(points, (points[:, :1] - 0.5) * slopes), BELOW)
    assert not len(found.table)
    assert found.words.endswith("No box of settings can be told from the luck of the seeds.")


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (1.0, "The policy fails nowhere: at none of 60 settings does the mean over seeds lie below 0."),
        (-1.0, "The policy fails everywhere: at all 60 settings the mean over seeds lies below 0."),
    ],
)
def test_all_or_none(level, words):
    points = drawn("latin-hypercube", 2, 60)
    found = discovery_of(sample(points, np.full((60, 5), level)), BELOW)
    assert found.words == words
    assert not len(found.table)


def test_few_failures_are_too_few():
    points = drawn("latin-hypercube", 2, 60)
    values = np.ones((60, 5))
    values[:3] = -1.0
    assert (
        "surely at 3, surely not at 57, and at 0 it can't be told from luck. That is too few failures to look for boxes; 10 are needed."
        in discovery_of(sample(points, values), BELOW).words
    )


def test_without_the_library_it_says_what_to_install(monkeypatch):
    points = drawn("latin-hypercube", 4, 100)
    monkeypatch.setattr(trees, "is_installed", lambda: False)
    found = discovery_of(sample(points, in_the_box(points)[:, None]), BELOW)
    assert "python -m pip install 'localwealth[discovery]'" in found.words
    assert not len(found.table)


def test_coverage_and_density_by_hand():
    """Of 4 failures 3 lie in the box, which holds 5 points: coverage 3/4, density 3/5."""
    points = np.arange(10.0)[:, None] / 10.0
    failed = np.isin(np.arange(10), [0, 6, 8, 9])
    inside = is_in(Box({0: (0.45, math.inf)}), points)
    assert (coverage(inside, failed), density(inside, failed)) == (0.75, 0.6)
    # Without its limit the box is everything, where 4 of 10 fail: 3 or more of 5 with 0.4 each.
    assert chance_without(Box({0: (0.45, math.inf)}), 0, points, failed) == pytest.approx(10 * 0.4**3 * 0.6**2 + 5 * 0.4**4 * 0.6 + 0.4**5)
