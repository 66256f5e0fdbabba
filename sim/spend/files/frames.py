"""Tables of files put together as frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from sim.spend.files.payments import TableRead
from sim.spend.reading import PAYMENT_COLUMNS, SpendReading
from sim.spend.together import refuse_too_much

__all__ = ["reading_of"]

_REMEDY = "look whether the column taken for amounts holds amounts, or name another in a mapping file (columns: amount)"


def reading_of(read: Sequence[TableRead]) -> SpendReading:
    """The tables of all files as one reading; refused where no total could hold all sums."""
    tables = [pa.table({name: table.columns[name] for name in PAYMENT_COLUMNS}) for table in read]
    payments, set_aside = _frame(pa.concat_tables(tables)), _set_aside(read)
    refuse_too_much([(table["file"], table["amount"]) for table in (payments, set_aside)], _REMEDY)
    return SpendReading(payments, set_aside, tuple(table.reading for table in read))


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
