"""What was done is never lost: killed workers, a killed parent, a full disk, Ctrl-C; and the tables are those of an undisturbed sweep."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from long_sweep import forty
from small_experiments import Cheap, small, swept, table_bytes

from sim.errors import RunError
from sim.runs.outcome import Failure
from sim.runs.sweep.journal import Journal, StoredRun, journal_name, journals_in
from sim.runs.sweep.locks import folder_lock
from sim.runs.sweep.merging import all_ended
from sim.runs.sweep.runner import Stopped, SweepInterrupted
from sim.runs.sweep.storage import MANIFEST
from sim.runs.sweep.stored import load_sweep


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The tables of a small sweep that nothing disturbed."""
    return table_bytes(swept(small(), tmp_path_factory.mktemp("undisturbed") / "out").path)


def until(what: Callable[[], Any], seconds: float = 60.0) -> Any:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)
    return found


def children(parent: int) -> list[int]:
    """Worker processes of a process; what multiprocessing itself needs is none."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            words = status.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == parent and b"spawn_main" in words and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


def ended(folder: Path) -> int:
    return len(all_ended(journals_in(folder)))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")
def test_killed_workers_and_a_killed_parent_lose_nothing_and_change_nothing(tmp_path: Path) -> None:
    folder, script = tmp_path / "out", [sys.executable, str(Path(__file__).with_name("long_sweep.py")), str(tmp_path / "out")]
    (held := tmp_path / "held").touch()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "RUNS_HELD_BY": str(held)}
    for first, kill_workers in ((3, True), (14, False)):
        with subprocess.Popen(script, env=environment) as parent:
            until(lambda goal=first: ended(folder) >= goal)
            for _ in range(2 * kill_workers):
                reached = ended(folder)
                os.kill(until(lambda pid=parent.pid: children(pid))[0], signal.SIGKILL)
                until(lambda before=reached: ended(folder) >= before + 3)
            workers = until(lambda pid=parent.pid: children(pid))
            parent.kill()
        until(lambda orphans=workers: not any(Path(f"/proc/{pid}").exists() for pid in orphans), 20.0)
    held.unlink()
    kept = ended(folder)
    assert 14 <= kept < 40
    assert not load_sweep(folder).complete
    found = swept(forty(), folder)
    assert found.complete and found.failures.empty and not journals_in(folder)
    assert table_bytes(folder) == table_bytes(swept(forty(), tmp_path / "undisturbed").path)


def test_a_run_that_kills_its_workers_costs_itself_alone(tmp_path: Path) -> None:
    found = swept(small(effects=(1.0,), used=(0.8,), kills_at=2), tmp_path / "out", workers=2)
    (failure,) = found.failures.to_dict("records")
    assert (failure["point"], failure["seed"], failure["error"]) == (0, 2, "LostWorker")
    assert "the worker process died, 3 times" in failure["message"]
    assert found.values("level").notna().to_numpy().tolist() == [[True, False, True]]


def test_runs_whose_worker_was_lost_are_tried_again_and_others_when_asked(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    class Failing(Cheap):
        """Fails at one seed."""

        def run(self, months: int | None = None) -> Any:
            if self.seed == 2:
                raise MemoryError("no memory")
            return super().run(months)

    Failing.__module__, Failing.__qualname__ = Cheap.__module__, Cheap.__qualname__
    folder = tmp_path / "out"
    failed = swept(small(), folder, factory=Failing)
    assert set(failed.failures["error"]) == {"MemoryError"} and len(failed.failures) == 8
    again = swept(small(), folder)
    assert len(again.failures) == 8, "what failed stays failed until it is asked for"
    with Journal(folder / journal_name()) as journal:
        journal.write([StoredRun(1, failed.points.to_numpy()[0, :0], Failure(2, "", "LostWorker", "the worker process died"), 0.0)])
    assert len(swept(small(), folder).failures) == 7
    whole = swept(small(), folder, retry_failed=True)
    assert whole.failures.empty and not journals_in(folder)
    assert table_bytes(folder) == undisturbed


def test_a_full_disk_stops_the_sweep_in_words_and_the_same_call_goes_on(
    tmp_path: Path, undisturbed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, write = tmp_path / "out", Journal.write
    left = [3]

    def full(journal: Journal, runs: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise sqlite3.OperationalError("database or disk is full")
        write(journal, runs)

    with monkeypatch.context() as patch:
        patch.setattr("sim.runs.sweep.dispatch.MOMENT", 0.0)
        patch.setattr(Journal, "write", full)
        with pytest.raises(Stopped, match=r"(?s)could not be written \(database or disk is full\).*\n3 of 24 runs have ended and are kept"):
            swept(small(), folder)
    with monkeypatch.context() as patch:
        patch.setattr(pq.ParquetWriter, "write_table", no_room)
        with pytest.raises(Stopped, match=r"(?s)No space left on device.*24 of 24 runs have ended and are kept.*the same call goes on"):
            swept(small(), folder)
    assert sorted(path.name for path in folder.iterdir()) == [MANIFEST, "experiment.yaml", "points.parquet", "runs.sqlite", "scenarios"]
    assert load_sweep(folder).values("level").notna().all(axis=None), "what is kept can be read"
    assert swept(small(), folder).complete
    assert table_bytes(folder) == undisturbed


WRITE_TABLE = pq.ParquetWriter.write_table


def no_room(writer: Any, table: Any, *options: Any, **named: Any) -> None:
    """Room for the points alone."""
    if len(table) > 8:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    WRITE_TABLE(writer, table, *options, **named)


def test_files_that_may_not_grow_stop_the_sweep_too(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    resource = pytest.importorskip("resource")
    folder = tmp_path / "out"
    swept(small(seeds=(1,)), tmp_path / "imports")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (14_000, hard))
    try:
        with pytest.raises(Stopped, match="the disk may be full"):
            swept(small(), folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(folder.rglob("*.part"))
    assert swept(small(), folder).complete
    assert table_bytes(folder) == undisturbed


def test_an_interruption_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    class Stopping(Cheap):
        """Is interrupted at its third seed."""

        def run(self, months: int | None = None) -> Any:
            if self.seed == 3:
                raise KeyboardInterrupt
            return super().run(months)

    Stopping.__module__, Stopping.__qualname__ = Cheap.__module__, Cheap.__qualname__
    with pytest.raises(SweepInterrupted, match=r"Stopped\. 8 of 24 runs have ended and are kept in .*; the same call goes on"):
        swept(small(), tmp_path / "out", factory=Stopping)
    partial = load_sweep(tmp_path / "out")
    assert (partial.complete, partial.ended) == (False, 8)
    assert partial.summary["seeds"].max() == 2
    assert table_bytes(swept(small(), tmp_path / "out").path) == undisturbed


def test_two_sweeps_never_write_one_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with folder_lock(folder), pytest.raises(RunError, match=r"another sweep is at work in this folder; wait for it, stop it, or choose"):
        swept(small(), folder)
    with folder_lock(folder, (1, 2)):
        with pytest.raises(RunError, match=r"another sweep of shard 1/2 is at work"):
            swept(small(), folder, shard=(1, 2))
        with pytest.raises(RunError, match="another sweep is at work"):
            swept(small(), folder)
        assert not swept(small(), folder, shard=(2, 2)).complete
    (folder / ".lock").write_text("left behind")
    assert swept(small(), folder).complete, "a lock that nobody holds blocks nobody"
