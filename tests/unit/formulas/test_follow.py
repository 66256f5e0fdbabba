"""The chain of single accounts: worked by hand, and against a dense computation that shares nothing with it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.measures.formulas.follow import follow_money, likeliest_path, pass_on, round_to_total

# Three accounts: 0 a shop, 1 a worker, 2 a saver; end points 3 tax, 4 next door.
# The shop pays 50 to the worker, 10 to the saver, 40 next door; the worker pays 30 to the shop and 20 tax; the saver pays nothing.
PAYER, TARGET, PENCE = [0, 0, 0, 1, 1], [1, 2, 4, 0, 3], [50, 10, 40, 30, 20]


def test_a_small_web_by_hand() -> None:
    """From the shop: each round trip brings back 0.5 x 0.6 = 0.3, so the shop holds 1 / 0.7 in all, the worker half of that."""
    chain = pass_on(PAYER, TARGET, PENCE, accounts=3, ends=2)
    course = follow_money(chain, [1, 0, 0, 0, 0], payments=2)
    np.testing.assert_allclose(course.held, [[1, 0, 0], [0, 0.5, 0.1]])
    np.testing.assert_allclose(course.left, [[0, 0, 0], [0, 0.4, 0]])
    np.testing.assert_allclose(course.ends, [0.5 / 0.7 * 0.4, 1 / 0.7 * 0.4, 1 / 0.7 * 0.1], atol=1e-15)
    assert course.hands == pytest.approx((1 + 0.5 + 0.1) / 0.7, abs=1e-14)
    assert course.still_here == pytest.approx(0.6)


def test_what_is_paid_outside_at_once_counts_as_no_hand() -> None:
    chain = pass_on(PAYER, TARGET, PENCE, accounts=3, ends=2)
    course = follow_money(chain, [0, 0, 25, 0, 75], payments=3)
    assert course.hands == pytest.approx(0.25)
    assert course.ends.tolist() == [0.0, 0.75, 0.25]


def test_a_closed_circle_keeps_what_reaches_it() -> None:
    """Accounts 1 and 2 pay each other alone: they would hold money for ever."""
    chain = pass_on([0, 0, 1, 2], [1, 3, 2, 1], [1, 1, 5, 5], accounts=3, ends=1)
    course = follow_money(chain, [1, 0, 0, 0], payments=1)
    assert course.ends.tolist() == [0.5, 0.5]
    assert course.hands == 1.5


def test_money_that_goes_round_for_long_is_solved_for() -> None:
    """Two accounts that lose one part in 100,000 at each hop: the sum of payments would take millions of them."""
    chain = pass_on([0, 0, 1, 1], [1, 2, 0, 2], [99999, 1, 99999, 1], accounts=2, ends=1)
    course = follow_money(chain, [1, 0, 0], payments=1)
    assert course.hands == pytest.approx(1e5, rel=1e-9)
    assert course.ends.sum() == pytest.approx(1.0, abs=1e-9)


def test_random_webs_agree_with_a_dense_inverse() -> None:
    chosen = np.random.default_rng(5)
    for _ in range(20):
        n, m, links = 30, 4, 150
        payer, target = chosen.integers(0, n - 3, links), chosen.integers(0, n + m, links)
        pence = chosen.integers(0, 1000, links)
        first = np.append(chosen.random(n), chosen.random(m))
        course = follow_money(pass_on(payer, target, pence, n, m), first, payments=4)
        whole = np.zeros((n, n + m))
        np.add.at(whole, (payer, target), pence)
        paid = whole.sum(axis=1)
        shares = np.divide(whole, paid[:, None], out=np.zeros_like(whole), where=paid[:, None] > 0)
        start = first / first.sum()
        visits = start[:n] @ np.linalg.inv(np.eye(n) - shares[:, :n])
        expected = np.append(start[n:] + visits @ shares[:, n:], visits[paid == 0].sum())
        np.testing.assert_allclose(course.ends, expected, atol=1e-12)
        assert course.hands == pytest.approx(visits.sum(), abs=1e-11)
        assert course.ends.sum() == pytest.approx(1.0, abs=1e-12)


def test_the_likeliest_path_beats_every_other() -> None:
    chain = pass_on(PAYER, TARGET, PENCE, accounts=3, ends=2)
    path, parts = likeliest_path(chain, [0.6, 0.4, 0, 0, 0], hands=3)
    assert path == [0, 1, 0, 4]
    np.testing.assert_allclose(parts, [0.6, 0.3, 0.18, 0.072])
    assert likeliest_path(chain, [0, 0, 1, 0, 0], hands=3) == ([2, 5], [1.0, 1.0])


def test_pence_add_up_whatever_the_parts() -> None:
    assert round_to_total([1, 1, 1], 10000).tolist() == [3334, 3333, 3333]
    assert round_to_total([0, 0], 100).tolist() == [0, 0]
    assert round_to_total([0.5, 0.25, 0.25], 1).tolist() == [1, 0, 0]
    parts = np.random.default_rng(1).random(997) ** 6
    assert int(round_to_total(parts, 12345).sum()) == 12345


@pytest.mark.parametrize("first", [[0, 0, 0, 0, 0], [-1, 2, 0, 0, 0]])
def test_no_money_is_refused(first: list[int]) -> None:
    with pytest.raises(ValueError, match="money must be paid to someone"):
        follow_money(pass_on(PAYER, TARGET, PENCE, 3, 2), first, 2)


def test_a_payment_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="below nought"):
        pass_on([0], [1], [-1], 1, 1)
