"""Sums beyond what 64 bits can hold are refused, or are none; they never come out as other sums."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.spend import read_spend

MOST = "1,000,000,000,000.00"


def spend(folder: Path, rows: int, totals: int, amount: str = MOST, heading: str = "Amount", name: str = "spend.csv") -> Path:
    """A file with so many payments, and rows of totals, of one amount."""
    path = folder / name
    lines = [*(f'{name} {row} Ltd,13/08/2019,"{amount}"' for row in range(rows)), *[f'Total,,"{amount}"'] * totals]
    path.write_text("\n".join([f"Supplier,Date,{heading}", *lines, ""]), encoding="utf-8")
    return path


def test_ninety_times_the_largest_sum_is_still_counted_to_the_penny(tmp_path: Path) -> None:
    file = read_spend(spend(tmp_path, 50, 40)).files[0]
    assert (file.pence_read, file.pence_used, file.pence_set_aside) == (9 * 10**15, 5 * 10**15, 4 * 10**15)


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(("rows", "totals"), [(91, 0), (50, 41)])
def test_one_more_is_refused_whatever_its_sign(rows: int, totals: int, sign: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_spend(spend(tmp_path, rows, totals, sign + MOST))
    (problem,) = caught.value.problems
    assert (problem.file, problem.kind) == ("spend.csv", "too-large")
    assert problem.message == "the sums come to more than can be added up to the penny"
    assert problem.given == "91,000,000,000,000.00 in this file, 91,000,000,000,000.00 in all"
    assert "at most 90,000,000,000,000 in all files together" in problem.allowed
    assert "mapping file (columns: amount)" in problem.remedy


def test_files_count_together_and_the_largest_is_named(tmp_path: Path) -> None:
    files = [spend(tmp_path, rows, 0, name=name) for rows, name in ((30, "april.csv"), (61, "may.csv"))]
    with pytest.raises(InputError) as caught:
        read_spend(files)
    assert [(problem.file, problem.given[:18]) for problem in caught.value.problems] == [("may.csv", "61,000,000,000,000")]


def test_a_sum_in_thousands_that_is_too_large_for_one_is_none(tmp_path: Path) -> None:
    path = tmp_path / "spend.csv"
    rows = "A Ltd,13/08/2019,1000000000.00\nB Ltd,13/08/2019,1000000000.01\nC Ltd,13/08/2019,-1000000000.01\n"
    path.write_text(f"Supplier,Date,Amount £000\n{rows}", encoding="utf-8")
    reading = read_spend(path)
    assert reading.payments["amount"].tolist() == [10**14]
    assert list(zip(reading.set_aside["line"], reading.set_aside["reason"], strict=True))[1:] == [(3, "no-amount"), (4, "no-amount")]
    assert reading.set_aside["amount"].isna().all()


def test_a_debit_less_a_credit_that_is_too_large_for_one_sum_is_none(tmp_path: Path) -> None:
    path = tmp_path / "spend.csv"
    rows = f'A Ltd,13/08/2019,"-{MOST}",0.01\nB Ltd,13/08/2019,"-{MOST}",\n'
    path.write_text(f"Supplier,Date,Debit,Credit\n{rows}", encoding="utf-8")
    reading = read_spend(path)
    assert reading.payments["amount"].tolist() == [-(10**14)]
    assert reading.set_aside["line"].tolist() == [1, 2]
