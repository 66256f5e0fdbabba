"""The small tables of a result, by income tenth, neighbourhood and owner, compared run by run at the end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.report.findings.comparison import Compared
from sim.report.findings.view import View
from sim.report.numbers import Amount

__all__ = ["Field", "compare_rows"]

END = "end"


@dataclass(frozen=True)
class Field:
    """A column of a small table.

    Parameters
    ----------
    table, key, column : str
        Name of the table, the column that names its rows, the column of values.
    unit, kind : str
        As for a measure.
    in_pence : bool
        Whether the values are in pence.
    """

    table: str
    key: str
    column: str
    unit: str
    kind: str
    in_pence: bool = False


def compare_rows(view: View, arm: str, field: Field) -> list[Compared]:
    """Each row of a small table at the end of the run, against the reference; empty when it was not recorded."""
    stored = view.result.tables["distributions"]
    if field.table not in set(stored["table"].astype(str)):
        return []
    frame = view.result.distribution(field.table)
    if not {field.key, field.column} <= set(frame.columns):
        return []
    if "when" in frame.columns:
        frame = frame[frame["when"] == END]
    rows = list(dict.fromkeys(frame[field.key]))
    values = frame.set_index(["arm", field.key, "seed"])[field.column].astype(float) / (view.minor_units if field.in_pence else 1)
    amount = Amount(field.kind, view.symbol)
    found = []
    for row in rows:
        label = str(row)
        after = _of(values, arm, row, view)
        if view.is_comparison:
            found.append(view.compare(label, field.unit, amount, _of(values, view.result.reference, row, view), after))
        else:
            found.append(view.alone(label, field.unit, amount, after))
    return found


def _of(values: pd.Series, arm: str, row: object, view: View) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """One row in each seed."""
    return np.array([float(values.get((arm, row, seed), np.nan)) for seed in view.result.seeds])
