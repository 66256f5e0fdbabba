"""Sheets of workbooks as rows of text, through python-calamine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sim.settings.workbooks.bounds import check_workbook
from sim.settings.workbooks.limits import WorkbookLimits
from sim.settings.workbooks.refusals import locked, refused

__all__ = ["Record", "Sheet", "cell_text", "sheets_of"]

Record = tuple[int, list[str]]
"""A row of text with its number, from 1."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Parameters
    ----------
    name : str
        As printed, spaces included.
    hidden : bool
        Whether the workbook hides it.
    book : object
        The workbook as python-calamine gives it; the sheet is read when its rows are asked for.
    shown : str
        The file as errors call it.
    most_columns : int
        Cells of a row that are read.
    beyond : list of int
        Filled by the reading: rows with filled cells further to the right.
    """

    name: str
    hidden: bool
    book: Any
    shown: str
    most_columns: int
    beyond: list[int]

    def records(self, text: Callable[[Any], str] | None = None) -> Iterator[Record]:
        """Rows with their numbers from 1; columns are counted from the first of the sheet, whatever stands there.

        Parameters
        ----------
        text : callable, optional
            How a cell is told as text; :func:`cell_text` when left out.
        """
        said = text or cell_text
        with _said(self.shown):
            grid = self.book.get_sheet_by_name(self.name)
            start = grid.start
        if start is None:
            return
        pad = [""] * min(start[1], self.most_columns)
        room = self.most_columns - len(pad)
        # Rows come from the first of the sheet on, but their cells only from the first column that holds something.
        for number, cells in enumerate(self._rows(grid), start=1):
            if len(cells) > room:
                if any(cell != "" for cell in cells[room:]):
                    self.beyond.append(number)
                del cells[room:]
            yield number, pad + [said(cell) for cell in cells]

    def _rows(self, grid: Any) -> Iterator[list[Any]]:
        """Rows as python-calamine gives them; it makes dates and times as it goes."""
        with _said(self.shown):
            yield from grid.iter_rows()


def sheets_of(path: Path, shown: str, kind: str, limits: WorkbookLimits) -> list[Sheet]:
    """The sheets of a workbook, in order.

    Parameters
    ----------
    path : Path
        The workbook.
    shown : str
        The file as errors call it.
    kind : str
        ``xls``, ``xlsx`` or ``ods``.
    limits : WorkbookLimits
        How large it may be.

    Raises
    ------
    sim.errors.InputError
        When it is too large, protected or damaged.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    check_workbook(path, shown, kind, limits)
    with _said(shown), path.open("rb") as stream:
        book = CalamineWorkbook.from_filelike(stream)
        kept = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        _names_differ([sheet.name for sheet in kept], shown)
        return [Sheet(sheet.name, sheet.visible != SheetVisibleEnum.Visible, book, shown, limits.columns, []) for sheet in kept]


def _names_differ(names: list[str], shown: str) -> None:
    """Refuse a workbook with two sheets of one name: sheets are found by their names, and payments counted by them."""
    again = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if again is not None:
        message, remedy = "two sheets of the workbook have the same name", "rename one of them and save it again"
        raise refused(shown, "damaged", message, again[:80] or "a blank name", "each name once", remedy)


@contextmanager
def _said(shown: str) -> Iterator[None]:
    """Say in words what the reader of workbooks could not do; it may stop with an error of its own language."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise locked(shown) from None
    except BaseException as error:
        known = (CalamineError, OSError, ValueError, OverflowError)
        if not isinstance(error, known) and type(error).__name__ != "PanicException":
            raise
        given = "a date or time beyond the calendar" if isinstance(error, OverflowError) else " ".join(str(error).split())[:80]
        if "password" in given.casefold():
            raise locked(shown) from None
        raise refused(shown, "damaged", "the workbook can't be read", given, "a whole workbook", "open it and save it again") from None


def cell_text(cell: Any) -> str:
    """A cell as text: whole numbers without a point, dates as YYYY-MM-DD.

    Examples
    --------
    >>> cell_text(2146856.0), cell_text(60110413.53999998), cell_text(date(2020, 8, 7)), cell_text(datetime(2020, 8, 7)), cell_text(True)
    ('2146856', '60110413.53999998', '2020-08-07', '2020-08-07', 'TRUE')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
