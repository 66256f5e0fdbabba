"""How large a workbook is once unpacked, told before it is unpacked: bombs and endless sheets are refused.

A ZIP says how large its parts are; it may lie, so each part is also unpacked piece by piece and counted. A sheet may say little and
hold one filled cell at its far corner, the same row a million times, or one long text in every cell; so the cells that hold something
are looked for, in every part, since a part may have any name.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sim.errors import InputError
from sim.spend.files.contents import refused
from sim.spend.files.ods_tables import OdsTables
from sim.spend.files.old_workbook_bounds import DamagedError, spans
from sim.spend.files.xlsx_cells import exact_cells, found_cells, text_lengths
from sim.spend.limits import Limits

__all__ = ["check_workbook"]

_PIECE = 1 << 20
#: How many shared texts a part says that it holds: the reader makes room for them before it reads one.
_TEXTS = re.compile(rb"uniqueCount\s{0,32}=\s{0,32}[\"'](\d{0,20})")
#: The same drawn out with blanks or digits, as no program writes it.
_DRAWN_OUT = re.compile(rb"uniqueCount(?:\s{33}|\s{0,32}=\s{33}|\s{0,32}=\s{0,32}[\"']\d{21})")
#: Bytes that hold all of it, and the bytes of the shortest text.
_STATED, _SHORTEST_TEXT = 128, len(b"<si/>")
_SMALL = 1_000_000
#: Blank cells for each filled one that a sheet may have, however large it is.
_BLANK_TO_FULL = 4
#: What may go wrong in a damaged ZIP.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, NotImplementedError, RuntimeError, ValueError, EOFError)


def check_workbook(path: Path, shown: str, kind: str, limits: Limits) -> None:
    """Refuse a workbook that would not fit into memory.

    Parameters
    ----------
    path : Path
        The workbook.
    shown : str
        The file as errors call it.
    kind : str
        ``xlsx`` or ``ods``; others are bounded by their format.
    limits : Limits
        What is allowed.

    Raises
    ------
    sim.errors.InputError
        When its parts unpack to too much, a sheet spans too many cells, or its cells hold too much text.
    """
    if kind == "xls":
        _old_workbook(path, shown, limits)
        return
    try:
        with zipfile.ZipFile(path) as parts:
            _Check(parts, shown, limits).everything()
    except _DAMAGE as error:
        if "encrypted" in str(error):
            remedy = "unpack it with its password and save it without one"
            raise refused(shown, "locked", "the workbook is protected by a password", "an encrypted file", "an open file", remedy) from None
        raise refused(shown, "damaged", "the workbook is damaged", str(error)[:80], "a whole file", "download it again") from None


def _old_workbook(path: Path, shown: str, limits: Limits) -> None:
    """Refuse an old workbook whose sheets span too many cells."""
    try:
        blank, full = 0, 0
        for rows, columns, filled in spans(path):
            span(rows, columns, shown, limits)
            blank, full = blank + filled.blank, full + filled.filled
        too_blank(blank, full, shown, limits)
    except DamagedError as error:
        given, remedy = str(error)[:80], "download it again, or open it in a spreadsheet program and save it again"
        raise refused(shown, "damaged", "the workbook is damaged", given, "a whole workbook", remedy) from None


def too_blank(blank: int, full: int, shown: str, limits: Limits) -> None:
    """Refuse a workbook whose sheets are blank but for some cells far apart: room is made for all between them, and time taken."""
    if blank > max(limits.blank_cells, _BLANK_TO_FULL * full):
        given = f"{full:,} filled cells, and {blank:,} blank ones between the first and the last of them"
        allowed = f"at most {limits.blank_cells:,} blank cells between others, or four times as many as there are filled ones"
        remedy = "delete the stray cells (Ctrl and End go to the last), or save the payments alone, as CSV"
        raise refused(shown, "too-large", "a sheet is too large for what it holds", given, allowed, remedy)


def span(rows: int, columns: int, shown: str, limits: Limits) -> None:
    """Refuse a sheet that spans too many cells."""
    if rows * columns > limits.sheet_cells:
        given = f"{rows:,} rows and {columns:,} columns between its first and its last filled cell"
        allowed = f"at most {limits.sheet_cells:,} cells"
        remedy = "delete the stray cells, or save the payments alone, as CSV"
        raise refused(shown, "too-large", "a sheet is too large", given, allowed, remedy)


@dataclass
class _Check:
    """The parts of one workbook against the limits."""

    parts: zipfile.ZipFile
    shown: str
    limits: Limits
    blank: int = 0
    full: int = 0

    def everything(self) -> None:
        """Every part, whatever it is called."""
        infos = self.parts.infolist()
        total = sum(info.file_size for info in infos)
        if total > self.limits.unpacked_bytes:
            raise self.bomb(f"{total:,} bytes once unpacked", f"at most {self.limits.unpacked_bytes:,} bytes")
        names = [info.filename.casefold() for info in infos]
        if len(set(names)) < len(names):
            raise self.bomb("two parts of one name", "parts of different names")
        if any(name.endswith("workbook.bin") for name in names):
            remedy = "open it and save it as XLSX"
            raise refused(self.shown, "not-a-table", "this is a binary workbook (XLSB)", "XLSB", "XLSX, XLS, ODS, CSV", remedy)
        lengths = array("q")
        for info, name in zip(infos, names, strict=True):
            self.ratio(info, info.file_size)
            if name.endswith("sharedstrings.xml"):
                with self.pieces(info) as pieces:
                    lengths = text_lengths(pieces)
        for info, name in zip(infos, names, strict=True):
            if name.endswith("sharedstrings.xml"):
                continue
            if name == "content.xml":
                tables = OdsTables(self.span, self.text, self.repeats)
                with self.pieces(info) as pieces:
                    tables.read(pieces)
                self.blank, self.full = self.blank + tables.blank, self.full + tables.full
            else:
                self.sheet(info, lengths)
        too_blank(self.blank, self.full, self.shown, self.limits)

    def sheet(self, info: zipfile.ZipInfo, lengths: array[int]) -> None:
        """A part that may be a sheet."""
        with self.pieces(info) as pieces:
            cells = found_cells(pieces)
        if not cells.exact:
            with self.pieces(info) as pieces:
                cells = exact_cells(pieces)
        self.span(*cells.span.size)
        self.blank, self.full = self.blank + cells.span.blank, self.full + cells.span.filled
        if lengths:
            longest = max(lengths)
            if longest * cells.shared.total() > self.limits.unpacked_bytes:
                known = ((number, times) for number, times in cells.shared.items() if number < len(lengths))
                self.text(sum(lengths[number] * times for number, times in known))

    def ratio(self, info: zipfile.ZipInfo, size: int) -> None:
        """How many times larger than packed a part is."""
        if size > _SMALL and size > self.limits.unpacked_ratio * max(info.compress_size, 1):
            given = f"{info.filename[:60]} is {size // max(info.compress_size, 1):,} times larger than packed"
            raise self.bomb(given, f"at most {self.limits.unpacked_ratio} times")

    def bomb(self, given: str, allowed: str) -> InputError:
        """The error for a workbook that unpacks to too much."""
        remedy = "save the sheet with the payments alone, as CSV"
        return refused(self.shown, "too-large", "the workbook unpacks to too much", given, allowed, remedy)

    @contextmanager
    def pieces(self, info: zipfile.ZipInfo) -> Iterator[Iterator[bytes]]:
        """A part of a workbook, unpacked piece by piece; behind it the part is closed, where it was refused too."""
        with self.parts.open(info) as stream:
            yield self.counted(info, stream)

    def counted(self, info: zipfile.ZipInfo, stream: IO[bytes]) -> Iterator[bytes]:
        """The pieces of a part, none beyond what is allowed."""
        size, tail = 0, b""
        while piece := stream.read(_PIECE):
            text = tail + piece
            self.texts(info, text)
            tail = text[-_STATED:]
            size += len(piece)
            if size > self.limits.unpacked_bytes:
                most = f"{self.limits.unpacked_bytes:,} bytes"
                raise self.bomb(f"more than {most} once unpacked", f"at most {most}")
            self.ratio(info, size)
            yield piece

    def texts(self, info: zipfile.ZipInfo, piece: bytes) -> None:
        """Refuse a part that says it holds more texts than fit into it."""
        if b"uniqueCount" not in piece:
            return
        most = info.file_size // _SHORTEST_TEXT
        stated = max((int(found[1] or b"0") for found in _TEXTS.finditer(piece)), default=0)
        if stated > most or _DRAWN_OUT.search(piece):
            given = f"{info.filename[:60]} says that it holds {f'{stated:,} texts' if stated > most else 'texts without end'}"
            remedy = "open it in a spreadsheet program and save it again"
            raise refused(self.shown, "damaged", "the workbook is damaged", given, f"at most {most:,}, by its length", remedy)

    def span(self, rows: int, columns: int) -> None:
        """Refuse a sheet that spans too many cells."""
        span(rows, columns, self.shown, self.limits)

    def repeats(self, cells: int) -> None:
        """Refuse a spreadsheet that says far more than it writes."""
        if cells > self.limits.repeated_cells:
            given = f"{cells:,} filled cells that are repeats of others"
            raise self.bomb(given, f"at most {self.limits.repeated_cells:,}")

    def text(self, size: int) -> None:
        """Refuse a sheet whose cells hold too much text."""
        if size > self.limits.unpacked_bytes:
            raise self.bomb(f"{size:,} bytes of text in its cells", f"at most {self.limits.unpacked_bytes:,} bytes")
