"""The lines of a table with a handful of figures: CSV or XLSX, told apart by their ending."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path

from sim.errors import InputError
from sim.settings.own_place.keys import COLUMNS
from sim.settings.reading.files import MOST_BYTES, SourceFile, read_text
from sim.settings.reading.problems import Findings, Kind
from sim.settings.workbooks.limits import WorkbookLimits
from sim.settings.workbooks.sheets import sheets_of

__all__ = ["MOST_ROWS", "Row", "read_rows"]

MOST_ROWS = 5_000
"""No table may have more lines; a full one has about two hundred."""
MOST_UNPACKED = 50_000_000
"""Bytes that the parts of a workbook may come to."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table as text, and where it stands; a column that is not there is empty."""

    line: int
    key: str
    value: str
    year: str = ""
    source: str = ""
    address: str = ""
    mark: str = ""
    low: str = ""
    high: str = ""
    note: str = ""


def read_rows(path: Path, findings: Findings) -> tuple[SourceFile, list[Row]]:
    """Read a table.

    Parameters
    ----------
    path : Path
        A file that ends in ``.csv`` or ``.xlsx``. Empty lines and lines whose key begins with ``#`` are comments.
    findings : Findings
        Where problems go, all of them.

    Returns
    -------
    tuple
        The file as messages call it, and its lines below the header.
    """
    source = SourceFile(path, path.as_posix())
    cells = _sheet(source, findings) if path.suffix.lower() == ".xlsx" else _text(source, findings)
    numbered = [(line, [cell.strip() for cell in row]) for line, row in cells]
    filled = [(line, row) for line, row in numbered if any(row) and not row[0].startswith("#")]
    if not filled:
        if not findings.problems:
            findings.add(Kind.EMPTY_FILE, source.shown, 1, (), "the table is empty", remedy="begin with: localwealth new place --template")
        return source, []
    return source, list(_below(source, filled, findings))


def _below(source: SourceFile, filled: Sequence[tuple[int, list[str]]], findings: Findings) -> Iterator[Row]:
    """The lines below the header, by its names."""
    line, head = filled[0]
    names = [name.lower() for name in head]
    while names and not names[-1]:
        names.pop()
    for missing in [name for name in ("key", "value") if name not in names]:
        message = f"the first filled line has no column {missing!r}"
        given = ", ".join(names) or "nothing"
        remedy = f"add {missing!r}, or delete what stands above the line of headings"
        findings.add(Kind.MISSING_KEY, source.shown, line, (), message, given=given, allowed=", ".join(COLUMNS), remedy=remedy)
    for name in names:
        if name not in COLUMNS or names.count(name) > 1:
            kind, message = (
                (Kind.UNKNOWN_KEY, "an unknown column") if name not in COLUMNS else (Kind.DUPLICATE_KEY, "a column stands twice")
            )
            findings.add(kind, source.shown, line, (), message, given=name or "a column without a name", names=COLUMNS)
    if findings.problems:
        return
    for number, row in filled[1:]:
        held = dict(zip(names, row, strict=False))
        yield Row(number, **{item.name: held.get(item.name, "") for item in fields(Row) if item.name != "line"})


def _text(source: SourceFile, findings: Findings) -> list[tuple[int, list[str]]]:
    """Lines of a CSV file; a semicolon or tab between cells is found out from the first line."""
    text = read_text(source, findings)
    if text is None:
        return []
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            # A cell may hold ends of lines: the line where a row begins is told by the row before it.
            found.append((reader.line_num, row or [""]))
            if len(found) > MOST_ROWS:
                _too_many(source, findings)
                return []
    except csv.Error as error:
        findings.add(Kind.SYNTAX, source.shown, reader.line_num, (), "this line is no CSV", given=str(error), remedy="save it as CSV again")
    return found


def _sheet(source: SourceFile, findings: Findings) -> list[tuple[int, list[str]]]:
    """Lines of the first sheet of a workbook."""
    try:
        if source.path.is_dir():
            raise IsADirectoryError("it is a folder")
        if source.path.stat().st_size > MOST_BYTES:
            _too_many(source, findings)
            return []
        sheets = sheets_of(source.path, source.shown, "xlsx", WorkbookLimits(unpacked_bytes=MOST_UNPACKED))
        rows = list(islice(sheets[0].records(_cell), MOST_ROWS + 1)) if sheets else []
    except FileNotFoundError:
        findings.add(Kind.NO_SUCH_FILE, source.shown, None, (), "there is no such file", remedy="check the path")
        return []
    except InputError as error:
        findings.problems += error.problems
        return []
    except OSError as error:
        remedy = "save it as XLSX or CSV again"
        findings.add(Kind.NOT_A_FILE, source.shown, None, (), "it can't be read as a workbook", given=str(error)[:200], remedy=remedy)
        return []
    if rows and rows[-1][0] > MOST_ROWS:
        _too_many(source, findings)
        return []
    return rows


def _cell(value: object) -> str:
    """A cell of a sheet as text; whole numbers without a point."""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _too_many(source: SourceFile, findings: Findings) -> None:
    allowed = f"at most {MOST_ROWS:,} lines and {MOST_BYTES:,} bytes"
    findings.add(Kind.TOO_LARGE, source.shown, None, (), "the table is too large", allowed=allowed, remedy="give a handful of figures")
