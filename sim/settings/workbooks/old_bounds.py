"""How large the sheets of an old workbook (XLS) are, told before they are read.

The container is walked as far as is needed to find the stream of the workbook, and its records as far as is needed to see which
cells hold something and what size the sheets state. Nothing is built.
"""

from __future__ import annotations

from array import array
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from struct import error as StructError
from struct import unpack_from

from sim.settings.workbooks.old_texts import shared_lengths
from sim.settings.workbooks.span import Span

__all__ = ["DamagedError", "OldSheet", "old_sheets"]

_END = 0xFFFFFFFA
_CELLS = {0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6}
_SEVERAL, _DIMENSIONS, _SHARED = 0x00BD, 0x0200, 0x00FD
#: Where a sheet begins, the beginning and the end of a part of the stream, the texts that all sheets share, and more of a record.
_SHEET, _BEGIN, _FINISH, _TEXTS, _MORE = 0x0085, 0x0809, 0x000A, 0x00FC, 0x003C
#: Bytes of each of several numbers of a row, beside the row and its first and last column; and of the shortest text.
_ONE_OF_SEVERAL, _SHORTEST_TEXT = 6, 3


class DamagedError(Exception):
    """The container does not hold together."""


@dataclass(slots=True)
class OldSheet:
    """What a sheet of an old workbook holds.

    Parameters
    ----------
    rows, columns : int
        As the sheet states them.
    span : Span
        Where its filled cells lie.
    characters : int
        Of the shared texts that its cells hold.
    written : int
        Characters of all shared texts of the workbook.
    end : int
        Where it ends in the stream.
    """

    rows: int = 0
    columns: int = 0
    span: Span = field(default_factory=Span)
    characters: int = 0
    written: int = 0
    end: int = 0


def old_sheets(path: Path) -> Iterator[OldSheet]:
    """What each sheet of an old workbook holds.

    Parameters
    ----------
    path : Path
        The workbook.

    Yields
    ------
    OldSheet
        One after the other.

    Raises
    ------
    DamagedError
        When the container does not hold together.
    """
    raw = path.read_bytes()
    try:
        yield from _sheets(_stream(raw))
    except (StructError, IndexError, OverflowError, MemoryError) as error:
        raise DamagedError(str(error)) from None


def _sheets(stream: bytes) -> Iterator[OldSheet]:
    """The sheets that the first part of a stream of records lists."""
    places, lengths = _first_part(stream)
    written = sum(lengths)
    read: list[tuple[int, int]] = []  # in their order and apart from each other, so that only neighbours can meet
    for place in places:
        sheet = _sheet(stream, place, lengths)
        at = bisect(read, (place, sheet.end))
        if any(place < stop and start < sheet.end for start, stop in read[max(at - 1, 0) : at + 1]):
            raise DamagedError("two of its sheets share their place")
        read.insert(at, (place, sheet.end))
        sheet.written = written
        yield sheet


def _first_part(stream: bytes) -> tuple[list[int], array[int]]:
    """Where each sheet begins, and the lengths of the texts that they share."""
    places: list[int] = []
    texts, parts, before = 0, list[bytes](), 0
    for kind, body, size in _records(stream, 0):
        if kind == _SHEET:
            places += unpack_from("<I", stream, body)
        elif kind == _TEXTS and size >= 8:
            (texts,) = unpack_from("<I", stream, body + 4)
            if texts > len(stream) // _SHORTEST_TEXT:
                raise DamagedError(f"it says that it holds {texts:,} texts")
            parts = [stream[body + 8 : body + size]]
        elif kind == _MORE and before in (_TEXTS, _MORE) and parts:
            parts.append(stream[body : body + size])
        before = kind
    return places, shared_lengths(parts, texts)


def _sheet(stream: bytes, place: int, lengths: array[int]) -> OldSheet:
    """A sheet; charts within it are gone through as well."""
    sheet = OldSheet(end=place)
    for kind, body, size in _records(stream, place):
        if sheet.end == place and kind != _BEGIN:
            raise DamagedError("a sheet does not begin where it should")
        sheet.end = body + size
        if kind in _CELLS and size >= 4:
            row, column = unpack_from("<HH", stream, body)
            sheet.span.add(row + 1, column + 1)
            if kind == _SHARED and size >= 10:
                (text,) = unpack_from("<I", stream, body + 6)
                sheet.characters += lengths[text] if text < len(lengths) else 0
        elif kind == _SEVERAL and size >= 6:
            row, column = unpack_from("<HH", stream, body)
            for number in range((size - 6) // _ONE_OF_SEVERAL):
                sheet.span.add(row + 1, column + number + 1)
        elif kind == _DIMENSIONS and size >= 14:
            first, last, left, right = unpack_from("<IIHH", stream, body)
            if last < first or right < left:
                raise DamagedError("a sheet states a size below nought")
            sheet.rows, sheet.columns = max(sheet.rows, last - first + 1), max(sheet.columns, right - left + 1)
    return sheet


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record up to the end of the part that begins here."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        depth += (kind == _BEGIN) - (kind == _FINISH)
        if kind == _FINISH and depth <= 0:
            return
        at += 4 + size


def _stream(raw: bytes) -> bytes:
    """The bytes of the workbook's stream within the container."""
    sector = 1 << unpack_from("<H", raw, 0x1E)[0]
    small = 1 << unpack_from("<H", raw, 0x20)[0]
    if not (64 <= sector <= 8192 and 16 <= small <= sector):
        raise DamagedError("its sectors have no usual size")
    table = _table(raw, sector)
    (start,) = unpack_from("<I", raw, 0x30)
    entries = _chain(raw, table, start, sector)
    root = unpack_from("<I", entries, 0x74)[0]
    for at in range(0, len(entries) - 127, 128):
        name = entries[at : at + unpack_from("<H", entries, at + 0x40)[0]].decode("utf-16-le", "replace").rstrip("\0")
        if name in ("Workbook", "Book"):
            first, size = unpack_from("<II", entries, at + 0x74)
            if size >= unpack_from("<I", raw, 0x38)[0]:
                return _chain(raw, table, first, sector)[:size]
            within = _chain(raw, table, root, sector)
            short = _chain(raw, table, unpack_from("<I", raw, 0x3C)[0], sector)
            numbers = list(unpack_from(f"<{len(short) // 4}I", short))
            return _chain(within, numbers, first, small, offset=0)[:size]
    raise DamagedError("it holds no workbook")


def _table(raw: bytes, sector: int) -> list[int]:
    """The table that says which sector follows which."""
    blocks = list(unpack_from("<109I", raw, 0x4C))
    following, seen = unpack_from("<I", raw, 0x44)[0], 0
    while following < _END and seen <= len(raw) // sector:
        numbers = unpack_from(f"<{sector // 4}I", raw, sector * (following + 1))
        blocks += numbers[:-1]
        following, seen = numbers[-1], seen + 1
    table: list[int] = []
    for block in blocks:
        if block < _END:
            table += unpack_from(f"<{sector // 4}I", raw, sector * (block + 1))
        if len(table) > len(raw):
            raise DamagedError("its table of sectors is longer than the file")
    return table


def _chain(raw: bytes, table: list[int], start: int, sector: int, offset: int = 1) -> bytes:
    """The bytes of a chain of sectors."""
    pieces: list[bytes] = []
    while start < _END:
        pieces.append(raw[sector * (start + offset) : sector * (start + offset + 1)])
        if start >= len(table) or len(pieces) > len(raw) // sector + 1:
            raise DamagedError("a chain of its sectors has no end")
        start = table[start]
    return b"".join(pieces)
