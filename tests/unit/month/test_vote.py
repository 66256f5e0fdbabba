"""Hours or jobs, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.month.labour.vote import FEWEST_HOURS, least_hours, utility


@pytest.mark.parametrize("benefit", [0.05, 0.2, 0.4])
def test_with_an_aversion_of_two_the_answer_has_a_formula(benefit: float) -> None:
    # 1 - 1/h >= (1 - h)(1 - 1/b) becomes h >= b / (1 - b).
    assert least_hours(np.array([benefit]), 2.0)[0] == pytest.approx(max(benefit / (1.0 - benefit), FEWEST_HOURS), abs=2e-6)


def test_with_logarithms_and_a_benefit_of_e_to_minus_two() -> None:
    # log h = -2 (1 - h) at h = 0.20319, which is -W(-2/e^2)/2.
    found = least_hours(np.array([math.exp(-2.0)]), 1.0)[0]
    assert found == pytest.approx(0.20319, abs=1e-5)
    assert math.log(found) == pytest.approx(-2.0 * (1.0 - found), abs=1e-4)


def test_a_high_benefit_or_no_aversion_means_lay_offs() -> None:
    # With logarithms members share only below a benefit of 1/e of the wage; with an aversion of two below a half.
    assert least_hours(np.array([0.368, 0.9, 1.5]), 1.0).tolist() == [1.0, 1.0, 1.0]
    assert least_hours(np.array([0.367]), 1.0)[0] < 1.0
    assert least_hours(np.array([0.5, 0.49]), 2.0)[0] == 1.0 > least_hours(np.array([0.49]), 2.0)[0]
    assert least_hours(np.array([0.0, 0.1, 0.9]), 0.0).tolist() == [1.0, 1.0, 1.0]


def test_without_any_benefit_nobody_is_let_go() -> None:
    assert least_hours(np.array([0.0]), 1.0)[0] == pytest.approx(FEWEST_HOURS, abs=2e-6)
    assert least_hours(np.array([0.0]), 5.0)[0] == pytest.approx(FEWEST_HOURS, abs=2e-6)


def test_more_aversion_means_more_sharing() -> None:
    shares = [least_hours(np.array([0.3]), aversion)[0] for aversion in (0.0, 1.0, 2.0, 4.0)]
    assert shares == sorted(shares, reverse=True)


def test_utility_is_nought_at_the_full_wage() -> None:
    assert [float(utility(np.array([1.0]), aversion)[0]) for aversion in (0.0, 0.5, 1.0, 3.0)] == [0.0] * 4
    assert utility(np.array([0.25]), 0.5)[0] == pytest.approx(-1.0)
