"""Statistics of paired runs at their edges: other confidence than 95%, two pairs, values that do not exist, what is exactly at a limit."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from sim.runs.statistics import differences as under_test
from sim.runs.statistics.bootstrap import RESAMPLES, bootstrap_t_interval
from sim.runs.statistics.hints import is_hint
from sim.runs.statistics.window import seed_values

SLEEP = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
SKEWED = [0.0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.5, 0.9, 2.4, 6.0]


def test_students_sleep_data_with_ninety_per_cent() -> None:
    """Student's ten patients: 1.58 and 1.229995 of spread; the table of t has 1.833 for nine degrees of freedom and 5% at each end."""
    result = under_test.paired_difference([0.0] * 10, SLEEP, confidence=0.9)
    assert result.high - result.low == pytest.approx(2 * 1.833113 * 1.229995 / math.sqrt(10), abs=1e-5)
    assert result.pairs_needed == under_test.pairs_needed(result.mean, result.spread, confidence=0.9)
    assert result.smallest_seen == under_test.smallest_difference_seen(result.spread, 10, confidence=0.9)
    usual = under_test.paired_difference([0.0] * 10, SLEEP)
    assert result.pairs_needed < usual.pairs_needed and result.smallest_seen < usual.smallest_seen


def test_the_companion_has_the_confidence_asked_for() -> None:
    result = under_test.paired_difference([0.0] * 10, SKEWED, confidence=0.8)
    assert (result.companion_low, result.companion_high) == bootstrap_t_interval(np.array(SKEWED), 0.8)
    wide = bootstrap_t_interval(np.array(SKEWED))
    assert wide[0] < result.companion_low < np.mean(SKEWED) < result.companion_high < wide[1]


def test_ends_of_the_bootstrap_t_interval_as_their_formula_says() -> None:
    """A share of (1 - confidence) / 2 of the statistics of all resamples lies beyond each end."""
    values = np.array([1.0, 2.0, 4.0, 8.0, 16.0, 3.0])
    error = values.std(ddof=1) / math.sqrt(6)
    statistics = sorted((values.mean() - bootstrap_t_interval(values, 2 * share - 1)[0]) / error for share in (0.6, 0.75, 0.9, 0.975))
    low, high = bootstrap_t_interval(values, 0.5)
    assert statistics == sorted(set(statistics))
    # The middle half: with the plain definition, resampled with luck of another kind.
    draws = np.random.default_rng(3).choice(values, (RESAMPLES, 6))
    spread = draws.std(axis=1, ddof=1)
    apart = draws.mean(axis=1) - values.mean()
    with np.errstate(divide="ignore"):
        t = np.where(spread > 0, apart * math.sqrt(6) / spread, np.copysign(np.inf, apart))
    expected = values.mean() - np.quantile(t, [0.75, 0.25]) * error
    assert (low, high) == pytest.approx(expected, rel=0.03)


def test_resamples_without_spread_are_infinitely_far_off() -> None:
    """Of three values one resample in nine has no spread: a ninth of the statistics is infinite, two thirds of those on one side."""
    low, high = bootstrap_t_interval(np.array([0.0, 0.0, 3.0]), 0.95)
    assert low == -math.inf and math.isfinite(high) is False
    low, high = bootstrap_t_interval(np.array([0.0, 0.0, 3.0]), 0.1)
    assert math.isfinite(low) and math.isfinite(high)


def test_ends_of_the_bootstrap_t_interval_where_all_resamples_can_be_counted() -> None:
    """Of 0, 1 and 3 there are 27 resamples, equally likely, each with t = (mean* - 4/3) / (spread* / sqrt 3).

    The lowest: 0, 0, 0 and 1, 1, 1, infinitely far off; 0, 0, 1 in three orders, t = -3; 0, 1, 1 in three, t = -2: from 5/27 to 8/27 of the
    way up. The highest: 3, 3, 3; 1, 3, 3 in three orders, t = 1.5; 0, 3, 3 in three, t = 2/3: from 4/27 to 7/27 of the way down.
    """
    error = math.sqrt(7 / 3) / math.sqrt(3)
    expected = (4 / 3 - 2 / 3 * error, 4 / 3 + 2 * error)
    for outside in (0.2, 0.225, 0.245):
        assert bootstrap_t_interval(np.array([0.0, 1.0, 3.0]), 1 - 2 * outside) == pytest.approx(expected)


@pytest.mark.parametrize("confidence", [0.95, 0.5, 0.9999])
def test_turned_round_the_bootstrap_t_interval_is_turned_round(confidence: float) -> None:
    """So many resamples lie beyond the low end as beyond the high one."""
    low, high = bootstrap_t_interval(np.array(SKEWED), confidence)
    assert bootstrap_t_interval(-np.array(SKEWED), confidence) == pytest.approx((-high, -low), rel=1e-12)


