"""The analysis of an anchor's spending, in the manner of published ones: who is paid, where they are, what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.settings.sectors import SECTORS
from sim.spend.analysis import account
from sim.spend.analysis.concentration import concentration, largest_suppliers
from sim.spend.analysis.inputs import Reading, SupplierList
from sim.spend.analysis.lines import UNKNOWN, WHERES, join_lines, ranked_suppliers, split
from sim.spend.analysis.names import PERSON, NameGuard, shown_suppliers
from sim.spend.analysis.periods import periods

__all__ = ["SIZES", "SpendAnalysis", "analyse", "name_guard"]

SIZES: Final = ("micro", "small", "medium", "large", UNKNOWN)
#: How sure a guess is, from the least.
BANDS: Final = ((0.5, "below a half"), (0.8, "a half to four fifths"), (1.0, "above four fifths"), (np.inf, "certain"))


@dataclass(frozen=True)
class SpendAnalysis:
    """Everything found, as tidy tables; no name of a private person is in any of them.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By name; money in whole pence, shares as parts of 1, not a number where there is none.
    headline : mapping of str to value
        The first numbers to read.
    suppliers : DataFrame
        All suppliers as they may be shown, by their key.
    top : int
        How many of the largest suppliers are looked at.
    """

    tables: Mapping[str, pd.DataFrame]
    headline: Mapping[str, Any]
    suppliers: pd.DataFrame
    top: int

    def table(self, name: str, scope: str | None = None) -> pd.DataFrame:
        """One table, or the part of it that is about all suppliers ("all") or the largest ("top")."""
        table = self.tables[name]
        return table if scope is None else table[table["scope"] == scope].drop(columns="scope").reset_index(drop=True)


def analyse(reading: Reading, suppliers: SupplierList, top: int = 300, *, hash_names: bool = False) -> SpendAnalysis:
    """Analyse what was read.

    Parameters
    ----------
    reading : Reading
        Payments, rows set aside, files.
    suppliers : SupplierList
        Suppliers, and which payment is whose.
    top : int
        How many of the largest suppliers to look at.
    hash_names : bool
        Whether hashes stand in place of all names.

    Returns
    -------
    SpendAnalysis

    Raises
    ------
    ValueError
        When rows or value do not add up, which is a fault of the program.
    """
    reading.check()
    payments, printed = reading.payments, suppliers.table
    guard = name_guard(payments, suppliers, hash_names=hash_names)
    shown = shown_suppliers(printed, hash_names=hash_names)
    ranked = ranked_suppliers(shown)
    lines = join_lines(payments, suppliers, ranked, top, guard)
    whole = int(lines["pence"].sum())
    tables = {
        "totals": account.totals(lines, reading.set_aside),
        "where": _with_every_where(_scoped(lines, "where", WHERES)),
        "kinds": _scoped(lines, "kind"),
        "sectors": _scoped(lines, "sector", (*SECTORS, UNKNOWN)),
        "sizes": _scoped(lines, "size", SIZES),
        "sector_by_where": _matrix(lines),
        "concentration": concentration(ranked),
        "largest_suppliers": largest_suppliers(ranked, whole, top),
        "periods": periods(lines),
        "bodies": split(lines, "body"),
        "areas": split(lines, "area"),
        "categories": split(lines, "category"),
        "spellings": suppliers.joins.iloc[:0] if hash_names else suppliers.joins,
        "certainty": _certainty(printed, whole),
        "set_aside": account.set_aside_by_reason(reading.set_aside),
        "files": account.files_table(reading),
        "columns": account.columns_table(reading, guard),
        "warnings": account.warnings_table(reading, guard),
    }
    names = account.short_names(file.file for file in reading.files)
    for table in tables.values():
        if "file" in table:
            table["file"] = table["file"].map(names)
    tables["checks"] = account.checks(lines, printed, reading, tables)
    _refuse_what_does_not_agree(tables["checks"])
    return SpendAnalysis(tables, _headline(lines, tables, ranked, top), shown, top)


def name_guard(payments: pd.DataFrame, suppliers: SupplierList, *, hash_names: bool = False) -> NameGuard:
    """What knows the names that must not be shown: of private persons; of all suppliers when names are hashed, publishing bodies aside."""
    person = suppliers.table["kind"].astype("str").reindex(suppliers.of_payment).to_numpy() == PERSON
    names, told = payments["supplier"].astype("str"), ~payments["redacted"].to_numpy(dtype=bool)
    hidden = set(names[person & told].unique())
    if hash_names:
        bodies = {str(body).casefold() for body in payments["body"].unique()}
        hidden |= {name for name in names[told].unique() if name.casefold() not in bodies}
    return NameGuard(hidden)


def _scoped(lines: pd.DataFrame, by: str, order: tuple[str, ...] | None = None) -> pd.DataFrame:
    """A table of groups: of the largest suppliers, and of all."""
    parts = {"top": lines[lines["top"]], "all": lines}
    table = pd.concat([split(part, by, order).assign(scope=scope) for scope, part in parts.items()], ignore_index=True)
    return table[["scope", *(column for column in table.columns if column != "scope")]]


def _with_every_where(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each where, also for one to which nothing was paid."""
    index = pd.MultiIndex.from_product([("top", "all"), WHERES], names=["scope", "where"])
    full = table.set_index(["scope", "where"]).reindex(index)
    numbers = ["suppliers", "payments", "pence", "credits_pence"]
    pence = [f"{where}_pence" for where in WHERES]
    full = full.fillna(dict.fromkeys([*numbers, *pence], 0)).astype(dict.fromkeys([*numbers, *pence], np.int64))
    absent = full["payments"] == 0
    for scope in ("top", "all"):
        part = full.loc[scope]
        for share, rows in (("share", part), ("share_of_known", part.drop(UNKNOWN))):
            if rows["pence"].sum() > 0:
                full.loc[[(scope, where) for where in rows.index if absent[scope, where]], share] = 0.0
    return full.reset_index()


