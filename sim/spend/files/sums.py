"""The sum of each row in pence, from whichever columns of money a table has."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.spend.files.amounts import MOST_PENCE, continental, pence_of
from sim.spend.files.layout import Layout
from sim.spend.files.table import Table
from sim.spend.files.wording import lines_text, rows_that

__all__ = ["Sums", "sums_of"]

_NONE = np.iinfo(np.int64).min


@dataclass(slots=True)
class Sums:
    """The sum of each row.

    Parameters
    ----------
    pence : ndarray of int64
        Nought where there is none.
    known : ndarray of bool
        Whether a sum could be read.
    unread : ndarray of bool
        Whether something stands there that is no sum.
    notes : list of str
        How the sums were read.
    """

    pence: np.ndarray
    known: np.ndarray
    unread: np.ndarray
    notes: list[str] = field(default_factory=list)


def sums_of(table: Table, layout: Layout, comma: bool | None = None, reversed_sign: bool = False) -> Sums:
    """The sum of each row: the amount, else debit less credit, else the gross amount.

    Parameters
    ----------
    table : Table
        The rows.
    layout : Layout
        Which columns hold money.
    comma : bool, optional
        Whether the comma parts pounds from pence; found from the column when left out.
    reversed_sign : bool
        Whether payments are printed below nought and credits above.

    Returns
    -------
    Sums
        One sum a row.

    Examples
    --------
    >>> from sim.spend.files.layout import find_layout
    >>> from sim.spend.files.table import collect
    >>> from sim.spend.limits import Limits
    >>> rows = [(1, ["Supplier", "Debit", "Credit"]), (2, ["A", "12.50", ""]), (3, ["B", "", "2.00"])]
    >>> sums_of(collect(rows[1:], 3, Limits(), "a.csv"), find_layout(rows)).pence.tolist()
    [1250, -200]
    """
    if "amount" in layout.columns:
        sums = _column(table, layout, "amount", comma)
        _fill_from_gross(sums, table, layout, comma)
    elif "debit" in layout.columns or "credit" in layout.columns:
        sums = _debit_less_credit(table, layout, comma)
    else:
        sums = _column(table, layout, "gross", comma)
        sums.notes.append(f"there is no amount without VAT: {layout.columns['gross'].heading!r}, with VAT, was counted")
    _apply_sign(sums, table, layout)
    _bound(sums, layout.factor)
    if layout.factor != 1:
        sums.pence *= layout.factor
        sums.notes.append("the heading says thousands: amounts were multiplied by 1,000")
    if reversed_sign:
        sums.pence = -sums.pence
    return sums


def _bound(sums: Sums, factor: int) -> None:
    """A sum above the bound of all sums is none: it may be in thousands, or a credit may have been added to a debit below nought."""
    beyond = np.abs(sums.pence) > MOST_PENCE // factor
    sums.known, sums.unread = sums.known & ~beyond, sums.unread | beyond
    sums.pence = np.where(beyond, 0, sums.pence)


def _column(table: Table, layout: Layout, name: str, comma: bool | None) -> Sums:
    """The sums of one column."""
    distinct = table.distinct(layout.position(name))
    if comma is None:
        comma = continental(text for part in distinct.parts() for text in part)
    notes = ["the comma parts pounds from pence in this column"] if comma else []
    pence = distinct.each(lambda text: _or_none(pence_of(text, comma)), np.int64)
    known = pence != _NONE
    filled = distinct.each(bool, bool)
    rounded = sum(_has_part_of_penny(text) for part in distinct.parts() for text in part)
    if rounded:
        words = "1 amount has parts of a penny and was" if rounded == 1 else f"{rounded:,} different amounts have parts of a penny and were"
        notes.append(f"{words} rounded to the penny")
    return Sums(np.where(known, pence, 0), known, filled & ~known, notes)


def _or_none(pence: int | None) -> int:
    """A sum, or the number that stands for none."""
    return _NONE if pence is None else pence


def _has_part_of_penny(text: str) -> bool:
    """Whether a sum has more than two decimals which a machine's way of keeping numbers does not explain."""
    point = text.find(".")
    if point < 0 or len(text) - point <= 3 or not text[point + 1 :].isdigit():
        return False
    decimals = text[point + 1 :]
    return decimals[2:].strip("0") != "" and not ("00000" in decimals[2:] or "99999" in decimals[2:])


def _fill_from_gross(sums: Sums, table: Table, layout: Layout, comma: bool | None) -> None:
    """Where the amount without VAT is blank, the one with VAT counts."""
    if "gross" not in layout.columns:
        return
    gross = _column(table, layout, "gross", comma)
    missing = ~sums.known & ~sums.unread & gross.known
    if missing.any():
        sums.pence[missing] = gross.pence[missing]
        sums.known |= missing
        lines = lines_text(table.lines[missing])
        sums.notes.append(f"{rows_that(int(missing.sum()), 'has', 'have')} no amount without VAT: the one with VAT was counted ({lines})")


def _debit_less_credit(table: Table, layout: Layout, comma: bool | None) -> Sums:
    """Debits are payments, credits come off them, whatever their sign."""
    none = np.zeros(len(table.lines), dtype=np.int64)
    total = Sums(none, none.astype(bool), none.astype(bool))
    for name, sign in (("debit", 1), ("credit", -1)):
        if name in layout.columns:
            part = _column(table, layout, name, comma)
            total.pence = total.pence + (part.pence if sign == 1 else -np.abs(part.pence))
            total.known, total.unread = total.known | part.known, total.unread | part.unread
            total.notes += part.notes
    total.known &= ~total.unread
    total.pence = np.where(total.known, total.pence, 0)
    total.notes.append("amounts are debits less credits")
    return total


def _apply_sign(sums: Sums, table: Table, layout: Layout) -> None:
    """A column that says debit or credit turns the sign of credits, if amounts are printed without signs."""
    if "sign" not in layout.columns:
        return
    distinct = table.distinct(layout.position("sign"))
    credit = distinct.each(lambda text: text.strip(" .").casefold() in ("c", "cr", "credit", "credit note", "-"), bool)
    if credit.any() and not (sums.pence[credit] < 0).any():
        sums.pence[credit] *= -1
        sums.notes.append(
            f"{rows_that(int(credit.sum()), 'says', 'say')} credit in {layout.columns['sign'].heading!r}, counted below nought"
        )
