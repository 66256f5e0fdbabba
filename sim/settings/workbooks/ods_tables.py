"""The cells of the tables of an ODS spreadsheet that hold something, with repeated rows and cells counted as often as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sim.settings.workbooks.room import Room
from sim.settings.workbooks.span import Span
from sim.settings.workbooks.xml_walk import walk_xml

__all__ = ["OdsTables"]

_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})
#: A cell with one of these holds something; one with a style alone does not.
_VALUES: Final = frozenset(
    {f"office:{name}" for name in ("value", "string-value", "date-value", "time-value", "boolean-value", "value-type")} | {"table:formula"}
)
#: Those that are kept as text.
_TEXTS: Final = frozenset({"office:string-value", "office:date-value", "office:time-value", "table:formula"})
_TIMES: Final = re.compile(r"\+?[0-9]{1,10}")


@dataclass(slots=True)
class OdsTables:
    """Goes through the tables of a spreadsheet.

    Parameters
    ----------
    room : Room
        Told of each table and of the text of its cells; it refuses one that is too large.
    """

    room: Room
    _span: Span = field(default_factory=Span)
    _row: int = 1
    _rows: int = 1
    _column: int = 1
    _columns: int = 1
    _within: bool = False
    _holds: bool = False
    _characters: int = 0
    _written: int = 0
    _texts: int = 0

    def read(self, pieces: Iterator[bytes]) -> None:
        """Go through the XML.

        Raises
        ------
        ValueError
            When it is no XML, or says something other than a number of how often a row or cell stands.
        sim.errors.InputError
            When a table is too large, or their cells hold too much text.
        """
        walk_xml(pieces, self._start, self._end, self._text)
        self.room.add(self._span)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in _CELLS:
            self._columns, self._within = _times(attributes.get("table:number-columns-repeated")), True
            self._holds = not _VALUES.isdisjoint(attributes)
            if self._holds:
                self.room.grid(self._row + self._rows - 1, max(self._span.last_column, self._column + self._columns - 1))
            self._texts += 1
            written = sum(len(attributes[key]) for key in _TEXTS & attributes.keys())
            self._more(written, written)
        elif name == "table:table-row":
            self._rows, self._column = _times(attributes.get("table:number-rows-repeated")), 1
        elif name == "table:table":
            self.room.add(self._span)
            # Room is made from the first column on, whether anything stands there or not.
            self._span, self._row = Span(first_column=1), 1
        elif self._within:
            self._holds = self._holds or name == "text:p"
            if name == "text:s":
                self._more(_times(attributes.get("text:c")), 1)

    def _text(self, text: str) -> None:
        """Text of an element."""
        if self._within:
            self._more(len(text), len(text))

    def _more(self, characters: int, written: int) -> None:
        """Characters of a cell, as often as it stands."""
        self._characters, self._written = self._characters + characters * self._rows * self._columns, self._written + written
        self.room.text(self._characters, self._written, self._texts)

    def _end(self, name: str) -> None:
        """An element ends."""
        if name in _CELLS:
            if self._holds and self._rows and self._columns:
                self._span.add(self._row, self._column, self._rows, self._columns)
            self._column += self._columns
            self._within = False
        elif name == "table:table-row":
            self._row += self._rows


def _times(said: str | None) -> int:
    """How often a row, a cell or a space stands."""
    if said is None:
        return 1
    if not _TIMES.fullmatch(said):
        raise ValueError(f"something that stands {said[:20]!r} times")
    return int(said)
