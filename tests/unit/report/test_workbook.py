"""The workbook: the numbers of the page as numbers, and text as text whatever it looks like."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from fixtures.made_up_place import FORMULA

from sim.report.numbers import Amount, change, level, text
from sim.report.table import Column, Table
from sim.report.workbook import sheet_names, write_workbook
from sim.runs.stored.reading import load_result

openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture(scope="module")
def book(report_folder: Path) -> object:
    return openpyxl.load_workbook(report_folder / "report.xlsx")


def test_no_cell_is_a_formula(book: openpyxl.Workbook) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}


def test_text_that_looks_like_a_formula_is_text(book: openpyxl.Workbook) -> None:
    values = {cell.value: cell.data_type for row in book["Sources"].iter_rows() for cell in row}
    assert values[FORMULA] == "s"


def test_only_the_list_of_sheets_is_linked(book: openpyxl.Workbook) -> None:
    linked = [(sheet.title, cell.hyperlink.location) for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert linked
    assert {title for title, _ in linked} == {"README"}
    assert all(location for _, location in linked)


def test_numbers_are_those_of_the_result(book: openpyxl.Workbook, report_folder: Path) -> None:
    stored = load_result(report_folder).summary()
    first = stored[(stored["arm"] == "town/policy-1") & (stored["measure"] == "local_multiplier")].iloc[0]
    rows = list(book["Headline 1"].iter_rows(min_row=3, values_only=True))
    heads = list(rows[0])
    row = next(row for row in rows[1:] if row[0] == "Local multiplier")
    assert row[heads.index("As usual")] == pytest.approx(first["reference"], rel=1e-15)
    assert row[heads.index("Difference")] == pytest.approx(first["difference"], rel=1e-15)
    assert row[heads.index("95% interval, from")] <= first["low"]


def test_every_sheet_is_listed(book: openpyxl.Workbook) -> None:
    listed = {row[0] for row in book["README"].iter_rows(values_only=True) if row[0]}
    assert set(book.sheetnames) - {"README"} <= listed
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_every_month_of_every_arm_is_there(book: openpyxl.Workbook) -> None:
    rows = list(book["Months"].iter_rows(min_row=4, values_only=True))
    jobs = [row for row in rows if row[1] == "Jobs"]
    assert len(jobs) == 3 * 24
    assert jobs[0][3] == "2013-04"
    assert all(row[6] <= row[5] <= row[7] for row in rows)


def test_shares_and_their_differences_have_one_scale(tmp_path: Path) -> None:
    cells = [text("a"), level(0.25, Amount("share")), change(0.1, Amount("share"))]
    table = Table("One", "One", [Column("a"), Column("b"), Column("c")], [cells])
    write_workbook(tmp_path / "a.xlsx", "t", [], [table], datetime(2020, 1, 1))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["One"]
    assert sheet["B4"].value == pytest.approx(25.0)
    assert sheet["B4"].number_format == '#,##0.0"%"'
    assert sheet["C4"].value == pytest.approx(10.0)


def test_names_of_sheets_are_unlike_each_other() -> None:
    names = sheet_names(["A" * 40, "A" * 40, "readme", "x[y]:*?/\\'"])
    assert len({name.lower() for name in names}) == 4
    assert "readme" not in {name.lower() for name in names}
    assert all(len(name) <= 31 for name in names)
