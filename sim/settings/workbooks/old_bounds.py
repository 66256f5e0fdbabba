"""How large the sheets of an old workbook (XLS) are, told before they are read.

The container is walked as far as is needed to find the stream of the workbook, and its records as far as is needed to see which
cells hold something and what size the sheets state. Nothing is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from struct import error as StructError
from struct import unpack_from

from sim.settings.workbooks.span import Span

__all__ = ["DamagedError", "spans"]

_END = 0xFFFFFFFA
_CELLS = {0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6}
_SEVERAL, _DIMENSIONS = 0x00BD, 0x0200
#: Where a sheet begins, the beginning and the end of a part of the stream, and the texts that all sheets share.
_SHEET, _BEGIN, _FINISH, _TEXTS = 0x0085, 0x0809, 0x000A, 0x00FC
#: Bytes of each of several numbers of a row, beside the row and its first and last column; and of the shortest text.
_ONE_OF_SEVERAL, _SHORTEST_TEXT = 6, 3


class DamagedError(Exception):
    """The container does not hold together."""


def spans(path: Path) -> Iterator[tuple[int, int, Span]]:
    """What each sheet of an old workbook spans.

    Parameters
    ----------
    path : Path
        The workbook.

    Yields
    ------
    int, int, Span
        Rows and columns, from the first of the sheet, as filled or as stated, whichever is more; and as filled.

    Raises
    ------
    DamagedError
        When the container does not hold together.
    """
    raw = path.read_bytes()
    try:
        yield from _spans(_stream(raw))
    except (StructError, IndexError, OverflowError, MemoryError) as error:
        raise DamagedError(str(error)) from None


def _spans(stream: bytes) -> Iterator[tuple[int, int, Span]]:
    """The span of each sheet that the first part of a stream of records lists."""
    read: list[range] = []
    for place in _sheets(stream):
        rows, columns, filled, behind = _sheet(stream, place)
        if any(place < other.stop and other.start < behind for other in read):
            raise DamagedError("two of its sheets share their place")
        read.append(range(place, behind))
        yield max(rows, filled.last_row), max(columns, filled.last_column), filled


def _sheets(stream: bytes) -> Iterator[int]:
    """Where each sheet begins."""
    for kind, body, size in _records(stream, 0):
        if kind == _SHEET:
            (place,) = unpack_from("<I", stream, body)
            yield place
        elif kind == _TEXTS and size >= 8:
            (texts,) = unpack_from("<I", stream, body + 4)
            if texts > len(stream) // _SHORTEST_TEXT:
                raise DamagedError(f"it says that it holds {texts:,} texts")


def _sheet(stream: bytes, place: int) -> tuple[int, int, Span, int]:
    """Rows and columns that a sheet states, what of it is filled, and where it ends; charts within it are gone through as well."""
    rows, columns, filled, end = 0, 0, Span(), place
    for kind, body, size in _records(stream, place):
        if end == place and kind != _BEGIN:
            raise DamagedError("a sheet does not begin where it should")
        end = body + size
        if kind in _CELLS and size >= 4:
            row, column = unpack_from("<HH", stream, body)
            filled.add(row + 1, column + 1)
        elif kind == _SEVERAL and size >= 6:
            row, column = unpack_from("<HH", stream, body)
            for number in range((size - 6) // _ONE_OF_SEVERAL):
                filled.add(row + 1, column + number + 1)
        elif kind == _DIMENSIONS and size >= 14:
            first, last, left, right = unpack_from("<IIHH", stream, body)
            if last < first or right < left:
                raise DamagedError("a sheet states a size below nought")
            rows, columns = max(rows, last - first + 1), max(columns, right - left + 1)
    return rows, columns, filled, end


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
