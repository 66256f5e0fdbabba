"""How large a workbook may be."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["WorkbookLimits"]


@dataclass(frozen=True, kw_only=True)
class WorkbookLimits:
    """Bounds of a workbook; one beyond them is refused before it is opened, with an error that names it.

    Parameters
    ----------
    unpacked_bytes : int
        Bytes that its parts may come to, once unpacked.
    unpacked_ratio : int
        How many times larger than on disk a part may be, once it is above a million bytes.
    sheet_cells : int
        Cells of a sheet from its first to its last filled one.
    blank_cells : int
        Blank ones among them beyond four for each filled one, in all sheets.
    repeated_cells : int
        Filled cells of an ODS spreadsheet whose row or cell is said to be repeated, beyond four for each that is written; in all sheets.
    repeated_characters : int
        Characters of cells, beyond a hundred for each cell and four for each character that is written: one text may stand in many cells.
    columns : int
        Cells in a row.

    Examples
    --------
    >>> WorkbookLimits(columns=50).columns
    50
    """

    unpacked_bytes: int = 1_000_000_000
    unpacked_ratio: int = 200
    sheet_cells: int = 20_000_000
    blank_cells: int = 1_000_000
    repeated_cells: int = 250_000
    repeated_characters: int = 50_000_000
    columns: int = 500
