"""Rows that don't fit their columns."""

from __future__ import annotations

from pathlib import Path

from sim.spend import read_spend


def test_sums_parted_at_their_comma_in_every_row_are_not_read_as_their_first_half(tmp_path: Path) -> None:
    path = tmp_path / "unquoted.csv"
    rows = [f"Firm {n} Ltd,{n:02d}/08/2019,{n},{234 + n}.50,Housing\n" for n in range(1, 10)]
    path.write_text("Supplier,Date,Amount,Area\n" + "".join(rows), encoding="utf-8")
    reading = read_spend(path)
    assert reading.payments["amount"].sum() == 0
    assert "9 rows do not fit the columns" in reading.warnings[0]
