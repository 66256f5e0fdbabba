"""Whether there are enough seeds and settings: how the answer and its interval settle as more are counted in."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from sim.report.charts.move_chart import MovePanel, Trace, move_chart
from sim.report.comparison_table import bare
from sim.report.markup import element, join
from sim.report.numbers import Amount, Cell, count, level, text
from sim.report.palette import arm_style
from sim.report.section import Section, chart_block
from sim.report.sweep_hangs import missing, number_of
from sim.report.sweep_headline import first_rows
from sim.report.sweep_view import SweepView
from sim.report.table import Column, Table

__all__ = ["enough_section"]

WHAT: Final = {"seeds": "Seeds", "points": "Settings"}


def enough_section(view: SweepView) -> Section:
    """The section on convergence."""
    title = "Are there enough runs?"
    frame = view.tables.get("convergence")
    if frame is None or frame.empty:
        words = "Whether there are enough seeds and settings can't be seen from so few runs: it takes two seeds or more."
        return Section("enough", title, missing(view, "convergence", words))
    table = _table(view, frame)
    panels = [_panel(view, str(what), rows) for what, rows in frame.groupby("what", sort=False)]
    finding = _words(view, frame)
    said = element("p", view.sentences.get("convergence", ""))
    marks = [0.0] if view.is_difference else []
    alternative = f"{view.what}, as more runs are counted in. {finding}"
    chart = move_chart("enough", panels, view.axis, f"{view.label(view.measure)}, {view.unit(view.measure)}", alternative, marked=marks)
    shown = first_rows(table, 60)
    return Section("enough", title, join([said, chart_block(chart, finding, shown, "Bands are 95% intervals of the mean.")]), [table])


def _panel(view: SweepView, what: str, rows: pd.DataFrame) -> MovePanel:
    """The answer along the number of seeds or of settings."""
    ordered = rows.sort_values("number")
    number, answer, low, high = (number_of(ordered, name) for name in ("number", "answer", "low", "high"))
    name = WHAT.get(what, what.capitalize())
    style = arm_style(view.place(view.arm) or 1)
    trace = Trace(view.titles[view.arm], style, number, answer, low, high)
    return MovePanel(f"{name} counted in", f"number of {name.lower()}", Amount("count"), [trace], whole=True)


def _words(view: SweepView, frame: pd.DataFrame) -> str:
    """How far the interval has shrunk."""
    found = []
    for what, rows in frame.groupby("what", sort=False):
        last = rows.sort_values("number").iloc[-1]
        name = WHAT.get(str(what), str(what)).lower()
        half = float(last["half_width"])
        if not np.isfinite(half):
            found.append(f"with {count(float(last['number'])).shown} {name} there is no interval")
            continue
        cell = level(half, view.amount(view.measure)).shown
        shown = f"{half * 100:.2f} points" if view.amount(view.measure).kind == "share" and view.is_difference else cell
        found.append(f"with all {count(float(last['number'])).shown} {name} the answer is known to within {shown} on each side")
    words = "; ".join(found)
    return f"{words[:1].upper()}{words[1:]}."


def _table(view: SweepView, frame: pd.DataFrame) -> Table:
    """The numbers of the chart."""
    columns = [
        Column("Counted in", numeric=False, width=14),
        Column("Number"),
        Column("Answer"),
        Column("95% interval, from"),
        Column("to"),
        Column("Half of its width"),
    ]
    beside = float(np.nanmax(np.abs(number_of(frame, "answer")), initial=0.0))
    rows = []
    for _, row in frame.iterrows():
        cells = [bare(view.cell(float(row[name]), beside)) for name in ("answer", "low", "high")]
        half = bare(view.cell(float(row["half_width"])))
        half = Cell(half.shown.lstrip("+"), half.value, half.form.replace("+", ""))
        rows.append([text(WHAT.get(str(row["what"]), row["what"])), count(float(row["number"])), *cells, half])
    return Table("Enough runs", f"{view.what}, as more runs are counted in; in {view.unit(view.measure)}", columns, rows)
