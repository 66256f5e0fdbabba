"""What to say when a file holds no table of payments."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import InputError, Problem, nearest
from sim.settings.workbooks.refusals import refused
from sim.spend.files.layout import Layout
from sim.spend.files.tables import RawTable

__all__ = ["none_usable", "usable"]

_REMEDY = "name the columns in a mapping file: header_line and columns (docs: spend files)"


def usable(layout: Layout) -> bool:
    """Whether a layout has what a payment needs: a supplier and an amount."""
    return layout.has_amount and "supplier" in layout.columns


def none_usable(shown: str, failed: Sequence[tuple[RawTable, Layout | None]]) -> InputError:
    """The error for a file in which no table can be read: one problem for each table that holds something."""
    problems = [_problem(shown, table, layout) for table, layout in failed if any(_filled(cells) for _, cells in table.sample)]
    if not problems:
        return refused(shown, "empty-file", "the file holds no filled cell", remedy="download it again, or ask the publisher")
    return InputError(problems[:20])


def _filled(cells: Sequence[str]) -> bool:
    """Whether a row holds something."""
    return any(cell.strip() for cell in cells)


def _problem(shown: str, table: RawTable, layout: Layout | None) -> Problem:
    """Why one table can't be read."""
    sheet = table.origin.sheet
    if layout is None:
        line, first = next((line, cells) for line, cells in table.sample if _filled(cells))
        given = ", ".join(cell.strip() for cell in first if cell.strip())[:120]
        message = f"no header was found among the first {len(table.sample):,} rows"
        return Problem(shown, line, sheet, given, "a row of headings such as Supplier, Date, Amount", None, _REMEDY, message, "no-header")
    headings = [heading.strip() for heading in layout.header if heading.strip()]
    missing = "amounts" if not layout.has_amount else "suppliers"
    near = nearest("amount" if missing == "amounts" else "supplier", headings)
    allowed = "a heading such as Amount, Net Amount, Value" if missing == "amounts" else "a heading such as Supplier, Vendor, Payee"
    given = ", ".join(headings)[:200]
    return Problem(shown, layout.line, sheet, given, allowed, near, _REMEDY, f"no column of {missing} was found", f"no-{missing}")
