"""Published spend files in: payments, and an account of every row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from sim.errors import InputError, Problem
from sim.spend.files.layout import Layout, Record, find_layout
from sim.spend.files.payments import Given, Origin, TableRead, read_table
from sim.spend.files.table import collect
from sim.spend.files.text_file import delimiter_of, encoding_of, records
from sim.spend.limits import Limits
from sim.spend.reading import PAYMENT_COLUMNS, SpendReading

__all__ = ["read_spend"]

_SAMPLE = 300


def read_spend(paths: str | Path | Iterable[str | Path], mapping: Any = None, limits: Limits | None = None) -> SpendReading:  # noqa: ARG001
    """Payments of published spend files.

    Parameters
    ----------
    paths : path, or iterable of paths
        Files as councils, trusts, universities and police publish them.
    mapping : SpendMapping, optional
        What the files hold, where the guess is wrong (:func:`sim.spend.read_mapping`).
    limits : Limits, optional
        How large files may be.

    Returns
    -------
    SpendReading
        Payments, rows set aside, and how each file was understood. Rows and value add up.

    Raises
    ------
    sim.errors.InputError
        With every problem of every file that can't be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "august.csv")
    ...     _ = path.write_text("Supplier Name;Payment Date;Net Amount\\nA Ltd;13/08/2019;£1,200.50\\n")
    ...     payments = read_spend(path).payments
    >>> payments["supplier"].tolist(), payments["amount"].tolist(), str(payments.loc[0, "date"].date())
    (['A Ltd'], [120050], '2019-08-13')
    """
    limits = limits or Limits()
    chosen = [Path(paths)] if isinstance(paths, (str, Path)) else [Path(path) for path in paths]
    problems: list[Problem] = []
    read: list[TableRead] = []
    for path in chosen:
        try:
            read += _read_file(path, str(path), limits)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return _reading(read).check()


def _read_file(path: Path, shown: str, limits: Limits) -> list[TableRead]:
    """The tables of one file."""
    encoding = encoding_of(path)
    delimiter = delimiter_of(path, encoding.name)
    rows = records(path, encoding.name, delimiter)
    sample = list(islice(rows, _SAMPLE))
    layout = find_layout(sample)
    if layout is None:
        raise InputError([Problem(shown, 1, "", "", "", None, "", "no header was found", "no-header")])
    origin = Origin(shown, "", "csv", encoding.name, delimiter)
    above, below = _around(sample, layout)
    table = collect(chain(below, rows), layout.width, limits, shown)
    return [read_table(above, table, layout, origin, Given())]


def _around(sample: Sequence[Record], layout: Layout) -> tuple[list[Record], list[Record]]:
    """Rows up to the header, and rows below it."""
    return [row for row in sample if row[0] <= layout.line], [row for row in sample if row[0] > layout.line]


def _reading(read: Sequence[TableRead]) -> SpendReading:
    """The tables of all files as one reading."""
    tables = [pa.table({name: table.columns[name] for name in PAYMENT_COLUMNS}) for table in read]
    return SpendReading(_frame(pa.concat_tables(tables)), _set_aside(read), tuple(table.reading for table in read))


def _frame(table: Any) -> pd.DataFrame:
    """Arrow columns as a frame whose texts stay in Arrow."""
    columns: dict[str, Any] = {}
    text = pd.StringDtype("pyarrow", na_value=np.nan)
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_large_string(column.type):
            columns[name] = pd.array(column, dtype=text)
        else:
            columns[name] = column.to_numpy()
    return pd.DataFrame(columns, copy=False)


def _set_aside(read: Sequence[TableRead]) -> pd.DataFrame:
    """Rows set aside of all files, in order."""
    rows = [
        (table.reading.file, table.reading.sheet, line, reason, pence, text)
        for table in read
        for line, reason, pence, text in sorted(
            [*((row.line, row.reason, row.pence, row.text) for row in table.aside), *((line, "blank", None, "") for line in table.blank)],
            key=lambda row: row[0],
        )
    ]
    files, sheets, lines, reasons, pence, texts = zip(*rows, strict=True) if rows else ((),) * 6
    text = pd.StringDtype("pyarrow", na_value=np.nan)
    return pd.DataFrame(
        {
            "file": pd.array(files, dtype=text),
            "sheet": pd.array(sheets, dtype=text),
            "line": np.array(lines, dtype=np.int64),
            "reason": pd.array(reasons, dtype=text),
            "amount": pd.array(pence, dtype="Int64"),
            "text": pd.array(texts, dtype=text),
        }
    )
