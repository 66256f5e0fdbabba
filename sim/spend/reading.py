"""What was read from published spend files: payments, rows set aside and why, and how each file was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

__all__ = ["PAYMENT_COLUMNS", "REASONS", "ColumnGuess", "FileReading", "SpendReading"]

REASONS = {
    "title": "above the header",
    "header": "the header, or the header again",
    "blank": "nothing in it",
    "total": "a total printed in the file",
    "note": "words without a sum",
    "no-amount": "cells of a payment, but no sum that can be read",
    "no-details": "a sum alone: no supplier, no date",
    "broken": "a row that does not fit the columns, or fits them in more than one way",
    "summary": "a sheet that sums up another one",
}
"""Why a row may be set aside, and what that means."""

PAYMENT_COLUMNS = (
    "file",
    "sheet",
    "line",
    "body",
    "date",
    "supplier",
    "supplier_number",
    "amount",
    "category",
    "area",
    "description",
    "reference",
    "postcode",
    "redacted",
)
"""Columns of :attr:`SpendReading.payments`, in order."""


class ColumnGuess(NamedTuple):
    """The heading of the column that holds a field, and how sure that is, 0 to 1."""

    heading: str
    certainty: float


@dataclass(frozen=True, slots=True)
class FileReading:
    """How one text file, or one sheet of a workbook, was understood.

    Parameters
    ----------
    file, sheet : str
        The file as given; the sheet, blank for text files.
    kind : str
        ``csv``, ``xls``, ``xlsx``, ``ods`` or ``html``: by content, whatever the file is called.
    encoding, delimiter : str
        Of a text file; blank for workbooks.
    header_line : int
        Line of the header from 1; 0 where there is none.
    columns : mapping of str to ColumnGuess
        By field: the heading it was found under, and the certainty of that.
    positions : mapping of str to int
        By field: position of the column from 1.
    date_order : str
        ``day-first``, ``month-first``, ``year-first`` (also real dates and names of months) or ``none``.
    rows_read, rows_used : int
        Rows of every kind; payments among them.
    rows_set_aside : mapping of str to int
        By reason.
    pence_read, pence_used, pence_set_aside : int
        Value of all rows, of payments, of rows set aside that hold a sum.
    warnings : tuple of str
        What a reader should know, with lines.
    """

    file: str
    sheet: str
    kind: str
    encoding: str
    delimiter: str
    header_line: int
    columns: Mapping[str, ColumnGuess]
    positions: Mapping[str, int]
    date_order: str
    rows_read: int
    rows_used: int
    rows_set_aside: Mapping[str, int]
    pence_read: int
    pence_used: int
    pence_set_aside: int
    warnings: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The file, with its sheet."""
        return f"{self.file} ({self.sheet})" if self.sheet else self.file


@dataclass(frozen=True, slots=True)
class SpendReading:
    """Payments as published, and an account of every row.

    Parameters
    ----------
    payments : pandas.DataFrame
        One row a payment line, with :data:`PAYMENT_COLUMNS`; `amount` in whole pence.
    set_aside : pandas.DataFrame
        file, sheet, line, reason (one of :data:`REASONS`), amount (pence, missing where none could be read), text.
    files : tuple of FileReading
        One for each text file and each sheet, in order.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from sim.spend import read_spend
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "august.csv")
    ...     _ = path.write_text("Supplier,Date,Amount\\nA Ltd,01/08/2019,12.50\\nB Ltd,13/08/2019,(2.00)\\nTotal,,10.50\\n")
    ...     reading = read_spend([path])
    >>> reading.payments["amount"].tolist(), reading.set_aside["reason"].tolist()
    ([1250, -200], ['header', 'total'])
    """

    payments: pd.DataFrame
    set_aside: pd.DataFrame
    files: tuple[FileReading, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Every warning, each with its file."""
        return tuple(f"{read.where}: {warning}" for read in self.files for warning in read.warnings)

    def check(self) -> SpendReading:
        """Make sure that rows and value add up, file by file.

        Returns
        -------
        SpendReading
            Itself.

        Raises
        ------
        ValueError
            When a row or a penny is missing: a fault of the program.
        """
        paid = self.payments.groupby(["file", "sheet"], sort=False)["amount"].agg(["size", "sum"])
        aside = self.set_aside.groupby(["file", "sheet"], sort=False)["amount"].agg(["size", "sum"])
        for read in self.files:
            used_rows, used = _of(paid, read)
            aside_rows, set_aside = _of(aside, read)
            rows = read.rows_read == read.rows_used + sum(read.rows_set_aside.values()) == used_rows + aside_rows
            value = read.pence_read == read.pence_used + read.pence_set_aside == used + set_aside
            if not (rows and value):
                raise ValueError(f"rows or value of {read.where} do not add up: {read}")
        return self


def _of(table: pd.DataFrame, read: FileReading) -> tuple[int, int]:
    """Rows and pence of one file or sheet."""
    if (read.file, read.sheet) not in table.index:
        return 0, 0
    size, pence = table.loc[(read.file, read.sheet)]
    return int(size), int(pence)
