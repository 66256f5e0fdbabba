"""A small made-up reading with its suppliers: every number of it can be counted by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

PERSON = "person or withheld"


@dataclass
class File:
    file: str = "folder/may.csv"
    sheet: str = ""
    kind: str = "csv"
    encoding: str = "cp1252"
    delimiter: str = ","
    header_line: int = 3
    columns: Mapping[str, tuple[str, float]] = field(default_factory=lambda: {"supplier": ("Supplier Name", 1.0), "amount": ("Net", 0.6)})
    date_order: str = "day-first"
    rows_read: int = 10
    rows_used: int = 7
    pence_used: int = 1_250_00
    warnings: tuple[str, ...] = ("line 9 repeats line 8: Ann Lee, foster care",)


@dataclass
class Reading:
    payments: pd.DataFrame
    set_aside: pd.DataFrame
    files: tuple[File, ...]

    def check(self) -> None:
        """Adds up."""


@dataclass
class Suppliers:
    table: pd.DataFrame
    of_payment: pd.Series
    joins: pd.DataFrame


#: supplier key, date, pence, area, category.
PAID = (
    ("s1", "2019-04-03", 600_00, "Roads", "Building"),
    ("s1", "2019-05-03", 100_00, "Roads", "Building"),
    ("s2", "2019-03-31", 300_00, "Schools", "Food"),
    ("s2", "2019-05-03", -50_00, "Schools", "Food"),
    ("s3", None, 200_00, "", "=1+1"),
    ("s4", "2019-05-04", 80_00, "Care", "Ann Lee"),
    ("s4", "2019-05-05", 20_00, "Care", "Fostering: lee, ann"),
)
NAMES = {"s1": "Hill Builders Ltd", "s2": "=Caterers", "s3": "Far Software plc", "s4": "Ann Lee"}
JOINS = (("s1", "Hill Builders Ltd", 1.0, "as it stands"),)
ASIDE = (
    (1, "title", pd.NA, "Payments over 500 of Testing Borough Council"),
    (40, "total", 1_250_00, "Total,1250.00"),
    (41, "no-amount", pd.NA, "05/05/2019,Ann Lee,see note"),
)


def payments() -> pd.DataFrame:
    """Seven lines of 1,250 pounds."""
    frame = pd.DataFrame(PAID, columns=["key", "date", "amount", "area", "category"])
    frame["supplier"] = frame["key"].map(NAMES)
    frame["date"] = pd.to_datetime(frame["date"]).astype("datetime64[s]")
    frame["line"] = range(4, 4 + len(frame))
    for column in ("sheet", "supplier_number", "description", "reference", "postcode"):
        frame[column] = ""
    return frame.assign(file="folder/may.csv", body="Testing", redacted=False)


def supplier_table() -> pd.DataFrame:
    """Four suppliers: one here, one next door, one of unknown place, one person."""
    known: dict[str, list[Any]] = {
        "name": ["Hill Builders Ltd", "=Caterers", "Far Software plc", "Ann Lee"],
        "spellings": [1, 1, 1, 1],
        "kind": ["company", "unknown", "company", PERSON],
        "kind_certainty": [0.9, 0.0, 0.9, 0.7],
        "kind_why": ["ends in Ltd", "", "ends in plc", "looks like Ann Lee"],
        "sector": ["construction", "accommodation-food", "information", "unknown"],
        "sector_certainty": [1.0, 0.6, 0.4, 0.0],
        "sector_why": ["listed", "word caterers", "word software", ""],
        "postcode": ["PR1 2HE", "BB1 1AA", "", "PR1 9ZZ"],
        "where": ["place", "region", "unknown", "place"],
        "where_certainty": [1.0, 0.9, 0.0, 0.9],
        "where_why": ["postcode", "postcode", "", "postcode"],
        "size": ["small", "unknown", "large", "unknown"],
        "company_number": ["01234567", "", "", ""],
        "payments": [2, 2, 1, 2],
        "amount": [700_00, 250_00, 200_00, 100_00],
    }
    return pd.DataFrame(known, index=pd.Index(["s1", "s2", "s3", "s4"], name="key"))


def made_up_reading() -> Reading:
    """The reading."""
    aside = pd.DataFrame(ASIDE, columns=["line", "reason", "amount", "text"])
    return Reading(payments(), aside.assign(file="folder/may.csv", sheet="").astype({"amount": "Int64"}), (File(),))


def made_up_suppliers() -> Suppliers:
    """Its suppliers."""
    return Suppliers(supplier_table(), payments()["key"], pd.DataFrame(JOINS, columns=["key", "spelling", "certainty", "why"]))
