"""The room that the sheets of a workbook need, against the limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.errors import InputError
from sim.settings.workbooks.limits import WorkbookLimits
from sim.settings.workbooks.refusals import refused
from sim.settings.workbooks.span import Span

__all__ = ["Room"]

#: Blank or repeated cells that a sheet may have for each cell that its file writes, however large it is.
_FOR_EACH: Final = 4
#: Characters that a cell may hold without being written for it: a text that many cells share is written once.
_IN_A_CELL: Final = 100


@dataclass(slots=True)
class Room:
    """Cells of all sheets of one workbook so far.

    What reads a sheet makes room for each cell from the first to the last filled one, and takes time for each: a file of a thousand
    bytes with two cells far apart, or with one row that stands for a million, needs as much as one of many megabytes.

    Parameters
    ----------
    shown : str
        The file as errors call it.
    limits : WorkbookLimits
        What is allowed.
    filled, blank, repeated : int
        Cells that hold something; those that do not, between others; filled ones that are not written but said to be repeats.
    """

    shown: str
    limits: WorkbookLimits
    filled: int = 0
    blank: int = 0
    repeated: int = 0
    _blank_beyond: int = 0
    _repeated_beyond: int = 0

    def add(self, span: Span) -> None:
        """One more sheet.

        Raises
        ------
        sim.errors.InputError
            When it spans too many cells, or all sheets hold too many that are blank or repeats.
        """
        self.grid(*span.size)
        repeated, usual = span.filled - span.written, _FOR_EACH * span.written
        self.filled, self.blank, self.repeated = self.filled + span.filled, self.blank + span.blank, self.repeated + repeated
        self._blank_beyond += max(span.blank - usual, 0)
        self._repeated_beyond += max(repeated - usual, 0)
        if self._repeated_beyond > self.limits.repeated_cells:
            raise self._too_many_repeats()
        if self._blank_beyond > self.limits.blank_cells:
            raise self._too_blank()

    def grid(self, rows: int, columns: int) -> None:
        """Refuse a sheet that spans too many cells."""
        if rows * columns > self.limits.sheet_cells:
            given = f"{rows:,} rows and {columns:,} columns between its first and its last filled cell"
            allowed = f"at most {self.limits.sheet_cells:,} cells"
            remedy = "delete the stray cells, or save the table alone, as CSV"
            raise refused(self.shown, "too-large", "a sheet is too large", given, allowed, remedy)

    def text(self, characters: int, written: int, cells: int) -> None:
        """Refuse cells that hold far more text than is written.

        Parameters
        ----------
        characters : int
            What all cells hold.
        written : int
            What of it the file writes.
        cells : int
            How many hold it.
        """
        most = min(self.limits.repeated_characters + _FOR_EACH * written + _IN_A_CELL * cells, self.limits.unpacked_bytes)
        if characters > most:
            given, allowed = f"{characters:,} characters in its cells", f"at most {most:,}, by what it writes"
            remedy = "save the sheet with the table alone, as CSV"
            raise refused(self.shown, "too-large", "the workbook unpacks to too much", given, allowed, remedy)

    def _too_blank(self) -> InputError:
        given = f"{self.filled:,} filled cells, and {self.blank:,} blank ones before the last of a sheet"
        allowed = f"{_FOR_EACH} blank cells between others for each filled one, and {self.limits.blank_cells:,} more"
        remedy = "delete the stray cells (Ctrl and End go to the last), or save the table alone, as CSV"
        return refused(self.shown, "too-large", "the sheets are too large for what they hold", given, allowed, remedy)

    def _too_many_repeats(self) -> InputError:
        given = f"{self.filled:,} filled cells, {self.repeated:,} of them repeats of others"
        allowed = f"{_FOR_EACH} repeats for each cell that is written, and {self.limits.repeated_cells:,} more"
        remedy = "save the sheet with the table alone, as CSV"
        return refused(self.shown, "too-large", "the workbook unpacks to too much", given, allowed, remedy)
