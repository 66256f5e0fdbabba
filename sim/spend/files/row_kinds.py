"""Which rows are payments, and why the others are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.spend.files.amounts import pence_of
from sim.spend.files.headings import plain_heading
from sim.spend.files.layout import Layout
from sim.spend.files.sums import Sums
from sim.spend.files.table import Table

__all__ = ["Aside", "Sorted", "is_total_label", "sort_rows", "sum_in"]

_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|report|page|net|gross|monthly|final|running|cumulative|invoice|spend|the)[\s-]*)*totals?"
    r"(?:\s+(?:amount|spend|payments?|expenditure|value|paid|net|gross|invoices?|sum|for\b.*|of\b.*|in\b.*|gbp|£)?)*\s*[:=]?",
    re.IGNORECASE,
)
_STEP = 20_000
_ENDS_TOTAL = re.compile(r".+\stotal:?", re.IGNORECASE)


@dataclass(slots=True)
class Aside:
    """A row set aside: its line, the reason, its sum in pence if one could be read, and its text."""

    line: int
    reason: str
    pence: int | None
    text: str


@dataclass(slots=True)
class Sorted:
    """Which rows of a table are payments.

    Parameters
    ----------
    used : ndarray of bool
    aside : list of Aside
    blank : list of int
        Lines of rows that hold nothing.
    elsewhere : int
        Pence of rows set aside whose sum stands in another column than that of amounts.
    notes : list of str
    """

    used: np.ndarray
    aside: list[Aside] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    elsewhere: int = 0
    notes: list[str] = field(default_factory=list)


def is_total_label(text: str) -> bool:
    """Whether a cell is the label of a total, and not the name of a firm that begins so.

    Examples
    --------
    >>> [is_total_label(text) for text in ("Total", "Grand Total:", "Sub-total", "TOTAL GAS & POWER LTD", "Total for June")]
    [True, True, True, False, True]
    """
    return bool(_TOTAL.fullmatch(text.strip())) if "total" in text.casefold() else False


def sum_in(cells: Sequence[str]) -> int | None:
    """The last cell of a row that is a sum with pence, a pound sign or thousands, in pence; else the last number.

    Examples
    --------
    >>> sum_in(["Total", "", "40292334.84", ""]), sum_in(["no", "sum"]) is None
    (4029233484, True)
    """
    found = [(cell, pence_of(cell)) for cell in cells if cell]
    marked = [pence for cell, pence in found if pence is not None and any(sign in cell for sign in ".,£")]
    plain = [pence for _, pence in found if pence is not None]
    return marked[-1] if marked else plain[-1] if plain else None


def sort_rows(table: Table, layout: Layout, sums: Sums, dated: np.ndarray | None, supplied: np.ndarray) -> Sorted:
    """Tell payments from the rest.

    Parameters
    ----------
    table : Table
        The rows.
    layout : Layout
        Its columns.
    sums : Sums
        Their sums.
    dated : ndarray of bool or None
        Which rows have a date; None where there is no column of dates.
    supplied : ndarray of bool
        Which rows have a supplier whose name is not the label of a total.

    Returns
    -------
    Sorted
        Rows with a sum, and a supplier or a date, are payments; a total is told by its label, or by being the sum of the rows above.
    """
    used = sums.known & supplied
    if dated is not None:
        used &= dated
    suspects = np.flatnonzero(~used)
    filled = table.filled(suspects)
    result = Sorted(used, blank=table.lines[suspects[~filled]].tolist())
    suspects = suspects[filled]
    sorter = _Sorter(table, layout, sums, result)
    before = np.concatenate(([0], np.cumsum(np.where(used, sums.pence, 0))))
    last = int(suspects[-1]) if len(suspects) and not used[suspects[-1] :].any() else -1
    for start in range(0, len(suspects), _STEP):
        some = suspects[start : start + _STEP]
        for row, cells in zip(some.tolist(), table.cells(some), strict=True):
            sorter.sort(row, cells, int(before[row]), bool(dated is not None and dated[row]), last=row == last)
    return result


@dataclass(slots=True)
class _Sorter:
    """Sorts the rows in doubt, in order, and keeps the sum of payments so far."""

    table: Table
    layout: Layout
    sums: Sums
    result: Sorted
    added: int = 0
    at_last_total: int = 0

    def sort(self, row: int, cells: list[str], before: int, dated: bool, last: bool) -> None:
        """Sort one row."""
        pence = int(self.sums.pence[row]) if self.sums.known[row] else None
        sofar = before + self.added
        reason = self.reason(row, cells, pence, sofar, dated, last)
        if reason is None:
            self.result.used[row] = True
            self.added += pence or 0
            return
        if reason == "total":
            if pence is None:
                pence = sum_in(cells)
                self.result.elsewhere += pence or 0
            self.compare(int(self.table.lines[row]), pence, sofar)
        self.result.aside.append(Aside(int(self.table.lines[row]), reason, pence, _as_text(cells)))

    def reason(self, row: int, cells: list[str], pence: int | None, sofar: int, dated: bool, last: bool) -> str | None:
        """Why a row is no payment, or None where it is one."""
        filled = [cell for cell in cells if cell]
        if self.is_header(cells):
            return "header"
        words = [cell for cell in filled if pence_of(cell) is None]
        if any(is_total_label(cell) for cell in words) and not dated and len(words) <= 2:
            return "total"
        if pence is None:
            return "note" if len(filled) <= 1 or (len(words) <= 2 and not self.sums.unread[row] and not dated) else "no-amount"
        fits = pence in (sofar, sofar - self.at_last_total) and pence != 0
        if not words:
            return "total" if fits or last else "no-details"
        return "total" if fits and len(words) == 1 and not dated and _ENDS_TOTAL.fullmatch(words[0]) else None

    def is_header(self, cells: list[str]) -> bool:
        """Whether a row repeats the header."""
        columns = self.layout.columns.values()
        return sum(plain_heading(cells[column.position]) == plain_heading(column.heading) for column in columns) >= max(2, len(columns) - 1)

    def compare(self, line: int, pence: int | None, sofar: int) -> None:
        """Compare a printed total with the sum of the rows above it."""
        if pence is not None and pence not in (sofar, sofar - self.at_last_total):
            off = _pounds(pence - sofar)
            self.result.notes.append(
                f"line {line}: the total printed is {_pounds(pence)}, the payments above it come to {_pounds(sofar)}: {off} apart"
            )
        self.at_last_total = sofar


def _pounds(pence: int) -> str:
    """A sum in words."""
    return f"{'-' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def _as_text(cells: Sequence[str]) -> str:
    """A row as text of at most 200 characters."""
    return ",".join(cells).strip(",")[:200]
