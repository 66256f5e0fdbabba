"""Rows with too few or too many cells, rebuilt where exactly one reading fits the columns.

A delimiter that is lost leaves two or three cells in one (25/06/2012900 is a date and a sum); one too many, in a name without
quotation marks, makes two cells of one. What the even rows hold says what fits: the forms of their dates, and the words of columns
that hold few different ones. A row that fits in no way, or in several, is set aside as broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sim.spend.files.amounts import pence_of
from sim.spend.files.dates import parts_of
from sim.spend.files.layout import Layout, Record
from sim.spend.files.row_kinds import Aside, is_total_label, sum_in
from sim.spend.files.table import Table
from sim.spend.files.wording import lines_text, rows_that

__all__ = ["Mended", "mend"]

_DIGIT = re.compile(r"\d")
_MOST_LOST = 3
_FEW = 40
_MOST_CELLS = 40
_LONGEST = 300
_DATE = re.compile(r"\d{1,4}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}")
_SUM = re.compile(r"[-(]?£?-?\d[\d,]*(?:\.\d{1,2})?\)?-?")


@dataclass(slots=True)
class Mended:
    """Rows rebuilt, rows set aside, and what to say about them."""

    rows: list[Record] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What may stand in each column: kinds (date, sum, text), forms of dates, and known words of columns with few."""

    kinds: tuple[str, ...]
    forms: frozenset[str]
    words: tuple[frozenset[str] | None, ...]
    comma: bool

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether cells can stand in these columns: a sum, a date, known words."""
        for kind, cell, known in zip(self.kinds, cells, self.words, strict=True):
            if kind == "sum" and pence_of(cell, self.comma) is None:
                return False
            if kind == "date" and not self.is_date(cell):
                return False
            if kind == "text" and known is not None and cell not in known and cell:
                return False
        return True

    def is_date(self, cell: str) -> bool:
        """Whether a cell is a date in a form that the even rows show."""
        return parts_of(cell) is not None and (not self.forms or _form(cell) in self.forms)


def mend(table: Table, layout: Layout, comma: bool = False, delimiter: str = ",") -> Mended:
    """Rebuild the uneven rows of a table where one reading fits.

    Parameters
    ----------
    table : Table
        The table; its even rows say what fits.
    layout : Layout
        Header and columns.
    comma : bool
        Whether the comma parts pounds from pence.
    delimiter : str
        What parts the cells of the file.

    Returns
    -------
    Mended
        Rebuilt rows as wide as the header; every other uneven row set aside.

    Examples
    --------
    >>> from sim.spend.files.layout import find_layout
    >>> from sim.spend.files.table import collect
    >>> from sim.spend.limits import Limits
    >>> rows = [(1, ["Supplier", "Date", "Amount"]), (2, ["A", "25/06/2012", "5.00"]), (3, ["Catch2225/06/2012", "900"])]
    >>> mend(collect(rows[1:], 3, Limits(), "a.csv"), find_layout(rows)).rows
    [(3, ['Catch22', '25/06/2012', '900'])]
    """
    mended = Mended()
    if not table.uneven:
        return mended
    columns = _columns(table, layout, comma)
    rebuilt: list[int] = []
    for line, raw in table.uneven:
        cells = [" ".join(cell.split()) for cell in raw]
        padded = cells + [""] * (layout.width - len(cells))
        if len(cells) <= layout.width and columns.fits(padded):
            mended.rows.append((line, padded))
            continue
        aside = _no_payment(line, cells, layout)
        readings = [] if aside else _readings(raw, columns, delimiter)
        if len(readings) == 1:
            mended.rows.append((line, readings[0]))
            rebuilt.append(line)
        else:
            mended.aside.append(aside or _broken(line, cells, readings, columns))
    _say(mended, rebuilt)
    return mended


def _say(mended: Mended, rebuilt: list[int]) -> None:
    """Warnings of rows rebuilt and rows broken."""
    if rebuilt:
        mended.notes.append(f"{rows_that(len(rebuilt), 'had', 'had')} lost or surplus delimiters; rebuilt ({lines_text(rebuilt)})")
    broken = [row.line for row in mended.aside if row.reason == "broken"]
    if broken:
        mended.notes.append(f"{rows_that(len(broken), 'does', 'do')} not fit the columns; set aside as broken ({lines_text(broken)})")


def _columns(table: Table, layout: Layout, comma: bool) -> _Columns:
    """What the even rows show of each column."""
    kinds = ["text"] * layout.width
    for name in ("amount", "gross") if "amount" not in layout.columns else ("amount",):
        if name in layout.columns:
            kinds[layout.columns[name].position] = "sum"
    forms: set[str] = set()
    if "date" in layout.columns:
        kinds[layout.columns["date"].position] = "date"
        texts = table.distinct(layout.position("date")).texts
        forms = {_form(text) for text in texts if parts_of(text) is not None}
    words: list[frozenset[str] | None] = []
    for position, kind in enumerate(kinds):
        texts = table.distinct(position).texts if kind == "text" else []
        few = 0 < len(texts) <= _FEW and len(table.lines) >= 10 * len(texts)
        words.append(frozenset(" ".join(text.split()) for text in texts) if few else None)
    return _Columns(tuple(kinds), frozenset(forms), tuple(words), comma)


def _form(text: str) -> str:
    """A date with each digit as a nine: what its form is."""
    return _DIGIT.sub("9", text)


def _no_payment(line: int, cells: list[str], layout: Layout) -> Aside | None:
    """A total or a note among uneven rows; None where the row may be a payment."""
    filled = [cell for cell in cells if cell]
    words = [cell for cell in filled if pence_of(cell) is None]
    text = ",".join(cells).strip(",")[:200]
    if any(is_total_label(word) for word in words) and len(words) <= 2:
        return Aside(line, "total", sum_in(cells), text)
    if len(filled) == 1 and words and not (_DATE.search(words[0][:_LONGEST]) and layout.width > 1):
        return Aside(line, "note", None, text)
    return None


def _broken(line: int, cells: list[str], readings: list[list[str]], columns: _Columns) -> Aside:
    """A row that can't be rebuilt; its sum where every reading agrees on it, or where one cell alone can be it."""
    place = columns.kinds.index("sum") if "sum" in columns.kinds else None
    sums = {pence_of(reading[place], columns.comma) for reading in readings} if place is not None else set()
    if not readings:
        marked = [cell for cell in cells if "." in cell or "£" in cell]
        sums = {pence for cell in marked if parts_of(cell) is None and (pence := pence_of(cell, columns.comma)) is not None}
    return Aside(line, "broken", sums.pop() if len(sums) == 1 else None, ",".join(cells).strip(",")[:200])


