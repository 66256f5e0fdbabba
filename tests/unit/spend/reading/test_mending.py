"""Rows that don't fit their columns."""

from __future__ import annotations

from pathlib import Path

from sim.spend import read_spend
from sim.spend.files.mending import _Columns


def test_sums_parted_at_their_comma_in_every_row_are_not_read_as_their_first_half(tmp_path: Path) -> None:
    path = tmp_path / "unquoted.csv"
    rows = [f"Firm {n} Ltd,{n:02d}/08/2019,{n},{234 + n}.50,Housing\n" for n in range(1, 10)]
    path.write_text("Supplier,Date,Amount,Area\n" + "".join(rows), encoding="utf-8")
    reading = read_spend(path)
    assert reading.payments["amount"].sum() == 0
    assert "9 rows do not fit the columns" in reading.warnings[0]


def test_cells_fit_columns_where_date_sum_and_known_words_do() -> None:
    columns = _Columns(("text", "date", "sum"), frozenset({"99/99/9999"}), (frozenset({"Housing"}), None, None), comma=False)
    assert columns.fits(["Housing", "13/08/2019", "1.50"]) and columns.fits(["", "13/08/2019", "1.50"])
    for cells in (
        ["Housing", "2019-08-13", "1.50"],
        ["Housing", "soon", "1.50"],
        ["Housing", "13/08/2019", "x"],
        ["Roads", "13/08/2019", "1"],
    ):
        assert not columns.fits(cells)
