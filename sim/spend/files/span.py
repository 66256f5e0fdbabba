"""The part of a sheet from its first to its last filled cell."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Span"]


@dataclass(slots=True)
class Span:
    """The first and the last row and column with a filled cell met so far; rows and columns count from 1.

    Parameters
    ----------
    first_row, last_row, first_column, last_column : int
        Where it lies; nothing has been met while `last_row` is 0.
    filled : int
        Cells met.

    Examples
    --------
    >>> span = Span()
    >>> span.add(3, 2)
    >>> span.add(12, 5)
    >>> span.size, span.filled, span.blank
    ((10, 4), 2, 38)
    """

    first_row: int = 1 << 30
    last_row: int = 0
    first_column: int = 1 << 30
    last_column: int = 0
    filled: int = 0

    def add(self, row: int, column: int) -> None:
        """One more filled cell."""
        self.first_row, self.last_row = min(self.first_row, row), max(self.last_row, row)
        self.first_column, self.last_column = min(self.first_column, column), max(self.last_column, column)
        self.filled += 1

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        if not self.last_row:
            return 0, 0
        return self.last_row - self.first_row + 1, self.last_column - self.first_column + 1

    @property
    def blank(self) -> int:
        """Cells within it that nothing fills; what reads the sheet makes room for them too."""
        rows, columns = self.size
        return max(rows * columns - self.filled, 0)
