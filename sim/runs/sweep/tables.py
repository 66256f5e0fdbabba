"""The tables of a sweep, written point by point: as many runs as there are need no more memory than a few points.

The bytes of the Parquet files depend on the runs alone.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.runs.statistics.differences import ROUNDING, mean_intervals
from sim.runs.sweep.journal import StoredRun
from sim.runs.sweep.numbering import Numbering
from sim.runs.sweep.storage import TABLES, whole_file

__all__ = ["FAILURE_COLUMNS", "RUN_SCHEMA", "SUMMARY_SCHEMA", "Layout", "summary_table", "write_points", "write_tables"]

Floats = NDArray[np.float64]

_WORDS: Final = pa.dictionary(pa.int32(), pa.string())
RUN_SCHEMA: Final = pa.schema(
    [
        ("point", pa.int32()),
        ("seed", pa.int64()),
        ("arm", _WORDS),
        ("measure", _WORDS),
        ("month", pa.int16()),
        ("value", pa.float64()),
    ]
)
_STATISTICS: Final = ("mean", "sd", "low", "high", "difference", "difference_sd", "difference_low", "difference_high")
SUMMARY_SCHEMA: Final = pa.schema(
    [
        ("point", pa.int32()),
        ("arm", _WORDS),
        ("measure", _WORDS),
        ("seeds", pa.int32()),
        ("pairs", pa.int32()),
        *((name, pa.float64()) for name in _STATISTICS),
    ]
)
FAILURE_COLUMNS: Final = ("point", "seed", "arm", "error", "message", "where", "repeat")
#: Rows of a group in a Parquet file, and at a time in memory.
GROUP_ROWS: Final = 1 << 17


class Repeat(Protocol):
    """Says how one run is made again."""

    def __call__(self, point: int, seed: int) -> str:
        """The command."""
        ...


@dataclass(frozen=True)
class Layout:
    """How the numbers of a run lie.

    Parameters
    ----------
    numbering : Numbering
        Points and seeds.
    arms, measures : tuple of str
        Names in order, the reference first.
    months : tuple of int
        0 for the one number of the run, then the months that are kept.
    """

    numbering: Numbering
    arms: tuple[str, ...]
    measures: tuple[str, ...]
    months: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Arms, measures, months."""
        return len(self.arms), len(self.measures), len(self.months)

    @property
    def numbers(self) -> int:
        """Numbers of one run."""
        return len(self.arms) * len(self.measures) * len(self.months)


def write_points(path: Path, names: Sequence[str], points: Floats) -> None:
    """Write the values of every point."""
    columns = {"point": np.arange(len(points), dtype=np.int32), **{name: points[:, place] for place, name in enumerate(names)}}
    with whole_file(path) as part:
        pq.write_table(pa.table(columns), part, compression="zstd", use_dictionary=False)


def write_tables(folder: Path, layout: Layout, runs: Iterable[StoredRun], repeat: Repeat) -> int:
    """Write all tables of a sweep from its runs in order of number.

    Parameters
    ----------
    folder : Path
        The folder.
    layout : Layout
        What the numbers mean.
    runs : iterable of StoredRun
        Every run, in order.
    repeat : callable
        The command that makes one run again.

    Returns
    -------
    int
        How many runs failed.

    Raises
    ------
    OSError
        When the disk is full; then no file has changed.
    """
    failed = 0
    with ExitStack() as stack:
        parts = {name: stack.enter_context(whole_file(folder / name)) for name in TABLES}
        # What is entered later is closed first: files are closed before they take their names.
        tables = stack.enter_context(closing(_Tables(parts, layout)))
        for point, of_point in _by_point(layout, runs):
            for run in of_point:
                if run.failure is not None:
                    failed += 1
                    told = run.failure
                    again = repeat(point, told.seed)
                    tables.failures.writerow([point, told.seed, *map(_safe, (told.arm, told.error, told.message, told.where)), again])
                tables.timings.writerow([point, layout.numbering.seed(run.run), round(run.seconds, 3)])
            tables.add(point, of_point)
        tables.flush()
    return failed


def _by_point(layout: Layout, runs: Iterable[StoredRun]) -> Iterator[tuple[int, list[StoredRun]]]:
    """Runs point by point."""
    of_point: list[StoredRun] = []
    for run in runs:
        of_point.append(run)
        if len(of_point) == len(layout.numbering.seeds):
            yield layout.numbering.point(run.run), of_point
            of_point = []


