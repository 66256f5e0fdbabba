"""The workbook: the tables of the page, one named sheet each, text always as text and numbers as numbers."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from sim.report.numbers import plain
from sim.report.table import Table

__all__ = ["is_own_workbook", "sheet_names", "write_workbook"]

#: Nothing that is text may become a formula, a number or a link.
OPTIONS: Final = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "nan_inf_to_errors": False}
#: Stands among the properties of every workbook of ours.
MADE: Final = "Made by localwealth from stored results."
LONGEST_CELL: Final = 32_000
#: The part of a workbook with its properties, and how many bytes of it are looked at.
PROPERTIES: Final = "docProps/core.xml"
MOST_PROPERTIES: Final = 20_000
FORBIDDEN: Final = "[]:*?/\\'"


def write_workbook(path: Path, title: str, lines: Sequence[str], tables: Sequence[Table], created: datetime) -> None:
    """Write the tables.

    Parameters
    ----------
    path : Path
        File to write.
    title : str
        Title of the report.
    lines : sequence of str
        What the first sheet says before the list of sheets.
    tables : sequence of Table
        One sheet each.
    created : datetime
        When the result was made, so that the same result gives the same bytes.
    """
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    book.set_properties({"title": plain(title, 250), "comments": MADE, "created": created})
    formats = _Formats(book)
    names = sheet_names([table.name for table in tables])
    _readme(book, formats, title, lines, list(zip(names, tables, strict=True)))
    for name, table in zip(names, tables, strict=True):
        _sheet(book, formats, name, table)
    book.close()


def is_own_workbook(path: Path) -> bool:
    """Whether a file is a workbook that was written here, seen from its properties; False for what is no workbook.

    Examples
    --------
    >>> is_own_workbook(Path("no-such-file.xlsx"))
    False
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(PROPERTIES) as file:
            return MADE.encode() in file.read(MOST_PROPERTIES)
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return False


class _Formats:
    """Formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[str, Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.note = book.add_format({"italic": True})
        self.link = book.add_format({"font_color": "#0000EE", "underline": 1})

    def number(self, form: str) -> Any:
        """The format of a number."""
        if form not in self._numbers:
            self._numbers[form] = self._book.add_format({"num_format": form or "General", "valign": "top"})
        return self._numbers[form]


def _readme(book: Any, formats: _Formats, title: str, lines: Sequence[str], tables: Sequence[tuple[str, Table]]) -> None:
    """The first sheet: what this is, and what lies on which sheet."""
    sheet = book.add_worksheet("README")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 120)
    sheet.write_string(0, 0, plain(title, LONGEST_CELL), formats.title)
    row = 2
    for line in lines:
        sheet.write_string(row, 0, plain(line, LONGEST_CELL))
        row += 1
    row += 1
    sheet.write_string(row, 0, "Sheet", formats.head)
    sheet.write_string(row, 1, "What it holds", formats.head)
    for name, table in tables:
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats.link, name)
        sheet.write_string(row, 1, plain(table.caption, LONGEST_CELL), formats.words)


def _sheet(book: Any, formats: _Formats, name: str, table: Table) -> None:
    """One table: caption, heads, cells, note."""
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, plain(table.caption, LONGEST_CELL), formats.title)
    for column, item in enumerate(table.columns):
        sheet.set_column(column, column, item.width)
        sheet.write_string(2, column, plain(item.title, LONGEST_CELL), formats.head)
    for row, cells in enumerate(table.rows, start=3):
        for column, cell in enumerate(cells):
            if cell.is_number:
                sheet.write_number(row, column, cell.value, formats.number(cell.form))
            else:
                sheet.write_string(row, column, plain(cell.value if cell.value is not None else cell.shown, LONGEST_CELL), formats.words)
    if table.note:
        sheet.write_string(len(table.rows) + 4, 0, plain(table.note, LONGEST_CELL), formats.note)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that a workbook takes: at most 31 letters, no two alike.

    Examples
    --------
    >>> sheet_names(["Cost", "cost", "a/b"])
    ['Cost', 'cost (2)', 'a-b']
    """
    taken = {"readme"}
    names = []
    for name in wanted:
        plain_name = "".join("-" if letter in FORBIDDEN else letter for letter in plain(name)).strip() or "Sheet"
        chosen, number = plain_name[:31], 1
        while chosen.lower() in taken:
            number += 1
            end = f" ({number})"
            chosen = plain_name[: 31 - len(end)] + end
        taken.add(chosen.lower())
        names.append(chosen)
    return names
