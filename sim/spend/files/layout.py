"""Where the header of a table stands and which column holds which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sim.settings.workbooks.sheets import Record
from sim.spend.files.amounts import pence_of
from sim.spend.files.dates import parts_of
from sim.spend.files.headings import AMOUNT_FIELDS, Meaning, meaning_of

__all__ = ["Column", "Layout", "Record", "find_layout"]

#: What a field adds to the score of a row that may be the header.
_WEIGHTS = {"supplier": 3.0, "amount": 3.0, "gross": 2.5, "debit": 2.0, "credit": 1.0, "date": 2.0}
_LEAST_SCORE = 3.5
_HEADER_WITHIN = 200
#: The two halves of a sum such as 1,234.50 that was parted at its comma.
_BEFORE_THOUSANDS = re.compile(r"[-(]?\s?£?\s?-?\d{1,3}")
_THOUSANDS = re.compile(r"\d{3}(?:\.\d{1,2})?[-)]?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that holds a field: its position from 0, heading and how sure that is."""

    position: int
    heading: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The header of a table and its columns.

    Parameters
    ----------
    line : int
        Line of the header from 1; 0 where there is none.
    header : tuple of str
        Its cells, as many as the rows have.
    columns : dict of str to Column
        By field.
    factor : int
        What amounts are multiplied by: 1000 where the heading says thousands.
    score : float
        How much the row looks like a header.
    notes : tuple of str
        What was guessed.
    """

    line: int
    header: tuple[str, ...]
    columns: dict[str, Column]
    factor: int = 1
    score: float = 0.0
    notes: tuple[str, ...] = field(default=())

    @property
    def width(self) -> int:
        """Cells in a row."""
        return len(self.header)

    def position(self, name: str) -> int | None:
        """Position of a field's column, or None."""
        column = self.columns.get(name)
        return column.position if column else None

    @property
    def has_amount(self) -> bool:
        """Whether some column holds sums that count."""
        return any(name in self.columns for name in AMOUNT_FIELDS)


def find_layout(sample: Sequence[Record]) -> Layout | None:
    """The header among the first rows of a table.

    Parameters
    ----------
    sample : sequence of Record
        The first rows.

    Returns
    -------
    Layout or None
        The earliest row that looks most like a header; None where none does. A missing amount or date is looked for in what the
        columns hold, and noted.

    Examples
    --------
    >>> found = find_layout([(1, ["Spend over 500", ""]), (2, ["Supplier", "Net Amount"]), (3, ["A Ltd", "12.00"])])
    >>> found.line, found.columns["amount"]
    (2, Column(position=1, heading='Net Amount', certainty=1.0))
    """
    best: Layout | None = None
    for line, cells in sample[:_HEADER_WITHIN]:
        layout = _as_header(line, cells)
        if layout is not None and (best is None or layout.score > best.score + 1e-9):
            best = layout
    if best is None:
        return _supplier_alone(sample)
    rows = [cells for line, cells in sample if line > best.line and any(cells)]
    return _by_content(_widened(best, rows), rows)


def _supplier_alone(sample: Sequence[Record]) -> Layout | None:
    """A header of which the supplier alone is known, where one column holds sums and one holds dates."""
    for line, cells in sample[:_HEADER_WITHIN]:
        named = [(at, meaning) for at, cell in enumerate(cells) if cell and (meaning := meaning_of(cell.strip())) is not None]
        if len(named) != 1 or named[0][1].field != "supplier" or named[0][1].certainty < 1:
            continue
        at = named[0][0]
        layout = Layout(line, tuple(cells), {"supplier": Column(at, cells[at].strip(), 1.0)}, score=_WEIGHTS["supplier"])
        found = _by_content(layout, [cells for number, cells in sample if number > line and any(cells)])
        if found.has_amount and "date" in found.columns:
            return found
    return None


