"""Sheets of one workbook beside each other: those that go on without a header, and those that sum up another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sim.spend.files.amounts import pence_of
from sim.spend.files.dates import parts_of
from sim.spend.files.layout import Layout
from sim.spend.files.payments import TableRead
from sim.spend.files.row_kinds import Aside
from sim.spend.files.tables import RawTable

__all__ = ["continued", "with_repeats", "without_summaries"]


def continued(table: RawTable, before: Layout | None) -> Layout | None:
    """The layout of the sheet before, where this one goes on with its rows.

    Parameters
    ----------
    table : RawTable
        A sheet without a header.
    before : Layout or None
        The layout of the sheet before it.

    Returns
    -------
    Layout or None
        The layout without a header line, where every one of the first filled rows fits it.
    """
    if before is None or not table.origin.sheet or "amount" not in before.columns or "date" not in before.columns:
        return None
    amount, date = before.columns["amount"].position, before.columns["date"].position
    rows = [cells for _, cells in table.sample[:50] if any(cells)]
    wide = max(amount, date)
    fits = [len(row) > wide and pence_of(row[amount].strip()) is not None and parts_of(row[date].strip()) is not None for row in rows]
    if not rows or not all(fits):
        return None
    table.notes.append("the sheet has no header; its rows fit the sheet before it and were read like it")
    return replace(before, line=0, notes=())


def without_summaries(read: list[TableRead]) -> list[TableRead]:
    """Set aside sheets that sum up another one: no dates, fewer rows, the same value.

    Parameters
    ----------
    read : list of TableRead
        The tables of one workbook.

    Returns
    -------
    list of TableRead
        The same, with the rows of summaries set aside.
    """
    return [_aside(table, other) if (other := _summed_up(table, read)) is not None else table for table in read]


def with_repeats(read: list[TableRead]) -> list[TableRead]:
    """Warn of sheets and files that hold the same amounts, row by row, as an earlier one: they may be counted twice."""
    return [_warned(table, read) for table in read]


def _summed_up(table: TableRead, read: Sequence[TableRead]) -> str | None:
    """The sheet that a sheet sums up, or None."""
    mine = table.reading
    if not mine.rows_used or "date" in mine.columns:
        return None
    return next(
        (
            other.reading.sheet
            for other in read
            if other is not table
            and "date" in other.reading.columns
            and other.reading.pence_used == mine.pence_used
            and other.reading.rows_used >= mine.rows_used
        ),
        None,
    )


def _warned(table: TableRead, read: Sequence[TableRead]) -> TableRead:
    """Warn of a table that holds the same amounts as an earlier one."""
    mine = table.reading
    for other in read[: next(at for at, held in enumerate(read) if held is table)]:
        same = other.reading.rows_used == mine.rows_used > 1 and other.columns["amount"].equals(table.columns["amount"])
        if same:
            held = f"sheet {other.reading.sheet!r}" if other.reading.file == mine.file else other.reading.where
            warning = f"the amounts are those of {held}, row by row: they may count twice"
            return replace(table, reading=replace(mine, warnings=(warning, *mine.warnings)))
    return table


def _aside(table: TableRead, other: str) -> TableRead:
    """A table with all its payments set aside as a summary."""
    mine = table.reading
    lines, amounts = table.columns["line"].to_pylist(), table.columns["amount"].to_pylist()
    suppliers = table.columns["supplier"].to_pylist()
    rows = [Aside(line, "summary", pence, text[:200]) for line, pence, text in zip(lines, amounts, suppliers, strict=True)]
    account = replace(
        mine,
        rows_used=0,
        rows_set_aside={**mine.rows_set_aside, "summary": mine.rows_used},
        pence_used=0,
        pence_set_aside=mine.pence_set_aside + mine.pence_used,
        warnings=(*mine.warnings, f"the sheet sums up sheet {other!r}: its {mine.rows_used:,} rows were set aside"),
    )
    return TableRead({name: column.slice(0, 0) for name, column in table.columns.items()}, [*table.aside, *rows], account, table.blank)
