"""Runs that failed: none is hidden; each with its error, its seed and the command that repeats just that run."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from sim.report.markup import element, join
from sim.report.numbers import count, text
from sim.report.section import Section, bullets
from sim.report.sweep.view import SweepView
from sim.report.table import Column, Table, render_table

__all__ = ["failures_section"]

#: Rows on the page and kinds of failure in words; the workbook and failures.csv hold all.
SHOWN: Final = 20
KINDS: Final = 6


def failures_section(view: SweepView) -> Section:
    """The section on failed runs."""
    title = "Runs that failed"
    frame = view.sweep.failures
    runs = len(view.sweep.points) * len(view.sweep.seeds)
    if frame.empty:
        words = f"None of {count(runs).shown} runs failed." if view.sweep.complete else "No run has failed so far."
        return Section("failures", title, element("p", words))
    failed = len(frame.drop_duplicates(["point", "seed"]))
    table = _table(frame)
    words = (
        f"{count(failed).shown} of {count(runs).shown} runs failed. They are left out of every number above; the same seed is left out of "
        "all scenarios of that setting, since one alone is no pair. If what fails is not by chance, what is left may mislead."
    )
    shown = Table(table.name, table.caption, table.columns, table.rows[:SHOWN])
    parts: list[object] = [element("p", words), bullets(_kinds(frame)), render_table(shown, "small-print")]
    left = len(table.rows) - SHOWN
    if left > 0:
        note = f"{count(left).shown} more: sheet “{table.name}” of report.xlsx, and failures.csv in the folder of the experiment."
        parts.append(element("p", note, class_="note"))
    return Section("failures", title, join(parts), [table])


def _kinds(frame: pd.DataFrame) -> list[str]:
    """How many failed of each error, the most frequent first."""
    grouped = frame.groupby(["error", "message"], sort=False, dropna=False).size().sort_values(ascending=False, kind="stable")
    listed = [f"{count(int(number)).shown}: {error}: {message}" for (error, message), number in grouped.head(KINDS).items()]
    left = len(grouped) - KINDS
    return [*listed, f"{count(left).shown} other kinds of error"] if left > 0 else listed


def _table(frame: pd.DataFrame) -> Table:
    """All failed runs."""
    columns = [
        Column("Setting", width=10),
        Column("Seed", width=8),
        Column("Scenario", numeric=False, width=28),
        Column("Error", numeric=False, width=18),
        Column("What went wrong", numeric=False, width=60),
        Column("Where", numeric=False, width=40, on_page=False),
        Column("Repeat just this run", numeric=False, width=60),
    ]
    rows = [
        [
            count(int(row["point"])),
            text(row["seed"]),
            *(text(_known(row.get(name))) for name in ("arm", "error", "message", "where", "repeat")),
        ]
        for row in frame.to_dict("records")
    ]
    return Table("Failed runs", "Runs that failed, with the command that repeats each", columns, rows)


def _known(value: Any) -> Any:
    """A text of a stored table; nothing where there is none."""
    return value if isinstance(value, str) else ""
