"""Numbers and sentences: United Kingdom forms, and never surer than the interval."""

from __future__ import annotations

import math

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.report.charts.axis import label_values, spread_apart, tick_words
from sim.report.findings.comparison import compare_values, from_summary
from sim.report.numbers import Amount, change, level, plain
from sim.report.words import difference_words, finding, verdict
from sim.runs.statistics import differences

POUNDS = Amount("money", "£")


@pytest.mark.parametrize(
    ("value", "amount", "shown"),
    [
        (1_234_500_000.0, POUNDS, "£1,234.5m"),
        (-2_500_000.0, POUNDS, "-£2.50m"),
        (1234.4, POUNDS, "£1,234"),
        (0.8, POUNDS, "£0.80"),
        (0.182, Amount("share"), "18.2%"),
        (0.0, Amount("share"), "0%"),
        (1975.44, Amount("count"), "1,975"),
        (0.47632, Amount("index"), "0.476"),
        (math.nan, POUNDS, "not known"),
        (None, POUNDS, "not known"),
    ],
)
def test_levels(value: float | None, amount: Amount, shown: str) -> None:
    assert level(value, amount).shown == shown


@pytest.mark.parametrize(
    ("value", "amount", "shown"),
    [
        (0.123, Amount("share"), "+12.3 points"),
        (-0.0005, Amount("share"), "-0.050 points"),
        (-149438.25, POUNDS, "-£149,438"),
        (1e-9, POUNDS, "£0"),
        (15.53, Amount("count"), "+15.5"),
        (0.0, Amount("ratio"), "0"),
    ],
)
def test_differences(value: float, amount: Amount, shown: str) -> None:
    assert change(value, amount).shown == shown


def test_decimals_follow_the_largest_of_a_row() -> None:
    assert change(0.02, Amount("ratio"), 45.0).shown == "0"
    assert change(0.02, Amount("ratio")).shown == "+0.020"


def test_control_letters_are_gone() -> None:
    assert plain("a\x00\x1b[31m\u202eb") == "a  [31m b"


def test_a_difference_that_can_be_told() -> None:
    found = compare_values("Jobs", "jobs", Amount("count"), np.arange(8.0), np.arange(8.0) + np.array([2, 2.2, 1.9, 2.1, 2, 2, 1.8, 2.3]))
    words = difference_words(found)
    assert words.startswith("2.0 jobs higher (95% interval 1.9 to 2.2")
    assert "8 paired runs" in words


def test_a_difference_that_cannot_be_told_is_said_so() -> None:
    found = compare_values("Jobs", "jobs", Amount("count"), np.zeros(8), np.array([1.0, -1, 2, -2, 3, -3, 1, -1.5]))
    assert difference_words(found).startswith("no difference that can be told from luck (measured ")
    assert " lower to " in difference_words(found)
    assert verdict(found).shown.startswith("No")


def test_no_difference_at_all() -> None:
    found = compare_values("Jobs", "jobs", Amount("count"), np.ones(4), np.ones(4))
    assert difference_words(found) == "exactly the same in all 4 paired runs"


def test_one_pair_says_nothing_but_its_number() -> None:
    found = compare_values("Jobs", "jobs", Amount("count"), np.array([1.0]), np.array([3.0]))
    assert difference_words(found) == "2.0 jobs higher, too few runs to tell from luck (1 paired run)"


def test_uneven_runs_show_the_wider_interval() -> None:
    row = {
        "title": "Jobs: all",
        "unit": "jobs",
        "kind": "count",
        "reference": 1.0,
        "value": 2.0,
        "difference": 1.0,
        "low": 0.5,
        "high": 1.5,
        "companion_low": -0.5,
        "companion_high": 1.2,
        "decision": differences.NO_DIFFERENCE,
        "pairs": 4,
        "pairs_needed": 9,
        "smallest_seen": 1.0,
        "told_after_holm": False,
    }
    found = from_summary(row, "£")
    assert (found.label, found.low, found.high, found.needed) == ("Jobs", -0.5, 1.5, 9)
    assert verdict(found).shown == "No †"


def test_a_hint_is_called_a_hint() -> None:
    found = compare_values("Jobs", "jobs", Amount("count"), np.zeros(5), np.array([1.0, 1.1, 0.9, 1.0, 1.05]))
    weak = type(found)(**{**vars(found), "weak": True})
    assert "a hint only" in finding(weak, "A", "B")
    assert verdict(weak).shown == "Yes: higher *"


def test_names_stand_apart_and_in_order() -> None:
    places = spread_apart([0.1, 0.11, 0.12, 0.9], 0.1, 0.0, 1.0)
    assert places == sorted(places)
    assert min(np.diff(places)) >= 0.1 - 1e-12
    assert min(places) >= 0.0


@pytest.mark.parametrize(
    ("value", "amount", "largest", "step", "shown"),
    [
        (25_000.0, POUNDS, 60_000.0, 5_000.0, "£25k"),
        (-50.0, POUNDS, 100.0, 50.0, "-£50"),
        (0.125, Amount("share"), 0.2, 0.005, "12.5%"),
        (1900.0, Amount("count"), 2000.0, 50.0, "1,900"),
    ],
)
def test_ticks(value: float, amount: Amount, largest: float, step: float, shown: str) -> None:
    assert tick_words(value, amount, largest, step) == shown


@pytest.mark.parametrize("ticks", [4, 5, 6])
@pytest.mark.parametrize("high", [0.9, 1.0, 1.2, 1.3, 1.5, 1.7, 2.2, 3.0, 4.1, 5.0, 6.3, 7.5, 8.8])
@pytest.mark.parametrize("amount", [Amount("ratio"), Amount("share"), Amount("count")])
def test_written_ticks_are_evenly_spaced(ticks: int, high: float, amount: Amount) -> None:
    axes = Figure().add_subplot()
    axes.set_ylim(0.0, high)
    label_values(axes, amount, ticks=ticks)
    places = axes.yaxis.get_majorticklocs()
    words = axes.yaxis.get_major_formatter().format_ticks(places)
    written = [float(word.rstrip("%")) for word in words]
    apart = np.diff(written)
    assert len(set(words)) == len(words) >= 3
    assert np.allclose(apart, apart[0]), words
    scale = 100.0 if amount.kind == "share" else 1.0
    assert np.allclose(written, places * scale), words
