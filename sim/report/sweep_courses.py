"""How the answer moves with each thing varied: lines with bands on one scale, a field for two things at once, tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from sim.report.charts.heat_chart import HeatAxis, heat_chart
from sim.report.charts.move_chart import MovePanel, Trace, move_chart
from sim.report.comparison_table import bare
from sim.report.markup import Markup, element, join
from sim.report.numbers import count, english_list, text
from sim.report.palette import arm_style
from sim.report.section import Section, bullets, chart_block
from sim.report.sweep_moves import RANDOM, Move, move_along
from sim.report.sweep_view import Input, SweepView, answers_at
from sim.report.table import Column, Table
from sim.report.words import lower_first

__all__ = ["courses_section", "move_words"]

#: Panels that are drawn, sentences that are written, scenarios in one panel, other measures that are drawn; tables hold all.
PANELS = 9
SENTENCES = 5
SCENARIOS = 4
MEASURES = 6
#: Things varied up to which other measures are drawn too.
FEW_INPUTS = 3
#: Values of a thing up to which a field is drawn.
FIELD = 40


def courses_section(view: SweepView) -> Section:
    """The section on how the answer moves."""
    moves = {item.name: _moves(view, view.measure, item) for item in view.inputs}
    order = sorted(view.inputs, key=lambda item: -moves[item.name][0].reach)
    order = [item for item in order if len(moves[item.name][0].values)]
    if not order:
        return Section("moves", "How the answer moves", element("p", "Nothing varied, so the answer can't move with anything."))
    tables = [_table(view, view.measure, order, moves, "How it moves")]
    words = [move_words(view, item, moves[item.name][0]) for item in order]
    parts: list[object] = [element("p", _how_to_read(view, moves))]
    parts.append(bullets(words[:SENTENCES]))
    if len(words) > SENTENCES:
        parts.append(element("p", f"The {count(len(words) - SENTENCES).shown} others move it less than these.", class_="note"))
    parts.append(_chart(view, "moves-answer", view.measure, order, moves, tables[0]))
    parts.append(_field(view, order, tables))
    parts.append(_other_measures(view, order, tables))
    return Section("moves", "How the answer moves", join(parts), tables)


def _moves(view: SweepView, measure: str, item: Input) -> list[Move]:
    """The moves of one measure along one thing varied, one for each drawn scenario."""
    follow = partial(move_along, view.sweep.points, name=item.name, design=_design(view))
    return [follow(view.answers(measure, arm)) for arm in view.shown_arms[:SCENARIOS]]


def _design(view: SweepView) -> str:
    """Kind of the design."""
    return str((view.manifest.get("design") or {}).get("kind") or "")


def move_words(view: SweepView, item: Input, move: Move) -> str:
    """What happens to the answer along one thing varied, in one sentence."""
    name, (bottom, top) = item.label, move.ends
    if not np.isfinite(move.middle).any():
        return f"{name}: no answer."
    beside = float(np.nanmax(np.abs(move.middle)))
    low, high = (view.cell(float(move.middle[place]), beside).shown for place in (bottom, top))
    places = [item.words(float(move.values[place])) for place in (bottom, top)]
    if len(move.values) == 1:
        return f"{name}: one value only, {places[0]}, with {low}."
    if move.is_still:
        return f"{name}: no visible change. The answer is {low} throughout."
    if not move.has_bands:
        return f"{name}: from {low} at {places[0]} to {high} at {places[1]}, with one seed, so it can't be told from luck."
    if not move.is_told:
        return f"{name}: no visible change. Means lie between {low} and {high}, but their intervals meet, so it can't be told from luck."
    last = len(move.values) - 1
    if (bottom, top) == (0, last):
        return f"{name}: the answer rises from {low} at {places[0]} to {high} at {places[1]}."
    if (bottom, top) == (last, 0):
        return f"{name}: the answer falls from {high} at {places[1]} to {low} at {places[0]}."
    return f"{name}: the answer is lowest, {low}, at {places[0]} and highest, {high}, at {places[1]}."


def _how_to_read(view: SweepView, moves: dict[str, list[Move]]) -> str:
    """What lines, bands and dots are."""
    design = _design(view)
    words = f"The answer is {lower_first(view.what)}, in {view.unit(view.measure)}. All panels have the same scale. "
    if len(view.inputs) > 1:
        others = "stands as usual" if design == "one-at-a-time" else "is averaged over all that was tried"
        words += f"Along each line one thing varies; everything else {others}. "
    if any(move.grouped for listed in moves.values() for move in listed):
        words += "Values were put into groups of equal size; a mark stands at the mean of each. "
    if not any(move.has_bands for listed in moves.values() for move in listed):
        return words + "There is one seed, so there are no bands."
    band = "over the settings of a group, each the mean of its seeds" if design in RANDOM else "over seeds"
    return words + f"Bands are 95% intervals of the mean {band}."


def _chart(
    view: SweepView, name: str, measure: str, order: Sequence[Input], moves: dict[str, list[Move]], table: Table, *, lines: int = SCENARIOS
) -> Markup:
    """Panels of one measure."""
    drawn = list(order[:PANELS])
    arms = view.shown_arms[:lines]
    dots = answers_at(view.answers(measure))["mean"] if _design(view) in RANDOM else pd.Series(dtype=float)
    panels = []
    for item in drawn:
        traces = [
            Trace(view.titles[arm], arm_style(view.place(arm)), move.values, move.middle, move.low, move.high)
            for arm, move in zip(arms, moves[item.name], strict=False)
        ]
        at = view.sweep.points.loc[dots.index, item.name].to_numpy(dtype=float)
        unit = "" if item.amount.kind == "money" else item.unit if item.unit not in ("ratio",) else ""
        panels.append(MovePanel(item.label, unit, item.amount, traces, at, dots.to_numpy(dtype=float), item.usual, item.whole))
    marks = [0.0] if view.is_difference else []
    if measure == view.measure:
        marks += [float(view.plan[key]) for key in ("above", "below") if view.plan.get(key) is not None]
    first = moves[drawn[0].name][0]
    words = f"{view.label(measure)}. " if measure != view.measure else ""
    finding = words + move_words(_of(view, measure), drawn[0], first)
    notes = []
    if len(drawn) < len(order):
        notes.append(f"The {len(drawn)} of {count(len(order)).shown} that move it most are drawn; the table holds all.")
    if len(dots):
        notes.append("Dots are settings.")
    if any(math.isfinite(item.usual) for item in drawn):
        notes.append("A black triangle marks the usual value.")
    unit = f"{view.label(measure)}, {view.unit(measure)}"
    chart = move_chart(name, panels, view.axis_of(measure), unit, f"How {lower_first(view.label(measure))} moves. {finding}", marked=marks)
    return chart_block(chart, finding, table, " ".join(notes))


def _of(view: SweepView, measure: str) -> SweepView:
    """The view with another measure in the place of the answer's."""
    if measure == view.measure:
        return view
    other = SweepView(view.sweep, view.tables, {}, view.folder)
    other.__dict__.update(measure=measure, arm=view.arm, is_difference=view.is_difference)
    return other


