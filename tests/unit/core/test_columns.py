"""Tables: growth, leaving, closing up, slots, bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.columns import Column, LeftTheModel, Table
from sim.core.slots import ORDINARY_END, RESERVED, RESERVED_END


def table() -> Table:
    return Table(
        {
            "cash": Column("int64", 5, unit="pence", low=0, doc="money held"),
            "share": Column("float64", 0.5, low=0, high=1),
            "links": Column("int32", -1, width=3),
        }
    )


def test_defaults_and_values_for_all_or_for_each():
    firms = table()
    assert firms.add(2, cash=[1, 2]).tolist() == [0, 1]
    assert firms.add(2, share=0.25, links=[[1, 2, 3], [4, 5, 6]]).tolist() == [2, 3]
    assert firms["cash"].tolist() == [1, 2, 5, 5]
    assert firms["share"].tolist() == [0.5, 0.5, 0.25, 0.25]
    assert firms["links"].tolist() == [[-1] * 3, [-1] * 3, [1, 2, 3], [4, 5, 6]]


def test_a_default_that_would_be_cut_short_is_refused():
    with pytest.raises(TypeError, match="this column holds int64; round or convert this float64"):
        Column("int64", 1.5)


def test_the_column_is_a_view():
    firms = table()
    firms.add(3)
    firms["cash"][1] += 10
    assert firms["cash"].tolist() == [5, 15, 5]


def test_the_slots_cannot_be_written():
    firms = table()
    firms.add(3)
    with pytest.raises(ValueError, match="read-only"):
        firms.slots[0] = 9


@pytest.mark.parametrize(
    ("values", "error", "words"),
    [
        ({"cash": 1.5}, TypeError, "cash holds int64; round or convert this float64"),
        ({"wealth": 1}, AttributeError, r"no such column: \['wealth'\]; there are \['cash', 'links', 'share'\]"),
        ({"cash": [1, 2, 3]}, ValueError, "broadcast"),
        ({"links": np.zeros((2, 4), np.int32)}, ValueError, "broadcast"),
        ({"slots": [3]}, ValueError, "slots must be 2 whole numbers"),
        ({"slots": [3.0, 4.0]}, ValueError, "slots must be 2 whole numbers, not float64"),
        ({"slots": [3, 3]}, ValueError, "a slot is given twice"),
        ({"slots": [0, 7]}, ValueError, "slot 0 was used before"),
        ({"slots": [-1, 7]}, ValueError, "slot -1 is in neither range"),
        ({"slots": [ORDINARY_END, 7]}, ValueError, "is in neither range"),
        ({"slots": [RESERVED_END, 7]}, ValueError, "is in neither range"),
    ],
)
def test_a_bad_row_is_refused_and_nothing_is_written(values, error, words):
    firms = table()
    firms.add(1)
    with pytest.raises(error, match=words):
        firms.add(2, **values)
    assert len(firms) == 1
    assert {name: len(firms[name]) for name in firms.columns} == {"cash": 1, "share": 1, "links": 1}
    assert firms.add(1).tolist() == [1]


def test_a_column_needs_a_width():
    with pytest.raises(ValueError, match="width is 1 or more"):
        Column("int8", width=0)


def test_rows_keep_the_order_of_arrival_after_closing_up():
    firms = table()
    firms.add(2, cash=[0, 1])
    firms.add(1, slots=[RESERVED + 9], cash=2)
    firms.add(1, slots=[500], cash=3)
    firms.add(2, cash=[4, 5])
    firms.drop([1, RESERVED + 9])
    firms.add(1, slots=[RESERVED + 3], cash=6)
    assert firms["cash"].tolist() == [0, 3, 4, 5, 6]
    assert firms.slots.tolist() == [0, 500, 2, 3, RESERVED + 3]
    assert firms.rows(firms.slots).tolist() == [0, 1, 2, 3, 4]


def test_rows_hold_until_the_next_closing_up():
    firms = table()
    firms.add(4, cash=[0, 1, 2, 3])
    firms.drop([1])
    assert len(firms) == 3
    assert firms.row(3) == 3
    assert firms["cash"].tolist() == [0, 2, 3]
    assert firms.row(3) == 2


def test_explicit_slots_do_not_move_the_sequence():
    plain, founded = table(), table()
    for firms in (plain, founded):
        firms.add(3)
    founded.add(1, slots=[RESERVED])
    assert plain.add(2).tolist() == founded.add(2).tolist() == [3, 4]


def test_the_sequence_passes_over_slots_in_use():
    firms = table()
    firms.add(3, slots=[0, 2, 3])
    assert firms.add(3).tolist() == [1, 4, 5]
    firms.drop([1])
    assert firms.add(1).tolist() == [6]


def test_leavers_and_strangers_are_told_apart():
    firms = table()
    firms.add(2)
    firms.add(1, slots=[RESERVED + 4])
    firms.drop([1, RESERVED + 4])
    with pytest.raises(LeftTheModel, match="agent 1 has left"):
        firms.row(1)
    with pytest.raises(LeftTheModel, match="no agent ever had slot 2"):
        firms.row(2)
    with pytest.raises(LeftTheModel, match="2 of these 3 agents"):
        firms.rows([0, 1, RESERVED + 4])
    with pytest.raises(LeftTheModel):
        firms.drop([0, 1])
    assert len(firms) == 1
    assert firms.living([0, 1, 2, RESERVED + 4]).tolist() == [0]
    assert firms.has([0, 1, 2, RESERVED, RESERVED + 4, -1]).tolist() == [True, True, False, False, True, False]


def test_a_slot_is_never_used_again():
    firms = table()
    firms.add(1, slots=[RESERVED + 4])
    firms.drop([RESERVED + 4])
    with pytest.raises(ValueError, match="a slot is never used again"):
        firms.add(1, slots=[RESERVED + 4])


def test_slots_far_apart_take_little_memory():
    contracts = table()
    contracts.add(3, slots=[RESERVED, RESERVED + 1_000_000, RESERVED_END - 1])
    assert contracts.nbytes < 10_000


def test_out_of_bounds_names_the_column_and_the_first_value():
    firms = table()
    firms.add(3)
    assert firms.out_of_bounds() == []
    firms["cash"][1] = -4
    firms["share"][2] = np.nan
    assert firms.out_of_bounds() == [
        "cash: 1 values outside 0 to None pence, the first -4",
        "share: 1 values outside 0 to 1 , the first nan",
    ]


def test_the_data_dictionary():
    assert table().dictionary()[0] == {
        "name": "cash",
        "dtype": "int64",
        "width": 1,
        "unit": "pence",
        "low": 0,
        "high": None,
        "default": 5,
        "doc": "money held",
    }


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.lists(st.integers(0, 30), max_size=4), st.booleans()), max_size=12))
def test_a_table_does_what_a_dictionary_does(steps):
    """Any order of arrivals, leavers and closings up gives what a plain dictionary of slots gives."""
    firms, plain = table(), {}
    for number, (n, leavers, look) in enumerate(steps):
        slots = firms.add(n, cash=np.arange(n) + 100 * number)
        plain.update({slot: 100 * number + i for i, slot in enumerate(slots.tolist())})
        if n == 3:
            slot = RESERVED + 7919 * number
            firms.add(1, slots=[slot], cash=-number)
            plain[slot] = -number
        gone = [slot for slot in leavers if slot in plain]
        firms.drop(gone)
        for slot in set(gone):
            del plain[slot]
        if look:
            assert dict(zip(firms.slots.tolist(), firms["cash"].tolist(), strict=True)) == plain
    assert firms.slots.tolist() == list(plain)
    assert firms["cash"].tolist() == list(plain.values())
    assert [firms.arrays["cash"][firms.row(slot)] for slot in plain] == list(plain.values())


def test_a_whole_column_is_written_at_once_for_those_who_are_there():
    firms = table()
    firms.add(3)
    firms.drop([1])
    firms["cash"] = [7, 9]
    firms["share"] = 0.25
    firms["cash"] += 1
    assert (firms["cash"].tolist(), firms["share"].tolist()) == ([8, 10], [0.25, 0.25])
    with pytest.raises(TypeError, match="round or convert this float64"):
        firms["cash"] = 1.5
