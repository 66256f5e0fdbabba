"""A spend analysis in words and small tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Final

from sim.report.spend.account import UNSURE
from sim.report.spend.report import ANCHOR, SpendReport
from sim.report.spend.tables import count, words
from sim.report.spend.view import SpendView
from sim.runs.words.console import console_on
from sim.spend.analysis.lines import WHERES

__all__ = ["print_spending", "spending_facts"]

#: Suppliers and warnings shown.
SUPPLIERS: Final = 10
WARNINGS: Final = 8


def print_spending(report: SpendReport, stream: IO[str]) -> None:
    """Print what a spend analysis found, and where it lies.

    Parameters
    ----------
    report : SpendReport
        What to print.
    stream : text stream
        Where to.
    """
    from rich.text import Text

    console = console_on(stream)
    view = report.view
    console.print(Text(view.title + (f", seen from {view.place}" if view.place else ""), style="bold"))
    for line in _account(view):
        console.print(Text(line))
    console.print(_where_table(view) if view.located else Text(view.why_unlocated))
    console.print(_supplier_table(view))
    for line in [*_guess(view), *_warnings(report), *_paths(report)]:
        console.print(Text(line))


def _account(view: SpendView) -> list[str]:
    """Rows and value read, used and set aside."""
    totals = view.analysis.table("totals").set_index("item")
    reasons = view.analysis.table("set_aside").groupby("reason")["rows"].sum()
    aside = ", ".join(f"{reason} {count(rows).shown}" for reason, rows in reasons.items())
    period = f"{view.period}: " if view.period else ""

    def rows(item: str) -> str:
        return count(totals.at[item, "rows"]).shown

    def value(item: str) -> str:
        return view.exact(totals.at[item, "pence"]).shown

    lines = [
        f"{period}{rows('read')} rows read, {rows('used')} used, {rows('set aside')} set aside{f' ({aside})' if aside else ''}",
        f"Value used {value('used')}: {view.many} {value('of which payments')}, credits {value('of which credits and negatives')}; "
        f"set aside {value('set aside')}",
    ]
    person = "of which to private persons or with the name withheld"
    if totals.at[person, "rows"]:
        many = "row" if totals.at[person, "rows"] == 1 else "rows"
        lines.append(f"Private persons and withheld names: {rows(person)} {many}, {value(person)}; counted, not shown")
    return lines


def _where_table(view: SpendView) -> Any:
    """Where the money goes."""
    table = _table("Where", f"{count(view.analysis.headline['top']).shown} largest", "Share", "of known", "All", "Share", "of known")
    parts = [view.analysis.table("where", scope).set_index("where") for scope in ("top", "all")]
    for where in WHERES:
        cells = [view.where_name(where)]
        for part in parts:
            row = part.loc[where] if where in part.index else {"pence": 0, "share": 0.0, "share_of_known": float("nan")}
            cells += [view.money(row["pence"]).shown, view.share(row["share"]).shown, view.share(row["share_of_known"]).shown]
        table.add_row(*_texts(cells))
    return table


def _supplier_table(view: SpendView) -> Any:
    """The largest suppliers."""
    table = _table("Supplier", "Value", "Share", more=("Kind", "Sector", "Where"))
    for row in view.analysis.table("largest_suppliers").head(SUPPLIERS).to_dict("records"):
        known = [row["kind"], words(row["sector"]), view.where_name(row["where"])]
        table.add_row(*_texts([row["name"], view.money(row["pence"]).shown, view.share(row["share"]).shown, *known]))
    return table


def _table(first: str, *numbers: str, more: tuple[str, ...] = ()) -> Any:
    """A table with words on the left and numbers on the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(first, overflow="fold")
    for head in numbers:
        table.add_column(head, justify="right", no_wrap=True)
    for head in more:
        table.add_column(head)
    return table


def _texts(cells: list[str]) -> list[Any]:
    """Cells in which nothing is markup."""
    from rich.text import Text

    return [Text(str(cell)) for cell in cells]


def _guess(view: SpendView) -> Iterator[str]:
    """How the columns of each file were read."""
    columns = view.analysis.table("columns")
    if len(columns):
        yield "Columns as they were read (correct them in mapping.yaml, then --mapping):"
    for (file, sheet), part in columns.groupby(["file", "sheet"], sort=False):
        found = ", ".join(
            f"{row.field} “{row.column}”{f' ({row.certainty:.0%} sure)' if row.certainty < UNSURE else ''}" for row in part.itertuples()
        )
        yield f"  {file}{f' ({sheet})' if sheet else ''}: {found}"


def _warnings(report: SpendReport) -> Iterator[str]:
    """What a reader should know."""
    table = report.view.analysis.table("warnings")
    # The first of every file before the second of any: the gravest of a file comes first.
    table = table.iloc[table.groupby(["file", "sheet"], sort=False).cumcount().argsort(kind="stable")]
    for row in table.head(WARNINGS).itertuples():
        yield f"Warning: {row.file}{f' ({row.sheet})' if row.sheet else ''}: {row.warning}"
    if len(table) > WARNINGS:
        more = len(table) - WARNINGS
        yield "1 more warning is in the report." if more == 1 else f"{count(more).shown} more warnings are in the report."
    if report.left_out:
        yield f"Not looked at: {', '.join(path.name for path in report.left_out)}"
    yield from (f"Note: {note}" for note in report.notes)


def _paths(report: SpendReport) -> list[str]:
    """Where everything lies."""
    folder = report.folder.as_posix()
    lines = [f"Result: {folder}", f"Report: {folder}/report.html"]
    if report.anchor is not None:
        usual, buy_local = (f"{folder}/{ANCHOR}/{path.name}" for path in (report.anchor.usual, report.anchor.buy_local))
        lines += [f"Place:  {folder}/{ANCHOR}/{report.anchor.place.name}", *(f"  {note}" for note in report.anchor.notes)]
        lines.append(f"Try it: localwealth compare {usual} {buy_local}")
    return lines


def spending_facts(report: SpendReport) -> dict[str, Any]:
    """The same as plain values for a program."""
    folder = report.folder.as_posix()
    largest = report.view.analysis.table("largest_suppliers")[["rank", "name", "kind", "sector", "where", "payments", "pence", "share"]]
    where = report.view.analysis.tables["where"][["scope", "where", "suppliers", "payments", "pence", "share", "share_of_known"]]
    return {
        "result": folder,
        "report": f"{folder}/report.html",
        **report.facts,
        "where": _records(where),
        "largest": _records(largest),
        "anchor": None if report.anchor is None else [f"{folder}/{ANCHOR}/{path.name}" for path in report.anchor.paths],
        "not_looked_at": [path.name for path in report.left_out],
        "notes": list(report.notes),
    }


def _records(table: Any) -> list[dict[str, Any]]:
    """Rows as plain values; what is not a number is null."""
    import pandas as pd

    rows = table.astype(object).to_dict("records")
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in rows]