def _as_header(line: int, cells: Sequence[str]) -> Layout | None:
    """A row read as a header, or None where it names too little."""
    meanings = [meaning_of(cell.strip()) if cell else None for cell in cells]
    if sum(meaning is not None for meaning in meanings) < 2:
        return None
    chosen: dict[str, tuple[int, Meaning]] = {}
    for position, meaning in enumerate(meanings):
        if meaning is None:
            continue
        held = chosen.get(meaning.field)
        if held is None or (meaning.rank, -meaning.certainty) < (held[1].rank, -held[1].certainty):
            chosen[meaning.field] = (position, meaning)
    score = sum(_WEIGHTS.get(name, 0.8) * meaning.certainty for name, (_, meaning) in chosen.items())
    score -= sum(1.5 for cell in cells if cell and (pence_of(cell.strip()) is not None or parts_of(cell.strip()) is not None))
    if score < _LEAST_SCORE or len(chosen) < 2:
        return None
    columns = {name: Column(position, cells[position].strip(), meaning.certainty) for name, (position, meaning) in chosen.items()}
    factor = next((chosen[name][1].factor for name in AMOUNT_FIELDS if name in chosen), 1)
    return Layout(line, tuple(cells), columns, factor, score, tuple(_several(meanings, columns, cells)))


def _several(meanings: Sequence[Meaning | None], columns: dict[str, Column], cells: Sequence[str]) -> Iterable[str]:
    """A note where more than one column could be the amount."""
    sums = [cells[place].strip() for place, meaning in enumerate(meanings) if meaning is not None and meaning.field == "amount"]
    if len(sums) > 1:
        chosen = columns["amount"].heading
        yield f"several columns could be the amount ({', '.join(sums)}); {chosen} was taken"


def _widened(layout: Layout, rows: Sequence[Sequence[str]]) -> Layout:
    """The header with blank cells added where most rows have more cells than it, filled ones included."""
    lengths = [_filled(row) for row in rows]
    longer = [length for length in lengths if length > layout.width]
    if len(longer) * 2 <= len(lengths) or _sums_in_two(layout, [row for row in rows if _filled(row) > layout.width]):
        return layout
    width = max(set(longer), key=longer.count)
    return replace(layout, header=layout.header + ("",) * (width - layout.width))


def _sums_in_two(layout: Layout, rows: Sequence[Sequence[str]]) -> bool:
    """Whether most rows are longer because their sums lost the quotation marks around a comma of thousands."""
    at = next((layout.columns[name].position for name in AMOUNT_FIELDS if name in layout.columns), None)
    if at is None:
        return False
    parted = [row for row in rows if _BEFORE_THOUSANDS.fullmatch(row[at].strip()) and _THOUSANDS.fullmatch(row[at + 1].strip())]
    return len(parted) * 2 > len(rows)


def _filled(row: Sequence[str]) -> int:
    """Cells up to the last that is not blank."""
    length = len(row)
    while length and not row[length - 1].strip():
        length -= 1
    return length


def _by_content(layout: Layout, rows: Sequence[Sequence[str]]) -> Layout:
    """Look for a missing amount or date in what the columns hold."""
    columns, notes = dict(layout.columns), list(layout.notes)
    taken = {column.position for column in columns.values()}
    wanted = [] if layout.has_amount else ["amount"]
    wanted += [] if "date" in columns else ["date"]
    for name in wanted:
        fits = _looks_like_sums if name == "amount" else _looks_like_dates
        found = [at for at in range(layout.width) if at not in taken and fits([row[at].strip() for row in rows if at < len(row)])]
        if len(found) == 1:
            heading = layout.header[found[0]].strip()
            columns[name] = Column(found[0], heading, 0.5)
            notes.append(f"column {found[0] + 1} ({heading or 'no heading'}) was taken for the {name} by what it holds")
    return replace(layout, columns=columns, notes=tuple(notes))


def _looks_like_sums(cells: Sequence[str]) -> bool:
    """Whether nearly all filled cells are sums and half of them have pence, a pound sign or thousands."""
    filled = [cell for cell in cells if cell]
    sums = [cell for cell in filled if pence_of(cell) is not None]
    marked = [cell for cell in sums if any(sign in cell for sign in ".,£")]
    return len(filled) >= 2 and len(sums) >= 0.9 * len(filled) and len(marked) * 2 >= len(filled)


def _looks_like_dates(cells: Sequence[str]) -> bool:
    """Whether nearly all filled cells are dates that are more than digits."""
    filled = [cell for cell in cells if cell]
    dates = [cell for cell in filled if not cell.replace(".", "").isdigit() and parts_of(cell) is not None]
    return len(filled) >= 2 and len(dates) >= 0.9 * len(filled)
