"""The journal of a sweep: one SQLite file in which every run is written as it ends, whole or not at all.

There is one journal for each shard, and one process writes it. A commit returns when the run is on the disk, so what was
committed outlives a killed process and a power cut; a commit that was cut is undone by SQLite when the file is next opened.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import RunError
from sim.runs.outcome import Failure

__all__ = ["Journal", "StoredRun", "ended_runs", "journal_name", "journals_in", "read_runs"]

#: Seconds to wait for another process that has the file for a moment.
PATIENCE: Final = 60.0

_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS runs "
    "(run INTEGER PRIMARY KEY, good INTEGER NOT NULL, numbers BLOB NOT NULL, failure TEXT NOT NULL, seconds REAL NOT NULL)"
)


class StoredRun(NamedTuple):
    """One run as the journal holds it.

    Parameters
    ----------
    run : int
        Number of the run: point times seeds plus the place of the seed among the seeds.
    numbers : ndarray of float64
        Flat; empty when the run failed.
    failure : Failure or None
        Why there are no numbers.
    seconds : float
        How long it took.
    """

    run: int
    numbers: NDArray[np.float64]
    failure: Failure | None
    seconds: float


def journal_name(shard: tuple[int, int] | None = None) -> str:
    """The file of a shard, or of a sweep without shards.

    Examples
    --------
    >>> journal_name(), journal_name((3, 100))
    ('runs.sqlite', 'runs-003-of-100.sqlite')
    """
    if shard is None:
        return "runs.sqlite"
    digits = len(str(shard[1]))
    return f"runs-{shard[0]:0{digits}d}-of-{shard[1]}.sqlite"


def journals_in(folder: Path) -> list[Path]:
    """Every journal in the folder of a sweep, in order of name."""
    return sorted([*folder.glob("runs.sqlite"), *folder.glob("runs-*-of-*.sqlite")])


class Journal:
    """Writes runs into one file.

    Parameters
    ----------
    path : Path
        The file; made when it is not there.

    Raises
    ------
    sqlite3.Error
        When the disk is full or the file can't be used.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, Journal(Path(folder) / "runs.sqlite") as journal:
    ...     journal.write([StoredRun(7, np.array([1.5]), None, 0.1)])
    ...     [run.numbers.tolist() for run in read_runs(journal.path)]
    [[1.5]]
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connect(path)
        try:
            self._connection.execute(_TABLE)
        except sqlite3.Error:
            self._connection.close()
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def write(self, runs: Iterable[StoredRun]) -> None:
        """Write runs; when this returns they are on the disk, and when it raises none of them is. A run written again is replaced."""
        rows = [(run.run, run.failure is None, _bytes(run.numbers), _text(run.failure), run.seconds) for run in runs]
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?)", rows)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def forget(self, runs: Sequence[int]) -> None:
        """Take out runs that are to be tried again."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("DELETE FROM runs WHERE run = ?", [(run,) for run in runs])
        self._connection.execute("COMMIT")


def ended_runs(path: Path) -> dict[int, bool]:
    """Runs in a journal, by number, each with whether it was good.

    Raises
    ------
    sim.errors.RunError
        When the file is no journal or broken.
    """
    return {int(run): bool(good) for run, good in _read(path, "SELECT run, good FROM runs")}


def read_runs(path: Path, first: int = 0, end: int = 2**62) -> Iterator[StoredRun]:
    """Runs in a journal from number `first` to before `end`, in order of number.

    Raises
    ------
    sim.errors.RunError
        When the file is no journal or broken.
    """
    rows = _read(path, "SELECT run, numbers, failure, seconds FROM runs WHERE run >= ? AND run < ? ORDER BY run", first, end)
    for run, numbers, failure, seconds in rows:
        told = Failure(**json.loads(failure)) if failure else None
        yield StoredRun(int(run), np.frombuffer(numbers, "<f8").astype(np.float64), told, float(seconds))


def failed_runs(path: Path) -> Iterator[StoredRun]:
    """Runs in a journal that failed, in order of number."""
    for run, failure, seconds in _read(path, "SELECT run, failure, seconds FROM runs WHERE NOT good ORDER BY run"):
        yield StoredRun(int(run), np.empty(0), Failure(**json.loads(failure)), float(seconds))


def _read(path: Path, query: str, *values: int) -> Iterator[tuple[Any, ...]]:
    """Rows of a query; a file that is not there, or was not yet filled, has none."""
    if not path.is_file() or not path.stat().st_size:
        return
    try:
        with closing(_connect(path)) as connection:
            if connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'runs'").fetchone()[0]:
                yield from connection.execute(query, values)
    except sqlite3.DatabaseError as error:
        if not path.exists():  # taken away meanwhile, once its runs were in the tables
            return
        if "locked" in str(error):
            raise RunError(f"{path.as_posix()} is being written by another process: wait for it, then give the same command") from None
        message = f"{path.as_posix()} can't be read as a journal of runs ({error})"
        raise RunError(f"{message}: move it away, and the same command runs again what was in it alone") from None


def _connect(path: Path) -> sqlite3.Connection:
    """A connection whose commits are on the disk when they return.

    The rollback journal is the kind of SQLite that needs no memory shared between processes, so that the folder may lie on a file
    system of many machines.
    """
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _bytes(numbers: NDArray[np.float64]) -> bytes:
    """Numbers as bytes, the lowest first."""
    return np.ascontiguousarray(numbers, "<f8").tobytes()


def _text(failure: Failure | None) -> str:
    """A failure as text, empty for none."""
    return "" if failure is None else json.dumps(asdict(failure))
