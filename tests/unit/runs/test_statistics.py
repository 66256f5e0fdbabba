"""Statistics of paired runs: published cases, hand-worked cases and the odd ones."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from sim.runs.statistics import differences as under_test
from sim.runs.statistics.bootstrap import bootstrap_t_interval

# Student (Biometrika 6, 1908): additional hours of sleep of ten patients under two drugs; the t test of R's documentation.
FIRST_DRUG = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND_DRUG = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_students_sleep_data() -> None:
    result = under_test.paired_difference(FIRST_DRUG, SECOND_DRUG)
    assert result.mean == pytest.approx(1.58)
    assert (result.low, result.high) == pytest.approx((0.7001142, 2.4598858), abs=5e-8)
    assert result.p_value == pytest.approx(0.002833, abs=5e-7)
    assert result.spread == pytest.approx(1.229995, abs=5e-7)
    assert result.decision == under_test.HIGHER
    assert (result.pairs, result.missing) == (10, 0)


def test_turned_round_the_answer_is_lower() -> None:
    result = under_test.paired_difference(SECOND_DRUG, FIRST_DRUG)
    assert result.decision == under_test.LOWER
    assert (result.low, result.high) == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)


def test_hand_worked_case_that_luck_explains() -> None:
    # Differences 1, -1, 2, -2, 3: mean 0.6, squares about it 17.2, spread sqrt(4.3), reach 2.7764 * sqrt(4.3 / 5) = 2.5748.
    result = under_test.paired_difference([0, 0, 0, 0, 0], [1, -1, 2, -2, 3])
    assert result.mean == pytest.approx(0.6)
    assert result.spread == pytest.approx(math.sqrt(4.3))
    assert result.high - result.mean == pytest.approx(2.77644510520 * math.sqrt(4.3 / 5))
    assert result.decision == under_test.NO_DIFFERENCE


def test_identical_arms_are_exactly_identical() -> None:
    values = [0.1, 0.2, 1 / 3, 1e9 + 0.1]
    result = under_test.paired_difference(values, values)
    assert (result.mean, result.low, result.high, result.spread) == (0.0, 0.0, 0.0, 0.0)
    assert result.decision == under_test.IDENTICAL
    assert math.isnan(result.p_value)
    assert result.pairs_needed is None


def test_identical_needs_every_pair() -> None:
    result = under_test.paired_difference([1, 2, 3], [1, 2, 3.5])
    assert result.decision == under_test.NO_DIFFERENCE


def test_one_identical_pair_is_identical_and_one_other_is_too_few() -> None:
    assert under_test.paired_difference([1.0], [1.0]).decision == under_test.IDENTICAL
    result = under_test.paired_difference([1.0], [2.0])
    assert result.decision == under_test.TOO_FEW
    assert result.mean == 1.0
    assert math.isnan(result.low)
    assert math.isnan(result.spread)
    assert math.isnan(result.p_value)
    assert math.isnan(result.smallest_seen)
    assert result.pairs_needed is None


def test_no_pair_at_all() -> None:
    result = under_test.paired_difference([], [])
    assert result.decision == under_test.TOO_FEW
    assert math.isnan(result.mean)


def test_the_same_difference_in_every_pair_has_no_luck_in_it() -> None:
    result = under_test.paired_difference([0.0, 10.0, 20.0], [0.1, 10.1, 20.1])
    assert result.mean == pytest.approx(0.1)
    exact = under_test.paired_difference([0.0, 8.0, 16.0], [0.5, 8.5, 16.5])
    assert (exact.mean, exact.low, exact.high, exact.p_value) == (0.5, 0.5, 0.5, 0.0)
    assert exact.decision == under_test.HIGHER
    assert exact.pairs_needed == 2
    assert exact.smallest_seen == 0.0


def test_values_that_do_not_exist_are_left_out_and_counted() -> None:
    result = under_test.paired_difference([1, math.nan, 3, 4, math.inf], [2, 5, 4.5, 5, 1])
    assert (result.pairs, result.missing) == (3, 2)
    assert result.mean == pytest.approx(3.5 / 3)


def test_pairs_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match=r"one shape \(pairs,\), not \(2,\) and \(3,\)"):
        under_test.paired_difference([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="confidence must lie between 0 and 1, not 95"):
        under_test.paired_difference([1, 2], [1, 2], confidence=95)


@pytest.mark.parametrize(("effect", "pairs"), [(0.2, 199), (0.5, 34), (0.8, 15)])
def test_pairs_needed_as_gpower_prints_them(effect: float, pairs: int) -> None:
    # G*Power 3.1, t tests, difference between two dependent means, two tails, 0.05, power 0.80.
    assert under_test.pairs_needed(effect, 1.0) == pairs
    assert under_test.pairs_needed(-effect * 7, 7.0) == pairs
    assert under_test.power(effect, 1.0, pairs) >= 0.8 > under_test.power(effect, 1.0, pairs - 1)


def test_pairs_needed_gives_up_beyond_a_million() -> None:
    assert under_test.pairs_needed(1e-9, 1.0) is None
    assert under_test.pairs_needed(math.nan, 1.0) is None
    assert under_test.pairs_needed(1e9, 1.0) == 2


@pytest.mark.parametrize("pairs", [2, 3, 10, 100])
def test_smallest_difference_is_the_inverse_of_power(pairs: int) -> None:
    smallest = under_test.smallest_difference_seen(3.0, pairs)
    assert under_test.power(smallest, 3.0, pairs) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize("pairs", [2, 3, 5, 8, 12, 30, 100, 1000, 1_000_000])
def test_power_is_a_share_that_grows_with_the_difference(pairs: int) -> None:
    shares = [under_test.power(float(difference), 1.0, pairs) for difference in np.geomspace(1e-6, 60, 200)]
    assert all(0 <= share <= 1 for share in shares)
    assert all(later >= earlier - 1e-9 for earlier, later in itertools.pairwise(shares))


def test_power_without_spread_or_pairs() -> None:
    assert under_test.power(1.0, 0.0, 5) == 1.0
    assert under_test.power(0.0, 0.0, 5) == pytest.approx(0.05)
    assert under_test.power(1.0, 1.0, 1) == 0.0


def test_skewness_by_hand() -> None:
    # 1, 2, 3, 4, 10: mean 4, m2 = 10, m3 = 36, g1 = 36 / 10**1.5, G1 = g1 * sqrt(20) / 3 = 1.2 * sqrt(2).
    assert under_test.skewness([1, 2, 3, 4, 10]) == pytest.approx(1.2 * math.sqrt(2))
    assert under_test.skewness([1e-200, 2e-200, 3e-200, 4e-200, 10e-200]) == pytest.approx(1.2 * math.sqrt(2))
    assert under_test.skewness([1, 2, 3]) == pytest.approx(0.0)
    assert math.isnan(under_test.skewness([1, 2]))
    assert math.isnan(under_test.skewness([4, 4, 4, 4]))


def test_cochrans_rule() -> None:
    assert under_test.is_too_skewed(2.0, 100)
    assert not under_test.is_too_skewed(2.0, 101)
    assert not under_test.is_too_skewed(math.nan, 5)


def test_skewness_of_few_values_may_be_luck() -> None:
    # The standard error of the skewness of six normal values is sqrt(6 * 6 * 5 / (4 * 7 * 9)) = 0.845.
    assert not under_test.is_too_skewed(1.68, 6)
    assert under_test.is_too_skewed(1.70, 6)


def test_skewed_differences_get_a_companion_and_the_careful_one_decides() -> None:
    # Nine small losses and one large gain: the bootstrap-t interval reaches further up than the t interval.
    differences = [0.0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.5, 0.9, 2.4, 6.0]
    result = under_test.paired_difference([0.0] * 10, differences)
    assert result.companion_low > result.low
    assert result.companion_high > result.high
    assert result.low < 0 < result.companion_low
    assert result.decision == under_test.NO_DIFFERENCE


def test_even_differences_have_no_companion() -> None:
    result = under_test.paired_difference([0.0] * 9, [-4.0, -3, -2, -1, 0, 1, 2, 3, 4])
    assert math.isnan(result.companion_low) and math.isnan(result.companion_high)


def test_bootstrap_is_the_same_every_time_and_scales() -> None:
    values = np.array([0.0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.5, 0.9, 2.4, 6.0])
    low, high = bootstrap_t_interval(values)
    assert bootstrap_t_interval(values) == (low, high)
    assert bootstrap_t_interval(values * 4) == pytest.approx((low * 4, high * 4))
    assert bootstrap_t_interval(-values) != (low, high)


def test_bootstrap_agrees_with_t_where_values_are_even() -> None:
    # Evenly spread values of a normal shape: both intervals should nearly be one.
    values = np.sort(np.array([-1.9, -1.3, -1.0, -0.7, -0.5, -0.4, -0.2, -0.1, 0.1, 0.2, 0.4, 0.5, 0.7, 1.0, 1.3, 1.9]))
    low, high = bootstrap_t_interval(values)
    result = under_test.paired_difference(np.zeros(16), values)
    assert (low, high) == pytest.approx((result.low, result.high), rel=0.08)


def test_bootstrap_of_too_little() -> None:
    assert all(math.isnan(end) for end in bootstrap_t_interval(np.array([1.0, 2.0])))
    assert all(math.isnan(end) for end in bootstrap_t_interval(np.array([2.0, 2.0, 2.0])))


def test_holm_as_r_prints_it() -> None:
    # R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") gives 0.05 0.08 0.09 0.09 0.09.
    assert under_test.holm([0.01, 0.02, 0.03, 0.04, 0.05]) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert under_test.holm([0.6, 0.9]) == [1.0, 1.0]


def test_holm_does_not_count_what_was_no_test() -> None:
    adjusted = under_test.holm([math.nan, 0.02, 0.03])
    assert math.isnan(adjusted[0])
    assert adjusted[1:] == pytest.approx([0.04, 0.04])
    assert under_test.holm([]) == []


def test_expected_false_alarms() -> None:
    assert under_test.expected_false_alarms(40) == pytest.approx(2.0)
    assert under_test.expected_false_alarms(0) == 0


def test_mean_intervals_by_column() -> None:
    values = np.array([[1.0, 5.0, np.nan], [2.0, 5.0, np.nan], [3.0, np.nan, 7.0]])
    mean, low, high, spread = under_test.mean_intervals(values)
    assert mean == pytest.approx([2.0, 5.0, 7.0])
    assert (low[1], high[1], spread[1]) == (5.0, 5.0, 0.0)
    assert np.isnan([low[2], high[2], spread[2]]).all()
    assert low[0] == pytest.approx(2 - 4.30265273 / math.sqrt(3))


def test_mean_intervals_of_no_runs() -> None:
    mean, low, _, _ = under_test.mean_intervals(np.empty((0, 2)))
    assert np.isnan(mean).all()
    assert np.isnan(low).all()


def test_equal_large_values_have_no_spread() -> None:
    values = np.full((3, 1), 0.1 + 1e9)
    mean, low, high, spread = under_test.mean_intervals(values)
    assert (mean[0], low[0], high[0], spread[0]) == (0.1 + 1e9, 0.1 + 1e9, 0.1 + 1e9, 0.0)


def test_nine_in_ten_intervals_hold_the_truth() -> None:
    # 2,000 experiments of 8 pairs with normal differences of mean 0.3: about 95% of the intervals hold 0.3.
    generator = np.random.default_rng(11)
    draws = generator.normal(0.3, 1.0, size=(8, 2000))
    _, low, high, _ = under_test.mean_intervals(draws)
    assert np.mean((low <= 0.3) & (high >= 0.3)) == pytest.approx(0.95, abs=0.015)