def _matrix(lines: pd.DataFrame) -> pd.DataFrame:
    """Sector and where together, one row each: scope, sector, where, payments, pence, share of all."""
    parts = []
    for scope, part in {"top": lines[lines["top"]], "all": lines}.items():
        groups = part.groupby(["sector", "where"], observed=True)["pence"]
        table = pd.DataFrame({"payments": groups.size(), "pence": groups.sum()}).reset_index()
        whole = table["pence"].sum()
        table["share"] = table["pence"] / whole if whole > 0 else np.nan
        parts.append(table.assign(scope=scope))
    table = pd.concat(parts, ignore_index=True)
    return table.astype({"sector": "str", "where": "str"})[["scope", "sector", "where", "payments", "pence", "share"]]


def _certainty(table: pd.DataFrame, whole: int) -> pd.DataFrame:
    """How sure kind, sector and where are: suppliers and value by band of certainty; what is unknown is a band of its own."""
    rows = []
    for what in ("kind", "sector", "where"):
        unknown = table[what].astype("str").isin(["", UNKNOWN])
        band = np.searchsorted([limit for limit, _ in BANDS[:-1]], table[f"{what}_certainty"].to_numpy(dtype=float), side="right")
        bands = pd.Series(np.array([name for _, name in BANDS])[band], index=table.index).where(~unknown, UNKNOWN)
        for name in (UNKNOWN, *(name for _, name in BANDS)):
            pence = table["amount"][bands == name]
            rows.append((what, name, len(pence), int(pence.sum()), pence.sum() / whole if whole > 0 else np.nan))
    return pd.DataFrame(rows, columns=["what", "certainty", "suppliers", "pence", "share"])


def _headline(lines: pd.DataFrame, tables: Mapping[str, pd.DataFrame], ranked: pd.DataFrame, top: int) -> dict[str, Any]:
    """The first numbers to read."""
    account_of = tables["totals"].set_index("item")
    values: dict[str, Any] = {"top": min(top, len(ranked)), "suppliers": len(ranked)}
    for key, item in (("read", "read"), ("used", "used"), ("set_aside", "set aside"), ("credits", "of which credits and negatives")):
        values[f"rows_{key}"] = int(account_of.at[item, "rows"])
        values[f"pence_{key}"] = int(account_of.at[item, "pence"])
    dates = lines["date"].dropna()
    values["first_date"], values["last_date"] = (f"{day:%Y-%m-%d}" for day in (dates.min(), dates.max())) if len(dates) else ("", "")
    for scope in ("top", "all"):
        table = tables["where"]
        pence = table[table["scope"] == scope].set_index("where")["pence"].reindex(list(WHERES), fill_value=0)
        whole, known = int(pence.sum()), int(pence.sum() - pence[UNKNOWN])
        values[f"{scope}_pence"] = whole
        for where in WHERES:
            values[f"{scope}_{where}"] = int(pence[where]) / whole if whole > 0 else None
            if where != UNKNOWN:
                values[f"{scope}_{where}_of_known"] = int(pence[where]) / known if known > 0 else None
    return values


def _refuse_what_does_not_agree(checks: pd.DataFrame) -> None:
    """Stop before a number that is wrong is shown."""
    wrong = checks[~checks["agrees"]]
    if len(wrong):
        found = "; ".join(f"{row.check}: expected {row.expected}, found {row.found}" for row in wrong.itertuples())
        raise ValueError(f"an analysis does not add up: {found}")
