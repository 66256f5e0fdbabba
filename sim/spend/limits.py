"""How large a published file may be."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read; a file beyond one is refused with an error that names it.

    Parameters
    ----------
    file_bytes : int
        Bytes of a file on disk.
    unpacked_bytes : int
        Bytes that the parts of a workbook may come to, once unpacked.
    unpacked_ratio : int
        How many times larger than on disk a part of a workbook may be, once it is above a million bytes.
    rows : int
        Rows of a text file or a sheet, blank ones included.
    columns : int
        Cells in a row.
    sheet_cells : int
        Cells of a sheet from its first to its last filled one.
    blank_cells : int
        Blank ones among them beyond four for each filled one, in all sheets of a workbook.
    repeated_cells : int
        Filled cells of an ODS spreadsheet whose row or cell is said to be repeated, beyond four for each that is written; in all sheets.
    line_characters : int
        Bytes of a line of a text file.

    Examples
    --------
    >>> Limits(rows=1000).rows
    1000
    """

    file_bytes: int = 600_000_000
    unpacked_bytes: int = 1_000_000_000
    unpacked_ratio: int = 200
    rows: int = 3_000_000
    columns: int = 500
    sheet_cells: int = 20_000_000
    blank_cells: int = 2_000_000
    repeated_cells: int = 250_000
    line_characters: int = 1_000_000
