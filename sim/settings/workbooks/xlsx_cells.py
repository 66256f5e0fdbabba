"""The cells of a sheet of an XLSX workbook that hold something, found in its XML as it is unpacked.

What common programs write is found by a pattern, fast. A sheet written otherwise, with cells that say nothing of their place, or
with signs that the pattern can't hold, is read again by a parser of XML, slowly and exactly.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sim.settings.workbooks.span import Span
from sim.settings.workbooks.xml_walk import walk_xml

__all__ = ["SheetCells", "exact_cells", "found_cells", "text_lengths"]

#: Longest tag that is looked for across two pieces.
_OVERLAP: Final = 4096
_LOOSE: Final = re.compile(rb"<(?:[^\s<>/:]+:)?c[\s/>]")
_CELL: Final = re.compile(
    rb'<(?:\w{1,20}:)?c(?=[^<>]{0,400}?\sr="([A-Za-z]{1,3})([0-9]{1,7})")(?:\s+[\w:]{1,40}="[^"<>\']{0,200}"){1,9}\s{0,9}'
    rb"(/|></(?:\w{1,20}:)?c)?>"
)
_SHARED: Final = re.compile(rb'<(?:\w{1,20}:)?c\s[^<>]{0,400}?\bt="s"[^<>]{0,400}?>\s{0,9}<(?:\w{1,20}:)?v>([0-9]{1,9})<')
_END_OF_TEXT: Final = re.compile(rb"</(?:[^\s<>/:]+:)?si\s*>|<(?:[^\s<>/:]+:)?si\s*/>")


@dataclass
class SheetCells:
    """Where the filled cells of a sheet lie.

    Parameters
    ----------
    span : Span
        From the first to the last filled cell.
    exact : bool
        Whether every cell was understood; if not, :func:`exact_cells` must be asked.
    shared : Counter of int
        How many cells hold each of the workbook's shared texts.
    """

    span: Span = field(default_factory=Span)
    exact: bool = True
    shared: Counter[int] = field(default_factory=Counter)


def found_cells(pieces: Iterator[bytes]) -> SheetCells:
    """The filled cells of a sheet, by the pattern that common programs write.

    Parameters
    ----------
    pieces : iterator of bytes
        The XML of the sheet.

    Examples
    --------
    >>> found = found_cells(iter([b'<row r="1"><c r="B1" t="s"><v>0</v></c><c r="D1"/></row><c r="C7"><v>1</v></c>']))
    >>> found.span.size, found.exact, found.shared
    ((7, 2), True, Counter({0: 1}))
    """
    cells = SheetCells()
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = _last_opening(text, max(len(text) - _OVERLAP, 0))
        _take(text, end, cells)
        rest = text[end:]
    _take(rest, len(rest), cells)
    return cells


def _last_opening(text: bytes, before: int) -> int:
    """Where the last tag that opens begins: a cell and the end behind it are not parted."""
    end = text.rfind(b"<", 0, before)
    while end > 0 and text[end + 1 : end + 2] == b"/":
        end = text.rfind(b"<", 0, end)
    return max(end, 0)


def _take(text: bytes, end: int, cells: SheetCells) -> None:
    """The cells of a part of the XML."""
    found = _CELL.findall(text, 0, end)
    for letters, digits, closed in found:
        if not closed:
            cells.span.add(int(digits), column_number(letters))
    cells.exact &= len(found) == len(_LOOSE.findall(text, 0, end))
    cells.shared.update(map(int, _SHARED.findall(text, 0, end)))


def exact_cells(pieces: Iterator[bytes]) -> SheetCells:
    """The filled cells of a sheet, by a parser of XML.

    Raises
    ------
    ValueError
        When it is no XML, declares names of its own, which no workbook does, or has a row or cell whose place is none: what reads the
        cells would ask for memory up to there.

    Examples
    --------
    >>> exact_cells(iter([b"<sheet><row r='3'><c><v>1</v></c><c r='XFD3'/></row></sheet>"])).span.size
    (3, 1)
    """
    walk = _Walk()
    walk_xml(pieces, walk.start, walk.end, walk.text)
    return SheetCells(walk.span, True, walk.shared)


@dataclass
class _Walk:
    """Follows the elements of a sheet; a cell without a place stands behind the one before it."""

    span: Span = field(default_factory=Span)
    shared: Counter[int] = field(default_factory=Counter)
    row: int = 0
    column: int = 0
    kind: str = ""
    met: bool = False
    number: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        local = name.rsplit(":", 1)[-1]
        if local == "row":
            place = attributes.get("r")
            if place is not None and not re.fullmatch("[0-9]{1,7}", place):
                raise ValueError(f"a row called {place[:20]!r}, which no sheet has")
            self.row, self.column = self.row + 1 if place is None else int(place), 0
        elif local == "c":
            place = attributes.get("r")
            found = None if place is None else re.fullmatch("([A-Za-z]{1,3})([0-9]{1,7})", place)
            if place is not None and found is None:
                raise ValueError(f"a cell called {place[:20]!r}, which no sheet has")
            self.column = column_number(found[1].encode()) if found else self.column + 1
            self.row = int(found[2]) if found else max(self.row, 1)
            self.kind, self.met = attributes.get("t", ""), False
        elif local in ("v", "is", "f"):
            if not self.met:
                self.span.add(self.row, self.column)
            self.met = True
            self.number = "" if local == "v" and self.kind == "s" else None

    def text(self, text: str) -> None:
        """Text of an element."""
        if self.number is not None:
            self.number = (self.number + text)[:12]

    def end(self, _: str) -> None:
        """An element ends."""
        if self.number is not None and self.number.strip().isdecimal():
            self.shared[int(self.number)] += 1
        self.number = None


def text_lengths(pieces: Iterator[bytes]) -> array[int]:
    """The length in bytes of each shared text of a workbook, in order, with its marks.

    Examples
    --------
    >>> text_lengths(iter([b"<sst><si><t>ab</t></si><si/><si><t>c</t></si></sst>"])).tolist()
    [23, 5, 17]
    """
    lengths, passed, last = array("q"), 0, 0
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = 0
        for found in _END_OF_TEXT.finditer(text):
            end = found.end()
            lengths.append(passed + end - last)
            last = passed + end
        keep = text[end:][-64:] if end else text[-64:]
        passed += len(text) - len(keep)
        rest = keep
    return lengths


def column_number(letters: bytes) -> int:
    """The number of a column from its letters.

    Examples
    --------
    >>> column_number(b"A"), column_number(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
