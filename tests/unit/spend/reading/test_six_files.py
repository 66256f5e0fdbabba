"""Six files as really published are read with no mapping file, exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.spend import read_spend

DATA = Path(__file__).parents[3] / "data" / "spend"

#: File: rows, pence, negatives, redacted, line of the header, order of dates. From tests/data/spend/README.md.
RIGHT = {
    "manchester-city-council-2019-08.csv": (399, 1007741384, 23, 29, 1, "day-first"),
    "warwickshire-county-council-2010-12.csv": (341, 173587293, 0, 60, 3, "day-first"),
    "lambeth-2012-06.csv": (365, 388659392, 0, 0, 10, "day-first"),
    "barking-dagenham-ccg-2020-07.csv": (321, 2467683192, 20, 0, 1, "month-first"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_rows_pence_negatives_and_redactions_are_right(name: str) -> None:
    reading = read_spend(DATA / name).check()
    payments = reading.payments
    found = (
        len(payments),
        int(payments["amount"].sum()),
        int((payments["amount"] < 0).sum()),
        int(payments["redacted"].sum()),
        reading.files[0].header_line,
        reading.files[0].date_order,
    )
    assert found == RIGHT[name]
    assert payments["date"].notna().all()
    assert (payments["supplier"] != "").all()
