"""Tables of a spend analysis for the page and the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from sim.report.numbers import Amount, Cell, level, text
from sim.report.numbers import count as _count
from sim.report.spend.view import NONE, SpendView
from sim.report.table import Column, Table
from sim.settings.sectors import SECTORS, TITLES
from sim.spend.analysis.lines import WHERES

__all__ = [
    "MOST_ROWS",
    "concentration_table",
    "count",
    "group_table",
    "largest_table",
    "largest_words",
    "matrix_table",
    "plain_table",
    "shortened",
    "where_table",
    "words",
]

#: Rows that a sheet takes before it sends the reader to the file.
MOST_ROWS: Final = 20_000
WORDS: Final = {
    **dict(zip(SECTORS, TITLES, strict=True)),
    "unknown": "Not known",
    "not given": "Not given",
    "public body": "Public bodies",
    "charity": "Charities and voluntary bodies",
    "co-operative": "Co-operatives and mutuals",
    "company": "Companies",
    "person or withheld": "Private persons, and names withheld",
    "micro": "Micro (fewer than 10 employed)",
    "small": "Small (10 to 49)",
    "medium": "Medium (50 to 249)",
    "large": "Large (250 or more)",
    "undated": "Without a date",
}


def count(value: Any) -> Cell:
    """A whole number, also of a kind that a workbook would take for text.

    Examples
    --------
    >>> count(pd.Series([1200]).sum()).is_number
    True
    """
    return _count(int(value))


def words(name: object) -> str:
    """A group in words for readers.

    Examples
    --------
    >>> words("construction"), words("Highways")
    ('Construction', 'Highways')
    """
    return WORDS.get(str(name), str(name))


def where_table(view: SpendView) -> Table:
    """Where the money goes: the largest suppliers and all payments side by side."""
    analysis = view.analysis
    parts = [analysis.table("where", scope).set_index("where").reindex(list(WHERES)) for scope in ("top", "all")]
    rows: list[list[Cell]] = []
    for where in WHERES:
        cells = [text(view.where_name(where))]
        for part in parts:
            row = part.loc[where]
            cells += [view.money(_number(row["pence"])), view.share(_number(row["share"])), view.share(row["share_of_known"])]
            cells += [count(_number(row["suppliers"]))]
        rows.append([*cells, count(_number(parts[1].loc[where, "payments"]))])
    wholes = [text("All")]
    for part in parts:
        pence = part["pence"].sum()
        wholes += [view.money(pence), view.share(1.0) if pence > 0 else NONE, NONE, count(part["suppliers"].sum())]
    rows.append([*wholes, count(parts[1]["payments"].sum())])
    heads = ["Value", "Share of all", "Share of what is known", "Suppliers"]
    columns = [Column("Where", numeric=False, width=32)]
    columns += [Column(f"The {largest_words(view)}: {head.lower()}") for head in heads]
    columns += [Column(f"All {view.many}: {head.lower()}") for head in heads]
    note = f"Private persons and withheld names count in the value of all {view.many}; they are no suppliers, and not among the largest."
    return Table("Where", "Where the money goes", [*columns, Column(view.many.capitalize())], rows, note)


def largest_words(view: SpendView) -> str:
    """How the largest suppliers are called."""
    return f"{count(view.analysis.headline['top']).shown} largest"


def _number(value: Any) -> float:
    """A number; nought where a group has no rows."""
    return 0.0 if pd.isna(value) else value


def group_table(view: SpendView, name: str, caption: str, frame: pd.DataFrame, by: str, head: str, note: str = "") -> Table:
    """Value of each group and where it goes.

    Parameters
    ----------
    view : SpendView
        The analysis.
    name, caption, note : str
        Of the table.
    frame : DataFrame
        From the analysis.
    by : str
        Its column that names the group.
    head : str
        What stands above it.
    """
    has_known = "share_of_known" in frame
    columns = [Column(head, numeric=False, width=36), Column("Value"), Column("Share of all")]
    columns += [Column("Share of what is known")] if has_known else []
    columns += [Column(view.where_name(where), on_page=view.located) for where in WHERES]
    columns += [Column(f"{view.where_name('place')}, of what is known", on_page=view.located)]
    columns += [Column("Suppliers"), Column(view.many.capitalize()), Column("Credits", on_page=False)]
    columns += [Column(f"{view.where_name(where)}: value", on_page=False) for where in WHERES]
    rows = []
    for row in frame.head(MOST_ROWS).to_dict("records"):
        cells = [text(words(row[by])), view.money(row["pence"]), view.share(row["share"])]
        cells += [view.share(row["share_of_known"])] if has_known else []
        cells += [view.share(row[f"{where}_share"]) for where in WHERES]
        cells += [view.share(row["place_share_of_known"])]
        cells += [count(row["suppliers"]), count(row["payments"]), view.money(row["credits_pence"])]
        rows.append([*cells, *(view.money(row[f"{where}_pence"]) for where in WHERES)])
    left = len(frame) - len(rows)
    note = f"{note} {count(left).shown} more rows are in the folder tables.".strip() if left else note
    return Table(name, caption, columns, rows, note)


def shortened(frame: pd.DataFrame, by: str, most: int) -> pd.DataFrame:
    """The first groups of a table and one row for all others.

    Examples
    --------
    >>> shortened(pd.DataFrame({"area": ["a", "b", "c"], "pence": [5, 3, 2]}), "area", 1)[["area", "pence"]].values.tolist()
    [['a', 5], ['2 others', 5]]
    """
    if len(frame) <= most + 1:
        return frame
    rest = frame.iloc[most:]
    sums = rest.select_dtypes("integer").sum()
    others: dict[str, Any] = {by: f"{len(rest):,} others", **sums}
    others |= {name: rest[name].sum() for name in ("share", "share_of_known") if name in rest}
    whole = sums["pence"]
    for where in WHERES:
        if f"{where}_pence" in sums:
            told = whole - sums["unknown_pence"]
            others[f"{where}_share"] = sums[f"{where}_pence"] / whole if whole > 0 else float("nan")
            others[f"{where}_share_of_known"] = sums[f"{where}_pence"] / told if told > 0 else float("nan")
    return pd.concat([frame.iloc[:most], pd.DataFrame([others])], ignore_index=True).astype(dict.fromkeys(sums.index, "int64"))


def matrix_table(view: SpendView, scope: str, name: str, whose: str) -> Table:
    """Sector by where, in money."""
    frame = view.analysis.table("sector_by_where", scope)
    grid = frame.pivot_table(index="sector", columns="where", values="pence", aggfunc="sum", fill_value=0)
    grid = grid.reindex(index=[sector for sector in (*SECTORS, "unknown") if sector in grid.index], columns=list(WHERES), fill_value=0)
    rows = [[text(words(sector)), *(view.money(value) for value in line), view.money(line.sum())] for sector, line in grid.iterrows()]
    rows.append([text("All"), *(view.money(value) for value in grid.sum()), view.money(grid.to_numpy().sum())])
    columns = [Column("Sector", numeric=False, width=36), *(Column(view.where_name(where)) for where in WHERES), Column("All")]
    return Table(name, f"Sector by where: {whose}", columns, rows)


def concentration_table(view: SpendView) -> Table:
    """How concentrated spending is."""
    frame = view.analysis.table("concentration").set_index("measure")
    rows = []
    for measure, row in frame.iterrows():
        if measure == "herfindahl":
            index = level(row["share"], Amount("index"))
            rows.append([text("Herfindahl index (0: spread thin, 1: one supplier)"), count(row["suppliers"]), NONE, index])
            continue
        label = {
            "all above nought": f"All suppliers with more {view.many} than credits",
            "suppliers that make 80%": "Suppliers that make 80%",
        }
        shown = label.get(str(measure), f"The {str(measure).removeprefix('largest ')} largest").replace("The 1 largest", "The largest")
        rows.append([text(shown), count(row["suppliers"]), view.money(row["pence"]), view.share(row["share"])])
    columns = [Column("Measure", numeric=False, width=48), Column("Suppliers"), Column("Value"), Column("Share, or index")]
    note = f"Of all suppliers that have a name and more {view.many} than credits. Private persons and names withheld are left out."
    return Table("Concentration", "How concentrated it is", columns, rows, note)


def largest_table(view: SpendView, frame: pd.DataFrame, name: str, caption: str) -> Table:
    """Suppliers one by one."""
    columns = [
        Column("Rank", width=7),
        Column("Supplier", numeric=False, width=44),
        Column("Value"),
        Column(f"Share of all {view.many}"),
        Column("Running share"),
        Column(view.many.capitalize(), width=10),
        Column("Kind", numeric=False, width=20),
        Column("Sector", numeric=False, width=30),
        Column("Where", numeric=False, width=24, on_page=view.located),
        Column("Size", numeric=False, width=12, on_page=False),
        Column("How sure: kind", width=10, on_page=False),
        Column("How sure: sector", width=10, on_page=False),
        Column("How sure: where", width=10, on_page=False),
        Column("Why: where", numeric=False, width=30, on_page=False),
    ]
    rows = []
    for row in frame.to_dict("records"):
        known = [text(row["kind"]), text(words(row["sector"])), text(view.where_name(row["where"])), text(row["size"])]
        sure = [level(row[f"{what}_certainty"], Amount("share")) for what in ("kind", "sector", "where")]
        cells = [
            count(row["rank"]),
            text(row["name"]),
            view.money(row["pence"]),
            view.share(row["share"]),
            view.share(row["running_share"]),
        ]
        rows.append([*cells, count(row["payments"]), *known, *sure, text(row["where_why"])])
    note = "Kind, sector and where are guesses, how sure each is stands in report.xlsx and suppliers.csv; correct them with --suppliers."
    return Table(name, caption, columns, rows, note)


def plain_table(
    view: SpendView, name: str, caption: str, frame: pd.DataFrame, heads: Sequence[str], note: str = "", first: int = MOST_ROWS
) -> Table:
    """A table of words and numbers as they stand: pence to the penny, certainty and share in per cent.

    Parameters
    ----------
    view : SpendView
        The analysis.
    name, caption, note : str
        Of the table.
    frame : DataFrame
        From the analysis.
    heads : sequence of str
        What stands above each column.
    first : int
        Most rows.
    """
    numeric = {column: pd.api.types.is_numeric_dtype(frame[column]) for column in frame.columns}
    columns = [
        Column(head, numeric=numeric[name_], width=16 if numeric[name_] else 28) for head, name_ in zip(heads, frame.columns, strict=True)
    ]
    rows = [[_plain_cell(view, str(key), value) for key, value in row.items()] for row in frame.head(first).to_dict("records")]
    left = len(frame) - len(rows)
    note = f"{note} {count(left).shown} more rows are in the folder tables.".strip() if left else note
    return Table(name, caption, columns, rows, note)


def _plain_cell(view: SpendView, key: str, value: Any) -> Cell:
    """A value by the name of its column."""
    if key == "pence":
        return view.exact(value)
    if key in ("share", "certainty") and not isinstance(value, str):
        return view.share(value)
    if isinstance(value, bool):
        return text("yes" if value else "NO")
    if isinstance(value, (int, float)):
        return NONE if pd.isna(value) else count(value)
    return text(words(value))
