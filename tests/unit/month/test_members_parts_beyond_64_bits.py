"""Members' parts are exact where pence times weight is more than 64 bits hold."""

from __future__ import annotations

import numpy as np

from sim.month.owners import by_weight


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
