"""Worker processes of a sweep, with threads in their place: they are sent home, ended, and told in words when they can't begin."""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_experiments import Cheap, small

from sim.errors import RunError
from sim.runs.sweep import processes
from sim.runs.sweep.numbering import Numbering, in_order
from sim.runs.sweep.plan import plan_of
from sim.runs.sweep.processes import READY, run_in_processes
from sim.runs.sweep.task import RunOutcome, Shared, Work, outcomes
from sim.runs.sweep.waiting import Waiting

from stand_in import MEASURES  # isort: skip


class Thread:
    """A thread that looks like a process: its sentinel can be read when it has ended."""

    def __init__(self, work: Callable[[Any], None], code: int = 0) -> None:
        self.sentinel, self._end = multiprocessing.Pipe()
        self.pipe, theirs = multiprocessing.Pipe()
        self.exitcode, self.asked = code, list[str]()

        def run() -> None:
            # As a process does, it ends in silence where the sweep has given up and reads no more.
            with contextlib.suppress(BrokenPipeError):
                work(theirs)
            theirs.close()
            self._end.close()

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()

    def is_alive(self) -> bool:
        return self._thread.is_alive() and "kill" not in self.asked

    def join(self, seconds: float | None = None) -> None:
        if "terminate" not in self.asked:
            self._thread.join(seconds)

    def terminate(self) -> None:
        self.asked.append("terminate")

    def kill(self) -> None:
        self.asked.append("kill")

    def close(self) -> None:
        self.asked.append("close")


def waiting_for(work: Work, points: np.ndarray) -> Waiting:
    """All runs of the small experiment."""
    numbering = Numbering(len(points), tuple(work.experiment.seeds))
    alike = np.zeros(len(points), np.int64)
    return Waiting(in_order(numbering, alike), numbering, points, alike)


def sweep_with(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[Any], None], code: int = 0, width: int = 2
) -> tuple[list[RunOutcome], list[Thread]]:
    """The outcomes of a sweep by two such workers, and the workers."""
    begun: list[Thread] = []
    plan = plan_of(small(effects=(0.0, 1.0), seeds=(1, 2)), "unused", Cheap, MEASURES)

    def begin(team: Any) -> Any:
        begun.append(Thread(work, code))
        return processes._Worker(begun[-1], begun[-1].pipe)  # type: ignore[arg-type]

    monkeypatch.setattr(processes._Team, "_begin", begin)
    kept: list[RunOutcome] = []
    run_in_processes(waiting_for(plan.work, plan.points), Path("unused"), 2, kept.extend)
    return kept, begun


def test_workers_make_every_run_and_are_sent_home(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(small(effects=(0.0, 1.0), seeds=(1, 2)), "unused", Cheap, MEASURES)

    def work(pipe: Any) -> None:
        pipe.send(READY)
        shared = Shared(plan.work)
        while True:
            try:
                task = pipe.recv()
            except EOFError:
                return
            for outcome in outcomes(plan.work, task, shared):
                pipe.send(outcome)

    kept, begun = sweep_with(monkeypatch, work)
    assert sorted((one.point, one.seed) for one in kept) == [(point, seed) for point in range(4) for seed in (1, 2)]
    assert [worker.asked for worker in begun] == [["close"]] * len(begun)


def test_what_a_worker_says_before_it_begins_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RunError, match="a worker has another version"):
        sweep_with(monkeypatch, lambda pipe: pipe.send(processes._Unfit("a worker has another version")))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (-9, r"6 worker processes died .* before they had begun \(exit code -9\); there may be too little memory; try workers=1"),
        (1, r'\(exit code 1\); what they import may fail, as it does in a script without the line: if __name__ == "__main__":; try'),
    ],
)
def test_workers_that_die_before_they_begin_are_told(code: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RunError, match=words):
        sweep_with(monkeypatch, lambda pipe: None, code)


def test_a_worker_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "GRACE", 0.01)
    leave = threading.Event()
    stubborn = Thread(lambda pipe: leave.wait(10) and None)
    team = processes._Team(None, Path("unused"), 1)  # type: ignore[arg-type]
    team.members.append(processes._Worker(stubborn, stubborn.pipe))  # type: ignore[arg-type]
    team.stop()
    leave.set()
    assert stubborn.asked == ["terminate", "kill", "close"] and stubborn.pipe.closed and not team.members


@pytest.mark.parametrize(("content", "words"), [(None, "No such file"), (pickle.dumps(None), "'NoneType' object has no attribute 'model'")])
def test_a_worker_says_why_it_cannot_begin(content: bytes | None, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes.signal, "signal", lambda *_: None)  # Ctrl-C stays ours
    if content is not None:
        (tmp_path / "work").write_bytes(content)
    ours, theirs = multiprocessing.Pipe()
    processes._work(str(tmp_path / "work"), theirs)
    assert words in ours.recv().why


def test_a_system_without_signal_masks_begins_processes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "pthread_sigmask")
    with processes._without_interrupts():
        assert not hasattr(signal, "pthread_sigmask")
