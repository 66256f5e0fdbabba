"""The part of a sheet from its first row to its last filled cell."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Span"]


@dataclass(slots=True)
class Span:
    """Where cells that hold something have been met so far; rows and columns count from 1.

    Parameters
    ----------
    last_row, first_column, last_column : int
        How far it goes: rows are read from the first of the sheet on, blank or not; nothing has been met while `last_row` is 0.
    filled : int
        Cells that hold something.
    written : int
        Those of them that the file writes; the others are said to be repeats.

    Examples
    --------
    >>> span = Span()
    >>> span.add(3, 2)
    >>> span.add(12, 5, rows=2)
    >>> span.size, span.filled, span.written, span.blank
    ((13, 4), 3, 2, 49)
    """

    last_row: int = 0
    first_column: int = 1 << 30
    last_column: int = 0
    filled: int = 0
    written: int = 0
    _before: tuple[int, int] = (0, 0)

    def add(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        """One more filled cell, which may stand for repeats of it below and to the right.

        Programs write cells in their order. One that comes twice, or too late, widens the span but fills nothing: one cell written a
        million times makes no sheet full.
        """
        self.last_row = max(self.last_row, row + rows - 1)
        self.first_column, self.last_column = min(self.first_column, column), max(self.last_column, column + columns - 1)
        if (row, column) > self._before:
            self._before = (row, column)
            self.filled += rows * columns
            self.written += 1

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        if not self.last_row:
            return 0, 0
        return self.last_row, self.last_column - self.first_column + 1

    @property
    def blank(self) -> int:
        """Cells within it that nothing fills; what reads the sheet makes room for them too."""
        rows, columns = self.size
        return rows * columns - self.filled
