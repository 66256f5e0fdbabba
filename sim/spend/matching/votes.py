"""What a supplier's payments say together, weighed by their value: its sector and its postcode."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.spend.matching.columns import pence, text_column
from sim.spend.matching.guess import Guess, unknown
from sim.spend.matching.sectors import sector_by_text

__all__ = ["main_postcodes", "sector_votes"]

Whole = NDArray[np.int64]


def main_postcodes(payments: pd.DataFrame, parties: Whole, count: int) -> list[str]:
    """The postcode of most value of each party, empty where there is none.

    Parameters
    ----------
    payments : pandas.DataFrame
        With columns postcode and amount.
    parties : ndarray of int64
        The party of each payment, from nought.
    count : int
        Number of parties.

    Examples
    --------
    >>> payments = pd.DataFrame({"postcode": ["PR1 2HE", "", "PR2 1AA"], "amount": [5, 9, -7]})
    >>> main_postcodes(payments, np.array([0, 0, 0]), 2)
    ['PR2 1AA', '']
    """
    frame = pd.DataFrame({"party": parties, "postcode": text_column(payments, "postcode"), "value": np.abs(pence(payments))})
    sums = frame[frame["postcode"] != ""].groupby(["party", "postcode"], as_index=False, sort=True)["value"].sum()
    best = sums.sort_values("value", ascending=False, kind="stable").drop_duplicates("party")
    result = [""] * count
    for party, postcode in zip(best["party"].tolist(), best["postcode"].tolist(), strict=True):
        result[party] = postcode
    return result


def sector_votes(payments: pd.DataFrame, parties: Whole, count: int) -> list[Guess]:
    """The sector that each party's payments speak of, by value and certainty.

    Parameters
    ----------
    payments : pandas.DataFrame
        With columns category, area, description and amount.
    parties : ndarray of int64
        The party of each payment, from nought.
    count : int
        Number of parties.

    Returns
    -------
    list of Guess
        The certainty of the winner is its own, times its share of the value.

    Examples
    --------
    >>> texts = {"category": ["Taxis", "Taxis", "Rents"], "area": "", "description": ""}
    >>> votes = sector_votes(pd.DataFrame({**texts, "amount": [60, 20, 20]}), np.array([0, 0, 0]), 1)
    >>> votes[0].value, votes[0].certainty, votes[0].why
    ('transport', 0.736, "the category word 'taxis', 80% of the value")
    """
    frame = _texts(payments)
    texts = frame[["category", "area", "description"]].drop_duplicates(ignore_index=True)
    guesses = [sector_by_text(*row) for row in texts.itertuples(index=False, name=None)]
    texts = texts.assign(
        sector=[one.value for one in guesses], certainty=[one.certainty for one in guesses], why=[one.why for one in guesses]
    )
    frame = frame.assign(party=parties, value=np.maximum(np.abs(pence(payments)), 1))
    frame = frame.groupby(["party", "category", "area", "description"], as_index=False)["value"].sum()
    frame = frame.merge(texts, on=["category", "area", "description"], how="left")
    total = np.bincount(frame["party"], weights=frame["value"], minlength=count)
    frame = frame[frame["sector"] != "unknown"].assign(weight=lambda table: table["value"] * table["certainty"])
    frame = frame.sort_values("weight", ascending=False, kind="stable")
    sums = frame.groupby(["party", "sector"], as_index=False).agg(weight=("weight", "sum"), value=("value", "sum"), why=("why", "first"))
    best = sums.sort_values("weight", ascending=False, kind="stable").drop_duplicates("party")
    result: list[Guess] = [unknown("no category, area or description that says")] * count
    for row in best.to_dict("records"):
        result[row["party"]] = _vote(row, float(total[row["party"]]))
    return result


def _vote(row: dict[Any, Any], total: float) -> Guess:
    """The winner of one party."""
    share = f"{row['value'] / total:.0%}"
    return Guess(row["sector"], round(row["weight"] / total, 3), f"{row['why']}, {share} of the value")


def _texts(payments: pd.DataFrame) -> pd.DataFrame:
    """Category and area of each payment; the description only where the two say nothing, since there are so many of them."""
    frame = pd.DataFrame({name: text_column(payments, name) for name in ("category", "area", "description")})
    pairs = frame[["category", "area"]].drop_duplicates()
    silent = [sector_by_text(*row).value == "unknown" for row in pairs.itertuples(index=False, name=None)]
    pairs = pairs.assign(silent=silent)
    says_nothing = frame.merge(pairs, on=["category", "area"], how="left")["silent"].to_numpy(dtype=bool)
    return frame.assign(description=np.where(says_nothing, frame["description"], ""))
