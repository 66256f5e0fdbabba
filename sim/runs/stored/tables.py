"""Outcomes of seeds to tidy tables: one row a fact, always in the same order, whoever ran what."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.core.records import RunRecord
from sim.runs.outcome import SeedOutcome

__all__ = ["CATEGORIES", "COLUMNS", "build_tables", "empty_table", "with_categories"]

#: Tables of a result with their columns in order.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "series": ("arm", "seed", "month", "measure", "value"),
    "flow_matrices": ("arm", "seed", "month", "channel", "sector", "pence"),
    "balance_sheets": ("arm", "seed", "month", "instrument", "sector", "pence"),
    "pound_flows": ("arm", "seed", "period", "payer", "payee", "pence"),
    "channel_totals": ("arm", "seed", "channel", "sector", "received", "paid"),
    "distributions": ("arm", "seed", "table", "row", "values"),
    "accounts": ("arm", "seed", "months_checked", "bookings", "total_money", "largest_residual"),
    "warnings": ("arm", "seed", "warning"),
    "timings": ("arm", "seed", "seconds"),
    "resilience": ("arm", "seed", "measure", "against", "shock_month", "depth", "depth_share", "deepest", "back", "lost"),
}

#: Columns of repeated words.
CATEGORIES: Final = frozenset({"arm", "measure", "against", "channel", "sector", "instrument", "period", "payer", "payee", "table"})

#: Columns of numbers that need not be whole.
MEASURED: Final = frozenset({"seconds", "depth", "depth_share", "deepest", "back", "lost"})

Rows = list[tuple[Any, ...]]


def build_tables(arms: Sequence[str], outcomes: Sequence[SeedOutcome]) -> dict[str, pd.DataFrame]:
    """All tables of a result but the summary.

    Parameters
    ----------
    arms : sequence of str
        Names of the arms in order, the reference first.
    outcomes : sequence of SeedOutcome
        In any order; failed seeds have no rows.

    Returns
    -------
    dict of str to DataFrame
        By name, as in `COLUMNS`; rows in order of arm, seed, month and then as recorded.
    """
    done = sorted((outcome for outcome in outcomes if outcome.failure is None), key=lambda outcome: outcome.seed)
    runs = [(arm, outcome.seed, outcome.records[arm]) for arm in arms for outcome in done]
    rows: dict[str, Rows] = {name: [] for name in COLUMNS if name != "series"}
    for arm, seed, record in runs:
        for name, values in _rows(record):
            rows[name].append((arm, seed, *values))
    tables = {name: _frame(name, rows[name]) for name in rows}
    return {"series": _series(runs), **tables}


def _series(runs: Sequence[tuple[str, int, RunRecord]]) -> pd.DataFrame:
    """The series of all runs: months within measures within seeds within arms."""
    counts = [(len(record.measures), record.months) for _, _, record in runs]
    columns: dict[str, Any] = {"arm": [], "seed": [], "month": [], "measure": [], "value": []}
    for (arm, seed, record), (n_measures, _) in zip(runs, counts, strict=True):
        names = sorted(record.measures)
        lengths = [len(record.measures[name]) for name in names]
        size = sum(lengths)
        columns["arm"].append(np.full(size, arm, object))
        columns["seed"].append(np.full(size, seed, np.int64))
        columns["month"].append(
            np.concatenate([np.arange(1, n + 1, dtype=np.int32) for n in lengths]) if n_measures else np.empty(0, np.int32)
        )
        columns["measure"].append(np.repeat(np.array(names, object), lengths))
        columns["value"].append(np.concatenate([record.measures[name] for name in names]) if n_measures else np.empty(0))
    types = {"arm": object, "seed": np.int64, "month": np.int32, "measure": object, "value": np.float64}
    joined = {name: np.concatenate(parts) if parts else np.empty(0, types[name]) for name, parts in columns.items()}
    return with_categories(pd.DataFrame(joined))


def _rows(record: RunRecord) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every row of the smaller tables that one record gives, without arm and seed."""
    for month in sorted(record.flow_matrices):
        for cell in record.flow_matrices[month].rows():
            yield "flow_matrices", (month, *cell)
    for month in sorted(record.balance_sheets):
        for cell in record.balance_sheets[month].rows():
            yield "balance_sheets", (month, *cell)
    for period in sorted(record.pound_flows):
        for payer, payee, pence in sorted(record.pound_flows[period]):
            yield "pound_flows", (period, payer, payee, int(pence))
    if record.channel_totals is not None:
        for total in record.channel_totals.rows():
            yield "channel_totals", total
    for table in sorted(record.distributions):
        for row, values in enumerate(record.distributions[table]):
            yield "distributions", (table, row, json.dumps(values, default=_plain))
    if record.accounts:
        yield "accounts", tuple(int(record.accounts.get(name, 0)) for name in COLUMNS["accounts"][2:])
    for warning in record.warnings:
        yield "warnings", (warning,)
    yield "timings", (float(record.seconds),)


def _plain(value: Any) -> Any:
    """A numpy number as a Python number."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"a distribution holds {type(value).__name__}, which JSON does not know")


def empty_table(name: str) -> pd.DataFrame:
    """A table without rows.

    Examples
    --------
    >>> list(empty_table("timings").columns)
    ['arm', 'seed', 'seconds']
    """
    return _frame(name, [])


def _frame(name: str, rows: Rows) -> pd.DataFrame:
    """Rows as a table with fixed types."""
    columns = list(COLUMNS[name])
    frame = pd.DataFrame.from_records(rows, columns=columns)
    words = CATEGORIES | {"warning", "values"}
    numbers = {column: "float64" if column in MEASURED else "int64" for column in columns if column not in words}
    return with_categories(frame.astype({**numbers, **{column: "str" for column in columns if column in words}}))


def with_categories(frame: pd.DataFrame) -> pd.DataFrame:
    """Repeated words as categories, in alphabetical order."""
    return frame.astype({column: "category" for column in frame.columns if column in CATEGORIES})
