"""Spending over time: by month, quarter and financial year, with undated payments in a row of their own."""

from __future__ import annotations

from typing import Final

import pandas as pd

from sim.spend.analysis.lines import split

__all__ = ["STEPS", "UNDATED", "every_period", "financial_year", "periods"]

STEPS: Final = ("month", "quarter", "financial year")
UNDATED: Final = "undated"
#: Month in which a financial year begins: April, as for public bodies in the United Kingdom.
YEAR_BEGINS: Final = 4


def financial_year(year: int) -> str:
    """A financial year by the calendar year in which it begins.

    Examples
    --------
    >>> financial_year(2019), financial_year(1999)
    ('2019-20', '1999-00')
    """
    return f"{year}-{(year + 1) % 100:02d}"


def periods(lines: pd.DataFrame) -> pd.DataFrame:
    """Value of each period, and where it goes.

    Parameters
    ----------
    lines : DataFrame
        Payments with date, where and pence.

    Returns
    -------
    DataFrame
        step (month, quarter, financial year), period, and the columns of :func:`sim.spend.analysis.lines.split`. Periods are in order of
        time, those without a date last; periods in which nothing was paid have no row.
    """
    dates = lines["date"]
    year, month = dates.dt.year.fillna(0).astype(int), dates.dt.month.fillna(0).astype(int)
    first = (month - 1) // 3 * 3 + 1
    begun = year - (month < YEAR_BEGINS)
    named = {
        "month": _words(year * 100 + month, lambda code: f"{code // 100:04d}-{code % 100:02d}"),
        "quarter": _words(year * 100 + first, lambda code: f"{code // 100:04d}-{code % 100:02d} to {code % 100 + 2:02d}"),
        "financial year": _words(begun, financial_year),
    }
    parts = []
    for step in STEPS:
        period = named[step].where(dates.notna(), UNDATED)
        order = [*sorted(set(period) - {UNDATED}), UNDATED]
        part = split(lines.assign(period=pd.Categorical(period)), "period", order)
        parts.append(part.drop(columns="share_of_known").assign(step=step))
    table = pd.concat(parts, ignore_index=True)
    return table[["step", *(column for column in table.columns if column != "step")]]


def every_period(step: str, first: str, last: str) -> list[str]:
    """Names of all periods from one to another, those in which nothing was paid as well.

    Examples
    --------
    >>> every_period("month", "2019-11", "2020-01"), every_period("quarter", "2019-10 to 12", "2020-01 to 03")
    (['2019-11', '2019-12', '2020-01'], ['2019-10 to 12', '2020-01 to 03'])
    >>> every_period("financial year", "2018-19", "2020-21")
    ['2018-19', '2019-20', '2020-21']
    """
    if step == "financial year":
        return [financial_year(year) for year in range(int(first[:4]), int(last[:4]) + 1)]
    length = 3 if step == "quarter" else 1
    begin, end = (int(name[:4]) * 12 + int(name[5:7]) - 1 for name in (first, last))
    months = [(at // 12, at % 12 + 1) for at in range(begin, end + 1, length)]
    return [f"{year:04d}-{month:02d}" + (f" to {month + 2:02d}" if length == 3 else "") for year, month in months]


def _words(codes: pd.Series, name: object) -> pd.Series:
    """Names of periods by their numbers."""
    assert callable(name)
    return codes.map({code: name(code) for code in codes.unique()}).astype("str")
