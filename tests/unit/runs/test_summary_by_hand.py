"""The summary of series that are at hand as arrays, each number worked out by hand; no run is made."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from sim.runs.outcome import MeasureFacts
from sim.runs.statistics import differences
from sim.runs.statistics.summary import COLUMNS, every_series, facts_of, monthly_difference, summary_of, values_of
from sim.runs.words.headlines import headlines

FACTS = {
    "spend": MeasureFacts("spend", title="Spend", unit="pounds", kind="money", summary="last", keys="anchor"),
    "jobs": MeasureFacts("jobs", summary="sum"),
}


def seeds(*values: float) -> np.ndarray:
    """One month of each seed."""
    return np.array(values, np.float64)[:, None]


def test_a_row_by_hand() -> None:
    """Differences 2, 3, 1 and 2: mean 2, spread sqrt(2/3), reach 3.182446 x sqrt(2/3) / 2; the fifth seed has no pair."""
    arms = {("a", "spend/all"): seeds(10, 11, 12, 13, math.nan), ("b", "spend/all"): seeds(12, 14, 13, 15, 99)}
    row = summary_of(arms, ["a", "b"], FACTS).iloc[0]
    assert tuple(row.index) == COLUMNS
    assert row[["arm", "measure", "title", "unit", "kind", "rule"]].tolist() == [
        "b",
        "spend/all",
        "Spend: all anchors",
        "pounds",
        "money",
        "last",
    ]
    assert row[["reference", "value", "difference", "pairs", "missing"]].tolist() == [11.5, 13.5, 2.0, 4, 1]
    assert row["high"] - 2.0 == pytest.approx(3.182446 * math.sqrt(2 / 3) / 2)
    assert (row["decision"], row["told_after_holm"]) == (differences.HIGHER, True)


def test_titles_with_and_without_what_is_known() -> None:
    same = seeds(1.0, 1.0)
    names = ["spend", "spend/council", "spend/all", "other/all", "jobs/x"]
    found = summary_of({(arm, name): same for arm in "ab" for name in names}, ["a", "b"], FACTS).set_index("measure")
    expected = {
        "spend": "Spend",
        "spend/council": "Spend: council",
        "spend/all": "Spend: all anchors",
        "other/all": "other: all",
        "jobs/x": "jobs: x",
    }
    assert found["title"].to_dict() == expected
    assert facts_of(FACTS, "other/all") == MeasureFacts("other")
    assert list(found.index) == sorted(names)


def test_a_difference_that_is_lost_when_all_are_counted() -> None:
    """Alone 0.0305 for each; of three tests the smallest counts threefold. Identical ones are no tests."""
    before, after = seeds(0, 0, 0, 0), seeds(1.0, 2.0, 3.0, 4.0)
    one = summary_of({("a", "x"): before, ("b", "x"): after}, ["a", "b"], {}).iloc[0]
    assert one["p_value"] == one["holm_p_value"] == pytest.approx(0.0305, abs=1e-4) and one["told_after_holm"]
    names = ["u", "x", "y", "z"]
    arms = {(arm, name): before if arm == "a" or name == "u" else after for arm in "ab" for name in names}
    found = summary_of(arms, ["a", "b"], {}).set_index("measure")
    assert found.loc["x", "holm_p_value"] == pytest.approx(3 * one["p_value"])
    assert (found.loc["x", "decision"], bool(found.loc["x", "told_after_holm"])) == (differences.HIGHER, False)
    assert math.isnan(found.loc["u", "holm_p_value"]) and not found.loc["u", "told_after_holm"]
    fallen = summary_of({("a", "x"): after, ("b", "x"): before}, ["a", "b"], {}).iloc[0]
    assert (fallen["decision"], bool(fallen["told_after_holm"])) == (differences.LOWER, True)


def test_what_only_the_reference_or_only_the_other_has() -> None:
    arms = {("a", "old"): seeds(1, 2), ("b", "new"): seeds(3, 4), ("c", "old"): seeds(2, 3)}
    found = summary_of(arms, ["a", "b", "c"], {}).set_index(["arm", "measure"])
    assert list(found.index) == [("b", "new"), ("b", "old"), ("c", "old")]
    assert found.loc[("b", "old"), ["pairs", "missing"]].tolist() == [0, 2]
    assert math.isnan(found.loc[("b", "old"), "reference"]) and math.isnan(found.loc[("b", "new"), "value"])
    assert found.loc[("c", "old"), "difference"] == 1.0


def test_one_arm_alone_has_its_level() -> None:
    """3, 5 and one that does not exist: mean 4, spread sqrt 2, reach 12.706 sqrt 2 / sqrt 2."""
    row = summary_of({("a", "jobs"): seeds(3, 5, math.nan)}, ["a"], FACTS).iloc[0]
    assert row[["arm", "rule", "value", "pairs", "missing", "decision"]].tolist() == ["a", "sum", 4.0, 2, 1, ""]
    assert (row["low"], row["high"], row["spread"]) == pytest.approx((4 - 12.7062047, 4 + 12.7062047, math.sqrt(2)))
    empty = ("reference", "difference", "p_value", "holm_p_value", "skewness", "companion_low", "companion_high", "smallest_seen")
    assert all(math.isnan(row[name]) for name in empty) and row["pairs_needed"] is pd.NA and not row["told_after_holm"]


SERIES = pd.DataFrame(
    [("a", "jobs", 2, 1, 5.0), ("a", "jobs", 1, 2, 7.0), ("b", "jobs", 1, 1, 8.0), ("a", "pay", 1, 1, 9.0), ("a", "jobs", 1, 3, 4.0)],
    columns=["arm", "measure", "seed", "month", "value"],
)


def test_series_by_seed_and_month() -> None:
    np.testing.assert_array_equal(values_of(SERIES, "a", "jobs", [1, 2], 2), [[np.nan, 7.0], [5.0, np.nan]])
    np.testing.assert_array_equal(values_of(SERIES, "a", "jobs", [2], 3), [[5.0, np.nan, np.nan]])
    found = every_series(SERIES, [1, 2], 3)
    assert list(found) == [("a", "jobs"), ("b", "jobs"), ("a", "pay")]
    np.testing.assert_array_equal(found["a", "jobs"], [[np.nan, 7.0, 4.0], [5.0, np.nan, np.nan]])
    np.testing.assert_array_equal(found["a", "pay"], [[9.0, np.nan, np.nan], [np.nan] * 3])


def test_month_by_month() -> None:
    """In the second month one pair is broken: levels and difference are of the other two, 2 and 4 more."""
    before, after = np.array([[1.0, 5.0], [2.0, np.nan], [3.0, 7.0]]), np.array([[2.0, 7.0], [3.0, 9.0], [4.0, 11.0]])
    found = monthly_difference(before, after)
    assert list(found) == ["month", "reference", "value", "mean", "low", "high", "spread", "pairs"]
    assert found.iloc[0].tolist() == [1, 2.0, 3.0, 1.0, 1.0, 1.0, 0.0, 3]
    assert found.iloc[1].tolist() == pytest.approx([2, 6.0, 9.0, 3.0, 3 - 12.7062047, 3 + 12.7062047, math.sqrt(2), 2])


def test_headlines_come_in_their_own_order_or_ten_without_a_key() -> None:
    assert headlines(["jobs", "local_multiplier"]) == ["local_multiplier", "jobs"]
    plain = [f"m{number}" for number in range(12)]
    assert headlines(["m/a", *plain]) == plain[:10]
