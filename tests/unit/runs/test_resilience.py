"""Resilience: falls worked by hand, and which arm a shocked one is held against."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim.runs.scenarios import load
from sim.runs.statistics.resilience import BEFORE, Fall, fall_of, resilience_table, without_shocks
from sim.runs.stored.tables import COLUMNS
from sim.runs.words.resilience import Fallen, back_words
from sim.settings.scenario import PolicyUse, Scenario


def test_a_bath_is_emptied_and_filled_again() -> None:
    """A bath of 100 litres loses 20, stays there for a month, and is filled by 5 a month: 20 + 20 + 15 + 10 + 5 = 70 litre-months."""
    path = [100, 100, 80, 80, 85, 90, 95, 100, 100, 100]
    assert fall_of(path, [100] * 10, start=2) == Fall(depth=20.0, depth_share=0.2, deepest=1.0, back=5.0, lost=70.0)


def test_the_triangle_of_bruneau() -> None:
    """A fall of half and a straight way back in ten months: the area of the triangle, half of depth times width, and half a step."""
    path = np.append(50 + 5.0 * np.arange(11), [100.0, 100.0])
    found = fall_of(path, np.full(13, 100.0), start=0)
    assert (found.depth, found.back, found.lost) == (50.0, 10.0, 50 * 10 / 2 + 50 / 2)


def test_one_that_falls_later_is_deepest_later() -> None:
    found = fall_of([10, 10, 9, 8, 9, 10, 10, 10], [10] * 8, start=1)
    assert (found.deepest, found.depth, found.back, found.lost) == (3.0, 2.0, 4.0, 4.0)


def test_one_that_is_not_back_by_the_end_has_no_time_of_recovery() -> None:
    assert math.isnan(fall_of([100, 80, 80, 80], [100] * 4, start=1).back)
    assert math.isnan(fall_of([100, 80, 100, 100], [100] * 4, start=1).back)


def test_a_short_visit_is_no_recovery() -> None:
    assert fall_of([100, 80, 100, 100, 80, 100, 100, 100], [100] * 8, start=1).back == 4.0


def test_one_that_hardly_fell_was_never_away() -> None:
    assert fall_of([100, 99.5, 101, 100], [100] * 4, start=1) == Fall(0.5, 0.005, 1.0, 0.0, 0.5)
    assert fall_of([100, 110], [100] * 2, start=1) == Fall(0.0, 0.0, 0.0, 0.0, 0.0)


def test_one_that_falls_after_months_without_a_sign_is_back_when_it_is_back() -> None:
    assert fall_of([10] * 5 + [5] + [10] * 4, [10] * 10, start=1).back == 5.0


def test_three_months_are_enough_whatever_comes_after() -> None:
    assert fall_of([100, 80, 100, 100, 100, 80, 100], [100] * 7, start=1).back == 1.0


def test_exactly_one_per_cent_short_is_back() -> None:
    assert fall_of([100, 80, 99, 99, 99], [100] * 5, start=1).back == 1.0
    assert math.isnan(fall_of([100, 80, 98.9, 98.9, 98.9], [100] * 5, start=1).back)


def test_what_fell_before_the_shock_does_not_count() -> None:
    assert fall_of([50, 100, 100], [100] * 3, start=1).depth == 0.0


@pytest.fixture(scope="module")
def arms() -> dict[str, Scenario]:
    """Four arms: a reference and a package, each with the same shock in month 3 and without."""
    plain, package = load("anytown/business-as-usual"), load("anytown/buy-local")
    shocks = (PolicyUse("branch_closes", 3, 0, None, {"sector": "transport", "jobs": 50.0, "outside_sales_lost": 1.0}),)
    shaken = {name: replace(one, name=name, title=name, shocks=shocks) for name, one in (("a shock", plain), ("b shock", package))}
    return {"a": plain, "a shock": shaken["a shock"], "b": package, "b shock": shaken["b shock"]}


def test_the_same_without_the_shock_is_found(arms: dict[str, Scenario]) -> None:
    assert without_shocks(arms) == {"a shock": "a", "b shock": "b"}
    assert without_shocks({name: arms[name] for name in ("a", "b shock")}) == {"b shock": None}
    assert without_shocks({"a": arms["a"]}) == {}


def test_words_and_length_do_not_count(arms: dict[str, Scenario]) -> None:
    other = replace(arms["a"], notes="Another note.", based_on="anytown/buy-local", months=arms["a"].months + 12)
    assert without_shocks({"other": other, "a shock": arms["a shock"]}) == {"a shock": "other"}


def test_the_table_by_hand(arms: dict[str, Scenario]) -> None:
    courses = {"a": [10, 20, 20, 20, 20, 20], "a shock": [10, 20, 15, 20, 20, 20], "b": [30] * 6, "b shock": [30, 30, 29, 30, 30, 30]}
    series = pd.DataFrame(
        [(arm, 7, month, "jobs", float(value)) for arm, course in courses.items() for month, value in enumerate(course, start=1)],
        columns=["arm", "seed", "month", "measure", "value"],
    )
    found = resilience_table(series, arms, [7], 6)
    assert tuple(found.columns) == COLUMNS["resilience"]
    rows = {(row["arm"], row["against"]): row for row in found.to_dict("records")}
    assert len(rows) == len(found) == 4
    assert (rows["a shock", "a"]["depth"], rows["a shock", "a"]["lost"], rows["a shock", "a"]["back"]) == (5.0, 5.0, 1.0)
    assert rows["a shock", BEFORE]["depth"] == 0.0
    assert (rows["b shock", "b"]["depth"], rows["b shock", "b"]["depth_share"]) == (1.0, pytest.approx(1 / 30))
    assert set(found["shock_month"]) == {3}


def shaken(start: int, *more: int) -> dict[str, Scenario]:
    """Business as usual, and the same with a shock that begins in a month, and others that do later."""
    plain = load("anytown/business-as-usual")
    options = {"sector": "transport", "jobs": 50.0, "outside_sales_lost": 1.0}
    uses = tuple(PolicyUse("branch_closes", month, 0, None, options) for month in (*more, start))
    return {"calm": plain, "shock": replace(plain, name="shock", shocks=uses)}


def jobs(courses: dict[tuple[str, int], list[float]]) -> pd.DataFrame:
    """A series of jobs by arm and seed."""
    rows = [(*key, month, "jobs", float(value)) for key, course in courses.items() for month, value in enumerate(course, start=1)]
    return pd.DataFrame(rows, columns=["arm", "seed", "month", "measure", "value"])


def falls(found: pd.DataFrame) -> dict[tuple[str, int], tuple[float, float]]:
    """Depth and loss by reference and seed."""
    return {(row["against"], row["seed"]): (row["depth"], row["lost"]) for row in found.to_dict("records")}


def test_the_first_of_several_shocks_counts() -> None:
    course = {("calm", 1): [10.0] * 6, ("shock", 1): [10, 10, 8, 7, 10, 10]}
    found = resilience_table(jobs(course), shaken(3, 5), [1], 6)
    assert falls(found) == {("calm", 1): (3.0, 5.0), (BEFORE, 1): (3.0, 5.0)}
    assert set(found["shock_month"]) == {3}
    assert {name: str(found.dtypes[name]) for name in ("seed", "shock_month", "depth", "deepest", "back")} == {
        "seed": "int64", "shock_month": "int64", "depth": "float64", "deepest": "float64", "back": "float64",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # From the first month on there is no level before.
        (1, {("calm", 1): (6.0, 14.0)}),
        # Before the second month the level is that of the first, 10.
        (2, {("calm", 1): (6.0, 14.0), (BEFORE, 1): (4.0, 8.0)}),
        # The last month alone counts; before it the mean was 8.
        (4, {("calm", 1): (4.0, 4.0), (BEFORE, 1): (0.0, 0.0)}),
        # Begins after the last month.
        (5, {}),
    ],
)
def test_shocks_at_the_ends_of_a_run(start: int, expected: dict[tuple[str, int], tuple[float, float]]) -> None:
    course = {("calm", 1): [10.0, 12, 12, 12], ("shock", 1): [10.0, 8, 6, 8]}
    assert falls(resilience_table(jobs(course), shaken(start), [1], 4)) == expected


def test_the_level_before_is_that_of_a_year_and_of_each_run() -> None:
    """Two odd months, then twelve at 100 or at 50, then a fall of ten, and of five and five."""
    course = {("shock", 1): [900.0, 900.0] + [100.0] * 12 + [90.0, 100.0], ("shock", 4): [0.0, 0.0] + [50.0] * 12 + [45.0, 45.0]}
    arms = {name: arm for name, arm in shaken(15).items() if name == "shock"}
    assert falls(resilience_table(jobs(course), arms, [1, 4], 16)) == {(BEFORE, 1): (10.0, 10.0), (BEFORE, 4): (5.0, 10.0)}


def test_a_run_with_a_month_that_is_no_number_is_left_out() -> None:
    """Seed 1 has none of its own in a month, seed 2 none to be held against; seed 3 has all."""
    whole, gap = [10.0, 10, 9, 10], [10.0, 10, math.nan, 10]
    course = {("calm", 1): whole, ("calm", 2): gap, ("calm", 3): whole, ("shock", 1): gap, ("shock", 2): whole, ("shock", 3): whole}
    assert set(falls(resilience_table(jobs(course), shaken(3), [1, 2, 3], 4))) == {("calm", 3), (BEFORE, 2), (BEFORE, 3)}


def test_words_of_a_fall() -> None:
    ends = (1.0, 0.5, 1.5)
    fall = Fallen("a", "jobs", "b", 3, 8, ends, 0.1, ends, math.nan, 0)
    assert back_words(fall) == "not back within 1% by the end in any of 8 runs"
    assert back_words(fall._replace(back=0.0, returned=8)) == "hardly ever more than 1% short"


def test_no_shock_no_rows(arms: dict[str, Scenario]) -> None:
    empty = pd.DataFrame(columns=["arm", "seed", "month", "measure", "value"])
    assert resilience_table(empty, {"a": arms["a"]}, [1], 6).empty
