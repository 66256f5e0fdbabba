"""What looks wrong in contracts: awards of nought, rates in the place of totals, slips of the point by two digits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import pandas as pd

__all__ = ["LEAST_TOTAL", "flag_of", "flag_slips", "oddities"]

#: Pence. Public bodies must list spending from £500 (Local Government Transparency Code 2015): a "contract" below is likely a rate.
LEAST_TOTAL: Final = 50_000
#: Pence by which the digits of two values may differ: the point is moved in figures rounded to whole pounds.
SAME_POUNDS: Final = 100 * 100
NOUGHT, NO_VALUE, RATE, SLIP, NEGATIVE = "nought", "no value", "looks like a rate", "perhaps a slip", "below nought"


def flag_of(pence: int | None) -> str:
    """What is odd about the value of an award.

    Examples
    --------
    >>> [flag_of(pence) for pence in (None, 0, 9800, 9300700)]
    ['no value', 'nought', 'looks like a rate', '']
    """
    if pence is None:
        return NO_VALUE
    if pence <= 0:
        return NOUGHT if pence == 0 else NEGATIVE
    return RATE if pence < LEAST_TOTAL else ""


def has_slip(value: int, rising: Sequence[int]) -> bool:
    """Whether one of these values is that value with the point moved by two digits, either way, whole pounds compared.

    Parameters
    ----------
    value : int
        Pence.
    rising : sequence of int
        Pence, in rising order: looked up by halving, since a process may have thousands of awards.

    Examples
    --------
    >>> has_slip(1884873100, [18848700]), has_slip(18848700, [1884873100]), has_slip(100, [10000]), has_slip(200000, [100000])
    (True, True, False, False)
    """
    above = bisect_left(rising, 100 * value - SAME_POUNDS + 1)
    if value >= LEAST_TOTAL and above < len(rising) and rising[above] < 100 * value + SAME_POUNDS:
        return True
    below = bisect_left(rising, max(LEAST_TOTAL, (value - SAME_POUNDS) // 100 + 1))
    return below < len(rising) and 100 * rising[below] < value + SAME_POUNDS


def flag_slips(contracts: pd.DataFrame) -> pd.DataFrame:
    """The table with a flag on the awards of one process that have the same digits.

    Parameters
    ----------
    contracts : pandas.DataFrame
        The table of contracts.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order.
    """
    named = contracts[contracts["ocid"] != ""]
    awards = named.groupby(["ocid", "award"], sort=False)["value"].sum().reset_index()
    several = awards[awards.groupby("ocid")["award"].transform("size") > 1]
    slips = {
        (ocid, award)
        for ocid, group in several.groupby("ocid", sort=False)
        for rising in (sorted(group["value"].tolist()),)
        for award, value in zip(group["award"], group["value"].tolist(), strict=True)
        if has_slip(value, rising)
    }
    if not slips:
        return contracts
    marked = pd.Series([key in slips for key in zip(contracts["ocid"], contracts["award"], strict=True)], index=contracts.index)
    return contracts.assign(flag=contracts["flag"].mask(marked & (contracts["flag"] == ""), SLIP))


def oddities(contracts: pd.DataFrame) -> dict[str, list[str]]:
    """Warnings of each file: one for each kind of thing that looks wrong, with how many awards and on which lines.

    Parameters
    ----------
    contracts : pandas.DataFrame
        The table of contracts, flagged.
    """
    one_each = contracts.drop_duplicates(["file", "line", "ocid", "award"])
    return {str(file): _of_file(awards) for file, awards in one_each.groupby("file", sort=False)}


def _of_file(awards: pd.DataFrame) -> list[str]:
    """What looks wrong in the awards of one file."""
    said = {
        SLIP: "awards with the digits of another award of the same process, the point moved by two, of which one is likely a slip",
        RATE: f"awards below £{LEAST_TOTAL // 100:,}, which look like rates for an hour or a piece and not like totals",
        NOUGHT: "awards of 0, most of them frameworks under which nothing is promised",
        NO_VALUE: "awards without a value, kept with 0",
        NEGATIVE: "awards with a value below 0",
    }
    found = [_said(awards[awards["flag"] == flag], text) for flag, text in said.items()]
    nobody = _said(awards[awards["supplier"] == ""], "awards that name no supplier")
    backward = _said(awards[awards["end"] < awards["start"]], "awards that end before they start")
    shared = _said(awards[awards["shared_by"] > 1], "awards with one value for several suppliers, shared equally among them")
    currencies = sorted(awards["currency"].unique())
    several = f"there are several currencies, which are never added: {', '.join(currencies)}" if len(currencies) > 1 else ""
    return [text for text in (*found, nobody, backward, shared, several) if text]


def _said(awards: pd.DataFrame, text: str) -> str:
    """One warning with the first few lines; "" when there are none."""
    if awards.empty:
        return ""
    more = ", ..." if len(awards) > 5 else ""
    return f"{text}: {len(awards)} (line {', '.join(map(str, sorted(awards['line'])[:5]))}{more})"
