"""An executor that breaks, fails or loses its workers: what had ended is kept, and the rest is tried again or told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest
from small_experiments import small, swept

from sim.errors import RunError
from sim.runs.sweep.cluster import WorkerLost
from sim.runs.sweep.task import LOST


class AtOnce(Executor):
    """Does each task when it comes, unless `fails` has an error for it; keeps what it was given."""

    in_flight = 2

    def __init__(self, fails: Callable[[Any, int], Exception | None]) -> None:
        self.fails, self.tasks, self.futures = fails, list[Any](), list[Future[Any]]()

    def submit(self, function: Any, /, *given: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.tasks.append(given[-1])
        self.futures.append(future)
        error = self.fails(given[-1], len(self.tasks))
        if error is None:
            future.set_result(function(*given))
        else:
            future.set_exception(error)
        return future


def test_an_executor_that_breaks_is_told_and_what_had_ended_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AtOnce, "in_flight", 1)
    broken = AtOnce(lambda task, number: BrokenExecutor("no workers are left") if number > 1 else None)
    with pytest.raises(RunError, match=r"the executor broke \(no workers are left\): runs that had ended are kept"):
        swept(small(), tmp_path / "out", executor=broken)
    whole = AtOnce(lambda task, number: None)
    assert swept(small(), tmp_path / "out", executor=whole).complete
    assert sum(len(task.points) for task in whole.tasks) < 24


def test_an_executor_that_can_make_no_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no run could be made on the executor: ValueError"):
        swept(small(), tmp_path / "out", executor=AtOnce(lambda task, number: ValueError()))
    with pytest.raises(RunError, match="a worker has another version"):
        swept(small(), tmp_path / "other", executor=AtOnce(lambda task, number: RunError("a worker has another version")))


def test_a_task_that_fails_is_begun_again_run_by_run(tmp_path: Path) -> None:
    failed: list[Any] = []

    def once(task: Any, number: int) -> Exception | None:
        if number > 2 and len(task.points) > 1 and not failed:
            failed.append(task)
            return ValueError("a machine went away")
        return None

    executor = AtOnce(once)
    found = swept(small(effects=range(8)), tmp_path / "out", executor=executor)
    assert found.complete and found.failures.empty
    (lost,) = failed
    again = [task.points for task in executor.tasks if task.seed == lost.seed and len(task.points) == 1]
    assert {(point,) for point in lost.points} <= set(again)


def test_a_run_that_no_worker_survives_has_failed(tmp_path: Path) -> None:
    executor = AtOnce(lambda task, number: WorkerLost("3 workers died") if 5 in task.points and task.seed == 2 else None)
    found = swept(small(effects=range(8)), tmp_path / "out", executor=executor)
    assert found.complete
    assert found.failures[["point", "seed", "error"]].to_numpy().tolist() == [[5, 2, LOST]]
