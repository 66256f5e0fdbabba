"""Payments with what is known of their suppliers, ready to be added up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.spend.analysis.inputs import SupplierList
from sim.spend.analysis.names import PERSON, NameGuard, are_named

__all__ = ["NOT_GIVEN", "UNKNOWN", "WHERES", "join_lines", "ranked_suppliers", "split"]

WHERES: Final = ("place", "region", "outside", "unknown")
UNKNOWN: Final = "unknown"
#: What stands for an empty cell of the file.
NOT_GIVEN: Final = "not given"


def ranked_suppliers(table: pd.DataFrame) -> pd.DataFrame:
    """Suppliers that have a name, the largest first; persons, withheld names and empty cells have no rank.

    Parameters
    ----------
    table : DataFrame
        Suppliers by their key, with `name`, `kind` and `amount`.

    Returns
    -------
    DataFrame
        In order of value, equal values in order of key.

    Examples
    --------
    >>> kinds = ["company", "person or withheld", "company"]
    >>> table = pd.DataFrame({"name": "x", "kind": kinds, "amount": [1, 9, 5]}, index=["a", "b", "c"])
    >>> list(ranked_suppliers(table).index)
    ['c', 'a']
    """
    named = table[are_named(table)]
    return named.iloc[np.lexsort((named.index.to_numpy(dtype="U"), -named["amount"].to_numpy(dtype=np.int64)))]


def join_lines(payments: pd.DataFrame, suppliers: SupplierList, ranked: pd.DataFrame, top: int, guard: NameGuard) -> pd.DataFrame:
    """One row a payment with the groups that it falls into.

    Parameters
    ----------
    payments : DataFrame
        Payments as read.
    suppliers : SupplierList
        Suppliers and which payment is whose.
    ranked : DataFrame
        Suppliers in order of value.
    top : int
        How many of them are the top.
    guard : NameGuard
        Takes names of persons out of the words that name a group.

    Returns
    -------
    DataFrame
        pence, date, supplier (position in the table), named, person, top; as categories where, kind, sector, size, body, area, category.

    Raises
    ------
    ValueError
        When a payment has no supplier.
    """
    table = suppliers.table
    position = table.index.get_indexer(suppliers.of_payment)
    if len(position) and position.min() < 0:
        raise ValueError("a payment has no supplier in the table")
    lines = pd.DataFrame({"pence": payments["amount"].to_numpy(dtype=np.int64), "supplier": position.astype(np.int32)})
    lines["date"] = payments["date"].to_numpy()
    lines["named"] = are_named(table).to_numpy()[position]
    lines["person"] = (table["kind"].astype("str") == PERSON).to_numpy()[position]
    lines["top"] = table.index.isin(ranked.index[:top])[position]
    for column in ("where", "kind", "sector", "size"):
        lines[column] = _category(table[column]).take(position)
    for column in ("body", "area", "category"):
        lines[column] = _named_groups(payments[column], guard)
    return lines


def _category(column: pd.Series) -> pd.Categorical:
    """A column of few words."""
    return pd.Categorical(column.astype("str").replace("", UNKNOWN))


def _named_groups(column: pd.Series, guard: NameGuard) -> pd.Categorical:
    """Groups as the file names them: spaces do not count, and no group is a person's name."""
    codes, words = pd.factorize(column.astype("str"))
    shown = [guard.clean(" ".join(str(word).split())) or NOT_GIVEN for word in words]
    known = {word: place for place, word in enumerate(dict.fromkeys(shown))}
    return pd.Categorical.from_codes(np.array([known[word] for word in shown], dtype=np.int64)[codes], categories=list(known))


def split(lines: pd.DataFrame, by: str, order: Sequence[str] | None = None) -> pd.DataFrame:
    """Value of each group, and where it goes.

    Parameters
    ----------
    lines : DataFrame
        From :func:`join_lines`.
    by : str
        Column whose groups are wanted.
    order : sequence of str, optional
        Groups in this order; the largest value first when left out.

    Returns
    -------
    DataFrame
        `by`, suppliers (those with a name), payments, pence, credits_pence, share (of all), share_of_known (of the value whose group is
        known), then for each of place, region, outside and unknown the pence and the share of the group, and for those known the share of
        what is known of the group. Shares of a value that is not above nought are not a number.
    """
    groups = lines.groupby(by, observed=True)
    result = _by_word(pd.DataFrame({"payments": groups.size(), "pence": groups["pence"].sum()}))
    pence = _by_word(lines.groupby([by, "where"], observed=True)["pence"].sum().unstack(fill_value=0))
    pence = pence.reindex(index=result.index, columns=list(WHERES), fill_value=0).astype(np.int64)
    named = _by_word(lines[lines["named"]].groupby(by, observed=True)["supplier"].nunique())
    result.insert(0, "suppliers", named.reindex(result.index, fill_value=0))
    negative = _by_word(lines[lines["pence"] < 0].groupby(by, observed=True)["pence"].sum())
    result["credits_pence"] = negative.reindex(result.index, fill_value=0).astype(np.int64)
    result["share"] = shares_of(result["pence"], result["pence"].sum())
    known = ~result.index.isin([UNKNOWN, NOT_GIVEN])
    result["share_of_known"] = shares_of(result["pence"].where(known), result["pence"][known].sum())
    told = result["pence"] - pence[UNKNOWN]
    for where in WHERES:
        result[f"{where}_pence"] = pence[where]
        result[f"{where}_share"] = shares_of(pence[where], result["pence"])
        if where != UNKNOWN:
            result[f"{where}_share_of_known"] = shares_of(pence[where], told)
    return _ordered(result, order).rename_axis(by).reset_index()


def _by_word(grouped: Any) -> Any:
    """A table or column of groups with plain words for an index."""
    grouped.index = grouped.index.astype("str")
    if isinstance(grouped, pd.DataFrame):
        grouped.columns = grouped.columns.astype("str")
    return grouped


def shares_of(parts: pd.Series, whole: pd.Series | int) -> pd.Series:
    """Parts divided by wholes; not a number where a whole is not above nought.

    Examples
    --------
    >>> shares_of(pd.Series([1, 3]), 4).tolist(), shares_of(pd.Series([1]), 0).isna().tolist()
    ([0.25, 0.75], [True])
    """
    wholes = pd.Series(whole, index=parts.index, dtype=float)
    return parts.astype(float) / wholes.where(wholes > 0)


def _ordered(result: pd.DataFrame, order: Sequence[str] | None) -> pd.DataFrame:
    """Groups in their order: as asked, or by value with what is unknown last."""
    if order is not None:
        return result.reindex([group for group in order if group in result.index])
    unknown = result.index.isin([UNKNOWN, NOT_GIVEN])
    return result.iloc[np.lexsort((result.index.to_numpy(dtype="U"), -result["pence"].to_numpy(), unknown))]
