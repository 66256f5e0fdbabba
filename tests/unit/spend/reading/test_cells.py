"""Sums and dates as cells hold them."""

from __future__ import annotations

from datetime import date

import pytest

from sim.spend.files.amounts import pence_of
from sim.spend.files.dates import date_of, parts_of


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("1234.5", 123450),
        ("£1,234", 123400),
        ("-£ 1,234.50", -123450),
        ("£-1,234.50", -123450),
        ("(£1,234.50)", -123450),
        ("1,234.50-", -123450),
        ("-(£1,234.50)", -123450),
        ("\N{MINUS SIGN}12.00", -1200),
        ("1 234.50", 123450),
        ("1\N{NO-BREAK SPACE}234.50", 123450),
        ("12.00 Cr", -1200),
        ("12.00DR", 1200),
        ("GBP 12.00", 1200),
        ("12.00 GBP", 1200),
        ("Â£12.00", 1200),
        ("\N{REPLACEMENT CHARACTER}12.00", 1200),
        ("+12", 1200),
        (".5", 50),
        ("12.", 1200),
        ("1.5E+06", 150000000),
        ("0.125", 13),
        ("-0.125", -13),
        ("27386.239999999998", 2738624),
        ("£ -", 0),
        ("1,00,000.00", 10000000),
    ],
)
def test_a_sum_is_read_to_the_penny(text: str, pence: int) -> None:
    assert pence_of(text) == pence


@pytest.mark.parametrize("text", ["", "n/a", "12,34", "1.234,56", "12 34", "01/08/2019", "1e99", "9" * 20, "£", "1-2", "--5", "nan", "inf"])
def test_what_is_no_sum_is_none(text: str) -> None:
    assert pence_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "1/8/2019",
        "01/08/19",
        "01.08.2019",
        "2019-08-01",
        "2019/8/1",
        "20190801",
        "01082019",
        "1 Aug 2019",
        "1st August 2019",
        "01-AUG-19",
        "Aug 1, 2019",
        "Thu 1 August 2019",
        "43678",
        "43678.5",
        "2019-08-01T10:30:00Z",
        "01/08/2019 10:30:00 AM",
        "01/08/2019 00:00",
        "Aug-19",
        "August 2019",
        "2019-08",
        "08/2019",
        "201908",
    ],
)
def test_a_date_in_any_usual_form_is_read(text: str) -> None:
    assert date_of(parts_of(text), "day-first") == date(2019, 8, 1)


@pytest.mark.parametrize(
    "text", ["", "soon", "31/02/2019", "1/8/1890", "32/13/2019", "12", "1.5", "00/00/0000", "1 Foo 2019", "2019-13-01"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert date_of(parts_of(text), "day-first") is None
