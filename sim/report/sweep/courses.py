"""How the answer moves with each thing varied: lines with bands on one scale, a field for two things at once, tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from sim.report.charts.move_chart import MovePanel, Trace, move_chart
from sim.report.comparison_table import bare
from sim.report.markup import Markup, element, join
from sim.report.numbers import Amount, count, text
from sim.report.palette import arm_style
from sim.report.section import Section, bullets, chart_block
from sim.report.sweep.field import field_of
from sim.report.sweep.headline import overall
from sim.report.sweep.moves import RANDOM, Move, move_along
from sim.report.sweep.view import Input, SweepView, answers_at
from sim.report.table import Column, Table
from sim.report.words import lower_first
from sim.runs.statistics.differences import CONFIDENCE, holm

__all__ = ["courses_section", "move_words", "told_of"]

#: Panels that are drawn, sentences that are written, scenarios in one panel, other measures that are drawn; tables hold all.
PANELS = 9
SENTENCES = 5
SCENARIOS = 4
MEASURES = 6
#: Things varied up to which other measures are drawn too.
FEW_INPUTS = 3


def courses_section(view: SweepView) -> Section:
    """The section on how the answer moves."""
    moves = _all_moves(view, view.measure)
    told = told_of({name: listed[0] for name, listed in moves.items()})
    order = sorted(view.inputs, key=lambda item: (not told[item.name], -moves[item.name][0].reach))
    order = [item for item in order if len(moves[item.name][0].values)]
    if not order:
        return Section("moves", "How the answer moves", element("p", "Nothing varied, so the answer can't move with anything."))
    tables = [_table(view, view.measure, order, moves, "How it moves")]
    parts: list[object] = [element("p", _how_to_read(view, moves)), _said(view, order, moves, told)]
    parts.append(_chart(view, "moves-answer", view.measure, order, moves, tables[0]))
    parts.append(field_of(view, order, tables) if view.design == "grid" else Markup(""))
    parts.append(_over_time(view, tables))
    parts.append(_other_measures(view, order, tables))
    return Section("moves", "How the answer moves", join(parts), tables)


def told_of(moves: Mapping[str, Move]) -> dict[str, bool]:
    """Which moves can be told from luck, with as many as were looked at allowed for (Holm 1979)."""
    chances = dict(zip(moves, holm([move.chance for move in moves.values()]), strict=True))
    return {name: chance < 1 - CONFIDENCE for name, chance in chances.items()}


def _said(view: SweepView, order: Sequence[Input], moves: Mapping[str, list[Move]], told: Mapping[str, bool]) -> Markup:
    """The moves in words: those that can be told from luck, then how many can't."""
    seen = [item for item in order if told[item.name]]
    first = seen[:SENTENCES] if seen else order[:SENTENCES]
    parts: list[object] = [bullets([move_words(view, item, moves[item.name][0], told=told[item.name]) for item in first])]
    if len(seen) > SENTENCES:
        parts.append(element("p", f"{count(len(seen) - SENTENCES).shown} more move it, but less; the table holds all.", class_="note"))
    if seen and len(seen) < len(order):
        words = "For the one other thing" if len(order) - len(seen) == 1 else f"For the {count(len(order) - len(seen)).shown} other things"
        parts.append(element("p", f"{words} that varied there is no visible change: nothing that can be told from luck."))
    return join(parts)


def _all_moves(view: SweepView, measure: str) -> dict[str, list[Move]]:
    """The moves of a measure along everything varied."""
    return {item.name: _moves(view, measure, item) for item in view.inputs}


def _moves(view: SweepView, measure: str, item: Input) -> list[Move]:
    """The moves of one measure along one thing varied, one for each drawn scenario."""
    follow = partial(move_along, view.sweep.points, name=item.name, design=view.design)
    return [follow(view.answers(measure, arm)) for arm in view.shown_arms[:SCENARIOS]]


def move_words(view: SweepView, item: Input, move: Move, *, told: bool) -> str:
    """What happens to the answer along one thing varied, in one sentence."""
    name, (bottom, top) = item.label, move.ends
    if not np.isfinite(move.middle).any():
        return f"{name}: no answer."
    beside = float(np.nanmax(np.abs(move.middle)))
    low, high = (view.sure(_numbers(move, place), beside) for place in (bottom, top))
    places = [item.words(float(move.values[place])) for place in (bottom, top)]
    if len(move.values) == 1:
        return f"{name}: one value only, {places[0]}, with {low}."
    if move.is_still:
        widest = view.sure((float(move.middle[bottom]), _least(move.low), _most(move.high)), beside)
        return f"{name}: no visible change. The answer is {widest} throughout."
    if math.isnan(move.chance):
        return f"{name}: from {low} at {places[0]} to {high} at {places[1]}, with too few seeds to be told from luck."
    if not told:
        return f"{name}: no visible change. Means lie between {low} and {high}, which can't be told from luck."
    last = len(move.values) - 1
    if (bottom, top) == (0, last):
        return f"{name}: the answer rises from {low} at {places[0]} to {high} at {places[1]}."
    if (bottom, top) == (last, 0):
        return f"{name}: the answer falls from {high} at {places[1]} to {low} at {places[0]}."
    return f"{name}: the answer is lowest, {low}, at {places[0]} and highest, {high}, at {places[1]}."


def _numbers(move: Move, place: int) -> tuple[float, float, float]:
    """Mean and interval of one group."""
    return float(move.middle[place]), float(move.low[place]), float(move.high[place])


