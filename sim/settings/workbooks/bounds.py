"""How large a workbook is once unpacked, told before it is unpacked: bombs and endless sheets are refused.

A ZIP says how large its parts are; it may lie, so each part is also unpacked piece by piece and counted. A sheet may say little and
hold one filled cell at its far corner, the same row a million times, or one long text in every cell; so the cells that hold something
are looked for in every part that is named as a sheet, whatever it is called. What is blank between them, what is said to be a repeat,
and what texts come to are bounded by what is written.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from array import array
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sim.errors import InputError
from sim.settings.workbooks.limits import WorkbookLimits
from sim.settings.workbooks.ods_tables import OdsTables
from sim.settings.workbooks.old_bounds import DamagedError, old_sheets
from sim.settings.workbooks.refusals import refused
from sim.settings.workbooks.room import Room
from sim.settings.workbooks.sheet_parts import sheet_ids, targets
from sim.settings.workbooks.xlsx_cells import exact_cells, found_cells, text_lengths

__all__ = ["check_workbook"]

_PIECE = 1 << 20
#: How many shared texts a part says that it holds: the reader makes room for them before it reads one.
_TEXTS = re.compile(rb"uniqueCount\s{0,32}=\s{0,32}[\"'](\d{0,20})")
#: The same drawn out with blanks or digits, as no program writes it.
_DRAWN_OUT = re.compile(rb"uniqueCount(?:\s{33}|\s{0,32}=\s{33}|\s{0,32}=\s{0,32}[\"']\d{21})")
#: Bytes that hold all of it, and the bytes of the shortest text.
_STATED, _SHORTEST_TEXT = 128, len(b"<si/>")
_SMALL = 1_000_000
#: The texts that cells share.
_TEXTS_OF_ALL = "xl/sharedstrings.xml"
#: What may go wrong in a damaged ZIP.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, NotImplementedError, RuntimeError, ValueError, EOFError)


def check_workbook(path: Path, shown: str, kind: str, limits: WorkbookLimits) -> None:
    """Refuse a workbook that would not fit into memory.

    Parameters
    ----------
    path : Path
        The workbook.
    shown : str
        The file as errors call it.
    kind : str
        ``xls``, ``xlsx`` or ``ods``.
    limits : WorkbookLimits
        What is allowed.

    Raises
    ------
    sim.errors.InputError
        When its parts unpack to too much, a sheet spans too many cells, its cells hold too much text, too many are blank between others or
        repeats of others, or a part of it stands for several sheets.
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


def _old_workbook(path: Path, shown: str, limits: WorkbookLimits) -> None:
    """Refuse an old workbook whose sheets span too many cells, are blank but for some far apart, or hold one long text in many."""
    room, characters = Room(shown, limits), 0
    try:
        for sheet in old_sheets(path):
            room.grid(sheet.rows, sheet.columns)
            room.add(sheet.span)
            characters += sheet.characters
            room.text(characters, sheet.written, room.filled)
    except DamagedError as error:
        given, remedy = str(error)[:80], "download it again, or open it in a spreadsheet program and save it again"
        raise refused(shown, "damaged", "the workbook is damaged", given, "a whole workbook", remedy) from None


@dataclass
class _Check:
    """The parts of one workbook against the limits."""

    parts: zipfile.ZipFile
    shown: str
    limits: WorkbookLimits
    room: Room = field(init=False)
    shared: int = 0

    def __post_init__(self) -> None:
        self.room = Room(self.shown, self.limits)

    def everything(self) -> None:
        """Every part."""
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
        for info in infos:
            self.ratio(info, info.file_size)
        parts = dict(zip(names, infos, strict=True))
        self.spreadsheet(parts)
        self.book(parts)

    def spreadsheet(self, parts: Mapping[str, zipfile.ZipInfo]) -> None:
        """The tables of an ODS spreadsheet."""
        if "content.xml" in parts:
            with self.pieces(parts["content.xml"]) as pieces:
                OdsTables(self.room).read(pieces)

    def book(self, parts: Mapping[str, zipfile.ZipInfo]) -> None:
        """The sheets of an XLSX workbook: the parts that it names as such, whatever they are called; and all that it is read with."""
        named = self.named(parts)
        lengths = array("q")
        if _TEXTS_OF_ALL in parts:
            with self.pieces(parts[_TEXTS_OF_ALL]) as pieces:
                lengths = text_lengths(pieces)
        written = sum(lengths)
        for name, info in parts.items():
            if name.lstrip("/").removeprefix("xl/") in named:
                self.sheet(info, lengths, written)
            elif name.endswith((".xml", ".rels")) and name not in ("content.xml", _TEXTS_OF_ALL):
                with self.pieces(info) as pieces:
                    deque(pieces, maxlen=0)

    def named(self, parts: Mapping[str, zipfile.ZipInfo]) -> set[str]:
        """The parts that a workbook names as its sheets; refused where one is named twice: it would be read for each."""
        named: set[str] = set()
        for name, info in parts.items():
            folder, _, last = name.rpartition("/")
            relations = parts.get(f"{folder}/_rels/{last}.rels".lstrip("/"))
            if last != "workbook.xml" or relations is None:
                continue
            with self.pieces(info) as pieces:
                ids = sheet_ids(pieces)
            with self.pieces(relations) as pieces:
                found = targets(pieces)
            sheets = Counter(found.get(identity, identity) for identity in ids)
            named |= sheets.keys()
            again = next((part for part, times in sheets.items() if times > 1), None)
            if again is not None:
                message, remedy = "two sheets of the workbook are one part of it", "open it in a spreadsheet program and save it again"
                raise refused(self.shown, "damaged", message, again[:80] or "no part", "each part once", remedy)
        return named

    def sheet(self, info: zipfile.ZipInfo, lengths: array[int], written: int) -> None:
        """A part that is a sheet, with the lengths of the texts that cells share, and their sum."""
        with self.pieces(info) as pieces:
            cells = found_cells(pieces)
        if not cells.exact:
            with self.pieces(info) as pieces:
                cells = exact_cells(pieces)
        self.room.add(cells.span)
        known = ((number, times) for number, times in cells.shared.items() if number < len(lengths))
        self.shared += sum(lengths[number] * times for number, times in known)
        self.room.text(self.shared, written, self.room.filled)

    def ratio(self, info: zipfile.ZipInfo, size: int) -> None:
        """How many times larger than packed a part is."""
        if size > _SMALL and size > self.limits.unpacked_ratio * max(info.compress_size, 1):
            given = f"{info.filename[:60]} is {size // max(info.compress_size, 1):,} times larger than packed"
            raise self.bomb(given, f"at most {self.limits.unpacked_ratio} times")

    def bomb(self, given: str, allowed: str) -> InputError:
        """The error for a workbook that unpacks to too much."""
        remedy = "save the sheet with the table alone, as CSV"
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
