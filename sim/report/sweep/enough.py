"""Whether there are enough seeds and settings: how the answer and the indices settle as more are counted in."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from sim.report.charts.move_chart import MovePanel, Trace, move_chart
from sim.report.comparison_table import bare
from sim.report.markup import Markup, element, join
from sim.report.numbers import Amount, Cell, change, count, english_list, text
from sim.report.palette import ARM_STYLES, ArmStyle, arm_style
from sim.report.section import Section, chart_block
from sim.report.sweep.hangs import missing, number_of, sentence
from sim.report.sweep.view import SweepView
from sim.report.table import Column, Table

__all__ = ["enough_section"]

POINTS: Final = "points"
TITLES: Final = {"seeds": "Mean over all settings", "seeds at one point": "A typical setting by itself"}
#: Things varied whose index is drawn.
DRAWN: Final = 5


def enough_section(view: SweepView) -> Section:
    """The section on convergence."""
    title = "Are there enough runs?"
    frame = view.tables.get("convergence")
    if frame is None or frame.empty:
        words = "Whether there are enough seeds and settings can't be seen from so few runs: it takes two seeds or more."
        return Section("enough", title, missing(view, "convergence", words))
    tables: list[Table] = []
    parts = [sentence(view, "convergence"), _seeds(view, frame, tables)]
    return Section("enough", title, join([*parts, _points(view, frame, tables)]), tables)


def _seeds(view: SweepView, frame: pd.DataFrame, tables: list[Table]) -> Markup:
    """The answer as more seeds are counted in."""
    mine = frame[frame["what"] != POINTS]
    if mine.empty:
        return Markup("")
    groups = {str(what): rows.sort_values("number") for what, rows in mine.groupby("what", sort=False)}
    style = arm_style(view.place(view.arm) or 1)
    panels = [
        MovePanel(TITLES.get(what, what.capitalize()), "number of seeds", Amount("count"), [_trace(view.arm, style, rows)], whole=True)
        for what, rows in groups.items()
    ]
    finding = f"With all seeds the answer is known {english_list([_within(view, what, rows) for what, rows in groups.items()])}."
    unit = f"{view.label(view.measure)}, {view.unit(view.measure)}"
    alternative = f"{view.what}, as more seeds are counted in. {finding}"
    chart = move_chart("enough-seeds", panels, view.axis, unit, alternative, marked=[0.0] if view.is_difference else [])
    table = _seeds_table(view, mine)
    tables.append(table)
    return join([element("h3", "Seeds"), chart_block(chart, finding, table, "Bands are 95% intervals of the mean.")])


def _trace(title: str, style: ArmStyle, rows: pd.DataFrame) -> Trace:
    """One line along the numbers counted in."""
    number, answer, low, high = (number_of(rows, name) for name in ("number", "answer", "low", "high"))
    return Trace(title, style, number, answer, low, high)


def _within(view: SweepView, what: str, rows: pd.DataFrame) -> str:
    """How well the answer is known with all seeds."""
    name = {"seeds": "as a mean over all settings", "seeds at one point": "at a typical setting by itself"}.get(what, what)
    half, amount = float(number_of(rows, "half_width")[-1]), view.amount(view.measure)
    if amount.kind == "share":
        shown = change(half, amount).shown.lstrip("+").replace(" points", " percentage points")
    else:
        shown = _width(view, half).shown
        shown = shown if amount.kind == "money" else f"{shown} {view.unit(view.measure)}"
    return f"to within {shown} on each side {name}"


def _width(view: SweepView, half: float) -> Cell:
    """Half of the width of an interval: a size without a sign."""
    cell = bare(view.cell(half))
    return Cell(cell.shown.lstrip("+"), cell.value, cell.form.replace("+", ""))


def _seeds_table(view: SweepView, frame: pd.DataFrame) -> Table:
    """The numbers of the chart of seeds."""
    columns = [Column("Of what", numeric=False, width=26), Column("Seeds"), Column("Answer")]
    columns += [Column("95% interval, from"), Column("to"), Column("Half of its width")]
    beside = float(np.nanmax(np.abs(number_of(frame, "answer")), initial=0.0))
    rows = []
    for _, row in frame.iterrows():
        cells = [bare(view.cell(float(row[name]), beside)) for name in ("answer", "low", "high")]
        head = [text(TITLES.get(str(row["what"]), row["what"])), count(float(row["number"]))]
        rows.append([*head, *cells, _width(view, float(row["half_width"]))])
    return Table("Enough seeds", f"{view.what}, as more seeds are counted in; in {view.unit(view.measure)}", columns, rows)


def _points(view: SweepView, frame: pd.DataFrame, tables: list[Table]) -> Markup:
    """How much each thing counts, as more settings are counted in."""
    mine = frame[frame["what"] == POINTS]
    if mine.empty or "input" not in mine:
        return Markup("")
    most = mine["number"].max()
    order = list(mine[mine["number"] == most].sort_values("answer", ascending=False, kind="stable")["input"])
    groups = [(view.input(str(name)).label, mine[mine["input"] == name].sort_values("number")) for name in order[:DRAWN]]
    lines = [_trace(label, ARM_STYLES[place % len(ARM_STYLES)], rows) for place, (label, rows) in enumerate(groups)]
    panel = MovePanel("How much each thing counts", "number of settings", Amount("count"), lines, whole=True)
    kinds = view.tables.get("sensitivity", pd.DataFrame({"index": []}))["index"]
    half = number_of(mine[mine["number"] == most], "half_width")
    finding = f"With {count(float(most)).shown} settings the widest interval of an index reaches {np.nanmax(half):.2g} to each side."
    unit = f"index, {view.unit(view.measure)}" if (kinds == "mu_star").any() else "index: share of the variance"
    chart = move_chart("enough-points", [panel], Amount("ratio"), unit, f"Indices as more settings are counted in. {finding}")
    table = _points_table(view, mine)
    tables.append(table)
    note = f"The {len(lines)} of {count(len(order)).shown} that count most are drawn." if len(lines) < len(order) else ""
    return join([element("h3", "Settings"), chart_block(chart, finding, table, f"Bands are 95% intervals. {note}".strip())])


def _points_table(view: SweepView, frame: pd.DataFrame) -> Table:
    """The numbers of the chart of settings."""
    columns = [Column("What varies", numeric=False, width=44), Column("Settings"), Column("Index")]
    columns += [Column("95% interval, from"), Column("to"), Column("Half of its width")]
    rows = [
        [
            text(view.input(str(row["input"])).label),
            count(float(row["number"])),
            *(Cell(f"{float(row[name]):.3f}", float(row[name]), "0.000") for name in ("answer", "low", "high", "half_width")),
        ]
        for _, row in frame.iterrows()
    ]
    return Table("Enough settings", "How much each thing counts, as more settings are counted in", columns, rows)
