"""The section of a report on contracts: what is in force, and what comes up for re-letting when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from sim.report.charts.amount_chart import amount_chart
from sim.report.markup import element, join
from sim.report.numbers import Cell, text
from sim.report.section import Section, chart_block
from sim.report.spend.tables import MOST_ROWS, count, plain_table, words
from sim.report.spend.view import SpendView, day_words
from sim.report.table import Column, Table, render_details, render_table
from sim.spend.ocds.book import contract_book

__all__ = ["contract_tables", "contracts_section"]

COLOUR: Final = "#0072B2"
#: Contracts and quarters that the page shows.
SHOWN: Final = 40


def contract_tables(book: Any, today: date, listed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Tables that a report on contracts has beside the others.

    Parameters
    ----------
    book : ContractBook
        What was read.
    today : date
        The day from which it is seen.
    listed : DataFrame
        Contracts one by one, as they may be shown.
    """
    seen = contract_book(book, None, today)
    relet = pd.concat([table.assign(step=step) for step, table in seen.relet.items()], ignore_index=True)
    relet = relet.rename(columns={"value": "pence", "value_a_year": "pence_a_year"})
    state = seen.summary.rename(columns={"value": "pence", "value_a_year": "pence_a_year"})
    relet = relet[["step", *relet.columns[:-1]]]
    return {"contracts": listed, "contract_states": state.astype({"state": "str"}), "relet": relet, "contract_sme": _small(listed)}


def _small(listed: pd.DataFrame) -> pd.DataFrame:
    """Value by whether notices say that the supplier is small or medium.

    Examples
    --------
    >>> _small(pd.DataFrame({"sme": pd.array([True, None], dtype="boolean"), "pence": [3, 1]})).values.tolist()
    [['yes', 1, 3, 0.75], ['not said', 1, 1, 0.25]]
    """
    said = listed["sme"].map({True: "yes", False: "no"}).astype(object).fillna("not said")
    groups = listed.groupby(said)["pence"].agg(contracts="size", pence="sum")
    table = groups.reindex([name for name in ("yes", "no", "not said") if name in groups.index])
    whole = table["pence"].sum()
    return table.assign(share=table["pence"] / whole if whole > 0 else float("nan")).rename_axis("small_or_medium").reset_index()


def contracts_section(view: SpendView, tables: Mapping[str, pd.DataFrame], today: date) -> Section:
    """What is in force, what ends when, and the contracts one by one."""
    quarters = tables["relet"][tables["relet"]["step"] == "quarter"].head(SHOWN)
    state = _sums(view, "Contract states", f"Contracts on {day_words(today.isoformat())}", tables["contract_states"], "state", "State")
    relet = _sums(view, "Re-letting", "Contracts by the quarter in which they end", quarters, "period", "Quarter")
    small = plain_table(
        view,
        "Small or medium",
        "Value by whether the notice says that the supplier is small or medium",
        tables["contract_sme"],
        ["Small or medium", "Contracts", "Value", "Share"],
    )
    listed = _listed(view, tables["contracts"], "Contracts", MOST_ROWS)
    body: list[object] = [render_table(state)]
    if len(quarters):
        values = [[pence / 100] for pence in quarters["pence"].tolist()]
        finding = "Value of contracts in force or to come, by the quarter in which they end and come up for re-letting."
        bars = [str(period) for period in quarters["period"]]
        chart = amount_chart("chart-relet", bars, [("Value", COLOUR)], values, view.symbol, finding, upright=True)
        body += [chart_block(chart, finding), render_table(relet)]
    else:
        body.append(element("p", "No contract ends on that day or later."))
    body.append(render_table(small))
    body.append(render_details(_listed(view, tables["contracts"], "First", SHOWN), f"The {SHOWN} that end first; all are in report.xlsx"))
    return Section("contracts", "What comes up for re-letting", join(body), [state, relet, small, listed])


def _sums(view: SpendView, name: str, caption: str, frame: pd.DataFrame, by: str, head: str) -> Table:
    """Contracts, value and value a year of groups."""
    rows = [
        [text(str(row[by])), count(row["contracts"]), view.money(row["pence"]), view.money(_or_nought(row["pence_a_year"]))]
        for row in frame.to_dict("records")
    ]
    return Table(name, caption, [Column(head, numeric=False), Column("Contracts"), Column("Value"), Column("Value a year")], rows)


def _or_nought(value: Any) -> float:
    """A number, nought where there is none."""
    return 0.0 if pd.isna(value) else float(value)


def _listed(view: SpendView, frame: pd.DataFrame, name: str, most: int) -> Table:
    """Contracts one by one."""
    heads = (("Ends", 12), ("Supplier", 36), ("Title", 60), ("Buyer", 36), ("Sector", 30), ("Begins", 12))
    columns = [*(Column(head, numeric=False, width=width) for head, width in heads), Column("Value")]
    rows: list[list[Cell]] = []
    for row in frame.head(most).to_dict("records"):
        ends, begins = ("" if pd.isna(row[name_]) else f"{row[name_]:%Y-%m-%d}" for name_ in ("end", "start"))
        cells = [ends, row["supplier"], row["title"], row["buyer"], words(row["sector"]), begins]
        rows.append([*(text(cell) for cell in cells), view.money(row["pence"])])
    return Table(name, "Contracts, the first to end first", columns, rows)
