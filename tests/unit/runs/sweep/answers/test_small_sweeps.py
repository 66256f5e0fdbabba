"""Sweeps too small or too even for more: what is said of them, and what is not."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from support.sweeps import StandInSweep, drawn

from sim.runs.sweep.answers import answers_of, discovery
from sim.runs.sweep.answers.asked import asked_of, sample_of_measure
from sim.runs.sweep.answers.boxes import Box, chance_without
from sim.runs.sweep.answers.curve import curve_of
from sim.runs.sweep.answers.decision import Line, decision_table
from sim.runs.sweep.answers.discovery import discovery_of
from sim.runs.sweep.answers.sample import sample_of
from sim.runs.sweep.answers.sobol import _sums

ABOVE, BELOW = Line(0.0, above=True), Line(0.0, above=False)
PLAN = {"measure": "jobs", "scenario": "policy", "of": "difference", "above": 0.0}


def test_one_setting_has_a_mean_and_nothing_to_compare() -> None:
    """Seeds 1, 2 and 3: mean 2, half of the interval 4.303 / sqrt(3), which is 2.48."""
    told = answers_of(StandInSweep(np.array([[0.5]]), np.array([[1.0, 2.0, 3.0]]), {"kind": "grid"}, answers=PLAN)).sentences["headline"]
    assert told == "Jobs in policy, compared with the reference: +2.0 (95% interval -0.5 to +4.5, 3 paired seeds) at the one setting."


def test_ranges_that_the_sweep_does_not_say_are_those_of_its_points() -> None:
    sweep = StandInSweep(np.array([[0.25], [0.75]]), np.array([[1.0, 2.0], [3.0, 4.0]]), {"kind": "grid"}, usual=0.5)
    said = sample_of_measure(sweep, asked_of(sweep), "jobs")
    assert (said.low.tolist(), said.high.tolist(), said.usual.tolist()) == ([0.0], [1.0], [0.5])
    sweep.manifest["vary"] = []
    unsaid = sample_of_measure(sweep, asked_of(sweep), "jobs")
    assert (unsaid.low.tolist(), unsaid.high.tolist(), np.isnan(unsaid.usual).tolist()) == ([0.25], [0.75], [True])


def test_a_box_in_which_nothing_fails_is_what_chance_would_give() -> None:
    points, failed = np.array([[0.0], [0.2], [0.6], [0.8]]), np.array([True, True, False, False])
    assert chance_without(Box({0: (0.5, math.inf)}), 0, points, failed) == 1.0


def test_an_input_that_stood_still_has_no_curve() -> None:
    still = sample_of(["x"], np.full((3, 1), 0.5), np.ones((3, 2)), "grid", low=np.zeros(1), high=np.ones(1))
    assert curve_of(still, 0, None) is None
    assert decision_table(still, ABOVE).empty


def test_with_one_seed_the_switch_has_no_interval() -> None:
    """From -1 to 3 on a straight line: nought at a quarter."""
    one = sample_of(["x"], np.array([[0.0], [1.0]]), np.array([[-1.0], [3.0]]), "grid")
    row = decision_table(one, ABOVE).iloc[0]
    assert row["switches_at"] == pytest.approx(0.25) and math.isnan(row["low"]) and math.isnan(row["high"])
    assert row["words"] == "stands above 0.25, not below, with this one seed; how far luck moves it is not known"


def test_answers_of_a_seed_that_are_all_the_same_hang_on_nothing() -> None:
    points = drawn("sobol", 2, 4)
    sums = _sums(sample_of(["a", "b"], points, np.ones((16, 2)), "sobol"), np.stack([np.full(16, 7.0), points[:, 0]], axis=1))
    assert sums.shape == (4, 2) and not sums[:, 0].any()
    assert sums[2, 1] > 0.0 and sums[3, 1] == pytest.approx(0.0), "the total of the first input, and of the second"


def corner() -> discovery.Sample:
    """Sixty settings of two inputs, of which those with a high first input fail."""
    points = drawn("latin-hypercube", 2, 60)
    return sample_of(["x1", "x2"], points, np.where(points[:, :1] > 0.6, -1.0, 1.0).repeat(3, axis=1), "latin-hypercube")


def test_boxes_whose_every_limit_chance_would_give_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "trimmed", lambda box, points, failed: Box({}))
    found = discovery_of(corner(), BELOW)
    assert found.table.empty and isinstance(found.table, pd.DataFrame)
    assert found.words.endswith("No box of settings is left when limits that chance would give as well are dropped.")


def test_where_no_box_is_found_without_a_part_nothing_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """With fewer than all settings no box is found, so none is held against those left out."""
    whole, boxes = corner(), discovery._boxes
    monkeypatch.setattr(discovery, "_boxes", lambda points, failed: boxes(points, failed) if len(points) == 60 else [])
    found = discovery_of(whole, BELOW)
    assert len(found.table) == 1 and found.table["held_out_density"].isna().all()
    assert found.words.endswith("On settings held out of the search nothing could be checked.")
