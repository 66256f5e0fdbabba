"""The account of the reading: rows and value read, used and set aside, how columns were guessed, warnings, and sums that must agree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from sim.spend.analysis.inputs import Reading
from sim.spend.analysis.names import NameGuard, masked_row

__all__ = ["checks", "columns_table", "files_table", "set_aside_by_reason", "set_aside_rows", "short_names", "totals", "warnings_table"]


def totals(lines: pd.DataFrame, set_aside: pd.DataFrame) -> pd.DataFrame:
    """Rows and value: read, used, set aside; payments and credits apart; persons; undated.

    Returns
    -------
    DataFrame
        item, rows, pence. Value set aside is that of the rows in which an amount could be read.
    """
    pence = lines["pence"]
    aside = set_aside["amount"].dropna().astype(np.int64)
    used, kept_out = int(pence.sum()), int(aside.sum())
    credit, person, undated = pence < 0, lines["person"], lines["date"].isna()
    nameless = ~lines["named"] & ~person
    rows = [
        ("read", len(lines) + len(set_aside), used + kept_out),
        ("set aside", len(set_aside), kept_out),
        ("used", len(lines), used),
        ("of which payments", int((~credit).sum()), int(pence[~credit].sum())),
        ("of which credits and negatives", int(credit.sum()), int(pence[credit].sum())),
        ("of which to private persons or with the name withheld", int(person.sum()), int(pence[person].sum())),
        ("of which without a supplier's name", int(nameless.sum()), int(pence[nameless].sum())),
        ("of which without a date", int(undated.sum()), int(pence[undated].sum())),
    ]
    return pd.DataFrame(rows, columns=["item", "rows", "pence"])


def set_aside_by_reason(set_aside: pd.DataFrame) -> pd.DataFrame:
    """Rows set aside by file and reason: how many, with an amount or not, and its value."""
    columns = ["file", "sheet", "reason", "rows", "rows_with_amount", "pence"]
    if not len(set_aside):
        return pd.DataFrame({name: pd.Series(dtype="str" if at < 3 else np.int64) for at, name in enumerate(columns)})
    plain = set_aside.assign(pence=set_aside["amount"].fillna(0).astype(np.int64), told=set_aside["amount"].notna())
    groups = plain.groupby(["file", "sheet", "reason"], sort=True)
    table = pd.DataFrame({"rows": groups.size(), "rows_with_amount": groups["told"].sum(), "pence": groups["pence"].sum()})
    return table.reset_index()[columns]


def set_aside_rows(set_aside: pd.DataFrame) -> pd.DataFrame:
    """Rows set aside one by one, their text with every word left out that could be someone's name."""
    table = set_aside[["file", "sheet", "line", "reason", "amount", "text"]].rename(columns={"amount": "pence"})
    words = table["text"].astype("str")
    masked = words.map({text: masked_row(text) for text in words.unique()}).astype("str")
    return table.assign(file=table["file"].map(short_names(table["file"])), text=masked).reset_index(drop=True)


def short_names(files: Iterable[str]) -> dict[str, str]:
    """Names of files without their folders, where no two are alike.

    Examples
    --------
    >>> short_names(["a/may.csv", "a/june.csv"]), short_names(["a/may.csv", "b/may.csv"])["a/may.csv"]
    ({'a/may.csv': 'may.csv', 'a/june.csv': 'june.csv'}, 'a/may.csv')
    """
    known = list(dict.fromkeys(files))
    names = [re.split(r"[/\\]", file)[-1] for file in known]
    return {file: name if names.count(name) == 1 else file for file, name in zip(known, names, strict=True)}


def files_table(reading: Reading) -> pd.DataFrame:
    """One row a file or sheet: what it is and how much of it was used."""
    rows = [
        (
            *(file.file, file.sheet, file.kind, file.encoding, _visible(file.delimiter), file.header_line, file.date_order),
            *(file.rows_read, file.rows_used, file.rows_read - file.rows_used, file.pence_used),
        )
        for file in reading.files
    ]
    layout = ["kind", "encoding", "delimiter", "header_line", "date_order"]
    return pd.DataFrame(rows, columns=["file", "sheet", *layout, "rows_read", "rows_used", "rows_set_aside", "pence"])


def _visible(delimiter: str) -> str:
    """A delimiter that can be seen."""
    return {"\t": "tab", ",": "comma", ";": "semicolon", "|": "stroke"}.get(delimiter, delimiter)


def columns_table(reading: Reading, guard: NameGuard) -> pd.DataFrame:
    """The guess: which column of each file holds what, and how sure that is."""
    rows = [
        (file.file, file.sheet, field, guard.clean(heading), certainty)
        for file in reading.files
        for field, (heading, certainty) in file.columns.items()
    ]
    return pd.DataFrame(rows, columns=["file", "sheet", "field", "column", "certainty"])


def warnings_table(reading: Reading, guard: NameGuard) -> pd.DataFrame:
    """What a reader should know of each file, no name of a person in it."""
    names = short_names(file.file for file in reading.files)
    rows = []
    for file in reading.files:
        for warning in file.warnings:
            words = warning
            for name in sorted(names, key=len, reverse=True):
                words = words.replace(name, names[name])
            rows.append((file.file, file.sheet, guard.clean(words)))
    return pd.DataFrame(rows, columns=["file", "sheet", "warning"])


def checks(lines: pd.DataFrame, suppliers: pd.DataFrame, reading: Reading, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Sums that must agree, to the row and the penny.

    Returns
    -------
    DataFrame
        check, expected, found, agrees.
    """
    whole, rows_used = int(lines["pence"].sum()), len(lines)
    account, files = tables["totals"].set_index("item"), tables["files"]
    both = account.loc[["of which payments", "of which credits and negatives"], "pence"]
    rows: list[tuple[str, int, Any]] = [
        ("rows of each file make all rows read", rows_used + len(reading.set_aside), files["rows_read"].sum()),
        ("rows used of each file make all rows used", rows_used, files["rows_used"].sum()),
        ("payments of all suppliers make all rows used", rows_used, suppliers["payments"].sum()),
        ("pence used of each file make the whole", whole, files["pence"].sum()),
        ("pence of all suppliers make the whole", whole, suppliers["amount"].sum()),
        ("pence of payments and of credits make the whole", whole, both.sum()),
    ]
    for name in ("where", "kinds", "sectors", "sizes"):
        scoped = tables[name]
        rows.append((f"pence of table {name} make the whole", whole, scoped.loc[scoped["scope"] == "all", "pence"].sum()))
    rows += [(f"pence of table {name} make the whole", whole, tables[name]["pence"].sum()) for name in ("bodies", "areas", "categories")]
    steps = tables["periods"].groupby("step", sort=False)["pence"].sum()
    rows += [(f"pence of table periods by {step} make the whole", whole, pence) for step, pence in steps.items()]
    table = pd.DataFrame(rows, columns=["check", "expected", "found"]).astype({"found": np.int64})
    return table.assign(agrees=table["expected"] == table["found"])
