"""Decisions worked by hand: spending, comparing, hiring, founding, closing, producing."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kinds.firms import Branch, LocalSME
from sim.kinds.rules import Closure
from sim.month.arithmetic.choosing import lowest_in_each_group
from sim.month.firms.founding import birth_places, chance_of_birth
from sim.month.labour.employers import wanted_jobs
from sim.month.labour.pay import wage_floor
from sim.month.production import input_orders, outside_demand
from sim.month.spending import affordable_spending, planned_spending, tenths
from sim.month.trade.comparing import accepts
from sim.month.turnover import branches_to_close, closing_chance, outside_customers_left
from sim.month.work import people_to_lay_off

BRANCH, LOCAL = Branch.code, LocalSME.code


def plan(income: int, usual: float, savings: int, target: int, windfall: float = 0.5) -> float:
    one = [np.array([value]) for value in (income, usual, savings, target, windfall)]
    return float(planned_spending(*one, 0.05)[0])


def test_usual_income_is_spent_at_rest() -> None:
    assert plan(1000, 1000.0, 5000, 5000) == 1000.0


def test_a_windfall_is_spent_in_part_and_the_more_the_poorer() -> None:
    assert plan(1100, 1000.0, 0, 0, 0.7) - plan(1100, 1000.0, 0, 0, 0.35) == pytest.approx(35.0)


def test_savings_below_their_target_are_built_up_and_above_drawn_down() -> None:
    assert plan(1000, 1000.0, 4000, 5000) == 950.0
    assert plan(1000, 1000.0, 6000, 5000) == 1050.0


def test_nobody_spends_what_is_not_there_or_what_housing_needs() -> None:
    found = affordable_spending(np.array([500.9, -20.0, 500.0, 500.0]), np.array([1000, 1000, 300, 100]), np.array([0, 0, 100, 400]))
    assert found.tolist() == [500, 0, 200, 0]


def test_tenths_have_a_tenth_each_and_follow_rank() -> None:
    values = np.random.default_rng(1).permutation(1000).astype(float)
    found = tenths(values)
    assert np.bincount(found).tolist() == [100] * 10
    assert (found == values // 100).all()
    assert tenths(np.zeros(0)).tolist() == []


def share_that_moves(price_now: float, price_new: float, new_local: bool, now_local: bool, preference: float) -> float:
    draws = (np.arange(1000) + 0.5) / 1000
    ones = np.ones(1000)
    moves = accepts(ones * price_now, ones * price_new, np.full(1000, new_local), np.full(1000, now_local), 5.0, preference, draws)
    return float(moves.mean())


def test_between_equal_sellers_half_move() -> None:
    assert share_that_moves(1.0, 1.0, True, True, 3.0) == 0.5


def test_price_and_preference_decide_as_the_logistic_says() -> None:
    assert share_that_moves(1.1, 1.0, True, True, 0.0) == pytest.approx(1 / (1 + np.exp(-0.5)), abs=0.001)
    assert share_that_moves(1.0, 1.0, True, False, 1.0) == pytest.approx(1 / (1 + np.exp(-1.0)), abs=0.001)
    assert share_that_moves(1.0, 1.0, False, True, 1.0) == pytest.approx(1 / (1 + np.exp(1.0)), abs=0.001)


def test_jobs_follow_demand_within_capacity() -> None:
    found = wanted_jobs(np.array([0.0, 100.0, 500.0]), np.array([200.0, 200.0, 200.0]), np.full(3, 0.1))
    assert found.tolist() == [1.0, 10.0, 20.0]


@pytest.mark.parametrize(
    ("jobs", "desired", "least_hours", "gone"),
    [(10, 10.0, 1.0, 0), (10, 9.0, 1.0, 0), (10, 8.0, 1.0, 2), (100, 92.0, 1.0, 8), (10, 8.0, 0.8, 0), (10, 6.0, 0.8, 2), (1, 1.0, 1.0, 0)],
)
def test_staff_beyond_the_tolerance_goes_and_cooperatives_cut_hours_first(jobs: int, desired: float, least_hours: float, gone: int) -> None:
    found = people_to_lay_off(np.array([jobs]), np.array([desired]), 0.08, np.array([least_hours]))
    assert found.tolist() == [gone]


def test_in_each_group_the_lowest_draws_are_marked() -> None:
    group, draws = np.array([2, 0, 2, 0, 2]), np.array([0.3, 0.9, 0.1, 0.8, 0.2])
    assert lowest_in_each_group(group, draws, np.array([1, 5, 2])).tolist() == [False, False, True, True, True]
    assert not lowest_in_each_group(group, draws, np.zeros(3, np.int64)).any()


def test_the_wage_floor_is_by_the_hour_and_rounds_up() -> None:
    found = wage_floor(np.array([37.0, 37.0, 0.0]), np.array([False, True, True]), 619.0, 745.0)
    assert found.tolist() == [int(np.ceil(37 * 52 / 12 * 619)), int(np.ceil(37 * 52 / 12 * 745)), 0]


def test_births_fill_what_is_missing_and_hold_back_in_a_crowd() -> None:
    usual, missing, crowded = chance_of_birth(5.0, 20, np.array([100, 80, 150]), np.array([100, 100, 100]))
    assert usual == 0.25
    assert missing > usual > crowded > 0.0
    gone = chance_of_birth(5.0, 20, np.array([0]), np.array([100]))
    assert gone.tolist() == [1.0], "at most four times the usual chance, never above one"
    assert chance_of_birth(5.0, 20, np.array([3]), np.array([0])).tolist()[0] <= 1.0


def test_places_for_births_are_enough() -> None:
    assert birth_places(0.0) == 4
    assert birth_places(100.0) == 204


def test_small_and_young_firms_close_more_often() -> None:
    hazard = np.array([0.004, 0.013, 0.021, 0.016, 0.013, 0.008])
    age, jobs = np.array([0, 11, 12, 59, 60, 600, 600]), np.array([0, 0, 0, 0, 0, 0, 30])
    found = closing_chance(age, jobs, hazard, 10.0, 1.0)
    np.testing.assert_allclose(found, [0.004, 0.004, 0.013, 0.013, 0.008, 0.008, 0.002])
    np.testing.assert_allclose(closing_chance(age, jobs, hazard, 10.0, 0.5), found / 2)


def closed(jobs: list[int], asked: float, sector: int = 3) -> list[int]:
    number = len(jobs)
    return sorted(branches_to_close(np.full(number, 3), np.full(number, BRANCH), np.array(jobs), Closure(sector, asked, "x")).tolist())


def test_branches_close_from_the_largest_that_fits() -> None:
    assert closed([50, 30, 8], 100.0) == [0, 1, 2]
    assert closed([50, 30, 8], 60.0) == [0, 2]
    assert closed([50, 30, 8], 5.0) == [2], "the smallest where none fits"
    assert closed([50, 30, 8], 60.0, sector=-1) == [0, 2]
    assert closed([50, 30, 8], 60.0, sector=5) == []
    assert closed([0, 0], 60.0) == []


def test_only_branches_close_as_branches() -> None:
    found = branches_to_close(np.array([3, 3]), np.array([LOCAL, BRANCH]), np.array([50, 10]), Closure(3, 60.0, "x"))
    assert found.tolist() == [1]


def test_outside_customers_leave_in_the_share_said() -> None:
    pool, weight, sector = np.array([800.0, 500.0, 0.0]), np.array([1.0, 3.0, 2.0]), np.array([0, 0, 1], np.int8)
    assert outside_customers_left(pool, weight, sector, np.array([0.0, 0.5, 0.0])).tolist() == [500.0, 500.0, 0.0]
    assert outside_customers_left(pool, weight, sector, np.zeros(3)).tolist() == pool.tolist()
    assert outside_customers_left(pool, weight, sector, np.ones(3)).tolist() == [0.0, 0.0, 0.0]


def test_inputs_follow_output_and_the_price_of_each_supplier() -> None:
    local = np.array([[0.1, 0.0], [0.2, 0.3]])
    orders = input_orders(np.array([1000.0, 10.0, 0.0]), np.array([0, 1, 0]), local, np.array([[1.0, 2.0], [1.0, 1.0], [1.0, 1.0]]))
    assert orders.tolist() == [[100, 400], [0, 3], [0, 0]]


def test_outside_demand_is_shared_by_weight_and_adds_up_to_the_pool() -> None:
    found = outside_demand(np.array([900.0, 70.0]), np.array([1.0, 2.0, 0.0]), np.array([0, 0, 1]), np.ones(3))
    assert found.tolist() == [300, 600, 0], "a sector in which no firm sells outside sells nothing"
    lucky = outside_demand(np.array([900.0]), np.array([1.0, 2.0]), np.array([0, 0]), np.array([2.0, 1.0]))
    assert lucky.tolist() == [600, 600]
