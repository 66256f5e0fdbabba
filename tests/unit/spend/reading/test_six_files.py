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
    "barts-health-nhs-trust-2020-12.xls": (211, 6011041354, 0, 0, 1, "year-first"),
    "north-middlesex-nhs-trust-2020-08.xlsx": (47, 903446253, 0, 0, 1, "year-first"),
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


def test_every_row_has_a_place_and_the_value_adds_up() -> None:
    reading = read_spend([DATA / name for name in RIGHT])
    for read in reading.files:
        assert read.rows_read == read.rows_used + sum(read.rows_set_aside.values())
        assert read.pence_read == read.pence_used + read.pence_set_aside
    assert len(reading.payments) == sum(right[0] for right in RIGHT.values())
    assert int(reading.payments["amount"].sum()) == sum(right[1] for right in RIGHT.values())


def test_the_rows_of_lambeth_that_lost_commas_are_rebuilt() -> None:
    reading = read_spend(DATA / "lambeth-2012-06.csv")
    payments = reading.payments.set_index("line")
    assert set(payments.index[payments["supplier"].str.contains("Catch22")]) == {371, 372}
    assert payments.loc[374, ["supplier", "amount"]].tolist() == ["Inter High Education/Academy21", 74000]
    assert str(payments.loc[374, "date"].date()) == "2012-05-29"
    assert any("65 rows had lost or surplus delimiters; rebuilt" in warning for warning in reading.warnings)
    assert any("the total printed is £40,292,334.84" in warning for warning in reading.warnings)


def test_the_total_of_barts_is_no_payment() -> None:
    aside = read_spend(DATA / "barts-health-nhs-trust-2020-12.xls").set_aside
    assert aside["line"].tolist() == [1, 213]
    assert aside["reason"].tolist() == ["header", "total"]
    assert int(aside["amount"].iloc[1]) == 6011041354


def test_american_dates_are_seen() -> None:
    reading = read_spend(DATA / "barking-dagenham-ccg-2020-07.csv")
    assert {str(day.date()) for day in reading.payments["date"].unique()} == {"2020-07-31"}
    assert reading.payments["postcode"].isin(["IG11 7RS", "E9 6SR"]).any()


def test_exact_repeats_are_kept_and_counted() -> None:
    reading = read_spend([DATA / "manchester-city-council-2019-08.csv", DATA / "barts-health-nhs-trust-2020-12.xls"])
    assert [warning for warning in reading.warnings if "2 rows repeat" in warning]
    assert len(reading.payments) == 610
