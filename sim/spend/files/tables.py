"""A file as tables: one for a text file or a page, one for each sheet of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from sim.errors import HALF_CHARACTER, InputError
from sim.settings.workbooks.refusals import refused
from sim.settings.workbooks.sheets import Sheet, sheets_of
from sim.spend.files.contents import kind_of
from sim.spend.files.html_file import html_records
from sim.spend.files.layout import Record
from sim.spend.files.payments import Origin
from sim.spend.files.text_file import delimiter_of, encoding_of, records
from sim.spend.files.wording import rows_that
from sim.spend.limits import Limits
from sim.spend.mapping import MappingEntry, SpendMapping

__all__ = ["SAMPLE", "RawTable", "all_rows", "tables_of"]

SAMPLE = 300
"""Rows at the top of a table in which its header is looked for."""

_MOST_CONTROL = 0.005
_DAGGERS = re.compile(r"(?:^\s*|\S)\u2020(?:[\u2020\s]*$|\s)")


@dataclass(slots=True)
class RawTable:
    """A table before it is understood.

    Parameters
    ----------
    origin : Origin
        Where it comes from.
    sample : list of Record
        Its first rows.
    rest : iterator of Record
        The rows after them.
    entry : MappingEntry or None
        What a mapping says of it.
    notes : list of str
        Warnings so far.
    sheet : Sheet or None
        The sheet, of a workbook.
    """

    origin: Origin
    sample: list[Record]
    rest: Iterator[Record]
    entry: MappingEntry | None
    notes: list[str] = field(default_factory=list)
    sheet: Sheet | None = None

    def all_notes(self) -> list[str]:
        """Warnings, with those that show only when every row has been read."""
        if self.sheet is None or not self.sheet.beyond:
            return self.notes
        rows, first, most = len(self.sheet.beyond), self.sheet.beyond[0], self.sheet.most_columns
        return [*self.notes, f"{rows_that(rows, 'has', 'have')} cells beyond column {most:,}, which were not read (from line {first})"]


def tables_of(path: Path, name: str, shown: str, mapping: SpendMapping, limits: Limits) -> Iterator[RawTable]:
    """The tables of a file.

    Parameters
    ----------
    path : Path
        The file.
    name, shown : str
        What results and what errors call it.
    mapping : SpendMapping
        What is known of files.
    limits : Limits
        How large they may be.

    Yields
    ------
    RawTable
        Sheets are read one at a time, when their turn comes.

    Raises
    ------
    sim.errors.InputError
        When the file holds no table.
    """
    kind = kind_of(path, shown, limits)
    if kind == "text":
        yield _text_table(path, name, shown, mapping.entry(path), limits)
    elif kind == "html":
        encoding, rows = html_records(path, shown, limits)
        note = "this is a web page under another name; its tables were read one after the other"
        yield _sampled(Origin(name, "", "html", encoding), iter(rows), mapping.entry(path), [note])
    else:
        for sheet in sheets_of(path, shown, kind, limits):
            yield _sheet_table(sheet, name, kind, mapping.entry(path, sheet.name))


def _sampled(origin: Origin, rows: Iterator[Record], entry: MappingEntry | None, notes: list[str]) -> RawTable:
    """A table of rows, the first of which are looked at."""
    return RawTable(origin, list(islice(rows, SAMPLE)), rows, entry, notes)


def _sheet_table(sheet: Sheet, name: str, kind: str, entry: MappingEntry | None) -> RawTable:
    """The table of a sheet."""
    notes = ["the sheet is hidden in the workbook"] if sheet.hidden else []
    table = _sampled(Origin(name, sheet.name, kind), sheet.records(), entry, notes)
    table.sheet = sheet
    return table


def _text_table(path: Path, name: str, shown: str, entry: MappingEntry | None, limits: Limits) -> RawTable:
    """The table of a text file."""
    found = encoding_of(path)
    if found.control > _MOST_CONTROL:
        given = f"{found.control:.1%} of its bytes are none that text holds"
        raise refused(
            shown, "not-a-table", "this is no text and no workbook", given, "CSV or other text, XLS, XLSX, ODS", "export it as CSV"
        )
    if found.longest_line > limits.line_characters:
        given, allowed = f"a line of {found.longest_line:,} bytes", f"at most {limits.line_characters:,}"
        raise refused(shown, "too-large", "a line is too long for a row of a table", given, allowed, "export it again as CSV")
    encoding = entry.encoding if entry and entry.encoding else found.name
    notes = ["some bytes are no letters in any usual encoding; they are shown as \N{REPLACEMENT CHARACTER}"] if found.wrong else []
    try:
        delimiter = entry.delimiter if entry and entry.delimiter else delimiter_of(path, encoding)
    except UnicodeError as error:
        raise _other_encoding(shown, encoding, error) from None
    named = bool(entry and entry.encoding)
    rows = _decoded(records(path, encoding, delimiter), shown, encoding, named)
    table = _sampled(Origin(name, "", "csv", encoding, delimiter), rows, entry, notes)
    if any(_DAGGERS.search(cell) for _, cells in table.sample for cell in cells if "\u2020" in cell):
        table.notes.append("daggers stand for spaces in this file; they were read as spaces")
        table.sample = list(_without_daggers(table.sample))
        table.rest = _without_daggers(table.rest)
    return table


def _decoded(rows: Iterator[Record], shown: str, encoding: str, named: bool) -> Iterator[Record]:
    """Rows of a text; bytes that the encoding can't hold at all, or half characters in one that a mapping names, are an error in words."""
    try:
        for line, cells in rows:
            if named and any(not cell.isascii() and HALF_CHARACTER.search(cell) for cell in cells):
                raise _other_encoding(shown, encoding, "half of a character", line)
            yield line, cells
    except UnicodeError as error:
        raise _other_encoding(shown, encoding, error) from None


def _other_encoding(shown: str, encoding: str, given: object, line: int | None = None) -> InputError:
    """The error for a text that is not in the encoding that a mapping file gives it."""
    message, remedy = f"it is no text in the encoding {encoding!r}", "leave 'encoding' out of the mapping file, or write the one it has"
    return refused(shown, "not-text", message, str(given)[:80], "the encoding that the file has", remedy, line)


def _without_daggers(rows: Iterator[Record] | list[Record]) -> Iterator[Record]:
    """Rows in which daggers are spaces."""
    for line, cells in rows:
        yield line, [" ".join(cell.replace("\u2020", " ").split()) if "\u2020" in cell else cell for cell in cells]


def all_rows(table: RawTable) -> Iterator[Record]:
    """Every row of a table."""
    return chain(table.sample, table.rest)
