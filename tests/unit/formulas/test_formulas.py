"""Limits, identities and refusals of the published formulas; their printed examples are in `tests/oracle`."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.measures.formulas.ascendency import extended_flows, network_information, robustness
from sim.measures.formulas.finn import average_path_length, finn_cycling_index, throughflow
from sim.measures.formulas.inequality import gini, gini_small_sample, palma, share_between, top_share
from sim.measures.formulas.lm3 import lm3, lm3_of_flows, mean_local_share, multiplier_after_rounds, multiplier_of_all_rounds
from sim.measures.formulas.multiplier import (
    close_households,
    entries_response,
    half_life,
    hands_before_leaving,
    hands_distribution,
    household_column,
    leontief_inverse,
    miyazawa_multiplier,
    monthly_passing,
    multipliers_of_effects,
    output_multiplier_type1,
    output_multiplier_type2,
)

Floats = NDArray[np.float64]
amounts = st.lists(st.integers(0, 10**9), min_size=1, max_size=40)
shares = st.floats(0, 1, exclude_max=True)


def network(seed: int, n: int, kept: float) -> tuple[Floats, Floats]:
    """A random passing matrix whose rows add to `kept`, and an entry."""
    generator = np.random.default_rng(seed)
    matrix = generator.random((n, n))
    return kept * matrix / matrix.sum(axis=1, keepdims=True), generator.random(n)


# Hands of a pound


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9])
def test_equal_leaks_give_the_geometric_answer_whatever_the_network(kept: float) -> None:
    matrix, entry = network(1, 30, kept)
    assert hands_before_leaving(matrix, entry) == pytest.approx(1 / (1 - kept), rel=1e-12)
    assert hands_before_leaving(matrix, entry) == pytest.approx(multiplier_of_all_rounds(kept), rel=1e-12)
    assert lm3_of_flows(entry, matrix) == pytest.approx(multiplier_after_rounds(kept, 3), rel=1e-12)


def test_hands_are_the_mean_of_their_distribution() -> None:
    matrix, entry = network(2, 12, 0.6)
    matrix = matrix * np.linspace(0.2, 1.0, 12)[:, np.newaxis]
    distribution = hands_distribution(matrix, entry, most=200)
    assert distribution.sum() == pytest.approx(1.0, abs=1e-12)
    assert distribution @ np.arange(1, 201) == pytest.approx(hands_before_leaving(matrix, entry), rel=1e-12)


def test_hands_are_the_type2_multiplier_of_the_same_closure() -> None:
    """Money runs from buyer to seller, so Q is the transpose of A with households closed in, and entry is final demand."""
    coefficients = np.array([[0.15, 0.25], [0.2, 0.05]])
    income, consumption = np.array([0.3, 0.25]), np.array([0.05, 0.4])
    whole = close_households(coefficients, income, consumption)
    with_households = output_multiplier_type2(coefficients, income, consumption, count_households=True)
    for industry in range(2):
        entry = np.eye(3)[industry]
        assert hands_before_leaving(whole.T, entry) == pytest.approx(with_households[industry], rel=1e-12)


def test_nothing_local_means_one_hand_and_a_half_life_of_one() -> None:
    assert hands_before_leaving(np.zeros((3, 3)), [1.0, 2.0, 3.0]) == 1.0
    assert hands_distribution(np.zeros((2, 2)), [1.0, 1.0], most=2).tolist() == [1.0, 0.0]
    assert half_life(np.zeros((2, 2)), [1.0, 1.0]) == (1.0, 1.0)


def test_a_closed_economy_never_loses_a_pound() -> None:
    ring = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert hands_before_leaving(ring, [1.0, 0.0]) == math.inf
    assert half_life(ring, [1.0, 0.0]).steps == math.inf
    with pytest.raises(ValueError, match="loses nothing"):
        leontief_inverse(ring)


def test_a_closed_part_that_money_does_not_reach_changes_nothing() -> None:
    matrix = np.array([[0.5, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    assert hands_before_leaving(matrix, [1.0, 0.0, 0.0]) == 2.0
    assert hands_before_leaving(matrix, [1.0, 1.0, 0.0]) == math.inf


def test_scale_of_the_entry_does_not_matter() -> None:
    matrix, entry = network(3, 8, 0.7)
    assert hands_before_leaving(matrix, entry) == pytest.approx(hands_before_leaving(matrix, 1e6 * entry), rel=1e-12)


@pytest.mark.parametrize(
    ("matrix", "entry", "message"),
    [
        ([[0.5, 0.6], [0.0, 0.0]], [1.0, 1.0], "at most 1"),
        ([[-0.1, 0.0], [0.0, 0.0]], [1.0, 1.0], "nothing below 0"),
        ([[0.5]], [0.0], "must enter"),
        ([[0.5, 0.5]], [1.0], "square"),
    ],
)
def test_impossible_networks_are_refused(matrix: list[list[float]], entry: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        hands_before_leaving(matrix, entry)


def test_months_held_stretch_the_half_life() -> None:
    hop = np.array([[0.5]])
    assert half_life(monthly_passing(hop, [1.0]), [1.0]) == half_life(hop, [1.0])
    stretched = half_life(monthly_passing(hop, [3.0]), [1.0])
    assert stretched.between == pytest.approx(math.log(0.5) / math.log(1 - 0.5 / 3), rel=1e-9)
    assert stretched.steps == math.ceil(stretched.between)
    with pytest.raises(ValueError, match="at least one month"):
        monthly_passing(hop, [0.5])


# Input-output multipliers


def test_no_local_purchases_give_multipliers_of_one() -> None:
    assert output_multiplier_type1(np.zeros((4, 4))).tolist() == [1.0] * 4
    assert output_multiplier_type2(np.zeros((2, 2)), [0.5, 0.5], [0.0, 0.0]).tolist() == [1.0, 1.0]


def test_type2_is_above_type1_and_the_household_row_adds_income() -> None:
    coefficients, income, consumption = np.array([[0.15, 0.25], [0.2, 0.05]]), np.array([0.3, 0.25]), np.array([0.05, 0.4])
    first = output_multiplier_type1(coefficients)
    second = output_multiplier_type2(coefficients, income, consumption)
    with_income = output_multiplier_type2(coefficients, income, consumption, count_households=True)
    assert (second > first).all()
    induced = income @ leontief_inverse(coefficients) * miyazawa_multiplier(coefficients, income, consumption)
    np.testing.assert_allclose(with_income - second, induced, rtol=1e-12)


def test_a_ratio_without_direct_effect_is_not_a_number() -> None:
    assert np.isnan(multipliers_of_effects([0.1, 0.5], [0.0, 0.25])).tolist() == [True, False]


def test_household_spending_needs_an_income() -> None:
    with pytest.raises(ValueError, match="above 0"):
        household_column([1.0], 0.0)


# LM3


def test_lm3_runs_from_one_to_three() -> None:
    assert lm3(10.0, 0.0, 0.0) == 1.0
    assert lm3(10.0, 10.0, 10.0) == 3.0


@pytest.mark.parametrize("rounds", [(0.0, 0.0, 0.0), (10.0, -1.0, 0.0), (10.0, 1.0, -1.0)])
def test_lm3_refuses_impossible_rounds(rounds: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="LM3"):
        lm3(*rounds)


@settings(derandomize=True, deadline=None)
@given(shares)
def test_three_rounds_are_less_than_all(share: float) -> None:
    assert multiplier_after_rounds(share, 3) <= multiplier_of_all_rounds(share) * (1 + 1e-12)


def test_endless_rounds_without_a_leak() -> None:
    assert multiplier_of_all_rounds(1.0) == math.inf
    for share in (-0.1, 1.1):
        with pytest.raises(ValueError, match="0 to 1"):
            multiplier_of_all_rounds(share)
        with pytest.raises(ValueError, match="0 to 1"):
            multiplier_after_rounds(share, 3)
    with pytest.raises(ValueError, match="at least one answer"):
        mean_local_share([])


# Cycling and ascendency


def test_a_chain_has_no_cycling_and_a_path_as_long_as_its_nodes() -> None:
    flows = np.array([[0.0, 10.0, 0.0], [0.0, 0.0, 10.0], [0.0, 0.0, 0.0]])
    imports = np.array([10.0, 0.0, 0.0])
    assert finn_cycling_index(flows, imports) == 0.0
    assert average_path_length(flows, imports) == 3.0
    assert throughflow(flows, imports).tolist() == [10.0, 10.0, 10.0]


def test_self_loop_cycling_by_hand() -> None:
    """One node, 60 in from outside and 40 to itself: of 100 that flows in, 40 has been there before."""
    assert finn_cycling_index([[40.0]], [60.0]) == pytest.approx(0.4, rel=1e-12)


def test_divisors_agree_in_balance_and_differ_out_of_it() -> None:
    flows, imports, outlets = np.array([[0.0, 60.0], [10.0, 0.0]]), np.array([90.0, 0.0]), np.array([40.0, 50.0])
    assert finn_cycling_index(flows, imports, outlets, "outflow") == pytest.approx(finn_cycling_index(flows, imports), rel=1e-12)
    unbalanced = np.array([80.0, 50.0])
    assert finn_cycling_index(flows, imports, unbalanced, "outflow") < finn_cycling_index(flows, imports)
    with pytest.raises(ValueError, match="outlets"):
        finn_cycling_index(flows, imports, divisor="outflow")


def test_cycling_of_nothing_and_of_a_closed_network() -> None:
    assert finn_cycling_index(np.zeros((2, 2)), np.zeros(2)) == 0.0
    assert average_path_length(np.zeros((2, 2)), np.zeros(2)) == 0.0
    assert average_path_length([[0.0, 1.0], [1.0, 0.0]], [0.0, 0.0]) == math.inf
    with pytest.raises(ValueError, match="cycle for ever"):
        finn_cycling_index([[0.0, 1.0], [1.0, 0.0]], [0.0, 0.0])
    with pytest.raises(ValueError, match="below 0"):
        finn_cycling_index([[-1.0]], [1.0])
    with pytest.raises(ValueError, match="square"):
        average_path_length([[1.0, 2.0]], [1.0])


def test_scale_changes_ascendency_and_no_ratio() -> None:
    generator = np.random.default_rng(4)
    flows = generator.random((6, 6))
    once, twice = network_information(flows), network_information(2 * flows)
    assert twice.ascendency == pytest.approx(2 * once.ascendency, rel=1e-12)
    assert twice.order == pytest.approx(once.order, rel=1e-12)
    assert 0 <= once.order <= 1


def test_equal_flows_between_all_have_no_order_and_a_ring_has_nothing_else() -> None:
    assert network_information(np.ones((4, 4))).order == pytest.approx(0.0, abs=1e-12)
    ring = network_information(np.roll(np.eye(5), 1, axis=1))
    assert ring.order == pytest.approx(1.0, rel=1e-12)
    assert ring.robustness == pytest.approx(0.0, abs=1e-12)
    assert network_information(np.zeros((3, 3))).capacity == 0.0
    with pytest.raises(ValueError, match="below 0"):
        network_information([[-1.0]])


def test_robustness_is_nought_at_both_ends() -> None:
    assert robustness(0.0) == robustness(1.0) == 0.0
    with pytest.raises(ValueError, match="between 0 and 1"):
        robustness(1.5)


def test_outside_stands_after_the_nodes() -> None:
    whole = extended_flows([[0.0, 3.0], [0.0, 0.0]], [5.0, 0.0], [2.0, 1.0], [0.0, 2.0])
    assert whole.shape == (5, 5)
    assert whole.sum() == 3 + 5 + 3 + 2
    assert whole[2].tolist() == [5.0, 0.0, 0.0, 0.0, 0.0]


# Inequality


@settings(derandomize=True, deadline=None)
@given(amounts, st.integers(1, 1000))
def test_gini_lies_between_its_bounds_and_ignores_scale_and_order(values: list[int], scale: int) -> None:
    found = gini(values)
    assert -1e-9 <= found <= 1 - 1 / len(values) + 1e-9
    assert gini([scale * value for value in reversed(values)]) == pytest.approx(found, abs=1e-9)


@settings(derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=30))
def test_gini_is_half_the_mean_difference_over_the_mean(values: list[int]) -> None:
    """The other definition, by all pairs."""
    array = np.array(values, dtype=np.float64)
    if array.sum() == 0:
        assert gini(values) == 0.0
        return
    pairs = np.abs(array[:, np.newaxis] - array[np.newaxis, :]).mean()
    assert gini(values) == pytest.approx(pairs / (2 * array.mean()), abs=1e-9)


@settings(derandomize=True, deadline=None)
@given(amounts)
def test_shares_of_the_ranking_add_to_one(values: list[int]) -> None:
    parts = [share_between(values, low, high) for low, high in ((0.0, 0.4), (0.4, 0.9), (0.9, 1.0))]
    assert sum(parts) == pytest.approx(1.0 if any(values) else 0.0, abs=1e-9)


def test_a_person_across_a_point_counts_in_proportion() -> None:
    assert top_share([1.0, 1.0, 1.0, 1.0, 1.0], 0.1) == pytest.approx(0.1)
    assert share_between([0.0, 10.0], 0.75, 1.0) == 0.5


def test_palma_at_its_limits() -> None:
    assert palma([7.0] * 10) == pytest.approx(0.25)
    assert palma([0.0] * 9 + [1.0]) == math.inf
    assert math.isnan(palma([0.0, 0.0]))


def test_debts_are_allowed_when_the_sum_is_above_nought() -> None:
    assert gini([-5.0, 0.0, 15.0]) > 1


@pytest.mark.parametrize("values", [[], [-1.0, 0.5], [1.0, -1.0], [float("nan")]])
def test_values_without_a_meaning_are_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="inequality needs"):
        gini(values)


def test_refused_rankings_and_samples() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        share_between([1.0], 0.6, 0.4)
    with pytest.raises(ValueError, match="two values"):
        gini_small_sample([1.0])


def test_receipts_where_nothing_enters_and_where_nothing_is_lost() -> None:
    chain = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.5]])
    assert entries_response(chain, [0.0, 0.0, 0.0]).tolist() == [0.0, 0.0, 0.0]
    # A pound goes on whole to the second and the third, who passes on a half: 1 + 1 + 2.
    assert entries_response(chain, [1.0, 0.0, 0.0]).tolist() == [1.0, 1.0, 2.0]
    assert hands_before_leaving(chain, [1.0, 0.0, 0.0]) == 4.0
    assert entries_response([[0.0, 1.0], [1.0, 0.0]], [1.0, 0.0]).tolist() == [math.inf, math.inf]