def _least(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """The least of some numbers; not a number without any."""
    return float(np.nanmin(values)) if np.isfinite(values).any() else math.nan


def _most(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """The most of some numbers; not a number without any."""
    return -_least(-values)


def _how_to_read(view: SweepView, moves: Mapping[str, list[Move]]) -> str:
    """What lines, bands and dots are."""
    design = view.design
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


def _chart(view: SweepView, name: str, measure: str, order: Sequence[Input], moves: Mapping[str, list[Move]], table: Table) -> Markup:
    """Panels of one measure."""
    drawn = list(order[:PANELS])
    dots = answers_at(view.answers(measure))["mean"] if view.design in RANDOM else pd.Series(dtype=float)
    panels = [_panel(view, item, moves[item.name], dots) for item in drawn]
    marks = [0.0] if view.is_difference else []
    if measure == view.measure:
        marks += [float(view.plan[key]) for key in ("above", "below") if view.plan.get(key) is not None]
    told = told_of({item.name: moves[item.name][0] for item in order})
    words = f"{view.label(measure)}. " if measure != view.measure else ""
    first = drawn[0]
    finding = words + move_words(_of(view, measure), first, moves[first.name][0], told=told[first.name])
    unit = f"{view.label(measure)}, {view.unit(measure)}"
    alternative = f"How {lower_first(view.label(measure))} moves. {finding}"
    chart = move_chart(name, panels, view.axis_of(measure), unit, alternative, marked=list(dict.fromkeys(marks)))
    return chart_block(chart, finding, table, _chart_note(drawn, len(order), dots=bool(len(dots))))


def _panel(view: SweepView, item: Input, moves: Sequence[Move], dots: pd.Series[Any]) -> MovePanel:
    """One panel: a line for each scenario, and the settings as dots."""
    traces = [
        Trace(view.titles[arm], arm_style(view.place(arm)), move.values, move.middle, move.low, move.high)
        for arm, move in zip(view.shown_arms, moves, strict=False)
    ]
    at = view.sweep.points.loc[dots.index, item.name].to_numpy(dtype=float)
    unit = "" if item.amount.kind == "money" or item.unit in ("ratio", "flag") else item.unit
    return MovePanel(item.label, unit, item.amount, traces, at, dots.to_numpy(dtype=float), item.usual, item.whole)


def _chart_note(drawn: Sequence[Input], everything: int, *, dots: bool) -> str:
    """What a reader must know to read the panels."""
    notes = []
    if len(drawn) < everything:
        notes.append(f"The {len(drawn)} of {count(everything).shown} that move it most are drawn; the table holds all.")
    if dots:
        notes.append("Dots are settings.")
    if any(math.isfinite(item.usual) for item in drawn):
        notes.append("A black triangle marks the usual value.")
    return " ".join(notes)


def _of(view: SweepView, measure: str) -> SweepView:
    """The view with another measure in the place of the answer's."""
    if measure == view.measure:
        return view
    other = SweepView(view.sweep, view.tables, {}, view.folder)
    other.__dict__.update(measure=measure, arm=view.arm, is_difference=view.is_difference)
    return other


def _table(view: SweepView, measure: str, order: Sequence[Input], moves: Mapping[str, list[Move]], name: str) -> Table:
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


def _over_time(view: SweepView, tables: list[Table]) -> Markup:
    """The answer in the months that were kept, as a mean over all settings."""
    months = [int(month) for month in view.manifest.get("keep") or ()]
    if len(months) < 2:
        return Markup("")
    traces, rows = [], []
    for arm in view.shown_arms[:SCENARIOS]:
        parts = np.array([overall(view, view.measure, arm, month) for month in months])
        traces.append(Trace(view.titles[arm], arm_style(view.place(arm)), np.array(months, dtype=float), *parts.T))
        beside = float(np.nanmax(np.abs(parts[:, 0]), initial=0.0))
        rows += [
            [count(month), text(view.titles[arm]), *(bare(view.cell(float(value), beside)) for value in part)]
            for month, part in zip(months, parts, strict=True)
        ]
    columns = [Column("Month", width=10), Column("Scenario", numeric=False, width=34), Column("Mean", width=14)]
    columns += [Column("95% interval, from", width=14), Column("to", width=14)]
    table = Table("Over time", f"{view.what}, in the months that were kept: mean over all settings", columns, rows)
    tables.append(table)
    first, last = (view.sure([float(part[place]) for part in (traces[0].middle, traces[0].low, traces[0].high)]) for place in (0, -1))
    finding = f"Averaged over all settings the answer is {first} in month {months[0]} and {last} in month {months[-1]}."
    panel = MovePanel("Over time", "month of the run", Amount("count"), traces, whole=True)
    unit = f"{view.label(view.measure)}, {view.unit(view.measure)}"
    marks = [0.0] if view.is_difference else []
    chart = move_chart("moves-months", [panel], view.axis, unit, f"{view.what}, over time. {finding}", marked=marks)
    note = f"These are single months; everywhere else the {view.period} of a run are one number. Bands are 95% intervals over seeds."
    return join([element("h3", "Over time"), chart_block(chart, finding, table, note)])


def _other_measures(view: SweepView, order: Sequence[Input], tables: list[Table]) -> Markup:
    """Other measures, where few things vary."""
    others = [measure for measure in view.sweep.measures if measure != view.measure]
    if not others or len(order) > FEW_INPUTS:
        return Markup("")
    parts: list[object] = [element("h3", "Other measures")]
    for place, measure in enumerate(others, start=1):
        moves = _all_moves(view, measure)
        table = _table(view, measure, order, moves, f"How it moves, {view.label(measure)}")
        tables.append(table)
        if place <= MEASURES:
            parts.append(_chart(view, f"moves-other-{place}", measure, order, moves, table))
    left = len(others) - MEASURES
    if left > 0:
        parts.append(element("p", f"{count(left).shown} more measures are in report.xlsx, one sheet each.", class_="note"))
    return join(parts)
