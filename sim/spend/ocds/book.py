"""The contract book of a buyer: what comes up for re-letting when, what is live, what has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from sim.errors import UnknownNameError
from sim.spend.ocds.contracts import ContractBook

__all__ = ["STATES", "BookTables", "contract_book"]

STATES: Final = ("live", "to come", "ended", "without dates")
"""States of a contract on a day, in the order in which they are shown."""

KEYS: Final = ["file", "line", "ocid", "award"]
PERIODS: Final = {"month": "M", "quarter": "Q", "year": "Y"}


@dataclass(frozen=True)
class BookTables:
    """What a buyer has under contract on a day.

    Parameters
    ----------
    buyer : str
        The buyer as printed; "" for all buyers.
    today : date
        The day.
    currency : str
        Currency of all amounts; contracts in others are left out and counted in `elsewhere`.
    elsewhere : int
        Contracts in other currencies.
    contracts : pandas.DataFrame
        One row for each award: ``buyer``, ``title``, ``suppliers``, ``sector``, ``start``, ``end``, ``state`` (one of :data:`STATES`),
        ``value`` in pence and ``value_a_year`` in whole pence (value over the years of the period, at least one; missing without dates).
    summary : pandas.DataFrame
        By ``state``: ``contracts``, ``value``, ``value_a_year``.
    relet : dict of str to pandas.DataFrame
        For "month", "quarter" and "year": ``period`` in which contracts end, ``contracts``, ``value`` and ``value_a_year`` of those that
        end in it, today or later.
    """

    buyer: str
    today: date
    currency: str
    elsewhere: int
    contracts: pd.DataFrame
    summary: pd.DataFrame
    relet: dict[str, pd.DataFrame]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table under its name in a result."""
        return {"contracts": self.contracts, "contracts_by_state": self.summary} | {
            f"relet_by_{period}": table for period, table in self.relet.items()
        }


def contract_book(book: ContractBook, buyer: str | None, today: date) -> BookTables:
    """The contracts of one buyer, or of all, as they stand on a day.

    Parameters
    ----------
    book : ContractBook
        Contracts that were read.
    buyer : str or None
        Name or number of a buyer, capitals or not; None for all.
    today : date
        The day. A contract that ends today is live.

    Returns
    -------
    BookTables
        In the currency that most contracts have.

    Raises
    ------
    sim.errors.UnknownNameError
        When there is no such buyer; it names the nearest.
    """
    chosen, name = _of_buyer(book.contracts, buyer)
    currency = str(chosen["currency"].mode().iloc[0]) if len(chosen) else "GBP"
    awards = _awards(chosen[chosen["currency"] == currency])
    day = pd.Timestamp(today)
    awards["value_a_year"] = _value_a_year(awards)
    awards["state"] = _state(awards, day)
    elsewhere = len(chosen[chosen["currency"] != currency].drop_duplicates(KEYS))
    open_ones = awards[awards["state"].isin(("live", "to come"))]
    summary = _sums(awards.assign(state=pd.Categorical(awards["state"], STATES)), "state")
    relet = {period: _sums(open_ones.assign(period=_period(open_ones["end"], code)), "period") for period, code in PERIODS.items()}
    shown = awards.drop(columns=KEYS).sort_values(["end", "title"], kind="stable", ignore_index=True)
    return BookTables(name, today, currency, elsewhere, shown, summary, relet)


def _of_buyer(contracts: pd.DataFrame, buyer: str | None) -> tuple[pd.DataFrame, str]:
    """The rows of a buyer, and its name as printed."""
    if buyer is None:
        return contracts, ""
    wanted = buyer.strip().casefold()
    is_buyer = (contracts["buyer"].str.casefold() == wanted) | (contracts["buyer_number"].str.casefold() == wanted)
    if not is_buyer.any():
        raise UnknownNameError("buyer", buyer, sorted(set(contracts["buyer"]) - {""}))
    return contracts[is_buyer], str(contracts.loc[is_buyer, "buyer"].iloc[0])


def _awards(rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each award, its suppliers' names together."""
    groups = rows.groupby(KEYS, sort=False)
    first = groups[["buyer", "title", "sector", "start", "end"]].first()
    first["suppliers"] = groups["supplier"].agg("; ".join) if len(rows) else pd.Series(dtype="str")
    first["value"] = groups["value"].sum()
    return first.reset_index()[[*KEYS, "buyer", "title", "suppliers", "sector", "start", "end", "value"]]


def _value_a_year(awards: pd.DataFrame) -> pd.Series:
    """Whole pence a year: the value over the years of the period; of less than a year, the value."""
    return (awards["value"] / years_of(awards["start"], awards["end"]).clip(lower=1.0)).round().astype("Int64")


def years_of(start: pd.Series, end: pd.Series) -> pd.Series:
    """Length of periods in years by the calendar, both days counted; missing where a day is or the end comes first.

    Examples
    --------
    >>> days = pd.to_datetime(pd.Series(["2023-04-01", "2025-03-31"]))
    >>> float(years_of(days[:1], days[1:].set_axis([0]))[0])
    2.0
    """
    last = end + pd.Timedelta(days=1)
    months = 12 * (last.dt.year - start.dt.year) + last.dt.month - start.dt.month
    years = (months + (last.dt.day - start.dt.day) / last.dt.days_in_month) / 12
    return years.where(years > 0)


def _state(awards: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """The state of each award on a day."""
    state = pd.Series("live", index=awards.index, dtype="str")
    state = state.mask(awards["start"] > day, "to come").mask(awards["end"] < day, "ended")
    return state.mask(awards["end"].isna(), "without dates")


def _period(ends: pd.Series, code: str) -> pd.Series:
    """The month, quarter or year of days, as text."""
    return ends.dt.to_period(code).astype("str")


def _sums(awards: pd.DataFrame, by: str) -> pd.DataFrame:
    """Contracts, value and value a year of each group."""
    groups = awards.groupby(by, observed=False, sort=True)
    sums = pd.DataFrame({"contracts": groups.size(), "value": groups["value"].sum(), "value_a_year": groups["value_a_year"].sum()})
    return sums.reset_index().astype({by: "str", "contracts": "int64", "value": "int64", "value_a_year": "int64"})
