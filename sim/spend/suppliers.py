"""Suppliers of published spending: spellings joined, and of each what it is, where and in which sector, as far as can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.spend.matching.columns import pence
from sim.spend.matching.guess import UNKNOWN, Guess, combined, unknown
from sim.spend.matching.kinds import KINDS
from sim.spend.matching.known import SUPPLIER_SIZES, KnownSupplier, KnownSuppliers, read_known_suppliers
from sim.spend.matching.parties import Parties, find_parties
from sim.spend.matching.persons import PERSON, PERSON_NAME
from sim.spend.matching.places import WHERE, PlaceAreas, where_by_name, where_by_postcode
from sim.spend.matching.sectors import sector_by_name
from sim.spend.matching.votes import main_postcodes, sector_votes

__all__ = [
    "KINDS",
    "NO_NAME",
    "PERSON",
    "PERSON_NAME",
    "SUPPLIER_SIZES",
    "TABLE_COLUMNS",
    "WHERE",
    "KnownSupplier",
    "KnownSuppliers",
    "PlaceAreas",
    "Suppliers",
    "match_suppliers",
    "read_known_suppliers",
]

NO_NAME: Final = "No name given"
"""Shown for payments without a supplier's name."""

TABLE_COLUMNS: Final = (
    *("name", "spellings", "kind", "kind_certainty", "kind_why", "sector", "sector_certainty", "sector_why"),
    *("postcode", "where", "where_certainty", "where_why", "size", "company_number", "payments", "amount"),
)
"""Columns of :attr:`Suppliers.table`."""

KNOWN: Final = "known from the list"
#: A sector guessed less surely than this is not told: signs that say so little are as often wrong as right.
LEAST_SECTOR: Final = 0.4


@dataclass(frozen=True)
class Suppliers:
    """The suppliers of a set of payments.

    Attributes
    ----------
    table : pandas.DataFrame
        One row a supplier, by key ("s00001" has the greatest value), with :data:`TABLE_COLUMNS`. Certainties go from 0 to 1; 1 means known.
        Amounts are pence. All private persons and withheld names of one publishing body and one of place, region, outside and unknown
        share a row, whose name is :data:`PERSON_NAME`.
    of_payment : pandas.Series
        The key of each payment's supplier, by the index of the payments.
    joins : pandas.DataFrame
        One row a spelling: key, spelling, certainty and why it belongs there. Names of private persons are not in it.
    """

    table: pd.DataFrame
    of_payment: pd.Series
    joins: pd.DataFrame


def match_suppliers(payments: pd.DataFrame, place_areas: PlaceAreas | None = None, known: KnownSuppliers | None = None) -> Suppliers:
    """Tell the suppliers of payments.

    Parameters
    ----------
    payments : pandas.DataFrame
        One row a payment line; columns body, supplier, supplier_number, amount (pence), category, area, description, postcode, redacted.
    place_areas : PlaceAreas, optional
        The place that suppliers are seen from; without it nobody's place is known.
    known : KnownSuppliers, optional
        What is known of some suppliers; it wins over every guess, with certainty 1.

    Returns
    -------
    Suppliers
        Each payment has one supplier, and amounts add up to those of the payments.

    Examples
    --------
    >>> columns = dict.fromkeys(("body", "supplier_number", "category", "area", "description", "postcode"), "")
    >>> names = ["Acme Taxis Ltd", "ACME TAXIS LIMITED", "Mrs J Smith"]
    >>> payments = pd.DataFrame({"supplier": names, "amount": [500, 300, 200], "redacted": False, **columns})
    >>> match_suppliers(payments).table[["name", "kind", "sector", "amount"]].values.tolist()
    [['Acme Taxis Ltd', 'company', 'transport', 800], ['Private person or withheld', 'person or withheld', 'unknown', 200]]
    """
    known = known or KnownSuppliers([])
    parties = find_parties(payments, place_areas, known)
    table = _table(payments, parties, place_areas)
    order = np.lexsort((np.arange(len(table)), -table["amount"].to_numpy()))
    keys = np.array([f"s{number:05d}" for number in range(1, len(table) + 1)], dtype=object)
    key_of_party = np.empty(len(table), dtype=object)
    key_of_party[order] = keys
    of_payment = pd.Series(key_of_party[parties.of_payment], index=payments.index, name="supplier_key", dtype=str)
    table = table.iloc[order].set_axis(pd.Index(keys, name="key", dtype=str), axis="index")
    joins = parties.joins.assign(key=key_of_party[parties.joins["party"].to_numpy(dtype=np.int64)])
    joins = joins.sort_values(["key", "certainty", "spelling"], ascending=[True, False, True], ignore_index=True)
    return Suppliers(table, of_payment, joins[["key", "spelling", "certainty", "why"]])


def _table(payments: pd.DataFrame, parties: Parties, areas: PlaceAreas | None) -> pd.DataFrame:
    """One row a party, in the order of the parties."""
    count = len(parties.names)
    counts = np.bincount(parties.of_payment, minlength=count)
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, parties.of_payment, pence(payments))
    postcodes = main_postcodes(payments, parties.of_payment, count)
    sectors = sector_votes(payments, parties.of_payment, count)
    rows = [_row(parties, party, postcodes[party], sectors[party], areas) for party in range(count)]
    table = pd.DataFrame(rows, columns=list(TABLE_COLUMNS[:-2])).assign(payments=counts.astype(np.int64), amount=sums)
    return table.astype({"spellings": "int64"})


def _row(parties: Parties, party: int, postcode: str, by_payments: Guess, areas: PlaceAreas | None) -> tuple[Any, ...]:
    """What is told of one party, in the order of the columns."""
    fact, kind = parties.facts[party], parties.kinds[party]
    hidden = kind.value == PERSON
    name = parties.names[party]
    where = parties.wheres.get(party) or where_by_postcode(postcode, areas)
    sector = by_payments if hidden else combined(sector_by_name(name), by_payments)
    if sector.certainty < LEAST_SECTOR and sector.value != UNKNOWN:
        sector = unknown("signs too weak, or against each other")
    if where.value == UNKNOWN and not hidden and not postcode:
        where = where_by_name(name, areas)
    if fact is not None:
        kind = Guess(fact.kind, 1.0, KNOWN) if fact.kind else kind
        sector = Guess(fact.sector, 1.0, KNOWN) if fact.sector else sector
        postcode = fact.postcode or postcode
        by_fact = where_by_postcode(fact.postcode, areas) if fact.postcode else unknown("")
        where = Guess(fact.where, 1.0, KNOWN) if fact.where else by_fact if by_fact.value != UNKNOWN else where
    known_size, number = (fact.size, fact.company_number) if fact is not None else ("", "")
    shown = PERSON_NAME if hidden else (name or NO_NAME)
    return (shown, parties.spellings[party], *kind, *sector, "" if hidden else postcode, *where, known_size or UNKNOWN, number)