def test_equal_values_that_add_up_with_rounding_have_no_spread() -> None:
    """A third of 0.1 + 0.1 + 0.1 is not 0.1 in floats: neither is that a spread of all, nor is it one of a resample."""
    assert np.full(3, 0.1).std() > 0.0
    assert np.isnan(bootstrap_t_interval(np.full(3, 0.1))).all()
    assert bootstrap_t_interval(np.array([0.1, 0.1, 3.0])) == (-math.inf, math.inf)


def test_two_pairs_are_enough_for_a_verdict() -> None:
    """1 and 1.1: mean 1.05, spread sqrt(0.005), t = 21; with one degree of freedom the two-sided share beyond is 1 - 2 atan(21) / pi."""
    result = under_test.paired_difference([0.0, 0.0], [1.0, 1.1])
    assert result.decision == under_test.HIGHER
    assert result.p_value == pytest.approx(1 - 2 * math.atan(21) / math.pi)
    assert result.high - result.mean == pytest.approx(12.7062047 * 0.05)


def test_both_intervals_must_agree_on_a_fall_too() -> None:
    result = under_test.paired_difference([0.0] * 10, [-one for one in SKEWED])
    assert result.companion_high < 0 < result.high
    assert result.decision == under_test.NO_DIFFERENCE


@pytest.mark.parametrize("interval", [(0.0, 3.0), (-3.0, 0.0)])
def test_an_interval_that_ends_at_nought_holds_nought(interval: tuple[float, float]) -> None:
    assert under_test._decide(np.array([1.0, -2.0]), interval, (math.nan, math.nan)) == under_test.NO_DIFFERENCE


def test_what_rounding_leaves_ends_at_sixty_four_units() -> None:
    unit = float(np.finfo(np.float64).eps)
    for before, after in ((1.0, 1.0 - 64 * unit), (1.0 - 64 * unit, 1.0)):
        assert under_test.paired_difference([before], [after]).decision == under_test.IDENTICAL
    assert under_test.paired_difference([1.0], [1.0 - 66 * unit]).decision == under_test.TOO_FEW


def test_none_is_a_value_that_does_not_exist() -> None:
    result = under_test.paired_difference([1.0, None, 3.0], [None, 2.0, 4.0])
    assert (result.pairs, result.missing, result.mean) == (1, 2, 1.0)


def test_columns_without_spread_have_none_whatever_is_missing() -> None:
    large = np.array([0.1 + 1e9, 0.7 + 1e9, 0.3])
    values = np.tile(large, (12, 1))
    values[[0, 4], 0] = values[1:5, 1] = values[[0, 11], 2] = np.nan
    mean, low, high, spread = under_test.mean_intervals(values)
    for part in (mean, low, high):
        assert part.tolist() == large.tolist()
    assert spread.tolist() == [0.0, 0.0, 0.0]


def test_two_runs_by_hand_beside_columns_of_one_and_of_none() -> None:
    """3 and 5: mean 4, spread sqrt 2, reach 12.706 x sqrt 2 / sqrt 2."""
    values = np.array([[3.0, 7.0, np.nan], [5.0, np.nan, np.nan]])
    mean, low, high, spread = under_test.mean_intervals(values)
    assert (mean[0], spread[0], high[0] - 4.0) == pytest.approx((4.0, math.sqrt(2), 12.7062047))
    assert mean[1] == 7.0 and np.isnan(mean[2])
    assert np.isnan([low[1:], high[1:], spread[1:]]).all()


def test_skewness_needs_more_than_one_value_that_differs_from_the_first() -> None:
    assert under_test.skewness([1, 2, 2]) == pytest.approx(-math.sqrt(3))
    assert under_test.skewness([Fraction(1, 2), Fraction(1), Fraction(1)]) == pytest.approx(-math.sqrt(3))


def test_three_values_and_two_standard_errors() -> None:
    """The standard error of three normal values is sqrt(6 x 3 x 2 / (1 x 4 x 6)) = 1.2247, that of six sqrt(180 / 252)."""
    assert under_test.is_too_skewed(2.5, 3) is True
    assert under_test.is_too_skewed(2.4, 3) is False
    assert under_test.is_too_skewed(9.9, 2) is False
    assert under_test.is_too_skewed(math.nan, 2) is False
    assert under_test.is_too_skewed(2 * math.sqrt(180 / 252), 6) is False
    assert under_test.is_too_skewed(-1.70, 6) is True


