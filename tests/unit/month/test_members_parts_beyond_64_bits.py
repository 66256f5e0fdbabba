"""Members' parts are exact where pence times weight is more than 64 bits hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import MoneyError
from sim.month.firms.owners import by_weight, sum_by_group


def test_parts_of_huge_sums_are_exact():
    total, weight = np.array([10**15 + 1, 50]), np.array([3 * 10**12, 10**12, 1])
    found = by_weight(total, np.array([0, 0, 1]), weight)
    assert found.tolist() == [(10**15 + 1) * 3 // 4, (10**15 + 1) // 4, 50]


def test_both_ways_of_working_them_out_agree():
    luck = np.random.default_rng(2)
    total, group, weight = luck.integers(0, 10**9, 20), luck.integers(0, 20, 300), luck.integers(0, 10**9, 300)
    usual = by_weight(total, group, weight)
    # One claim more, in a group of its own, takes all of them the other way.
    more = by_weight(np.append(total, 2**40), np.append(group, 20), np.append(weight, 2**30))
    assert (more[:-1] == usual).all() and int(more[-1]) == 2**40


def test_no_penny_more_is_given_than_there_is():
    assert by_weight(np.array([2**53]), np.zeros(3, np.int64), np.array([2**53, 1, 1])).tolist() == [2**53 - 2, 0, 0]


CLAIMS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9) | st.integers(0, 2**55)), min_size=1, max_size=12)


@given(st.lists(st.integers(0, 10**4) | st.integers(0, 2**60), min_size=3, max_size=3), CLAIMS)
def test_parts_are_those_of_pythons_own_whole_numbers_and_what_stays_is_less_than_a_penny_a_claim(
    totals: list[int], claims: list[tuple[int, int]]
):
    group, weight = (np.array(column, np.int64) for column in zip(*claims, strict=True))
    parts = by_weight(np.array(totals), group, weight).tolist()
    for number, total in enumerate(totals):
        weights = [own for where, own in claims if where == number]
        weights = weights if any(weights) else [1] * len(weights)
        mine = [part for part, (where, _) in zip(parts, claims, strict=True) if where == number]
        assert mine == [total * own // sum(weights) for own in weights]
        assert not mine or 0 <= total - sum(mine) < len(mine)
        assert sum_by_group(group, np.array(parts), 3)[number] == sum(mine)


@pytest.mark.parametrize(("total", "weight"), [(-(2**40), 2**30), (5, -1)])
def test_money_below_nought_is_not_shared(total: int, weight: int):
    with pytest.raises(MoneyError, match="below nought can't be shared"):
        by_weight(np.array([total]), np.zeros(2, np.int64), np.array([weight, 2**30]))
