"""How the answer moves with two things at once, on a grid: a field of cells with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from sim.report.charts.heat_chart import HeatAxis, heat_chart
from sim.report.comparison_table import bare
from sim.report.markup import Markup, element, join
from sim.report.numbers import count, english_list
from sim.report.section import chart_block
from sim.report.sweep.view import Input, SweepView, answers_at
from sim.report.table import Column, Table

__all__ = ["field_of"]

#: Values of a thing up to which a field is drawn.
FIELD: Final = 40


def field_of(view: SweepView, order: Sequence[Input], tables: list[Table]) -> Markup:
    """A field of the two things that move the answer most; nothing where there are no two with few values.

    Parameters
    ----------
    view : SweepView
        An experiment on a grid.
    order : sequence of Input
        What varied, what moves the answer most first.
    tables : list of Table
        The table of the field is put here too.
    """
    points = view.sweep.points
    fit = [item for item in order if 1 < points[item.name].nunique() <= FIELD]
    if len(fit) < 2:
        return Markup("")
    across, upward = sorted(fit[:2], key=lambda item: -points[item.name].nunique())
    cells = _cells(view, across, upward)
    mean = cells["mean"].unstack(across.name)
    beside = float(np.nanmax(np.abs(mean.to_numpy()), initial=0.0))
    told = cells["told"].unstack(across.name).to_numpy()
    written = [
        [_in_cell(bare(view.cell(float(value), beside)).shown, str(told[row][column])) for column, value in enumerate(line)]
        for row, line in enumerate(mean.to_numpy())
    ]
    table = _field_table(view, across, upward, cells)
    tables.append(table)
    axes = [
        HeatAxis(_axis_title(item), [item.cell(float(value)).shown for value in values])
        for item, values in ((across, mean.columns), (upward, mean.index))
    ]
    finding = _field_words(view, across, upward, cells)
    rest = english_list([item.label for item in order if item not in (across, upward)])
    notes = [f"Averaged over {rest}."] if rest else []
    if np.isin(told, ["luck", "few"]).any() and view.is_difference:
        notes.append("Numbers in brackets can't be told from luck.")
    chart = heat_chart(
        "moves-field",
        axes[0],
        axes[1],
        mean.to_numpy(dtype=float),
        written,
        view.axis,
        view.unit(view.measure),
        f"{view.what} over {across.label} and {upward.label}. {finding}",
        around_nought=view.is_difference,
    )
    return join([element("h3", "Two things at once"), chart_block(chart, finding, table, " ".join(notes))])


def _cells(view: SweepView, across: Input, upward: Input) -> pd.DataFrame:
    """The answer in each cell: each seed averaged over the settings of the cell."""
    points = view.sweep.points
    averaged = view.answers().groupby([points[upward.name], points[across.name]]).mean()
    return answers_at(averaged)


def _axis_title(item: Input) -> str:
    """Name and unit along an axis."""
    return item.label if item.amount.kind in ("share", "money") or not item.unit else f"{item.label}, {item.unit}"


def _in_cell(shown: str, told: str) -> str:
    """A number as it stands in a cell: in brackets when it can't be told from luck."""
    return f"({shown})" if told in ("luck", "few") else shown


def _field_words(view: SweepView, across: Input, upward: Input, cells: pd.DataFrame) -> str:
    """Where the answer is lowest and highest."""
    mean = cells["mean"].dropna()
    if mean.empty:
        return "No setting has an answer."
    if float(mean.max() - mean.min()) <= 1e-12 * float(mean.abs().max()):
        widest = view.sure((float(mean.iloc[0]), float(cells["low"].min()), float(cells["high"].max())))
        return f"No visible change: the answer is {widest} in every cell."
    beside = float(mean.abs().max())
    ends = []
    for side, place in (("lowest", mean.idxmin()), ("highest", mean.idxmax())):
        where = f"{across.label} at {across.words(float(place[1]))} and {upward.label} at {upward.words(float(place[0]))}"
        ends.append(f"{side}, {view.sure([float(cells.loc[place, part]) for part in ('mean', 'low', 'high')], beside)}, with {where}")
    words = f"The answer is {ends[0]}; it is {ends[1]}."
    below = int((mean < 0).sum())
    if view.is_difference and 0 < below < len(mean):
        words += f" It lies below nought in {count(below).shown} of {count(len(mean)).shown} cells."
    return words


def _field_table(view: SweepView, across: Input, upward: Input, cells: pd.DataFrame) -> Table:
    """The numbers of the field, a row for each cell."""
    columns = [Column(_axis_title(item), width=22) for item in (across, upward)]
    columns += [Column("Mean", width=14), Column("95% interval, from", width=14), Column("to", width=14)]
    rows = []
    beside = float(np.nanmax(np.abs(cells["mean"].to_numpy()), initial=0.0))
    for up, right in cells.index:
        row = cells.loc[(up, right)]
        numbers = [bare(view.cell(float(row[part]), beside)) for part in ("mean", "low", "high")]
        rows.append([across.cell(float(right)), upward.cell(float(up)), *numbers])
    return Table("Field", f"{view.what} over two things varied, in {view.unit(view.measure)}", columns, rows)
