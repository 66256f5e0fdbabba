"""The published formulas at their edges: exactly at a limit, one wrong number among right ones, parts without money, any kind of number."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import astuple
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from sim.measures.formulas import ascendency, finn, follow, inequality, lm3, multiplier

HALF, FIFTH, ONE = Fraction(1, 2), Fraction(1, 5), Fraction(1)
WEB = [[Fraction(0), HALF], [FIFTH, Fraction(0)]]

ANY_NUMBER: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
    (ascendency.extended_flows, ([[ONE]], [HALF], [FIFTH])),
    (lambda flows: astuple(ascendency.network_information(flows)), ([[HALF, ONE], [FIFTH, HALF]],)),
    (finn.finn_cycling_index, (WEB, [ONE, HALF], [HALF, HALF], "outflow")),
    (finn.average_path_length, (WEB, [ONE, HALF])),
    (lambda *given: follow.pass_on(*given).leaving.toarray(), ([ONE, ONE * 0], [ONE * 2, ONE], [ONE, HALF], 2, 1)),
    (lambda first: follow.follow_money(follow.pass_on([0], [1], [1], 1, 1), first, 2).ends, ([HALF, HALF],)),
    (lambda first: follow.likeliest_path(follow.pass_on([0], [1], [1], 1, 1), first, 2)[1], ([HALF, HALF],)),
    (follow.round_to_total, ([HALF, FIFTH], 100)),
    (inequality.gini, ([HALF, FIFTH, ONE],)),
    (lm3.money_counted, ([ONE, HALF],)),
    (lm3.mean_local_share, ([HALF, ONE],)),
    (lm3.lm3_of_flows, ([ONE, HALF], WEB)),
    (multiplier.leontief_inverse, (WEB,)),
    (multiplier.household_column, ([HALF, ONE], 2.0)),
    (multiplier.close_households, (WEB, [HALF, FIFTH], [FIFTH, HALF])),
    (multiplier.effects, ([HALF, ONE], WEB)),
    (multiplier.multipliers_of_effects, ([HALF, ONE], [FIFTH, HALF])),
    (multiplier.miyazawa_multiplier, (WEB, [HALF, FIFTH], [FIFTH, HALF])),
    (multiplier.entries_response, (WEB, [ONE, HALF])),
    (multiplier.hands_before_leaving, (WEB, [ONE, HALF])),
    (multiplier.monthly_passing, (WEB, [ONE, ONE * 2])),
]


def as_floats(given: Any) -> Any:
    """The same numbers as floats, where they are fractions."""
    if isinstance(given, list):
        return [as_floats(one) for one in given]
    return float(given) if isinstance(given, Fraction) else given


@pytest.mark.parametrize(("formula", "given"), ANY_NUMBER)
def test_fractions_give_what_floats_give(formula: Callable[..., Any], given: tuple[Any, ...]) -> None:
    floats = [as_floats(one) for one in given]
    if formula is ANY_NUMBER[4][0]:
        floats[:2] = [1, 0], [2, 1]
    found, expected = np.asarray(formula(*given)), np.asarray(formula(*floats))
    assert found.dtype == expected.dtype
    np.testing.assert_array_equal(found, expected)


BELOW = "a flow can't be below 0"
SHARES = "a payer can pass on from none to all of what it receives: rows must add to at most 1, nothing below 0"
ENTERS = "money must enter somewhere: the entry needs amounts at or above 0 and one above it"
REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: ascendency.network_information([[1.0, -1.0], [2.0, 3.0]]), BELOW),
    (lambda: finn.average_path_length([[1.0, -1.0], [2.0, 3.0]], [1.0, 1.0]), BELOW),
    (lambda: finn.average_path_length([[1.0, 1.0], [2.0, 3.0]], [1.0, -1.0]), BELOW),
    (
        lambda: finn.average_path_length([[1.0]], [1.0, 2.0]),
        "needs a square matrix of flows and one import for each node, given (1, 1) and (2,)",
    ),
    (
        lambda: finn.finn_cycling_index([[0.0, 1.0], [1.0, 0.0]], [0.0, 0.0]),
        "the index does not exist: some part of the network loses nothing, so its flows cycle for ever",
    ),
    (lambda: finn.finn_cycling_index([[1.0]], [1.0], divisor="outflow"), "the divisor 'outflow' needs the flows to outside: pass outlets"),
    (lambda: follow.pass_on([0, 0], [0, 1], [1, -1], 1, 1), "a payment can't be below nought"),
    (
        lambda: follow.follow_money(follow.pass_on([0], [1], [1], 1, 1), [0.0, 0.0], 1),
        "money must be paid to someone: the first payment needs amounts at or above 0 and one above it",
    ),
    (lambda: inequality.gini_small_sample([1.0]), "the correction for small samples needs at least two values"),
    (lambda: inequality.gini([-3.0, 1.0]), "a measure of inequality needs values that add to more than 0, given a sum of -2.0"),
    (lambda: inequality.gini([1.0, -1.0, 0.0]), "a measure of inequality needs values that add to more than 0, given a sum of 0.0"),
    (
        lambda: lm3.lm3(0.0, 1.0, 2.0),
        "LM3 needs a first round above 0 and others at or above 0, given 0.0, 1.0, 2.0",
    ),
    (lambda: lm3.multiplier_after_rounds(0.5, 0), "needs a share from 0 to 1 and at least one round, given 0.5 and 0"),
    (lambda: lm3.multiplier_of_all_rounds(1.5), "needs a share from 0 to 1, given 1.5"),
    (
        lambda: multiplier.leontief_inverse([[0.0, 1.0], [1.0, 0.0]]),
        "the inverse does not exist: some part of the economy loses nothing, so a pound never leaves it",
    ),
    (lambda: multiplier.household_column([1.0], 0.0), "household spending must be divided by an income above 0, given 0.0"),
    (
        lambda: multiplier.monthly_passing([[0.0, 0.0], [0.0, 0.0]], [2.0, 0.5]),
        "money is held for at least one month: a payment moves it one hop a month",
    ),
    (lambda: multiplier.hands_before_leaving([[0.5, 0.5]], [1.0]), "needs a square matrix, given the shape (1, 2)"),
    (lambda: multiplier.hands_before_leaving([[0.0, 0.0], [0.0, 0.0]], [-1.0, 2.0]), ENTERS),
    (lambda: multiplier.hands_before_leaving([[0.5, 0.4], [0.0, 1.1]], [1.0, 2.0]), SHARES),
    (lambda: multiplier.hands_before_leaving([[0.5, -0.4], [0.0, 1.0]], [1.0, 2.0]), SHARES),
]


@pytest.mark.parametrize(("formula", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused_and_the_whole_of_what_is_said(formula: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the words are compared whole
        formula()
    assert str(caught.value) == said


# Ascendency and cycling


def test_two_equal_flows_of_half_a_unit_each() -> None:
    """One bit of capacity for each unit of flow, and all of it order: each node pays one other."""
    assert astuple(ascendency.network_information([[0.0, 0.5], [0.5, 0.0]])) == pytest.approx((1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0))


def test_one_flow_alone_and_none() -> None:
    assert astuple(ascendency.network_information([[5.0]])) == (5.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert astuple(ascendency.network_information(np.zeros((2, 2)))) == (0.0,) * 7


@pytest.mark.parametrize("size", range(2, 40))
def test_order_of_equal_flows_is_never_below_nought(size: int) -> None:
    assert 0 <= ascendency.network_information(np.full((size, size), 0.1)).order < 1e-12


def test_an_order_that_rounding_puts_above_one_counts_as_one() -> None:
    assert ascendency.robustness(1 + 1e-13) == ascendency.robustness(1 + 1e-12) == 0.0
    with pytest.raises(ValueError, match="between 0 and 1"):
        ascendency.robustness(-1e-13)


def test_each_kind_of_outlet_has_a_column_of_its_own() -> None:
    whole = ascendency.extended_flows([[0.0, 3.0], [0.0, 0.0]], [5.0, 0.0], [2.0, 1.0], [0.0, 4.0], [6.0, 0.0])
    assert whole.tolist() == [
        [0.0, 3.0, 0.0, 2.0, 0.0, 6.0],
        [0.0, 0.0, 0.0, 1.0, 4.0, 0.0],
        [5.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        *[[0.0] * 6] * 3,
    ]


@pytest.mark.parametrize("divisor", ["inflow", "outflow"])
def test_a_node_without_flows_changes_no_index(divisor: finn.Divisor) -> None:
    assert finn.finn_cycling_index([[40.0, 0.0], [0.0, 0.0]], [60.0, 0.0], [60.0, 0.0], divisor) == pytest.approx(0.4)


# Money followed


def test_what_is_still_here_after_the_last_payment() -> None:
    """Half is passed on each time: a half after two payments, a quarter after three."""
    chain = follow.pass_on([0, 0], [0, 1], [1, 1], accounts=1, ends=1)
    assert follow.follow_money(chain, [1.0, 0.0], payments=3).still_here == 0.25


def test_a_single_penny_is_passed_on_and_a_payment_of_nought_is_none() -> None:
    penny = follow.pass_on([0], [1], [1], accounts=1, ends=1)
    assert follow.follow_money(penny, [1.0, 0.0], payments=1).ends.tolist() == [1.0, 0.0]
    nought = follow.pass_on([0], [1], [0], accounts=1, ends=1)
    assert (nought.passed_on.toarray().tolist(), nought.leaving.toarray().tolist()) == ([[0.0]], [[0.0, 1.0]])
    assert follow.follow_money(nought, [1.0, 0.0], payments=1).ends.tolist() == [0.0, 1.0]


def test_payments_between_the_same_two_add_up() -> None:
    chain = follow.pass_on([0, 0, 0], [1, 1, 2], [1, 2, 1], accounts=2, ends=1)
    assert chain.passed_on.toarray()[0].tolist() == [0.0, 0.75]
    assert follow.likeliest_path(chain, [1.0, 0.0, 0.0], hands=2) == ([0, 1, 3], [1.0, 0.75, 0.75])


def test_the_likeliest_of_two_ways_to_the_same_account() -> None:
    """From 0, which gets 0.6, a tenth goes on to 2; from 1, which gets 0.4, a half does: 0.06 against 0.2."""
    chain = follow.pass_on([0, 0, 1, 1], [2, 3, 2, 3], [1, 9, 5, 5], accounts=3, ends=1)
    path, parts = follow.likeliest_path(chain, [0.6, 0.4, 0.0, 0.0], hands=2)
    assert path == [1, 2, 4] and parts == pytest.approx([0.4, 0.2, 0.2])
    # Where 0 gets nearly all, its tenth is more than the other's half.
    assert follow.likeliest_path(chain, [0.9, 0.1, 0.0, 0.0], hands=2)[0] == [0, 2, 4]


def test_end_points_are_no_accounts_on_the_way() -> None:
    chain = follow.pass_on([0], [1], [1], accounts=1, ends=1)
    assert follow.likeliest_path(chain, [0.2, 0.8], hands=1) == ([0, 1], [0.2, 0.2])


def test_remainders_and_not_amounts_are_rounded_up() -> None:
    assert follow.round_to_total([3.3, 1.7], 5).tolist() == [3, 2]
    assert follow.round_to_total([1.0] * 40, 60).tolist() == [2] * 20 + [1] * 20
    assert follow.round_to_total([0.0, 0.0], 5).dtype == np.int64


# Inequality and LM3


def test_a_range_of_nobody_and_one_beyond_all() -> None:
    assert inequality.share_between([1.0, 2.0], 0.5, 0.5) == 0.0
    for low, high in ((-0.1, 0.5), (0.0, 1.5)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            inequality.share_between([1.0, 2.0], low, high)


def test_rounds_at_their_limits() -> None:
    assert lm3.multiplier_after_rounds(1.0, 3) == 3.0
    assert lm3.multiplier_after_rounds(0.5, 1) == 1.0


# Multipliers


def test_spending_over_an_income_below_one() -> None:
    assert multiplier.household_column([0.2], 0.5).tolist() == [0.4]


def test_a_part_that_money_does_not_reach_receives_nothing() -> None:
    """Money enters at 0 and goes half to 1; 2 pays 0 but is paid by nobody."""
    passed_on = [[0.0, 0.5, 0.0], [0.0, 0.0, 0.0], [0.9, 0.0, 0.0]]
    assert multiplier.entries_response(passed_on, [8.0, 0.0, 0.0]).tolist() == [8.0, 4.0, 0.0]
    assert multiplier.entries_response(passed_on, [0.0, 0.0, 0.0]).tolist() == [0.0, 0.0, 0.0]


def test_hands_are_told_apart_to_twenty_four() -> None:
    assert multiplier.hands_distribution([[0.5]], [1.0]).tolist() == [0.5**hand for hand in range(1, 25)]


@pytest.mark.parametrize("step", [7, 1200])
def test_half_has_left_at_the_last_step_looked_at(step: int) -> None:
    kept = [[0.5 ** (1 / step)]]
    assert multiplier.half_life(kept, [1.0], most=step).steps == step
    assert multiplier.half_life(kept, [1.0], most=step - 1).steps == math.inf
    assert multiplier.half_life([[0.5 ** (1 / 1200)]], [1.0]).steps == 1200
    assert multiplier.half_life([[0.5 ** (1 / 1201)]], [1.0]).steps == math.inf


def test_what_rounding_leaves_above_a_half_and_above_one() -> None:
    assert multiplier.half_life([[0.5 * (1 + 1e-12)]], [1.0]).steps == 1.0
    assert multiplier.hands_before_leaving([[1 + 1e-9]], [1.0]) == math.inf
