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


def test_a_thousand_times_the_largest_sum_is_still_counted_to_the_penny(tmp_path: Path) -> None:
    file = read_spend(spend(tmp_path, 600, 400)).files[0]
    assert (file.pence_read, file.pence_used, file.pence_set_aside) == (10**17, 6 * 10**16, 4 * 10**16)


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(("rows", "totals"), [(1001, 0), (501, 500)])
def test_one_more_is_refused_whatever_its_sign(rows: int, totals: int, sign: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_spend(spend(tmp_path, rows, totals, sign + MOST))
    (problem,) = caught.value.problems
    assert (problem.file, problem.kind) == ("spend.csv", "too-large")
    assert problem.message == "the sums come to more than can be added up to the penny"
    assert problem.given == "1,001,000,000,000,000 in this file, 1,001,000,000,000,000 in all"
    assert "at most 1,000,000,000,000,000 in all files together" in problem.allowed
    assert "thousands" in problem.remedy


def test_files_count_together_and_the_largest_is_named(tmp_path: Path) -> None:
    files = [spend(tmp_path, rows, 0, name=name) for rows, name in ((400, "april.csv"), (601, "may.csv"))]
    with pytest.raises(InputError) as caught:
        read_spend(files)
    assert [(problem.file, problem.given[:19]) for problem in caught.value.problems] == [("may.csv", "601,000,000,000,000")]


def test_a_sum_in_thousands_that_is_too_large_for_one_is_none(tmp_path: Path) -> None:
    path = tmp_path / "spend.csv"
    path.write_text("Supplier,Date,Amount £000\nA Ltd,13/08/2019,1000000000.00\nB Ltd,13/08/2019,1000000000.01\n", encoding="utf-8")
    reading = read_spend(path)
    assert reading.payments["amount"].tolist() == [10**14]
    aside = reading.set_aside.iloc[-1]
    assert (int(aside["line"]), aside["reason"]) == (3, "no-amount")
    assert reading.set_aside["amount"].isna().all()
