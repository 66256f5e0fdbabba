"""Technical coefficients, location quotients and balancing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import RunError
from sim.start.input_output import (
    balance,
    cross_industry_location_quotients,
    flegg_location_quotients,
    local_coefficients,
    region_size_weight,
    simple_location_quotients,
    technical_coefficients,
)

NATION = np.array([500.0, 300.0, 200.0])
jobs = st.lists(st.floats(1.0, 1e6), min_size=3, max_size=3).map(np.array)


def test_a_sector_without_output_buys_nothing() -> None:
    found = technical_coefficients(np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([4.0, 0.0]))
    assert found.tolist() == [[0.25, 0.0], [0.25, 0.0]]


@settings(derandomize=True, deadline=None)
@given(jobs)
def test_quotients_weighted_by_national_shares_average_one(place: np.ndarray) -> None:
    quotients = simple_location_quotients(place, NATION)
    assert quotients @ NATION / NATION.sum() == pytest.approx(1.0, rel=1e-12)


@settings(derandomize=True, deadline=None)
@given(st.floats(0.0, 0.99))
def test_the_nation_itself_has_quotients_of_one(delta: float) -> None:
    np.testing.assert_array_equal(flegg_location_quotients(NATION, NATION, delta), np.ones((3, 3)))


def test_quotients_of_one_give_the_national_table() -> None:
    national = np.array([[0.1, 0.2, 0.0], [0.3, 0.1, 0.2], [0.0, 0.1, 0.1]])
    np.testing.assert_array_equal(local_coefficients(national, flegg_location_quotients(NATION, NATION, 0.25)), national)
    np.testing.assert_array_equal(local_coefficients(national, np.full((3, 3), 7.0)), national)


def test_flegg_by_hand() -> None:
    """A tenth of the nation, all of it in the first two sectors alike."""
    place = np.array([50.0, 50.0, 0.0])
    quotients = simple_location_quotients(place, NATION)
    assert quotients.tolist() == pytest.approx([1.0, 0.5 / 0.3, 0.0])
    weight = np.log2(1.1) ** 0.25
    found = flegg_location_quotients(place, NATION, 0.25)
    assert found[0, 1] == pytest.approx(1.0 / (0.5 / 0.3) * weight)
    assert found[1, 0] == pytest.approx(0.5 / 0.3 * weight)
    assert found[1, 1] == pytest.approx(0.5 / 0.3 * weight)
    assert found[2].tolist()[:2] == [0.0, 0.0]


def test_a_larger_place_buys_more_of_itself_and_a_larger_exponent_less() -> None:
    small, large = NATION * 0.01, NATION * 0.2
    assert region_size_weight(small, NATION, 0.25) < region_size_weight(large, NATION, 0.25) < 1
    assert region_size_weight(small, NATION, 0.3) < region_size_weight(small, NATION, 0.2)
    assert region_size_weight(small, NATION, 0.0) == 1.0


def test_a_buying_sector_that_is_absent_is_no_bound() -> None:
    found = cross_industry_location_quotients(np.array([1.0, 0.0]))
    assert found[0, 1] == np.inf
    assert found[1].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("delta", [-0.1, 1.0])
def test_impossible_exponents_are_refused(delta: float) -> None:
    with pytest.raises(RunError, match="exponent"):
        flegg_location_quotients(NATION, NATION, delta)


def test_a_place_without_jobs_is_refused() -> None:
    with pytest.raises(RunError, match="with jobs"):
        simple_location_quotients(np.zeros(3), NATION)


@settings(derandomize=True, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 8), st.integers(2, 8))
def test_balancing_meets_both_totals_and_keeps_cross_ratios(seed: int, rows: int, columns: int) -> None:
    generator = np.random.default_rng(seed)
    start = generator.random((rows, columns)) + 0.05
    wanted = generator.random((rows, columns)) + 0.05
    found = balance(start, wanted.sum(axis=1), wanted.sum(axis=0))
    np.testing.assert_allclose(found.matrix.sum(axis=1), wanted.sum(axis=1), rtol=1e-9)
    np.testing.assert_allclose(found.matrix.sum(axis=0), wanted.sum(axis=0), rtol=1e-12)
    ratio = found.matrix / start
    np.testing.assert_allclose(ratio * ratio[0, 0], np.outer(ratio[:, 0], ratio[0]), rtol=1e-9)


def test_a_balanced_matrix_is_left_as_it_is() -> None:
    start = np.array([[1.0, 2.0], [3.0, 4.0]])
    found = balance(start, start.sum(axis=1), start.sum(axis=0))
    assert found.iterations == 0
    np.testing.assert_array_equal(found.matrix, start)


def test_noughts_stay_noughts() -> None:
    found = balance(np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([1.0, 3.0]), np.array([2.0, 2.0]))
    assert found.matrix[0, 0] == 0.0


def test_a_table_that_can_not_be_balanced_says_by_how_much() -> None:
    start = np.array([[1.0, 0.0], [0.0, 1.0]])
    with pytest.raises(RunError, match=r"largest miss is 0\.25"):
        balance(start, np.array([1.0, 3.0]), np.array([2.0, 2.0]), passes=50)


@pytest.mark.parametrize(
    ("matrix", "rows", "columns", "message"),
    [
        ([[1.0, -1.0]], [2.0], [1.0, 1.0], "below nought"),
        ([[1.0, 1.0]], [3.0], [1.0, 1.0], "must be equal"),
        ([[0.0, 0.0], [1.0, 1.0]], [1.0, 1.0], [1.0, 1.0], "row 0 is empty"),
        ([[1.0, 0.0], [1.0, 0.0]], [1.0, 1.0], [1.0, 1.0], "column 1 is empty"),
    ],
)
def test_impossible_totals_are_refused(matrix: list[list[float]], rows: list[float], columns: list[float], message: str) -> None:
    with pytest.raises(RunError, match=message):
        balance(np.array(matrix), np.array(rows), np.array(columns))