def test_a_difference_of_next_to_nothing_is_seen_as_often_as_nothing() -> None:
    """In 5 of 100 experiments, half of them with the wrong sign."""
    assert under_test.power(1e-12, 1.0, 5) == pytest.approx(0.05, abs=1e-9)
    assert under_test.power(1e-12, 1.0, 5, confidence=0.9) == pytest.approx(0.1, abs=1e-9)


def test_a_share_too_small_for_scipy_is_nought(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test.special, "nctdtr", lambda *_: math.nan)
    assert under_test.power(10.0, 1.0, 30) == 1.0


def test_pairs_for_a_large_and_for_a_small_difference() -> None:
    """G*Power 3.1 gives 10 pairs for an effect of 1; far out the t distribution is normal: (2.5758 + 0.8416)^2 / d^2 for 99%."""
    assert under_test.pairs_needed(1.0, 1.0) == 10
    assert under_test.pairs_needed(0.01, 1.0, confidence=0.99) == pytest.approx((2.575829 + 0.841621) ** 2 / 1e-4, abs=5)
    assert under_test.pairs_needed(0.0125, 1.0, confidence=0.99) == pytest.approx((2.575829 + 0.841621) ** 2 / 0.0125**2, abs=5)
    assert under_test.pairs_needed(0.003, 1.0) == pytest.approx((1.959964 + 0.841621) ** 2 / 9e-6, abs=5)
    assert under_test.pairs_needed(0.003, 1.0, confidence=0.99) is None
    assert under_test.pairs_needed(0.01, 1.0, wanted=0.5) == pytest.approx(1.959964**2 / 1e-4, abs=5)
    assert under_test.pairs_needed(math.inf, 1.0) is None and under_test.pairs_needed(1.0, math.inf) is None


def test_smallest_differences_far_out() -> None:
    """With many pairs (1.96 + 0.8416) / sqrt(pairs), or 1.96 where half of the experiments are to see it."""
    root = math.sqrt(1_000_000)
    assert under_test.smallest_difference_seen(2.0, 1_000_000) == pytest.approx(2 * 2.801585 / root, rel=1e-4)
    assert under_test.smallest_difference_seen(1.0, 1_000_000, wanted=0.5) == pytest.approx(1.959964 / root, rel=1e-4)
    assert under_test.smallest_difference_seen(1.0, 1_000_000, confidence=0.99) == pytest.approx(3.41745 / root, rel=1e-4)
    assert under_test.smallest_difference_seen(0.0, 2) == 0.0
    assert math.isnan(under_test.smallest_difference_seen(1.0, 1)) and math.isnan(under_test.smallest_difference_seen(math.nan, 5))


@pytest.mark.parametrize("share", [0.0, 1.0, 80])
def test_shares_that_are_none_are_refused(share: float) -> None:
    said = rf"^wanted share must lie between 0 and 1, not {share}$"
    with pytest.raises(ValueError, match=said):
        under_test.pairs_needed(1.0, 1.0, wanted=share)
    with pytest.raises(ValueError, match=said):
        under_test.smallest_difference_seen(1.0, 5, wanted=share)


def test_false_alarms_at_other_confidence() -> None:
    assert under_test.expected_false_alarms(40, 0.9) == pytest.approx(4.0)


def test_holm_with_equal_values_and_one_at_the_limit() -> None:
    """Three tests: 0.4 x 3 is cut at 1, and what follows is never below it."""
    assert under_test.holm([0.4, 0.4, 0.9]) == [1.0, 1.0, 1.0]
    assert under_test.holm([0.02, 0.02]) == [0.04, 0.04]


def test_a_fall_is_a_hint_as_a_rise_is() -> None:
    assert is_hint(under_test.LOWER, False) and not is_hint(under_test.LOWER, True)
    assert not is_hint(under_test.NO_DIFFERENCE, False)


def test_the_window_is_a_year_of_each_seed() -> None:
    """Thirteen months of two seeds, the first month of each left out; of the second one month alone exists."""
    values = np.array([[100.0, *range(1, 13)], [7.0, 5.0, *[np.nan] * 11]])
    assert seed_values(values, "mean").tolist() == [6.5, 5.0]
    assert seed_values(values, "last")[0] == 12.0
    assert seed_values(values[:, :3], "sum")[0] == 103.0
    assert seed_values(values[:1], "sum").tolist() == [78.0]
    assert np.isnan(seed_values(np.empty((2, 0)), "mean")).tolist() == [True, True]


def test_a_rule_that_is_none_is_told() -> None:
    with pytest.raises(ValueError, match=r"^the months of a measure become one number by mean, sum or last, not by 'median'$"):
        seed_values(np.ones((1, 3)), "median")
