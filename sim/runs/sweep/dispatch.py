"""Handing the runs of a sweep to whoever makes them: this process, processes of our own, or any executor."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from time import perf_counter
from typing import Any, Final

from sim.errors import RunError
from sim.runs.sweep.task import RunOutcome, RunTask, Shared, Work, outcomes, run_task
from sim.runs.sweep.waiting import Waiting

__all__ = ["run_here", "run_on_executor"]

#: Seconds within which runs are kept together, since the disk takes a part of it each time.
MOMENT: Final = 0.1

Keep = Callable[[list[RunOutcome]], None]


def run_here(waiting: Waiting, work: Work, keep: Keep) -> None:
    """Make all runs that wait in this process, one after the other; those that end within a moment are kept together."""
    found: list[RunOutcome] = []
    kept = perf_counter()
    try:
        task: RunTask | None = None
        shared = Shared(work)
        while (task := waiting.take(width=1, after=task)) is not None:
            for outcome in outcomes(work, task, shared):
                waiting.note([outcome])
                found.append(outcome)
                if perf_counter() - kept > MOMENT:
                    keep(found)
                    found, kept = [], perf_counter()
    finally:
        if found:
            keep(found)


def run_on_executor(waiting: Waiting, work: Work, executor: Executor, width: int, keep: Keep) -> None:
    """Make all runs that wait on an executor, with few tasks in flight at any time.

    Parameters
    ----------
    waiting : Waiting
        The runs.
    work : Work
        What all of them need. An executor with a method ``share`` is given it once, and its answer goes with each task; to any
        other it goes with each task.
    executor : Executor
        Used and not shut down. Its attribute ``in_flight``, where it has one, says how many tasks to have submitted at a time.
    width : int
        Tasks at a time where the executor does not say.
    keep : callable
        Told of outcomes as they come in.

    Raises
    ------
    sim.errors.RunError
        When the executor has broken, or can make no run at all; what came in before has been handed to `keep`.
    """
    share = getattr(executor, "share", None)
    pickled = pickle.dumps(work)
    handle = pickled if share is None else share(pickled)
    flying: dict[Future[list[RunOutcome]], RunTask] = {}
    try:
        while True:
            at_a_time = max(1, int(getattr(executor, "in_flight", width)))
            while len(flying) < at_a_time and (task := waiting.take(at_a_time)) is not None:
                flying[executor.submit(run_task, handle, task)] = task
            if not flying:
                return
            found: list[RunOutcome] = []
            try:
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    found += _outcomes(future, flying.pop(future), waiting)
            finally:  # what has ended is kept, whatever became of another
                waiting.note(found)
                keep(found)
    except BrokenExecutor as error:
        raise RunError(f"the executor broke ({error}): runs that had ended are kept") from None
    finally:
        for future in flying:
            future.cancel()


def _outcomes(future: Future[Any], task: RunTask, waiting: Waiting) -> list[RunOutcome]:
    """What a future brought; a task that its workers did not survive goes back, and a run that none survived has failed."""
    from sim.runs.sweep.cluster import WorkerLost

    try:
        found: list[RunOutcome] = future.result()
    except RunError:
        raise
    except Exception as error:
        for_good = isinstance(error, WorkerLost)
        if isinstance(error, BrokenExecutor) and not for_good:
            raise
        lost = waiting.lost_whole(task, for_good=for_good)
        if lost and not waiting.ended:
            raise RunError(f"no run could be made on the executor: {str(error) or type(error).__name__}") from error
        return lost
    return found
