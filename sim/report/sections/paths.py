"""How it unfolded: small charts of the headline measures over time, on one scale for all arms."""

from __future__ import annotations

import math
import textwrap
from typing import Final

from sim.report.charts.time_chart import time_chart
from sim.report.drawing import chart_names
from sim.report.findings.courses import band_words, course_of
from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import Cell, change, level, month_name, text
from sim.report.palette import arm_style
from sim.report.section import Section, chart_block
from sim.report.table import Column, Table
from sim.report.words import difference_words, level_words, lower_first, unit_words

__all__ = ["paths_section"]

#: Letters that the name of a sheet may have.
LONGEST_NAME: Final = 31
#: Names of sheets of series whose titles are longer.
SHEETS: Final = {
    "retention_place/all": "Time, share in the place",
    "retention_stays/all": "Time, share that truly stays",
    "local_multiplier": "Time, whole local multiplier",
    "below_living_wage": "Time, below the living wage",
    "mean_income": "Time, mean income",
    "poorest_fifth_income": "Time, income of poorest fifth",
    "region_receipts": "Time, earnings next door",
    "firms": "Time, firms and branches",
}
#: Series that are drawn, those that were recorded.
DRAWN: Final = (
    "retention_place/all",
    "retention_stays/all",
    "local_multiplier",
    "lm3",
    "jobs",
    "unemployment",
    "below_living_wage",
    "mean_income",
    "poorest_fifth_income",
    "contract_price",
    "service_bought",
    "region_receipts",
    "firms",
    "cooperative_jobs",
)


def paths_section(view: View) -> Section:
    """The third section."""
    names = view.recorded(DRAWN) or list(view.result.manifest["headlines"])
    tables: list[Table] = []
    blocks = []
    for series, name in zip(names, chart_names("over-time", names), strict=True):
        table = _table(view, series)
        tables.append(table)
        blocks.append(_block(view, series, name, table))
    runs = band_words(len(view.result.seeds))
    key = (
        f"Each line is the middle run of each month, each shaded band goes {runs}. "
        if len(view.result.seeds) < 10
        else f"Each line is the middle run of each month, each shaded band {runs}. "
    )
    start = month_name(view.result.dates[0])
    pairs = f", intervals those of the difference over {len(view.result.seeds)} paired runs" if view.is_comparison else ""
    rest = f"The dashed grey line is the reference, “{view.reference}”. " if view.is_comparison else ""
    lead = element(
        "p",
        f"{key}{rest}All panels of a measure have the same scale, which need not begin at nought. "
        f"The run begins in {start}. Values below each chart are those of the {view.window_words}{pairs}.",
    )
    return Section("paths", "How it unfolded", join([lead, element("div", *blocks, class_="multiples")]), tables)


def _block(view: View, series: str, name: str, table: Table) -> Markup:
    """One measure: its chart, what it shows, and its numbers."""
    facts = view.facts(series)
    key = series.partition("/")[2]
    title = facts.title + (f": {key}" if key and key != "all" else "")
    unit = unit_words(facts.unit, facts.kind, view.symbol)
    reference = course_of(view, series, view.result.reference) if view.is_comparison else None
    arms = [(course_of(view, series, arm), arm_style(view.result.arms.index(arm) or 1)) for arm in view.shown_arms]
    finding = _finding(view, series)
    chart = time_chart(name, view.amount(series), unit, view.result.dates, reference, arms, f"{title}, {unit}, month by month. {finding}")
    heading = element("h3", title)
    block = chart_block(chart, finding, table, facts.meaning)
    return element("div", heading, block, class_="multiple" if len(arms) == 1 else "multiple full")


def _finding(view: View, series: str) -> str:
    """What a chart shows, at its end."""
    parts = []
    for arm in view.shown_arms:
        row = view.compared(arm, series)
        if row is None:
            continue
        value = level_words(row, row.value)
        if row.is_alone:
            parts.append(f"{value} in the {view.window_words}.")
            continue
        who = f"“{view.titles[arm]}” " if len(view.shown_arms) > 1 else ""
        parts.append(f"{who}{value}: {difference_words(row, short=True, beside=True)}.")
    return " ".join(parts) or "Not recorded."


def _table(view: View, series: str) -> Table:
    """The measure year by year: levels and paired differences with intervals."""
    facts = view.facts(series)
    amount = view.amount(series)
    key = series.partition("/")[2]
    title = facts.title + (f": {key}" if key and key != "all" else "")
    caption = f"{title}, {unit_words(facts.unit, facts.kind, view.symbol)}, mean of runs in the last month of each year"
    months = sorted({*range(12, view.result.months + 1, 12), 1, view.result.months})
    columns = [Column("Month", numeric=False, width=18)]
    if not view.is_comparison:
        course = course_of(view, series, view.result.reference)
        columns += [Column("Middle run"), Column("Band, from"), Column("to")]
        rows = [
            [
                text(month_name(view.result.dates[month - 1])),
                *(level(part[month - 1], amount) for part in (course.middle, course.low, course.high)),
            ]
            for month in months
        ]
        return Table(_sheet(series, title), caption, columns, rows)
    columns.append(Column(view.reference, width=18))
    cells: list[list[Cell]] = [[text(month_name(view.result.dates[month - 1]))] for month in months]
    for number, arm in enumerate(view.others):
        columns += [
            Column(view.titles[arm], width=18),
            Column("Difference", width=14),
            Column("95% interval, from", width=14),
            Column("to", width=14),
        ]
        frame = view.monthly(series, arm)
        for row, month in zip(cells, months, strict=True):
            found = frame.loc[month]
            largest = max((abs(found[name]) for name in ("mean", "low", "high") if math.isfinite(found[name])), default=0.0)
            if number == 0:
                row.append(level(found["reference"], amount))
            row += [level(found["value"], amount), *(change(found[name], amount, largest) for name in ("mean", "low", "high"))]
    note = "The interval is that of each month alone. Every month is in the sheet “Months”."
    return Table(_sheet(series, title), caption, columns, cells, note)


def _sheet(series: str, title: str) -> str:
    """Name of the sheet of a measure: as many whole words of its title as a workbook takes."""
    return SHEETS.get(series) or textwrap.shorten(f"Time, {lower_first(title)}", LONGEST_NAME, placeholder="").rstrip(" :,")
