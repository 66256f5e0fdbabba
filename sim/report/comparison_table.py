"""The table of comparisons that several sections share: levels, difference, interval, and whether it can be told from luck."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from sim.report.findings.comparison import Compared
from sim.report.markup import Markup
from sim.report.numbers import Cell, change, count, level, text
from sim.report.table import Column, Table
from sim.report.words import footnotes, unit_words, verdict, widest
from sim.runs.statistics import differences

__all__ = ["bare", "comparison_table", "interval_drawing", "level_cells", "power_table"]

POINTS_NOTE: Final = (
    "Differences of percentages are in points, and taken before rounding: the last digit may differ from that of the levels shown."
)
RUNS_NOTE: Final = (
    "Runs it would take: paired runs that would show a difference as large as the one measured in 80 of 100 such experiments, "
    "where these runs can't tell it from luck."
)
#: Paired runs beyond which a number says no more than that it is out of reach.
REACH: Final = 10_000
BEYOND: Final = f"more than {REACH:,}"
BEYOND_NOTE: Final = f"{BEYOND.capitalize()}: not within reach, since the difference measured is so small beside the luck of the runs."


def comparison_table(
    name: str,
    caption: str,
    rows: Sequence[Compared],
    reference: str,
    arm: str,
    *,
    note: str = "",
    drawn: bool = False,
    head: str = "Measure",
) -> Table:
    """Rows of comparisons as a table; with one arm alone the levels and their intervals.

    Parameters
    ----------
    name, caption : str
        As for `Table`.
    rows : sequence of Compared
        One row each.
    reference, arm : str
        Titles of the two arms.
    note : str
        Goes before the footnotes.
    drawn : bool
        Draw each interval beside its numbers.
    head : str
        Title of the first column.
    """
    unseen = _runs_note(rows) if drawn else ""
    points = POINTS_NOTE if any(row.amount.kind == "share" and not row.is_alone for row in rows) else ""
    notes = " ".join(part for part in (note, points, footnotes(list(rows)), unseen) if part)
    if all(row.is_alone for row in rows):
        return _levels(name, caption, rows, arm, notes, head)
    columns = [
        Column(head, numeric=False, width=44),
        Column("Unit", numeric=False, width=26, on_page=False),
        Column(reference, width=16),
        Column(arm, width=16),
        Column("Difference", width=16),
        Column("95% interval, from", width=16),
        Column("to", width=16),
        Column("Can it be told from luck?", numeric=False, width=24),
        Column("Paired runs", width=12, on_page=False),
        Column("Runs it would take", width=14, on_page=drawn),
    ]
    drawings: dict[int, tuple[str, Sequence[Markup]]] = {}
    if drawn:
        drawings[5] = ("Drawn, each to its own scale", [interval_drawing(row) for row in rows])
    return Table(name, caption, columns, [_cells(row) for row in rows], notes, drawings)


def _cells(row: Compared) -> list[Cell]:
    """One comparison as cells."""
    largest = widest(row)
    unit = unit_words(row.unit, row.amount.kind, row.amount.symbol)
    return [
        text(row.label, unit),
        text(unit),
        *level_cells(row),
        *(bare(change(value, row.amount, largest)) for value in (row.mean, row.low, row.high)),
        verdict(row),
        count(row.pairs),
        _needed(row),
    ]


def level_cells(row: Compared) -> tuple[Cell, Cell]:
    """The levels of the reference and of the other arm, in the decimals of the larger."""
    beside = max((abs(value) for value in (row.reference, row.value) if math.isfinite(value)), default=0.0)
    return level(row.reference, row.amount, beside), level(row.value, row.amount, beside)


def _needed(row: Compared) -> Cell:
    """The paired runs that would show a difference as large as the one measured, where so many were not made."""
    if row.decision != differences.NO_DIFFERENCE:
        return text("")
    return text(BEYOND) if _is_beyond(row) else count(row.needed or 0)


def _is_beyond(row: Compared) -> bool:
    """Whether no number of runs within reach would show a difference as large as the one measured."""
    return row.decision == differences.NO_DIFFERENCE and (row.needed is None or row.needed > REACH)


def _runs_note(rows: Sequence[Compared]) -> str:
    """What the column of runs that it would take means; empty where it has no number."""
    if not any(row.decision == differences.NO_DIFFERENCE for row in rows):
        return ""
    return f"{RUNS_NOTE} {BEYOND_NOTE}" if any(map(_is_beyond, rows)) else RUNS_NOTE


def bare(cell: Cell) -> Cell:
    """A difference without the word for its unit, which the first column gives, so that it can be copied as a number."""
    return Cell(cell.shown.removesuffix(" points"), cell.value, cell.form.replace('" points"', ""))


def _levels(name: str, caption: str, rows: Sequence[Compared], arm: str, note: str, head: str) -> Table:
    """Levels of one arm alone."""
    columns = [
        Column(head, numeric=False, width=44),
        Column("Unit", numeric=False, width=26, on_page=False),
        Column(arm, width=16),
        Column("95% interval, from", width=16),
        Column("to", width=16),
        Column("Runs", width=12),
    ]
    cells = [
        [
            text(row.label, unit_words(row.unit, row.amount.kind, row.amount.symbol)),
            text(unit_words(row.unit, row.amount.kind, row.amount.symbol)),
            level(row.value, row.amount),
            level(row.low, row.amount, row.value),
            level(row.high, row.amount, row.value),
            count(row.pairs),
        ]
        for row in rows
    ]
    return Table(name, caption, columns, cells, note)


def power_table(name: str, caption: str, rows: Sequence[Compared]) -> Table:
    """What so many runs could see, for differences that were not told from luck."""
    columns = [
        Column("Measure", numeric=False, width=44),
        Column("Difference measured", width=18),
        Column("Smallest difference these runs would show", width=24),
        Column("Paired runs made", width=14),
        Column("Paired runs needed to show the one measured", width=24),
    ]
    cells = []
    for row in rows:
        largest = max(abs(row.mean), abs(row.smallest)) if math.isfinite(row.smallest) else abs(row.mean)
        smallest = change(row.smallest, row.amount, largest)
        shown = Cell(smallest.shown.replace("+", "± ", 1), smallest.value, smallest.form.replace("+", "", 1))
        cells.append(
            [
                text(row.label, unit_words(row.unit, row.amount.kind, row.amount.symbol)),
                change(row.mean, row.amount, largest),
                shown,
                count(row.pairs),
                _needed(row),
            ]
        )
    note = "“Would show” means in 80 of 100 experiments of that many paired runs, if the true difference is of that size."
    note += f" {BEYOND_NOTE}" if any(map(_is_beyond, rows)) else ""
    return Table(name, caption, columns, cells, note)


def interval_drawing(row: Compared) -> Markup:
    """A small drawing of one interval around the line of no difference, for the eye alone: the numbers stand beside it."""
    ends = [value for value in (row.low, row.high, row.mean) if math.isfinite(value)]
    reach = max((abs(value) for value in ends), default=0.0)
    if not ends or not reach:
        return Markup("")
    centre, half = 48.0, 42.0
    low, high, mean = (centre + half * value / reach if math.isfinite(value) else centre for value in (row.low, row.high, row.mean))
    fill = "#1a1a1a" if row.is_told else "#ffffff"
    return Markup(
        '<svg class="mini" viewBox="0 0 96 14" width="96" height="14" aria-hidden="true" focusable="false">'
        f'<path d="M{centre:.1f} 0V14" stroke="#6b6b6b"/>'
        f'<path d="M{low:.1f} 7H{high:.1f}" stroke="#1a1a1a" stroke-width="2"/>'
        f'<circle cx="{mean:.1f}" cy="7" r="3.4" fill="{fill}" stroke="#1a1a1a" stroke-width="1.4"/></svg>'
    )
