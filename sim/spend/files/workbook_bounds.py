"""How large a workbook is once unpacked, told before it is unpacked: bombs and endless sheets are refused.

A ZIP says how large its parts are; it may lie, so each part is also unpacked piece by piece and counted. A sheet may say little and
hold one filled cell at its far corner, or the same row a million times; so the cells that hold something are looked for.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from sim.errors import InputError
from sim.spend.files.contents import refused
from sim.spend.files.old_workbook_bounds import DamagedError, spans
from sim.spend.limits import Limits

__all__ = ["check_workbook"]

_PIECE = 1 << 20
_OVERLAP = 4096
_SMALL = 1_000_000
_CELL = re.compile(rb"<(?:\w+:)?c\b(?=[^>]{0,400}?\sr=[\x22\x27]([A-Za-z]{1,3})([0-9]{1,7}))[^>]{0,400}?(/?)>")
_TABLE = re.compile(
    rb"<(?:\w+:)?table-row\b[^>]{0,2000}?>|<(?:\w+:)?(?:covered-)?table-cell\b[^>]{0,4000}?>|</(?:\w+:)?table-row>|<(?:\w+:)?table\s[^>]{0,2000}?>"
)
_REPEATED = re.compile(rb"(?:rows|columns)-repeated=[\x22\x27]([0-9]{1,10})")


def check_workbook(path: Path, shown: str, kind: str, limits: Limits) -> None:
    """Refuse a workbook that would not fit into memory.

    Parameters
    ----------
    path : Path
        The workbook.
    shown : str
        The file as errors call it.
    kind : str
        ``xls``, ``xlsx`` or ``ods``.
    limits : Limits
        What is allowed.

    Raises
    ------
    sim.errors.InputError
        When its parts unpack to too much, or a sheet spans too many cells.
    """
    if kind == "xls":
        _old_workbook(path, shown, limits)
        return
    try:
        with zipfile.ZipFile(path) as parts:
            _declared(parts, shown, limits)
            for info in parts.infolist():
                name = info.filename.casefold()
                sheet = kind == "xlsx" and "worksheets/" in name and name.endswith(".xml")
                if sheet:
                    _xlsx_sheet(_pieces(parts, info, shown, limits), shown, limits)
                elif kind == "ods" and name == "content.xml":
                    _ods_tables(_pieces(parts, info, shown, limits), shown, limits)
                else:
                    for _ in _pieces(parts, info, shown, limits):
                        pass
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error, lzma.LZMAError) as error:
        if "encrypted" in str(error):
            remedy = "unpack it with its password and save it without one"
            raise refused(shown, "locked", "the workbook is protected by a password", "an encrypted file", "an open file", remedy) from None
        raise refused(shown, "damaged", "the workbook is damaged", str(error)[:80], "a whole file", "download it again") from None


def _old_workbook(path: Path, shown: str, limits: Limits) -> None:
    """Refuse an old workbook whose sheets span too many cells."""
    try:
        for rows, columns in spans(path):
            _span(rows, columns, shown, limits)
    except DamagedError as error:
        given, remedy = str(error)[:80], "download it again, or open it in a spreadsheet program and save it again"
        raise refused(shown, "damaged", "the workbook is damaged", given, "a whole workbook", remedy) from None


def _declared(parts: zipfile.ZipFile, shown: str, limits: Limits) -> None:
    """What the parts say of their size."""
    total = sum(info.file_size for info in parts.infolist())
    if total > limits.unpacked_bytes:
        raise _bomb(shown, f"{total:,} bytes once unpacked", f"at most {limits.unpacked_bytes:,} bytes")
    for info in parts.infolist():
        _ratio(info, info.file_size, shown, limits)


def _ratio(info: zipfile.ZipInfo, size: int, shown: str, limits: Limits) -> None:
    """How many times larger than packed a part is."""
    if size > _SMALL and size > limits.unpacked_ratio * max(info.compress_size, 1):
        given = f"{info.filename[:60]} is {size // max(info.compress_size, 1):,} times larger than packed"
        raise _bomb(shown, given, f"at most {limits.unpacked_ratio} times")


def _bomb(shown: str, given: str, allowed: str) -> InputError:
    """The error for a workbook that unpacks to too much."""
    return refused(shown, "too-large", "the workbook unpacks to too much", given, allowed, "save the sheet with the payments alone, as CSV")


def _pieces(parts: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, limits: Limits) -> Iterator[bytes]:
    """A part of a workbook, unpacked piece by piece and counted."""
    size = 0
    with parts.open(info) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > limits.unpacked_bytes:
                raise _bomb(shown, f"more than {limits.unpacked_bytes:,} bytes once unpacked", f"at most {limits.unpacked_bytes:,} bytes")
            _ratio(info, size, shown, limits)
            yield piece


def _xlsx_sheet(pieces: Iterator[bytes], shown: str, limits: Limits) -> None:
    """The span of filled cells of a sheet; a cell that closes itself is empty."""
    low, high, last = 1 << 30, 0, 0
    first_row = 1 << 30
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = text.rfind(b">") + 1
        for letters, digits, closed in _CELL.findall(text, 0, end):
            if closed:
                continue
            column = _column_number(letters)
            low, high = min(low, column), max(high, column)
            row = int(digits)
            last, first_row = max(last, row), min(first_row, row)
        rest = text[end:][-_OVERLAP:]
    if high:
        _span(last - first_row + 1, high - low + 1, shown, limits)


def _column_number(letters: bytes) -> int:
    """The number of a column from its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _span(rows: int, columns: int, shown: str, limits: Limits) -> None:
    """Refuse a sheet that spans too many cells."""
    if rows * columns > limits.sheet_cells:
        given = f"{rows:,} rows and {columns:,} columns between its first and its last filled cell"
        allowed = f"at most {limits.sheet_cells:,} cells"
        raise refused(
            shown, "too-large", "a sheet is too large", given, allowed, "delete the stray cells, or save the payments alone, as CSV"
        )


def _ods_tables(pieces: Iterator[bytes], shown: str, limits: Limits) -> None:
    """The span of filled cells of each table, with repeated rows and cells counted as often as they stand."""
    rows, width, column, repeat, filled, pending = 0, 0, 0, 1, 0, 0
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = text.rfind(b">") + 1
        for tag in _TABLE.findall(text, 0, end):
            times = _REPEATED.search(tag)
            count = int(times[1]) if times else 1
            if tag.startswith(b"</"):
                if filled:
                    rows, width, pending = rows + pending + repeat, max(width, filled), 0
                else:
                    pending += repeat
                _span(rows, width, shown, limits)
            elif b"table-row" in tag[:40]:
                column, filled, repeat = 0, 0, count
                pending += repeat if tag.endswith(b"/>") else 0
            elif b"table-cell" in tag[:40]:
                column += count
                filled = filled if tag.endswith(b"/>") and b"value" not in tag else column
            else:
                rows, width, pending = 0, 0, 0
        rest = text[end:][-_OVERLAP:]