def _readings(raw: list[str], columns: _Columns, delimiter: str) -> list[list[str]]:
    """Every way in which the cells fit the columns."""
    cells = [" ".join(cell.split()) for cell in raw]
    width = len(columns.kinds)
    missing = width - len(cells)
    if width > _MOST_CELLS or abs(missing) > _MOST_LOST or not cells or max(map(len, cells)) > _LONGEST:
        return []
    tries = _parted(cells, columns, missing) if missing > 0 else _joined(raw, width, delimiter)
    found: list[list[str]] = []
    for reading in tries:
        if reading not in found and columns.fits(reading):
            found.append(reading)
        if len(found) > 20:
            break
    return found


def _parted(cells: list[str], columns: _Columns, missing: int) -> Iterator[list[str]]:
    """Rows in which delimiters are put back: `missing` boundaries between columns are taken as lost."""
    kinds = columns.kinds
    places = [at for at in range(1, len(kinds)) if kinds[at] != "text" or kinds[at - 1] != "text"]
    for lost in combinations(places, missing):
        yield from _with_lost(cells, columns, frozenset(lost))


def _with_lost(cells: list[str], columns: _Columns, lost: frozenset[int]) -> Iterator[list[str]]:
    """Rows in which the boundaries before the columns `lost` are put back."""
    rows: list[list[str]] = [[]]
    start = 0
    for cell in cells:
        end = start + 1
        while end in lost:
            end += 1
        pieces = [[cell]] if end == start + 1 else list(_split(cell, columns.kinds[start:end], columns))
        rows = [row + piece for row in rows for piece in pieces][:50]
        start = end
    yield from rows


def _split(cell: str, kinds: Sequence[str], columns: _Columns) -> Iterator[list[str]]:
    """Ways to part a cell into columns, at a date or a sum; words beside words are never asked for, since they can't be parted."""
    if len(kinds) == 1:
        fits = (
            columns.is_date(cell) if kinds[0] == "date" else pence_of(cell, columns.comma) is not None if kinds[0] == "sum" else bool(cell)
        )
        if fits:
            yield [cell]
        return
    for at in range(1, len(cell)):
        head, tail = cell[:at].rstrip(), cell[at:].lstrip()
        if not _may_be(head, kinds[0], columns):
            continue
        for rest in _split(tail, kinds[1:], columns):
            yield [head, *rest]


def _may_be(text: str, kind: str, columns: _Columns) -> bool:
    """Whether a piece of a cell can be of a kind."""
    if kind == "date":
        return columns.is_date(text)
    return bool(_SUM.fullmatch(text)) and pence_of(text, columns.comma) is not None if kind == "sum" else bool(text)


def _joined(raw: list[str], width: int, delimiter: str) -> Iterator[list[str]]:
    """Rows in which surplus delimiters belong to one cell."""
    surplus = len(raw) - width
    for at in range(width):
        joined = delimiter.join(raw[at : at + surplus + 1])
        yield [" ".join(cell.split()) for cell in (*raw[:at], joined, *raw[at + surplus + 1 :])]
