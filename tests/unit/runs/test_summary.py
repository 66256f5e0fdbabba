"""The summary: rules over the last year, missing values, several arms."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from stand_in import MEASURES, StandIn, stand_in_scenario

from sim.core.records import RunRecord
from sim.runs import Result, compare
from sim.runs.outcome import MeasureFacts, SeedOutcome
from sim.runs.statistics import differences
from sim.runs.statistics.summary import every_series, monthly_difference, seed_values, summarise, values_of
from sim.runs.stored.tables import build_tables


def compared(*arms: Any, seeds: Any = 4) -> Result:
    return compare(list(arms), seeds=seeds, workers=1, factory=StandIn, measures=MEASURES)


def test_only_the_last_twelve_months_count() -> None:
    values = np.array([[1000.0, *range(1, 13)]])
    assert seed_values(values, "mean")[0] == 6.5
    assert seed_values(values, "sum")[0] == 78
    assert seed_values(values, "last")[0] == 12


def test_months_that_do_not_exist() -> None:
    values = np.array([[1.0, np.nan, 3.0], [np.nan, np.nan, np.nan]])
    assert seed_values(values, "mean")[0] == 2.0
    assert np.isnan(seed_values(values, "mean")[1])
    assert np.isnan(seed_values(values, "sum")).all()
    assert np.isnan(seed_values(np.empty((2, 0)), "last")).all()


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="by mean, sum or last, not by 'median'"):
        seed_values(np.ones((1, 1)), "median")


def test_the_rule_of_each_measure_is_used(reference: Any, changed: Any) -> None:
    table = compared(reference, changed).summary().set_index("measure")
    assert table.loc["count", "difference"] == 24.0
    assert table.loc["level", "difference"] == pytest.approx(2.0)
    assert table.loc["stock", "decision"] == differences.IDENTICAL
    assert table.loc["share/council", "title"] == "Share: council"
    assert table.loc["count", "reference"] == sum(range(2, 14))


def test_identical_arms_differ_by_exactly_nothing(reference: Any) -> None:
    table = compared(reference, stand_in_scenario("town/twin")).summary()
    assert (table["difference"] == 0).all()
    assert (table["low"] == 0).all()
    assert (table["high"] == 0).all()
    assert set(table["decision"]) == {"identical"}
    assert not table["told_after_holm"].any()


def test_what_rounding_leaves_is_no_difference() -> None:
    before = np.array([0.1 + 0.2, 1e9, 0.5])
    result = differences.paired_difference(before, np.array([0.3, 1e9 + 1e-6, 0.5]))
    assert result.decision == differences.IDENTICAL
    assert result.mean == 0.0


def test_a_pair_without_a_value_is_left_out_of_levels_too(reference: Any) -> None:
    arm = stand_in_scenario("town/holes", effect=1.0, missing_at=2)
    row = compared(reference, arm).summary().set_index("measure").loc["level"]
    assert (row["pairs"], row["missing"]) == (3, 1)
    assert row["value"] - row["reference"] == pytest.approx(row["difference"])


def test_several_arms_are_one_family_of_tests() -> None:
    rng = np.random.default_rng(5)
    outcomes = [
        SeedOutcome(seed, {arm: RunRecord(measures={"m": rng.normal(0.5 * place, 1, 12)}) for place, arm in enumerate(("a", "b", "c"))})
        for seed in range(1, 13)
    ]
    tables = build_tables(["a", "b", "c"], outcomes)
    table = summarise(tables["series"], ["a", "b", "c"], range(1, 13), 12, {})
    assert table["arm"].tolist() == ["b", "c"]
    assert table["holm_p_value"].tolist() == differences.holm(table["p_value"].tolist())
    assert (table["holm_p_value"] >= table["p_value"]).all()


def test_a_measure_of_one_arm_only_has_no_pair() -> None:
    outcomes = [
        SeedOutcome(seed, {"a": RunRecord(measures={"x": np.ones(3)}), "b": RunRecord(measures={"x": np.ones(3), "y": np.ones(3)})})
        for seed in (1, 2)
    ]
    tables = build_tables(["a", "b"], outcomes)
    row = summarise(tables["series"], ["a", "b"], [1, 2], 3, {"y": MeasureFacts("y")}).set_index("measure").loc["y"]
    assert (row["pairs"], row["missing"], row["decision"]) == (0, 2, differences.TOO_FEW)
    assert math.isnan(row["difference"])


def test_monthly_difference_leaves_out_broken_pairs() -> None:
    before = np.array([[1.0, 5.0], [2.0, np.nan], [3.0, 7.0]])
    after = before + np.array([[1.0, 2.0]])
    table = monthly_difference(before, after)
    assert table["pairs"].tolist() == [3, 2]
    assert table["mean"].tolist() == [1.0, 2.0]
    assert table["reference"].tolist() == [2.0, 6.0]


def test_nothing_at_all_gives_empty_tables() -> None:
    tables = build_tables(["a", "b"], [])
    assert len(tables["series"]) == 0
    assert len(summarise(tables["series"], ["a", "b"], [], 3, {})) == 0


def test_every_series_at_once_is_each_of_them_alone() -> None:
    rows = [
        ("b", "jobs", 2, 1, 5.0),
        ("a", "pay/all", 1, 2, 1.5),
        ("b", "jobs", 1, 2, 7.0),
        ("a", "jobs", 9, 1, 3.0),
        ("a", "jobs", 1, 3, 4.0),
    ]
    series = pd.DataFrame(rows, columns=["arm", "measure", "seed", "month", "value"])
    for table in (series, series.astype({"arm": "category", "measure": "category"})):
        found = every_series(table, [1, 2], 2)
        assert list(found) == [("b", "jobs"), ("a", "pay/all"), ("a", "jobs")]
        for (arm, name), values in found.items():
            assert values.tobytes() == values_of(table, arm, name, [1, 2], 2).tobytes()
    assert np.isnan(found["a", "jobs"]).all() and found["b", "jobs"][0, 1] == 7.0
