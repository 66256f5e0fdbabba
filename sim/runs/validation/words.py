"""A validation in words and a table for a terminal."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import IO, TYPE_CHECKING, Final

from sim.runs.validation.table import Row, role_counts
from sim.runs.words.numbers import number_text

if TYPE_CHECKING:
    from sim.runs.validation.validate import Validation
from sim.runs.words.console import console_on

__all__ = ["METHOD", "ROLE_WORDS", "count_lines", "interval_text", "print_validation", "published_text", "result_text", "value_text"]

NARROWEST, WIDEST = 100, 170

METHOD: Final = (
    "A fact is hit when the published figure, or any of its published interval, lies in the model's 95% interval: the one that holds a "
    "further run with another seed and other values of what is not known. Each draw is a seed and a point of a Latin hypercube over the "
    "parameters whose source is an assumption (half to twice the default, a share by its odds, within the bounds) and over the place's own "
    "assumptions (from low to high, shares of a whole mended to add up). The interval of luck alone has every value as the files give it. "
    "From 39 draws on an interval runs between two of them by rank; with fewer it is Student's for one further value."
)
ROLE_WORDS: Final = {
    "input": "input: the opening is built from it, so a miss means that the opening fails to reproduce it",
    "calibrated": "calibrated: a parameter was set by it",
    "check": "check: held back; only these speak for the model",
}


def value_text(row: Row, value: float) -> str:
    """A number of a line in the words of its kind; a dash for none."""
    if not math.isfinite(value):
        return "-"
    signed = bool(row.against)
    kind = "share" if row.unit.startswith("share") else row.kind or _kind_of_unit(row.unit)
    if kind in ("index", "ratio", "rate", "months"):
        return f"{value:,.3g}"
    if kind == "money" and abs(value) >= 1e6:
        return f"{value / 1e6:{'+' if signed else ''},.1f}m"
    return number_text(value, kind, "", signed=signed)


def _kind_of_unit(unit: str) -> str:
    """The kind of a fact that nothing answers, from its unit, which is no share."""
    return "money" if unit.startswith("pounds") else "ratio"


def interval_text(row: Row, low: float, high: float) -> str:
    """An interval in words; a dash where there is none."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "-"
    return f"{value_text(row, low)} to {value_text(row, high)}"


def published_text(row: Row) -> str:
    """The published figure, with its interval where one is published."""
    text = value_text(row, row.published)
    return text if row.published_low == row.published_high else f"{text} ({interval_text(row, row.published_low, row.published_high)})"


def result_text(row: Row) -> str:
    """Hit or miss, and whether a hit says little."""
    if row.result != "hit":
        return row.result.upper() if row.result == "miss" else row.result
    return "hit" if row.sharp else "hit, wide"


def count_lines(rows: Sequence[Row]) -> list[str]:
    """Hits of facts by role, and how many facts nothing in the model answers.

    Examples
    --------
    >>> count_lines([])
    []
    """
    counts = role_counts(rows)
    lines = [f"{hits} of {facts} hit, {ROLE_WORDS[role]}.{_wide(rows, role)}" for role, (hits, facts) in counts.items() if facts]
    silent = sum(row.result == "no figure" for row in rows)
    empty = sum(row.result == "no answer" for row in rows)
    lines += [f"{silent} published facts have no counterpart in the model."] if silent else []
    return lines + ([f"{empty} facts have no answer: too few runs, or nothing to count in those months."] if empty else [])


def _wide(rows: Sequence[Row], role: str) -> str:
    """How many hits of a role say little."""
    wide = sum(row.result == "hit" and not row.sharp and row.role == role for row in rows)
    return f" {wide} of the hits by an interval wider than the figure itself, which says little." if wide else ""


def print_validation(found: Validation, stream: IO[str]) -> None:
    """Print the table place by place, the counts by role, and what failed."""
    from rich.text import Text

    console = console_on(stream, NARROWEST, WIDEST)
    for place, rows in groupby(found.rows, key=lambda row: row.place):
        mine = list(rows)
        console.print(Text(_heading(place, mine), style="bold"))
        console.print(_table(row for row in mine if row.figure))
    for line in count_lines(found.rows):
        console.print(Text(line))
    for outcome in found.failures:
        message = "" if outcome.failure is None else f"{outcome.failure.error}: {outcome.failure.message} ({outcome.failure.where})"
        console.print(Text(f"Draw {outcome.number} of {outcome.place} failed and is in no number. {message}"))
    console.print(Text(METHOD))


def _heading(place: str, rows: Sequence[Row]) -> str:
    """The place, the size at which it was run, and the number of runs."""
    first = next((row for row in rows if row.figure), None)
    if first is None:
        return f"{place}: no published fact that the model answers; a place file names them under 'published', each with its 'model'"
    size = "at full size" if first.size == 1.0 else f"at {first.size:.1%} of its size, counts and sums brought back to full size"
    draws = f"{first.draws} draws and {first.alone} runs with luck alone" if first.draws else f"{first.alone} runs with luck alone"
    return f"{place}, {size}: {draws}"


def _table(rows: Iterable[Row]) -> object:
    """The table of one place."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Fact", ratio=4)
    table.add_column("Unit", ratio=1)
    for name in ("Published", "Model", "95% interval", "Luck alone"):
        table.add_column(name, justify="right")
    for name in ("Mark", "Role", "Result"):
        table.add_column(name)
    for row in rows:
        cells = [row.fact, row.unit, published_text(row), value_text(row, row.model), interval_text(row, row.low, row.high)]
        cells += [
            interval_text(row, row.luck_low, row.luck_high),
            row.mark,
            row.role,
            row.result.upper() if row.result == "miss" else row.result,
        ]
        table.add_row(*(Text(cell) for cell in cells))
    return table
