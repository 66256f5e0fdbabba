"""Rows of a supplier list from a table of suppliers: the largest by name, the others together by sector and whereabouts, a year's money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from sim.settings.sectors import SECTORS, TITLES
from sim.settings.suppliers.supplier import PERSON, PUBLIC_BODY, SEVERAL, UNKNOWN
from sim.settings.suppliers.supplier_list import COLUMNS, MOST_CONTRACTS, MOST_NAME

__all__ = ["SupplierRows", "supplier_rows"]

#: Whereabouts that are less certain than this count as unknown.
LEAST_CERTAINTY: Final = 0.5
WHERE_WORDS: Final = {"place": "in the place", "region": "in the region", "outside": "further away", UNKNOWN: "whereabouts unknown"}


@dataclass(frozen=True)
class SupplierRows:
    """A supplier list and what it leaves out.

    Attributes
    ----------
    table : DataFrame
        :data:`sim.settings.suppliers.supplier_list.COLUMNS`, the largest first; `amount` in whole pence a year.
    named, grouped : int
        Suppliers with a row of their own, and suppliers that share one.
    paid_back, paid_back_pence : int
        Suppliers left out since they paid back as much as they were paid or more, and their sum over the period (nought or below).
    left_out, left_out_pence : int
        Public bodies left out by wish, and their sum over the period.
    """

    table: pd.DataFrame
    named: int
    grouped: int
    paid_back: int
    paid_back_pence: int
    left_out: int
    left_out_pence: int

    @property
    def pence(self) -> int:
        """The list's money, pence a year."""
        return int(self.table["amount"].sum())


def supplier_rows(suppliers: pd.DataFrame, factor: float, top: int = 300, *, public_bodies: bool = True) -> SupplierRows:
    """Make a supplier list.

    Parameters
    ----------
    suppliers : DataFrame
        name, kind, sector, where, size, their certainties, amount in pence over the period; `contracts` and `end` where they are known.
    factor : float
        What the period's money is multiplied by to be a year's.
    top : int
        Suppliers with a row of their own; private persons and withheld names never have one.
    public_bodies : bool
        Whether what was paid to public bodies counts as buying.

    Returns
    -------
    SupplierRows
        The list adds up to the year's money to the penny, what is left out apart. Without known contracts each supplier holds one.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["A", "B", "C"], "amount": [1000, 200, -5], "sector": "mining", "where": "place"})
    >>> rows = supplier_rows(table, 12.0, top=1)
    >>> rows.table[["supplier", "kind", "amount", "contracts"]].values.tolist(), rows.paid_back_pence
    ([['A', 'unknown', 12000, 1], ['1 smaller suppliers: Mining and quarrying, in the place', 'several', 2400, 1]], -5)
    """
    table = _complete(suppliers)
    back = table["amount"] <= 0
    out = ~back & (table["kind"] == PUBLIC_BODY) & (not public_bodies)
    kept = table[~back & ~out].sort_values("amount", ascending=False, kind="stable", ignore_index=True)
    # Rounding the running sum leaves no penny over.
    kept["amount"] = np.diff(np.append(0.0, np.rint(np.cumsum(kept["amount"]) * factor))).astype(np.int64)
    kept = kept[kept["amount"] > 0]
    person = kept["kind"] == PERSON
    named = ~person & ((~person).cumsum() <= top)
    rows = pd.concat([_named(kept[named]), _together(kept[~named & ~person]), _persons(kept[person])], ignore_index=True)
    rows = rows.sort_values("amount", ascending=False, kind="stable", ignore_index=True)[list(COLUMNS)]
    dropped, gone = table[back], table[out]
    return SupplierRows(
        rows, int(named.sum()), int((~named).sum()), len(dropped), int(dropped["amount"].sum()), len(gone), int(gone["amount"].sum())
    )


def _complete(suppliers: pd.DataFrame) -> pd.DataFrame:
    """The columns that a list needs, with what is unknown where the table does not have them."""
    usual = {"kind": UNKNOWN, "sector": UNKNOWN, "where": UNKNOWN, "size": UNKNOWN, "contracts": 1, "end": "", "spellings": 1}
    table = suppliers.reset_index(drop=True)
    for name, value in usual.items():
        table[name] = table.get(name, value)
    known = (*SECTORS, UNKNOWN)
    table["sector"] = table["sector"].astype("str").where(table["sector"].isin(known), UNKNOWN)
    for name in ("kind", "where", "size", "name", "end"):
        table[name] = table[name].astype("str").replace("", UNKNOWN if name != "end" else "")
    if "where_certainty" in table:
        unsure = (table["where"] != UNKNOWN) & (table["where_certainty"].astype("float64") < LEAST_CERTAINTY)
        table["where"] = table["where"].where(~unsure, UNKNOWN)
    certainties = [name for name in ("kind_certainty", "sector_certainty", "where_certainty") if name in table]
    table["certainty"] = table[certainties].astype("float64").min(axis=1).round(2) if certainties else np.nan
    return table


def _named(kept: pd.DataFrame) -> pd.DataFrame:
    """A row for each supplier; the same name twice in a sector is told apart by a number."""
    names = kept["name"].str.split().str.join(" ").str.slice(0, MOST_NAME - 10)
    again = kept.assign(name=names.str.casefold()).groupby(["name", "sector", "end"]).cumcount()
    return kept.assign(supplier=names.where(again == 0, names + " (" + (again + 1).astype("str") + ")"))


def _together(kept: pd.DataFrame) -> pd.DataFrame:
    """One row for the smaller suppliers of each sector and whereabouts."""
    groups = kept.groupby(["sector", "where"], sort=False)
    rows = groups.agg(amount=("amount", "sum"), number=("amount", "size"), contracts=("contracts", "sum"), certainty=("certainty", "min"))
    rows = rows.reset_index()
    names = [
        f"{number} smaller suppliers: {_sector(sector)}, {WHERE_WORDS[where]}"
        for number, sector, where in zip(rows["number"], rows["sector"], rows["where"], strict=True)
    ]
    return rows.assign(supplier=names, kind=SEVERAL, end="", size=UNKNOWN)


def _persons(kept: pd.DataFrame) -> pd.DataFrame:
    """One row for private persons and withheld names of each sector and whereabouts, with a contract for each that is told apart."""
    groups = kept.groupby(["sector", "where"], sort=False)
    rows = groups.agg(amount=("amount", "sum"), contracts=("spellings", "sum"), certainty=("certainty", "min")).reset_index()
    names = [
        f"Private persons or withheld: {_sector(sector)}, {WHERE_WORDS[where]}"
        for sector, where in zip(rows["sector"], rows["where"], strict=True)
    ]
    return rows.assign(supplier=names, kind=PERSON, end="", size=UNKNOWN, contracts=rows["contracts"].clip(1, MOST_CONTRACTS))


def _sector(name: str) -> str:
    """A sector for readers."""
    return TITLES[SECTORS.index(name)] if name in SECTORS else "sector unknown"
