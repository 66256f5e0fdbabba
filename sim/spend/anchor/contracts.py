"""Suppliers of one buyer from its published contracts: what each holds a year, in how many contracts, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from sim.settings.suppliers.supplier import UNKNOWN
from sim.spend.matching.kinds import kind_of
from sim.spend.matching.places import PlaceAreas, where_by_postcode
from sim.spend.ocds.book import years_of

__all__ = ["ContractSuppliers", "contract_suppliers"]

CHARITY: Final = "charity"
NO_SUPPLIER: Final = "No supplier given"


@dataclass(frozen=True)
class ContractSuppliers:
    """Suppliers in force on a day, and contracts that tell nothing of it.

    Attributes
    ----------
    table : DataFrame
        name, kind, sector, where with their certainties, amount in pence a year, contracts and end as YYYY-MM: one row for each supplier,
        sector and month of ending.
    left_out : DataFrame
        reason ("another currency", "without dates", "to come", "ended", "no value"), contracts and value in pence.
    currency : str
        Currency of the amounts: that of most contracts.
    """

    table: pd.DataFrame
    left_out: pd.DataFrame
    currency: str


def contract_suppliers(
    contracts: pd.DataFrame, today: date, areas: PlaceAreas | None = None, buyer: str | None = None
) -> ContractSuppliers:
    """The suppliers of contracts in force.

    Parameters
    ----------
    contracts : DataFrame
        Contracts of a book: one row for each award and supplier.
    today : date
        The day.
    areas : PlaceAreas, optional
        The place from which suppliers are seen.
    buyer : str, optional
        Name of the buyer as printed, capitals or not; all buyers when left out.

    Returns
    -------
    ContractSuppliers
        A contract's money a year is its value over the years of its period, at least one.

    Examples
    --------
    >>> days = {"start": pd.Timestamp("2024-04-01"), "end": pd.Timestamp("2026-03-31")}
    >>> said = {"buyer": "B", "supplier": "A Ltd", "sector": "mining", "postcode": "", "charity": None}
    >>> row = {"value": 2400, "currency": "GBP", **said, **days}
    >>> contract_suppliers(pd.DataFrame([row]), date(2025, 1, 1)).table[["name", "amount", "contracts", "end"]].values.tolist()
    [['A Ltd', 1200, 1, '2026-03']]
    """
    mine = contracts if buyer is None else contracts[contracts["buyer"].str.casefold() == buyer.strip().casefold()]
    currency = str(mine["currency"].mode().iloc[0]) if len(mine) else ""
    reason = _reasons(mine, currency, pd.Timestamp(today))
    out = mine.assign(reason=reason)[reason != ""].groupby("reason", sort=True)["value"].agg(contracts="size", value="sum").reset_index()
    live = mine[reason == ""]
    years = years_of(live["start"], live["end"]).fillna(1.0).clip(lower=1.0)
    rows = pd.DataFrame(
        {
            "name": live["supplier"].astype("str").replace("", NO_SUPPLIER),
            "sector": live["sector"].astype("str").replace("", UNKNOWN),
            "end": live["end"].dt.strftime("%Y-%m"),
            "amount": (live["value"] / years).round().astype("int64"),
            "postcode": live["postcode"].astype("str"),
            "charity": live["charity"].astype("boolean").fillna(False).astype(bool),
        }
    )
    groups = rows.groupby(["name", "sector", "end"], sort=False)
    table = groups.agg(amount=("amount", "sum"), contracts=("amount", "size"), postcode=("postcode", "max"), charity=("charity", "max"))
    return ContractSuppliers(_with_guesses(table.reset_index(), areas), out, currency)


def _reasons(contracts: pd.DataFrame, currency: str, day: pd.Timestamp) -> pd.Series:
    """Why a contract does not count on a day; empty for one that does."""
    reason = pd.Series("", index=contracts.index, dtype="str")
    reason = (
        reason.mask(contracts["value"] <= 0, "no value").mask(contracts["end"] < day, "ended").mask(contracts["start"] > day, "to come")
    )
    reason = reason.mask(contracts["end"].isna() | contracts["start"].isna(), "without dates")
    return reason.mask(contracts["currency"] != currency, "another currency")


def _with_guesses(table: pd.DataFrame, areas: PlaceAreas | None) -> pd.DataFrame:
    """Kind by what is published and by the name, whereabouts by the postcode."""
    kinds = [kind_of(name) for name in table["name"]]
    wheres = [where_by_postcode(postcode, areas) for postcode in table["postcode"]]
    known = table["charity"].to_numpy(dtype=bool)
    columns = {
        "kind": [CHARITY if charity else guess.value for charity, guess in zip(known, kinds, strict=True)],
        "kind_certainty": [1.0 if charity else guess.certainty for charity, guess in zip(known, kinds, strict=True)],
        "where": [guess.value for guess in wheres],
        "where_certainty": [guess.certainty for guess in wheres],
    }
    return table.drop(columns=["charity", "postcode"]).assign(**columns)