def _table(view: SweepView, measure: str, order: Sequence[Input], moves: dict[str, list[Move]], name: str) -> Table:
    """The numbers of the panels, of everything that varied."""
    columns = [
        Column("What varies", numeric=False, width=44),
        Column("Value", width=14),
        Column("Unit", numeric=False, width=22),
        Column("Scenario", numeric=False, width=34),
        Column("Mean", width=14),
        Column("95% interval, from", width=14),
        Column("to", width=14),
        Column("Settings", width=10),
    ]
    rows = []
    for item in order:
        for arm, move in zip(view.shown_arms, moves[item.name], strict=False):
            beside = float(np.nanmax(np.abs(move.middle), initial=0.0))
            for place, value in enumerate(move.values):
                numbers = [bare(view.cell(float(part[place]), beside, measure)) for part in (move.middle, move.low, move.high)]
                rows.append(
                    [
                        text(item.label),
                        item.cell(float(value)),
                        text(item.unit),
                        text(view.titles[arm]),
                        *numbers,
                        count(move.points[place]),
                    ]
                )
    caption = f"{view.label(measure)} along each thing varied, in {view.unit(measure)}"
    return Table(name, caption, columns, rows)


def _field(view: SweepView, order: Sequence[Input], tables: list[Table]) -> Markup:
    """A field of the two things that move the answer most, for a grid."""
    points = view.sweep.points
    fit = [item for item in order if 1 < points[item.name].nunique() <= FIELD]
    if _design(view) != "grid" or len(fit) < 2:
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
        return f"No visible change: the answer is {view.cell(float(mean.iloc[0])).shown} in every cell."
    beside = float(mean.abs().max())
    ends = []
    for side, place in (("lowest", mean.idxmin()), ("highest", mean.idxmax())):
        where = f"{across.label} at {across.words(float(place[1]))} and {upward.label} at {upward.words(float(place[0]))}"
        ends.append(f"{side}, {view.cell(float(mean[place]), beside).shown}, with {where}")
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


def _other_measures(view: SweepView, order: Sequence[Input], tables: list[Table]) -> Markup:
    """Other measures, where few things vary."""
    others = [measure for measure in view.sweep.measures if measure != view.measure]
    if not others or len(order) > FEW_INPUTS:
        return Markup("")
    parts: list[object] = [element("h3", "Other measures")]
    for place, measure in enumerate(others, start=1):
        moves = {item.name: _moves(view, measure, item) for item in order}
        table = _table(view, measure, order, moves, f"How it moves, {view.label(measure)}")
        tables.append(table)
        if place <= MEASURES:
            parts.append(_chart(view, f"moves-other-{place}", measure, order, moves, table))
    left = len(others) - MEASURES
    if left > 0:
        parts.append(element("p", f"{count(left).shown} more measures are in report.xlsx, one sheet each.", class_="note"))
    return join(parts)
