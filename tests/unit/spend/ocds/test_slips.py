"""Awards of one process whose values have the same digits, the point moved by two."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sim.spend.ocds.oddities import LEAST_TOTAL, SLIP, flag_slips, has_slip

VALUES = st.integers(-(10**6), 10**13)


def slipped(one: int, other: int) -> bool:
    """The same by hand for two values: the lower a hundred times, less than a hundred pounds away from the higher."""
    low, high = sorted((one, other))
    return low >= LEAST_TOTAL and abs(high - 100 * low) < 10_000


@given(VALUES, st.lists(VALUES), st.lists(st.integers(-10_001, 10_001)))
def test_halving_finds_what_looking_at_every_pair_finds(value: int, others: list[int], near: list[int]) -> None:
    others += [100 * value + by for by in near] + [(value + by) // 100 for by in near]
    assert has_slip(value, sorted(others)) == any(slipped(value, other) for other in others)


def test_the_edges_are_a_hundred_pounds_and_the_least_total() -> None:
    assert has_slip(LEAST_TOTAL, [100 * LEAST_TOTAL + 9_999]) and not has_slip(LEAST_TOTAL, [100 * LEAST_TOTAL + 10_000])
    assert has_slip(100 * LEAST_TOTAL, [LEAST_TOTAL]) and not has_slip(100 * LEAST_TOTAL - 100, [LEAST_TOTAL - 1])


def test_awards_of_one_process_are_compared_and_no_others() -> None:
    values = {("o-1", "a"): 5_000_000, ("o-1", "b"): 500_000_000, ("o-1", "c"): 7_000_000, ("o-2", "a"): 700_000_000}
    table = pd.DataFrame([{"ocid": ocid, "award": award, "value": value, "flag": ""} for (ocid, award), value in values.items()])
    assert flag_slips(table)["flag"].tolist() == [SLIP, SLIP, "", ""]


def test_a_process_of_many_awards_is_not_compared_pair_by_pair() -> None:
    many = 40_000  # 1,600 million pairs: minutes, where halving takes a moment
    table = pd.DataFrame({"ocid": "o", "award": [str(one) for one in range(many)], "value": range(60_000, 60_000 + many), "flag": ""})
    assert set(flag_slips(table)["flag"]) == {""}
