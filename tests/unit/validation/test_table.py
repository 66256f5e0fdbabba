"""Intervals, hits and counts, on numbers worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import t
from support.made_up_rows import row

import sim.catalogue  # noqa: F401  fills the registries
from sim.runs.validation.figure import Asked
from sim.runs.validation.published import sentences
from sim.runs.validation.table import further_draw, is_hit, role_counts
from sim.runs.validation.task import window_value
from sim.runs.validation.words import _heading, count_lines, interval_text, published_text, result_text, value_text


def test_from_39_draws_on_the_interval_runs_by_rank() -> None:
    assert further_draw(np.arange(39.0)) == (0.0, 38.0)
    assert further_draw(np.arange(79.0)[::-1]) == (1.0, 77.0)


def test_with_fewer_it_is_students_for_one_further_value() -> None:
    low, high = further_draw(np.array([1.0, 2.0, 3.0, 4.0]))
    reach = t.ppf(0.975, 3) * np.std([1, 2, 3, 4], ddof=1) * math.sqrt(1.25)
    assert (low, high) == pytest.approx((2.5 - reach, 2.5 + reach))


def test_the_interval_holds_one_further_draw_as_often_as_it_says() -> None:
    draws = np.random.default_rng(1).normal(size=(1_500, 13))
    held = [low <= last <= high for *some, last in draws for low, high in [further_draw(np.array(some))]]
    assert np.mean(held) == pytest.approx(0.95, abs=0.02)


def test_it_is_cut_to_what_the_figure_can_be_and_leaves_out_what_is_no_number() -> None:
    assert further_draw(np.array([0.1, 0.9, np.nan]), 0.0, 1.0) == (0.0, 1.0)
    assert all(math.isnan(end) for end in further_draw(np.array([1.0, np.nan])))


def test_any_of_the_published_interval_is_enough_for_a_hit() -> None:
    assert is_hit((0.1, 0.4), (0.4, 0.9))
    assert not is_hit((0.1, 0.39), (0.4, 0.9))
    assert is_hit((140202.0, 140202.0), (140202.00000000003, 140202.00000000003))


def test_months_of_a_window_are_added_up_before_they_are_divided() -> None:
    assert window_value(Asked("survival", "5"), [(1.0, 1.0), (0.0, 0.0), (0.0, 3.0)]) == 0.25
    assert math.isnan(window_value(Asked("survival", "5"), [(0.0, 0.0)]))
    assert window_value(Asked("stakes_lost"), [(2.0, 1.0), (3.0, 1.0)]) == 5.0


def test_hits_are_counted_by_role_and_wide_ones_are_told() -> None:
    rows = [row(), row(result="miss"), row(role="input"), row(low=0.0, high=0.9), row(result="no figure", role="", figure="")]
    assert role_counts(rows) == {"input": (1, 1), "calibrated": (0, 0), "check": (2, 3)}
    lines = count_lines(rows)
    assert lines[0].startswith("1 of 1 hit, input")
    assert lines[1].startswith("2 of 3 hit, check: held back; only these speak for the model. 1 of the hits by an interval wider")
    assert lines[2] == "1 published facts have no counterpart in the model."


def test_numbers_are_told_by_their_kind() -> None:
    assert value_text(row(unit="share"), 0.182) == "18.2%"
    assert value_text(row(kind="money", unit="pounds a year"), 112_300_000.0) == "112.3m"
    assert value_text(row(kind="ratio", unit="ratio"), 3.863) == "3.86"
    assert value_text(row(), math.nan) == "-"
    assert interval_text(row(), 0.0, math.nan) == "-"
    assert published_text(row(published_low=0.4)) == "50.0% (40.0% to 50.0%)"
    assert [result_text(row(result=name)) for name in ("hit", "miss", "no answer")] == ["hit", "MISS", "no answer"]
    assert result_text(row(low=0.0, high=1.0)) == "hit, wide"


def test_a_fact_that_nothing_answers_is_told_by_its_unit() -> None:
    silent = row(result="no figure", role="", figure="", kind="", unit="pounds a week")
    silent = replace(silent, published=415.0, published_low=415.0, published_high=415.0)
    assert published_text(silent) == "415"
    assert published_text(replace(silent, unit="share of jobs", published=0.25, published_low=0.25, published_high=0.25)) == "25.0%"


def test_where_no_fact_is_answered_the_heading_says_so() -> None:
    assert _heading("Town", [row(figure="")]) == (
        "Town: no published fact that the model answers; a place file names them under 'published', each with its 'model'"
    )


def test_without_sentences_no_miss_has_one(tmp_path: Path) -> None:
    assert sentences(tmp_path) == {}
