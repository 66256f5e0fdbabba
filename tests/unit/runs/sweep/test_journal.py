"""The journal of a sweep: a run is in it whole or not at all, and a file that is none is told in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from sim.errors import RunError
from sim.runs.outcome import Failure
from sim.runs.sweep import journal
from sim.runs.sweep.journal import Journal, StoredRun, ended_runs, read_runs
from sim.runs.sweep.merging import runs_in_order
from sim.runs.sweep.task import LOST


def good(run: int, *numbers: float) -> StoredRun:
    """A run that ended."""
    return StoredRun(run, np.array(numbers), None, 0.1)


def bad(run: int, error: str, message: str) -> StoredRun:
    """A run that failed."""
    return StoredRun(run, np.zeros(0), Failure(1, "", error, message), 0.1)


def written(path: Path, *runs: StoredRun) -> Path:
    """A journal with these runs."""
    with Journal(path) as made:
        made.write(runs)
    return path


def test_a_journal_that_is_not_there_or_empty_has_no_run(tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite").touch()
    for name in ("none.sqlite", "empty.sqlite"):
        assert list(read_runs(tmp_path / name)) == [] and ended_runs(tmp_path / name) == {}


def test_a_journal_that_can_not_be_begun_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[sqlite3.Connection] = []

    def connect(path: Path) -> sqlite3.Connection:
        made.append(sqlite3.connect(path))
        return made[-1]

    monkeypatch.setattr(journal, "_connect", connect)
    monkeypatch.setattr(journal, "_TABLE", "no sentence of the language")
    with pytest.raises(sqlite3.OperationalError, match="syntax error"):
        Journal(tmp_path / "runs.sqlite")
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].execute("SELECT 1")


def test_a_journal_that_goes_while_it_is_read_has_no_run_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "runs.sqlite", good(0, 1.0))

    def goes(file: Path) -> sqlite3.Connection:
        file.unlink()
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(journal, "_connect", goes)
    assert list(read_runs(path)) == []


def test_runs_that_are_to_be_tried_again_are_taken_out(tmp_path: Path) -> None:
    with Journal(tmp_path / "runs.sqlite") as made:
        made.write([good(0, 1.0), good(1, 2.0), good(2, 3.0)])
        made.forget([0, 2])
    assert [run.run for run in read_runs(tmp_path / "runs.sqlite")] == [1]


def test_a_writing_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def breaks_off() -> Iterator[tuple[object, ...]]:
        yield (0, True, b"", "", 0.1)
        raise KeyboardInterrupt

    with Journal(tmp_path / "runs.sqlite") as made:
        made.write([good(5, 1.0)])
        real = made._connection

        class Stopped:
            """Stops in the middle of the rows."""

            in_transaction = True

            def execute(self, text: str) -> None:
                real.execute(text)

            def executemany(self, text: str, rows: object) -> None:
                real.executemany(text, breaks_off())

        made._connection = Stopped()  # type: ignore[assignment]
        with pytest.raises(KeyboardInterrupt):
            made.write([good(6, 1.0)])
        made._connection = real
    assert [run.run for run in read_runs(tmp_path / "runs.sqlite")] == [5]


def test_a_file_that_is_no_journal_is_told(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    path.write_text("no database, and long enough to be taken for one " * 30)
    with pytest.raises(RunError, match=r"runs\.sqlite can't be read as a journal of runs \(file is not a database\): move it away"):
        list(read_runs(path))
    with pytest.raises(sqlite3.DatabaseError):
        Journal(path)


def test_a_journal_that_another_process_writes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "runs.sqlite", good(0, 1.0))
    monkeypatch.setattr(journal, "PATIENCE", 0.0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RunError, match=r"runs\.sqlite is being written by another process: wait for it, then give the same command"):
            ended_runs(path)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            Journal(path)
        other.execute("ROLLBACK")


def test_of_several_records_of_a_run_the_best_is_taken(tmp_path: Path) -> None:
    lost, own, other = bad(0, LOST, "its worker died"), bad(0, "MoneyError", "b"), bad(0, "MoneyError", "a")
    for runs, best in (((lost, own), own), ((own, other), other), ((own, good(0, 4.0)), good(0, 4.0)), ((lost, lost), lost)):
        for order in (runs, runs[::-1]):
            paths = [written(tmp_path / f"{place}.sqlite", run) for place, run in enumerate(order)]
            (found,) = runs_in_order(paths, 1, 1)
            assert (found.failure, found.numbers.tolist()) == (best.failure, best.numbers.tolist())


def test_runs_that_lack_or_have_another_size_are_told(tmp_path: Path) -> None:
    path = written(tmp_path / "runs.sqlite", good(0, 1.0), good(1, 1.0, 2.0))
    with pytest.raises(RunError, match="run 1 has 2 numbers in its journal, and should have 1"):
        list(runs_in_order([path], 2, 1))
    with pytest.raises(RunError, match="run 0 has 1 numbers in its journal, and should have 2"):
        list(runs_in_order([path], 2, 2))
    with pytest.raises(RunError, match="run 2 is in no journal: give the same command again"):
        list(runs_in_order([written(tmp_path / "other.sqlite", good(0, 1.0), good(1, 1.0))], 3, 1))