@dataclass
class _Waiting:
    """Points whose rows are not written yet, and how they become rows."""

    writer: pq.ParquetWriter
    rows_of: Callable[[list[Any]], pa.Table]
    points: list[Any] = field(default_factory=list)
    rows: int = 0

    def add(self, point: Any, rows: int) -> None:
        """Take a point with so many rows; write when there are enough."""
        self.points.append(point)
        self.rows += rows
        if self.rows >= GROUP_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what waits as one group."""
        if self.rows:
            self.writer.write_table(self.rows_of(self.points), row_group_size=self.rows)
            self.points, self.rows = [], 0


class _Tables:
    """The open files of all tables."""

    def __init__(self, parts: dict[str, Path], layout: Layout) -> None:
        self.layout = layout
        self.stack = ExitStack()
        runs = self._parquet(parts["runs.parquet"], RUN_SCHEMA, ["value"])
        summary = self._parquet(parts["summary.parquet"], SUMMARY_SCHEMA, list(_STATISTICS))
        self.runs = _Waiting(runs, partial(_run_rows, layout))
        self.summary = _Waiting(summary, partial(_summary_rows, layout))
        self.failures = self._csv(parts["failures.csv"], FAILURE_COLUMNS)
        self.timings = self._csv(parts["timings.csv"], ("point", "seed", "seconds"))

    def close(self) -> None:
        """Close all files."""
        self.stack.close()

    def flush(self) -> None:
        """Write what waits."""
        self.runs.flush()
        self.summary.flush()

    def add(self, point: int, runs: Sequence[StoredRun]) -> None:
        """Add the runs of one point."""
        layout = self.layout
        good = [run for run in runs if run.failure is None]
        numbers = np.array([run.numbers for run in good]).reshape(len(good), *layout.shape)
        seeds = np.array([layout.numbering.seed(run.run) for run in good], np.int64)
        self.runs.add((point, seeds, numbers), numbers.size)
        self.summary.add((point, *_statistics(numbers[..., 0])), len(layout.arms) * len(layout.measures))

    def _parquet(self, path: Path, schema: pa.Schema, split: list[str]) -> pq.ParquetWriter:
        """A Parquet file to be written group by group."""
        words = [name for name in schema.names if name not in split]
        encoding = dict.fromkeys(split, "BYTE_STREAM_SPLIT")
        return self.stack.enter_context(
            pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=words, column_encoding=encoding, store_schema=True)
        )

    def _csv(self, path: Path, columns: Sequence[str]) -> Any:
        """A CSV file to be written row by row."""
        stream = self.stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        return writer


def _run_rows(layout: Layout, points: list[tuple[int, NDArray[np.int64], Floats]]) -> pa.Table:
    """Rows of the runs of some points, each its number, seeds and numbers (runs, arms, measures, months)."""
    arms, measures, months = layout.shape
    runs = sum(len(seeds) for _, seeds, _ in points)
    of_run = np.repeat(np.array([point for point, *_ in points], np.int32), [len(seeds) for _, seeds, _ in points])
    columns = [
        pa.array(np.repeat(of_run, layout.numbers)),
        pa.array(np.repeat(np.concatenate([seeds for _, seeds, _ in points]), layout.numbers)),
        _words(np.tile(np.repeat(np.arange(arms, dtype=np.int32), measures * months), runs), layout.arms),
        _words(np.tile(np.repeat(np.arange(measures, dtype=np.int32), months), runs * arms), layout.measures),
        pa.array(np.tile(np.array(layout.months, np.int16), runs * arms * measures)),
        pa.array(np.concatenate([numbers.reshape(-1) for *_, numbers in points]), from_pandas=True),
    ]
    return pa.Table.from_arrays(columns, schema=RUN_SCHEMA)


def summary_table(layout: Layout, numbers: Sequence[Floats]) -> pa.Table:
    """Each point, arm and measure: mean, spread and 95% interval, and those of the paired difference with the reference.

    Parameters
    ----------
    layout : Layout
        Names.
    numbers : sequence of ndarray of float64, shape (runs, arms, measures)
        Of each point in order; not a number where a run failed.
    """
    return _summary_rows(layout, [(point, *_statistics(of_point)) for point, of_point in enumerate(numbers)])


def _summary_rows(layout: Layout, points: list[tuple[int, NDArray[np.int32], Floats]]) -> pa.Table:
    """Rows of the summary of some points, each its number, counts and statistics."""
    arms, measures, _ = layout.shape
    counts, parts = (np.concatenate([point[place] for point in points], axis=1) for place in (1, 2))
    columns = [
        pa.array(np.repeat(np.array([point for point, *_ in points], np.int32), arms * measures)),
        _words(np.tile(np.repeat(np.arange(arms, dtype=np.int32), measures), len(points)), layout.arms),
        _words(np.tile(np.arange(measures, dtype=np.int32), len(points) * arms), layout.measures),
        *(pa.array(count) for count in counts),
        *(pa.array(part, from_pandas=True) for part in parts),
    ]
    return pa.Table.from_arrays(columns, schema=SUMMARY_SCHEMA)


def _statistics(numbers: Floats) -> tuple[NDArray[np.int32], Floats]:
    """Of runs (runs, arms, measures): counts of levels and pairs (2, rows), and the statistics (8, rows) in their order."""
    runs, arms, measures = numbers.shape
    apart = numbers - numbers[:, :1]
    largest = np.maximum(np.abs(numbers), np.abs(numbers[:, :1]))
    apart[np.abs(apart) <= ROUNDING * largest] = 0.0
    apart[:, 0] = np.nan
    levels = [part.reshape(runs, arms * measures) for part in (numbers, apart)]
    counts = np.array([np.isfinite(part).sum(axis=0) for part in levels], np.int32)
    if not runs:
        return counts, np.full((len(_STATISTICS), arms * measures), np.nan)
    found = [mean_intervals(part) for part in levels]
    return counts, np.array([part for mean, low, high, spread in found for part in (mean, spread, low, high)])


def _words(places: NDArray[np.int32], words: Sequence[str]) -> pa.DictionaryArray:
    """Words by their place in a list."""
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(words, pa.string()))


def _safe(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return re.sub(r"^(?=[=+\-@\t\r\n])", "'", text)
