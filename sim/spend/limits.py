"""How large a published file may be."""

from __future__ import annotations

from dataclasses import dataclass

from sim.settings.workbooks.limits import WorkbookLimits

__all__ = ["Limits"]


@dataclass(frozen=True, kw_only=True)
class Limits(WorkbookLimits):
    """Bounds of what is read; a file beyond one is refused with an error that names it.

    Parameters
    ----------
    file_bytes : int
        Bytes of a file on disk.
    rows : int
        Rows of a text file or a sheet, blank ones included.
    line_characters : int
        Bytes of a line of a text file.
    unpacked_bytes, unpacked_ratio, sheet_cells, blank_cells, repeated_cells, repeated_characters, columns : int
        See :class:`sim.settings.workbooks.limits.WorkbookLimits`; `columns` bounds the cells of any row.

    Examples
    --------
    >>> Limits(rows=1000).rows
    1000
    """

    file_bytes: int = 600_000_000
    rows: int = 3_000_000
    line_characters: int = 1_000_000
