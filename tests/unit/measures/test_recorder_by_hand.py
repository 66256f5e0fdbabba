"""What the recorder keeps of a town of which each month is known in advance: sums, years, tables and the check of the accounts."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.hand_made import Rows

from sim.core.channels import ANCHORS, CHANNEL_NAMES, INSTITUTIONS, RESIDENTS
from sim.core.records import FlowMatrix, RunRecord
from sim.errors import UnknownNameError
from sim.kinds.flows import GROUPS
from sim.measures import recorder
from sim.measures.recorder import Recorder, note_month

WAGES = CHANNEL_NAMES.index("wages")
SIZE = (len(CHANNEL_NAMES), len(INSTITUTIONS))


class Few(dict[str, Any]):
    """Measures by name, of which one gets the measures when one goes through them."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values())


class Firms(Rows):
    slots: Any


class Books:
    """In month m anchors pay m pence of wages to residents, who are paid 100 within the place as well."""

    def __init__(self) -> None:
        self.keep_journal, self.bookings = True, 0
        self.received, self.flows = np.zeros(SIZE, np.int64), np.zeros(SIZE, np.int64)
        self.balance = np.array([5, -5, 7])

    def flow_matrix(self) -> FlowMatrix:
        return FlowMatrix(CHANNEL_NAMES, INSTITUTIONS, self.flows.copy())


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two measures and a table; in month m group 0 pays m pence to group 1, and firm m is there."""
    found = {
        "level": lambda town: 10.0 * town.notes.flows.pence[0, 1],
        "counts": lambda town: {"b": town.month, "a": -town.month},
    }
    monkeypatch.setattr(recorder, "MEASURES", Few({name: SimpleNamespace(name=name, function=found[name]) for name in found}))
    monkeypatch.setattr(recorder, "group_flows", lambda town: SimpleNamespace(pence=moved(town.month)))
    monkeypatch.setattr(recorder, "distributions", lambda town: {"tenths": [{"month": town.month}, {"month": -town.month}]})
    monkeypatch.setattr(recorder, "balance_sheet", lambda town: f"sheet of month {town.month}")
    firms = Firms(kind=np.zeros(1, np.int8))
    firms.slots = np.zeros(1, np.int64)
    residents = Rows(usual_income=np.array([30.0, 10.0, 20.0]))
    return SimpleNamespace(month=0, ledger=Books(), firms=firms, residents=residents, notes=SimpleNamespace(), warnings=["a warning"])


def moved(month: int) -> Any:
    pence = np.zeros((len(GROUPS), len(GROUPS)), np.int64)
    pence[0, 1] = month
    return pence


def lived(town: Any, record: Recorder, months: int, lost: dict[int, int] | None = None) -> RunRecord:
    """Some months, recorded, in some of which pence are lost."""
    books = town.ledger
    for _ in range(months):
        record.prepare(town)
        town.month += 1
        books.bookings = 1_000 + town.month
        books.received[WAGES, RESIDENTS] = 100 + town.month
        books.flows[WAGES, [RESIDENTS, ANCHORS]] = town.month, -town.month - (lost or {}).get(town.month, 0)
        town.firms.slots[:], town.firms["kind"][:] = town.month, town.month % 4
        record.record(town)
    return record.finish(town)


def test_series_of_all_measures(town: Any) -> None:
    found = lived(town, Recorder(town), 3).measures
    assert {name: values.tolist() for name, values in found.items()} == {
        "level": [10.0, 20.0, 30.0],
        "counts/b": [1.0, 2.0, 3.0],
        "counts/a": [-1.0, -2.0, -3.0],
    }
    assert {values.dtype for values in found.values()} == {np.dtype(np.float64)}


def test_incomes_are_put_in_order_and_flows_noted(town: Any) -> None:
    town.month = 4
    note_month(town)
    assert town.notes.ordered_income.tolist() == [10.0, 20.0, 30.0]
    assert (town.notes.flows.pence == moved(4)).all()


def test_accounts_of_all_months_together(town: Any) -> None:
    """Residents were paid 101 + 102 + 103 and paid 3 x 100; anchors paid 1 + 2 + 3, and three pence and one more that nobody got."""
    found = lived(town, Recorder(town), 3, lost={2: 3, 3: 1})
    assert found.accounts == {"months_checked": 3, "bookings": 3_006, "total_money": 7, "largest_residual": 3}
    assert found.channel_totals is not None
    assert found.channel_totals.rows() == [("wages", INSTITUTIONS[RESIDENTS], 306, 300), ("wages", INSTITUTIONS[ANCHORS], 0, 10)]
    assert found.warnings == ["a warning"] and found.warnings is not town.warnings


def test_a_month_that_closes_has_nothing_left_over(town: Any) -> None:
    assert lived(town, Recorder(town), 1).accounts == {"months_checked": 1, "bookings": 1_001, "total_money": 7, "largest_residual": 0}


@pytest.mark.parametrize(("months", "kept"), [(1, [1]), (2, [1, 2]), (12, [1, 12]), (14, [1, 12, 14]), (25, [1, 12, 24, 25])])
def test_matrices_and_sheets_of_the_first_month_each_year_and_the_last(town: Any, months: int, kept: list[int]) -> None:
    found = lived(town, Recorder(town), months)
    assert {month: matrix.pence[WAGES, RESIDENTS] for month, matrix in found.flow_matrices.items()} == {month: month for month in kept}
    assert found.balance_sheets == {month: f"sheet of month {month}" for month in kept}


@pytest.mark.parametrize(
    ("months", "first", "last"),
    [(1, 1, 1), (11, 66, 66), (12, 78, 78), (13, 78, sum(range(2, 14))), (25, 78, sum(range(14, 26)))],
)
def test_pounds_of_the_first_year_and_of_the_last(town: Any, months: int, first: int, last: int) -> None:
    found = lived(town, Recorder(town), months).pound_flows
    assert found == {"first year": [(GROUPS[0], GROUPS[1], first)], "last year": [(GROUPS[0], GROUPS[1], last)]}
    assert isinstance(found["last year"][0][2], int)


def test_tables_of_the_opening_and_of_the_end(town: Any) -> None:
    town.month = 7
    record = Recorder(town)
    assert lived(town, record, 2).distributions == {
        "tenths": [
            {"when": "opening", "month": 7},
            {"when": "opening", "month": -7},
            {"when": "end", "month": 9},
            {"when": "end", "month": -9},
        ]
    }


def test_before_the_first_month_there_is_nothing(town: Any) -> None:
    found = Recorder(town).finish(town)
    assert (found.measures, found.flow_matrices, found.balance_sheets) == ({}, {}, {})
    assert found.pound_flows == {"first year": [], "last year": []}
    assert found.accounts == {"months_checked": 0, "bookings": 0, "total_money": 7, "largest_residual": 0}


def test_firms_of_a_year_ago(town: Any) -> None:
    """Those of the opening for twelve months, each time longer ago; then those of twelve months before."""
    record, seen = Recorder(town), []
    for _ in range(14):
        lived(town, record, 1)
        before = town.notes.firms_before
        seen.append((before.months, before.slots.tolist(), before.kind.tolist()))
    assert seen[:12] == [(month, [0], [0]) for month in range(1, 13)]
    assert seen[12:] == [(12, [1], [1]), (12, [2], [2])]


def test_who_takes_over_remembers_the_same_firms_apart_from_the_other(town: Any) -> None:
    first, second = Recorder(town), Recorder(town)
    lived(town, first, 13)
    second.take_over(first)
    for _ in range(2):
        second.remember_firms(town)
    assert (town.notes.firms_before.months, town.notes.firms_before.slots.tolist()) == (12, [3])
    first.remember_firms(town)
    assert town.notes.firms_before.slots.tolist() == [2]


@pytest.mark.parametrize("months", [[1, 3], {3, 1}, lambda month: month != 2])
def test_some_months_alone(town: Any, months: Any) -> None:
    found = lived(town, Recorder(town, months=months), 3, lost={2: 3})
    assert list(found.measures) == ["level", "counts/b", "counts/a"]
    np.testing.assert_array_equal(found.measures["level"], [10.0, np.nan, 30.0])
    assert (found.flow_matrices, found.balance_sheets, found.pound_flows, found.distributions) == ({}, {}, {}, {})
    assert found.accounts == {"months_checked": 3, "bookings": 3_006, "total_money": 7, "largest_residual": 3}


def test_some_measures_alone_with_all_their_keys_or_those_asked_for(town: Any) -> None:
    found = lived(town, Recorder(town, ["level"]), 2)
    assert {name: values.tolist() for name, values in found.measures.items()} == {"level": [10.0, 20.0]}
    assert (found.flow_matrices, found.balance_sheets, found.pound_flows, found.distributions) == ({}, {}, {}, {})
    town.month = 0
    assert list(lived(town, Recorder(town, ["level", "counts/b", "counts/a"]), 1).measures) == ["counts/a", "counts/b", "level"]
    assert list(lived(town, Recorder(town, ["counts/b"]), 1).measures) == ["counts/b"]
    for asked in (["counts", "counts/a"], ["counts/a", "counts"]):
        assert list(lived(town, Recorder(town, asked), 1).measures) == ["counts/b", "counts/a"]
    with pytest.raises(UnknownNameError, match=r"^there is no key of the measure counts 'c'; .*known: b, a$"):
        lived(town, Recorder(town, ["counts/c"]), 1)


def test_the_journal_is_kept_for_what_is_measured(town: Any) -> None:
    """The full recorder leaves that as the town has it."""
    kept = []
    for months in (None, [2], lambda month: month == 2):
        town.month = 0
        town.ledger.keep_journal = False
        record = Recorder(town, months=months)
        for _ in range(3):
            lived(town, record, 1)
            kept.append(town.ledger.keep_journal)
    assert kept == [False] * 3 + [False, True, False] * 2
    assert [Recorder(town).measures_month(month) for month in (1, 99)] == [True, True]
