"""The account of the reading: rows and value read, used and set aside, how columns were guessed, warnings, and sums that must agree."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.spend.analysis_inputs import Reading
from sim.spend.analysis_names import NameGuard, masked_row

__all__ = ["checks", "columns_table", "files_table", "set_aside_by_reason", "set_aside_rows", "totals", "warnings_table"]


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
    credit, person, undated = pence < 0, ~lines["named"], lines["date"].isna()
    rows = [
        ("read", len(lines) + len(set_aside), used + kept_out),
        ("set aside", len(set_aside), kept_out),
        ("used", len(lines), used),
        ("of which payments", int((~credit).sum()), int(pence[~credit].sum())),
        ("of which credits and negatives", int(credit.sum()), int(pence[credit].sum())),
        ("of which to private persons or with the name withheld", int(person.sum()), int(pence[person].sum())),
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
    return table.assign(text=words.map({text: masked_row(text) for text in words.unique()}).astype("str")).reset_index(drop=True)


def files_table(reading: Reading) -> pd.DataFrame:
    """One row a file or sheet: what it is and how much of it was used."""
    payments = reading.payments.groupby(["file", "sheet"])["amount"].agg(["size", "sum"])
    aside = reading.set_aside.groupby(["file", "sheet"]).size()
    rows = []
    for file in reading.files:
        key = (file.file, file.sheet)
        used, pence = (int(part) for part in payments.loc[key]) if key in payments.index else (0, 0)
        out = int(aside.get(key, 0))
        layout = (file.kind, file.encoding, _visible(file.delimiter), file.header_line, file.date_order)
        rows.append((*key, *layout, used + out, used, out, pence))
    names = [
        "file",
        "sheet",
        "kind",
        "encoding",
        "delimiter",
        "header_line",
        "date_order",
        "rows_read",
        "rows_used",
        "rows_set_aside",
        "pence",
    ]
    return pd.DataFrame(rows, columns=names)


def _visible(delimiter: str) -> str:
    """A delimiter that can be seen."""
    return {"\t": "tab", ",": "comma", ";": "semicolon", "|": "stroke"}.get(delimiter, delimiter)


def columns_table(reading: Reading) -> pd.DataFrame:
    """The guess: which column of each file holds what, and how sure that is."""
    rows = [(file.file, file.sheet, field, *found) for file in reading.files for field, found in file.columns.items()]
    return pd.DataFrame(rows, columns=["file", "sheet", "field", "column", "certainty"])


def warnings_table(reading: Reading, guard: NameGuard) -> pd.DataFrame:
    """What a reader should know of each file, no name of a person in it."""
    rows = [(file.file, file.sheet, guard.clean(warning)) for file in reading.files for warning in file.warnings]
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
