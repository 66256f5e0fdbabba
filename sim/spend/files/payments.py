"""One table, text file or sheet, from its rows to payments and to rows set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa

from sim.errors import InputError, Problem
from sim.spend.files.body import body_above
from sim.spend.files.dates import DateOrder, OrderFound, date_of, order_of, parts_of
from sim.spend.files.headings import AMOUNT_FIELDS
from sim.spend.files.layout import Layout, Record
from sim.spend.files.mending import mend
from sim.spend.files.postcode_form import postcode_of
from sim.spend.files.redaction import is_redacted
from sim.spend.files.row_kinds import Aside, is_total_label, sort_rows, sum_in
from sim.spend.files.sums import sums_of
from sim.spend.files.table import Distinct, Table, collect
from sim.spend.files.wording import lines_text, rows_that
from sim.spend.limits import Limits
from sim.spend.reading import ColumnGuess, FileReading

__all__ = ["Given", "Origin", "TableRead", "left_out", "read_table"]

_TEXT_FIELDS = ("body", "supplier", "supplier_number", "category", "area", "description", "reference", "postcode")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table comes from: file as given, sheet, kind, and how its text was read."""

    file: str
    sheet: str = ""
    kind: str = "csv"
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a mapping file settles for a table: order of dates, comma for pence, sign of payments, the publishing body."""

    date_order: DateOrder | None = None
    comma: bool | None = None
    reversed_sign: bool = False
    body: str = ""


@dataclass(slots=True)
class TableRead:
    """Payments of a table as Arrow columns, rows set aside, and the account of it."""

    columns: dict[str, Any]
    aside: list[Aside]
    reading: FileReading
    blank: list[int] = field(default_factory=list)


def read_table(
    above: Sequence[Record], table: Table, layout: Layout, origin: Origin, given: Given, shown: str, notes: Iterable[str] = ()
) -> TableRead:
    """Payments and rows set aside of one table.

    Parameters
    ----------
    above : sequence of Record
        Rows before the header, and the header.
    table : Table
        Rows below the header.
    layout : Layout
        Header and columns.
    origin : Origin
        Where the table comes from.
    given : Given
        What a mapping file settles.
    shown : str
        The file as errors call it.
    notes : iterable of str
        Warnings so far.

    Returns
    -------
    TableRead
        Every row of the table is a payment or set aside with a reason.

    Raises
    ------
    sim.errors.InputError
        When there are rows, and not one sum among them can be read.
    """
    warnings = [*notes, *layout.notes]
    mended = mend(table, layout, given.comma or False, origin.delimiter or ",")
    warnings += mended.notes
    whole = table.with_rows(mended.rows)
    sums = sums_of(whole, layout, given.comma, given.reversed_sign)
    supplier = whole.distinct(layout.position("supplier"))
    days, dated, order = _dates(whole, layout, given, warnings)
    named = supplier.each(lambda text: bool(text) and not is_total_label(text), bool)
    found = sort_rows(whole, layout, sums, dated, named)
    warnings += sums.notes + found.notes
    _refuse_without_sums(whole, layout, found.used, sums.unread, shown)
    _warn_of_rows(whole, layout, found.used, sums.unread, dated, supplier, warnings)
    if "body" not in layout.columns and not given.body:
        titled = body_above([row for row in above if row[0] != layout.line])
        if titled:
            given = replace(given, body=titled[1])
            warnings.append(f"the publishing body was taken from the title in line {titled[0]}: {titled[1]}")
    columns = _columns(whole, layout, found.used, sums.pence, days, supplier, origin, given, warnings)
    titles = _above(above, layout)
    like = [row.line for row in titles if row.pence is not None and row.text.count(",") >= 2]
    if like:
        warnings.append(
            f"{rows_that(len(like), 'looks like a payment', 'look like payments')} above the header; set aside ({lines_text(like)})"
        )
    aside = [*titles, *found.aside, *mended.aside]
    blank = [*table.blank, *found.blank]
    extra = sum(row.pence or 0 for row in (*titles, *mended.aside)) + found.elsewhere
    pence_read = int(sums.pence[sums.known].sum()) + extra
    reading = _account(layout, origin, order, len(above) + table.rows, found.used, sums.pence, aside, blank, pence_read, warnings)
    return TableRead(columns, aside, reading, blank)


def left_out(rows: Iterable[Record], origin: Origin, notes: Iterable[str], limits: Limits, shown: str) -> TableRead:
    """A table without payments: all its rows set aside as notes.

    Parameters
    ----------
    rows : iterable of Record
        Its rows.
    origin : Origin
        Where it comes from.
    notes : iterable of str
        Warnings so far.
    limits : Limits
        How many rows there may be.
    shown : str
        The file as errors call it.
    """
    table = collect(rows, 0, limits, shown)
    aside = [Aside(line, "note", None, ",".join(cells).strip(",")[:200]) for line, cells in table.uneven]
    warnings = [*notes, f"the sheet holds no table of payments: its {table.rows:,} rows were set aside"]
    layout = Layout(0, (), {})
    none = np.zeros(0, dtype=bool)
    account = _account(layout, origin, OrderFound("none"), table.rows, none, none.astype(np.int64), aside, table.blank, 0, warnings)
    return TableRead(_no_columns(), aside, account, table.blank)


def _no_columns() -> dict[str, Any]:
    """The columns of payments without a row."""
    columns = {name: _array([]) for name in ("file", "sheet", *_TEXT_FIELDS)}
    columns |= {name: pa.array([], type=pa.int64()) for name in ("line", "amount")}
    return {**columns, "date": pa.array([], type=pa.timestamp("s")), "redacted": pa.array([], type=pa.bool_())}


def _refuse_without_sums(table: Table, layout: Layout, used: np.ndarray, unread: np.ndarray, shown: str) -> None:
    """Refuse a table in which the column of amounts holds no sum at all."""
    if used.any() or not unread.any():
        return
    first = int(np.flatnonzero(unread)[0])
    name = next(name for name in AMOUNT_FIELDS if name in layout.columns)
    column = layout.columns[name]
    given = table.cells(np.array([first]))[0][column.position][:60]
    message = f"column {column.heading!r} holds no sum that can be read"
    remedy = "name the column of amounts in a mapping file (columns: amount)"
    raise InputError([Problem(shown, int(table.lines[first]), "amount", given, "a sum such as 1,234.50", None, remedy, message, "no-sums")])


def _above(above: Sequence[Record], layout: Layout) -> list[Aside]:
    """Rows above the header, and the header; a sum in the column of amounts is kept."""
    rows = []
    place = layout.position("amount")
    for line, cells in above:
        reason = "header" if line == layout.line else "title" if any(cell.strip() for cell in cells) else "blank"
        inside = reason == "title" and place is not None and place < len(cells)
        pence = sum_in([cells[place].strip()]) if inside and place is not None else None
        rows.append(Aside(line, reason, pence, ",".join(cells).strip(",")[:200]))
    return rows


def _dates(table: Table, layout: Layout, given: Given, warnings: list[str]) -> tuple[np.ndarray, np.ndarray | None, OrderFound]:
    """The day of each row, which rows have one, and the order of day and month."""
    distinct = table.distinct(layout.position("date"))
    if layout.position("date") is None:
        warnings.append("no column of dates was found")
        return np.full(len(table.lines), np.datetime64("NaT", "s")), None, OrderFound("none")
    counts = dict(zip(distinct.texts, distinct.counts().tolist(), strict=True))
    order = order_of(counts)
    if given.date_order:
        order = OrderFound(given.date_order)
    elif not order.sure:
        warnings.append("every date can be read with the day or the month first: the day was taken first, as in Britain")
    if order.contrary:
        contrary = distinct.each(set(order.contrary).__contains__, bool)
        shown = f"{int(contrary.sum()):,} dates can only be read the other way ({lines_text(table.lines[contrary])})"
        warnings.append(f"dates contradict each other: most are {order.order}, {shown}; dates that could be either were read {order.order}")
    days = distinct.each(lambda text: date_of(parts_of(text), order.order), "datetime64[s]")
    return days, ~np.isnat(days), order


def _warn_of_rows(
    table: Table, layout: Layout, used: np.ndarray, unread: np.ndarray, dated: np.ndarray | None, supplier: Distinct, warnings: list[str]
) -> None:
    """Say which rows have no readable sum, date or supplier."""
    if unread.any():
        aside = unread & ~used
        warnings.append(
            f"{rows_that(int(aside.sum()), 'has', 'have')} an amount that can't be read ({lines_text(table.lines[aside])})"
        ) if aside.any() else None
    if dated is not None and (used & ~dated).any():
        lines = table.lines[used & ~dated]
        warnings.append(f"{rows_that(len(lines), 'has', 'have', 'payment')} no date that can be read ({lines_text(lines)})")
    nameless = used & ~supplier.each(bool, bool)
    if nameless.any() and "supplier" in layout.columns:
        warnings.append(f"{rows_that(int(nameless.sum()), 'names', 'name', 'payment')} no supplier ({lines_text(table.lines[nameless])})")


def _columns(
    table: Table,
    layout: Layout,
    used: np.ndarray,
    pence: np.ndarray,
    days: np.ndarray,
    supplier: Distinct,
    origin: Origin,
    given: Given,
    warnings: list[str],
) -> dict[str, Any]:
    """The columns of payments as Arrow arrays; those of the table are given back one by one."""
    rows = int(used.sum())
    columns: dict[str, Any] = {"file": _constant(origin.file, rows), "sheet": _constant(origin.sheet, rows)}
    columns["line"] = pa.array(table.lines[used])
    mixed = pence[used].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) ^ days[used].astype(np.int64).astype(np.uint64)
    for name in _TEXT_FIELDS:
        distinct = supplier if name == "supplier" else table.distinct(layout.position(name))
        if name == "postcode":
            distinct = Distinct(distinct.codes, _array([postcode_of(text) for text in distinct.texts]))
        if name == "body" and layout.position("body") is None:
            distinct = Distinct(distinct.codes, _array([given.body]))
        codes = distinct.codes[used]
        columns[name] = distinct.dictionary.take(pa.array(codes))
        mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9) + codes.astype(np.uint64)
        table.free(layout.position(name))
    columns["date"] = pa.array(days[used])
    columns["amount"] = pa.array(pence[used])
    columns["redacted"] = pa.array(supplier.each(is_redacted, bool)[used])
    repeats = rows - len(np.unique(mixed))
    if repeats:
        warnings.append(f"{rows_that(repeats, 'repeats', 'repeat')} an earlier one in every column that is read; kept")
    return columns


def _constant(text: str, rows: int) -> Any:
    """A column with one text in every row."""
    return _array([text]).take(pa.array(np.zeros(rows, dtype=np.int32)))


def _array(texts: Sequence[str]) -> Any:
    """Texts as an Arrow array."""
    return pa.array(texts, type=pa.large_string())


def _account(
    layout: Layout,
    origin: Origin,
    order: OrderFound,
    rows: int,
    used: np.ndarray,
    pence: np.ndarray,
    aside: list[Aside],
    blank: list[int],
    pence_read: int,
    warnings: list[str],
) -> FileReading:
    """The account of a table."""
    reasons = Counter(row.reason for row in aside)
    reasons["blank"] += len(blank)
    return FileReading(
        file=origin.file,
        sheet=origin.sheet,
        kind=origin.kind,
        encoding=origin.encoding,
        delimiter=origin.delimiter,
        header_line=layout.line,
        columns={name: ColumnGuess(column.heading, column.certainty) for name, column in layout.columns.items()},
        positions={name: column.position + 1 for name, column in layout.columns.items()},
        date_order=order.order,
        rows_read=rows,
        rows_used=int(used.sum()),
        rows_set_aside={reason: count for reason, count in sorted(reasons.items()) if count},
        pence_read=pence_read,
        pence_used=int(pence[used].sum()),
        pence_set_aside=sum(row.pence or 0 for row in aside),
        warnings=tuple(warnings),
    )
