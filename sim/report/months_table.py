"""Tables for the workbook alone: the whole summary, and every month of every series."""

from __future__ import annotations

import math

import numpy as np

from sim.report.comparison_table import comparison_table
from sim.report.findings.view import View
from sim.report.numbers import Cell, level, text
from sim.report.section import numbered
from sim.report.table import Column, Table

__all__ = ["months_table", "summary_tables"]


def summary_tables(view: View) -> list[Table]:
    """Every measure in one number, a sheet for each arm."""
    several = len(view.shown_arms) > 1
    names = sorted(view.series_names)
    return [
        comparison_table(
            numbered("All measures", place, several),
            f"Every measure: “{view.titles[arm]}”, {view.window_words}",
            view.several(arm, names),
            view.reference,
            view.titles[arm],
        )
        for place, arm in enumerate(view.shown_arms, start=1)
    ]


def months_table(view: View, names: list[str]) -> Table:
    """Mean, lowest and highest run of chosen series in each month of each arm."""
    columns = [
        Column("Scenario", numeric=False, width=28),
        Column("Measure", numeric=False, width=44),
        Column("Unit", numeric=False, width=26),
    ]
    columns += [Column(title) for title in ("Month", "Mean of runs", "Middle run", "Lowest run", "Highest run")]
    rows: list[list[Cell]] = []
    for arm in view.result.arms:
        for name in names:
            facts, amount = view.facts(name), view.amount(name)
            key = name.partition("/")[2]
            values = view.values(name, arm)
            parts = [_without_warning(function, values) for function in (np.mean, np.median, np.min, np.max)]
            head = [text(view.titles[arm]), text(facts.title + (f": {key}" if key else "")), text(facts.unit)]
            for month, date in enumerate(view.result.dates):
                rows.append([*head, text(date), *(level(part[month], amount) for part in parts)])
    return Table("Months", "Headline and drawn measures month by month", columns, rows)


def _without_warning(function: object, values: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> list[float]:
    """A statistic of each month over the runs that exist."""
    assert callable(function)
    result = []
    for column in values.T:
        exists = column[np.isfinite(column)]
        result.append(float(function(exists)) if len(exists) else math.nan)
    return result
