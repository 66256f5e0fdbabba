"""The cells of the tables of an ODS spreadsheet that hold something, with repeated rows and cells counted as often as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["OdsTables"]

#: Longest tag that is read; a longer one is refused.
OVERLAP: Final = 8192
_LOOSE: Final = re.compile(rb"<(?:[\w.-]+:)?(?:table-row|table-cell|covered-table-cell)[\s/>]")
_TAG: Final = re.compile(
    rb"<(?:\w{1,20}:)?(table-row|table-cell|covered-table-cell|table)((?:\s+[\w:.-]{1,80}=(?:\"[^\"<>]{0,4000}\"|'[^'<>]{0,4000}')){0,40})\s{0,9}(/?)>"
    rb"|</(?:\w{1,20}:)?(table-row)\s{0,9}>"
)
_REPEATED: Final = re.compile(rb"(?:rows|columns)-repeated\s*=\s*[\"']([0-9]{1,10})[\"']")


@dataclass
class OdsTables:
    """Goes through the tables of a spreadsheet and stops where one becomes too large.

    Parameters
    ----------
    too_many_cells, too_much_text, too_many_repeats : callable
        What is asked with rows and columns of a table so far, with the bytes of texts so far, and with the filled cells so far that stand
        for repeats of others; they raise to stop.
    blank, full : int
        Cells of all tables from their first to their last filled ones: those that hold nothing, and those that do.
    """

    too_many_cells: Callable[[int, int], None]
    too_much_text: Callable[[int], None]
    too_many_repeats: Callable[[int], None]
    blank: int = 0
    full: int = 0
    repeats: int = 0
    of_table: int = 0
    of_row: int = 0
    written: int = 0
    rows: int = 0
    width: int = 0
    column: int = 0
    repeat: int = 1
    filled: int = 0
    pending: int = 0
    text: int = 0
    cell: int = 0

    def read(self, pieces: Iterator[bytes]) -> None:
        """Go through the XML.

        Raises
        ------
        ValueError
            When a tag of a table is written so that it can't be read for sure.
        """
        rest = b""
        for piece in pieces:
            text = rest + piece
            end = text.rfind(b"<", 0, max(len(text) - OVERLAP, 0)) if len(text) > OVERLAP else 0
            self._part(text, max(end, 0))
            rest = text[max(end, 0) :]
        self._part(rest, len(rest))
        self._end_table()

    def _part(self, text: bytes, end: int) -> None:
        """Tags of a part; what stands between them is the text of a cell."""
        read, behind = 0, 0
        for found in _TAG.finditer(text, 0, end):
            self._cell_text(found.start() - behind)
            behind = found.end()
            name, attributes, closed = found[1], found[2], found[3]
            read += name is not None and name != b"table"
            self._tag(name, attributes or b"", bool(closed))
        self._cell_text(end - behind)
        if read != len(_LOOSE.findall(text, 0, end)):
            raise ValueError("a tag of a table that can't be read for sure")

    def _tag(self, name: bytes | None, attributes: bytes, closed: bool) -> None:
        """One tag; None for the end of a row."""
        times = _REPEATED.search(attributes)
        count = int(times[1]) if times else 1
        self.cell = 0
        if name is None:
            self._end_row()
        elif name == b"table-row":
            self.column, self.filled, self.repeat, self.of_row, self.written = 0, 0, count, 0, 0
            self.pending += count if closed else 0
        elif name == b"table":
            self._end_table()
        else:
            self.column += count
            if not closed or b"value" in attributes:
                self.filled, self.cell = self.column, count
                self.of_row, self.written = self.of_row + count, self.written + 1
                self.too_many_cells(self.rows + self.pending + self.repeat, max(self.width, self.column))

    def _end_row(self) -> None:
        """A row that fills the table, or one of those below its last filled one."""
        if self.filled:
            self.rows, self.width, self.pending = self.rows + self.pending + self.repeat, max(self.width, self.filled), 0
        else:
            self.pending += self.repeat
        self.too_many_cells(self.rows, self.width)
        self.of_table += self.of_row * self.repeat
        self.repeats += self.of_row * self.repeat - self.written
        self.too_many_repeats(self.repeats)

    def _end_table(self) -> None:
        """Count the cells of a table, and begin another."""
        self.blank, self.full = self.blank + max(self.rows * self.width - self.of_table, 0), self.full + self.of_table
        self.rows, self.width, self.pending, self.of_table = 0, 0, 0, 0

    def _cell_text(self, size: int) -> None:
        """Text within a cell, as often as the cell stands."""
        if self.cell:
            self.text += size * self.cell * self.repeat
            self.too_much_text(self.text)
