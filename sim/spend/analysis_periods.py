"""Spending over time: by month, quarter and financial year, with undated payments in a row of their own."""

from __future__ import annotations

from typing import Final

import pandas as pd

from sim.spend.analysis_lines import split

__all__ = ["STEPS", "UNDATED", "financial_year", "periods"]

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
        step (month, quarter, financial year), period, and the columns of :func:`sim.spend.analysis_lines.split`. Periods are in order of
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


def _words(codes: pd.Series, name: object) -> pd.Series:
    """Names of periods by their numbers."""
    assert callable(name)
    return codes.map({code: name(code) for code in codes.unique()}).astype("str")
