"""Tasks on workers: one task is one seed with all arms, or with some; what comes back depends on the task alone.

Any executor of `concurrent.futures` will do. Without one, several workers are processes of their own, begun with the "spawn"
method by name, since importing Mesa sets the method of the whole process; one worker runs here.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sim.core.records import RunRecord
from sim.errors import RunError
from sim.runs.outcome import Failure, SeedOutcome

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from sim.settings.scenario import Scenario

__all__ = [
    "Factory",
    "Runnable",
    "SeedTask",
    "Task",
    "factory_of",
    "failure_of",
    "lost_worker",
    "refuse_within_import",
    "run_seed",
    "run_tasks",
    "script_can_be_imported",
]

Outcome = TypeVar("Outcome")
Outcome_co = TypeVar("Outcome_co", covariant=True)


class Runnable(Protocol):
    """What a run asks of an economy."""

    def with_scenario(self, scenario: Scenario, /) -> Runnable:
        """A copy at its opening under another scenario."""
        ...

    def run(self, months: int | None = None) -> RunRecord:
        """Run some months and return what was recorded."""
        ...


#: Makes an economy from a scenario and a seed. Sent to workers, so it must be a function or class of a module.
Factory = Callable[["Scenario", int], Runnable]


class Task(Protocol[Outcome_co]):
    """What can be sent to a worker."""

    def run(self) -> Outcome_co:
        """Do the work; errors come back within the outcome."""
        ...

    def lost(self) -> Outcome_co:
        """The outcome when the worker died."""
        ...


@dataclass(frozen=True)
class SeedTask:
    """One seed with all arms.

    Parameters
    ----------
    seed : int
        The seed.
    arms : mapping of str to Scenario
        By name, the reference first.
    months : int
        Months to run.
    factory : callable, optional
        Makes an economy from a scenario and a seed; the model itself, with stored openings, when left out.
    """

    seed: int
    arms: Mapping[str, Scenario]
    months: int
    factory: Factory | None = None

    def run(self) -> SeedOutcome:
        """Run all arms of the seed."""
        return run_seed(self)

    def lost(self) -> SeedOutcome:
        """The outcome when the worker died."""
        return SeedOutcome(self.seed, failure=lost_worker(self.seed))


def run_seed(task: SeedTask) -> SeedOutcome:
    """Run all arms of one seed.

    Arms that start from the same town share one opening: it is built once and copied.

    Returns
    -------
    SeedOutcome
        With a record for each arm, or with the failure of the arm that failed. Only an interruption is raised.
    """
    began = perf_counter()
    records: dict[str, RunRecord] = {}
    arm = ""
    try:
        factory = factory_of(task.factory)
        for group in _groups(task.arms):
            arm = group[0]
            opening = factory(task.arms[arm], task.seed)
            for arm in group[1:]:
                records[arm] = opening.with_scenario(task.arms[arm]).run(task.months)
            arm = group[0]
            records[arm] = opening.run(task.months)
    except Exception as error:  # whatever went wrong, the other seeds go on and this one stays visible
        return SeedOutcome(task.seed, failure=failure_of(task.seed, arm, error), seconds=perf_counter() - began)
    ordered = {name: records[name] for name in task.arms}
    return SeedOutcome(task.seed, ordered, seconds=perf_counter() - began)


def factory_of(given: Factory | None) -> Factory:
    """What makes an economy; the model itself unless something else is given."""
    return given or _economy()


def _economy() -> Factory:
    """The model itself at its opening, stored or built; imported when it is first needed."""
    from sim.runs.opening.opened import opened

    return opened


def _groups(arms: Mapping[str, Scenario]) -> list[list[str]]:
    """Names of arms by opening, in order."""
    groups: list[list[str]] = []
    for name, scenario in arms.items():
        for group in groups:
            if scenario.same_opening(arms[group[0]]):
                group.append(name)
                break
        else:
            groups.append([name])
    return groups


def failure_of(seed: int, arm: str, error: Exception) -> Failure:
    """What is kept of an error: words and the way to it, no folders of this machine."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    modules = [f"{_module(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    return Failure(seed, arm, type(error).__name__, str(error) or type(error).__name__, " > ".join(modules))


def _module(filename: str) -> str:
    """The end of a file name from its package on."""
    parts = filename.replace("\\", "/").removesuffix(".py").split("/")
    known = [place for place, part in enumerate(parts) if part in ("sim", "tests", "site-packages")]
    return ".".join(parts[known[-1] :] if known else parts[-1:])


def run_tasks(
    tasks: Sequence[Task[Outcome]], workers: int, executor: Executor | None = None, done: Callable[[Outcome], None] | None = None
) -> list[Outcome]:
    """Run all tasks.

    Parameters
    ----------
    tasks : sequence of Task
        In any order.
    workers : int
        Processes to use; 1 runs in this process.
    executor : Executor, optional
        Used in place of processes of our own, and not shut down.
    done : callable, optional
        Told of each outcome as it comes in.

    Returns
    -------
    list of outcomes
        In the order of the tasks.

    Raises
    ------
    RunError
        When the workers die before any task has ended.
    KeyboardInterrupt
        As it comes; what came in before has been handed to `done`.
    """
    outcomes: dict[int, Outcome] = {}

    def keep(place: int, outcome: Outcome) -> None:
        outcomes[place] = outcome
        if done is not None:
            done(outcome)

    if executor is not None:
        _collect([executor.submit(_run_one, task, place) for place, task in enumerate(tasks)], keep)
    elif workers == 1 or len(tasks) == 1 or not script_can_be_imported():
        for place, task in enumerate(tasks):
            keep(place, task.run())
    else:
        refuse_within_import()
        _in_processes(tasks, min(workers, len(tasks)), keep)
        for place, task in enumerate(tasks):
            if place not in outcomes:
                # A worker was lost, and with it every task that was waiting: each gets one more chance, in a process of its own.
                _in_processes([task], 1, keep, first=place)
                if place not in outcomes:
                    keep(place, task.lost())
    return [outcomes[place] for place in sorted(outcomes)]


def _collect(futures: Sequence[Future[tuple[int, Outcome]]], keep: Callable[[int, Outcome], None]) -> None:
    """Keep what comes back; when stopped, call off what has not begun."""
    try:
        for future in as_completed(futures):
            keep(*future.result())
    except BaseException:
        for future in futures:
            future.cancel()
        raise


def _run_one(task: Task[Outcome], place: int) -> tuple[int, Outcome]:
    """Run a task, and say which it was."""
    return place, task.run()


def _submit(tasks: Sequence[Task[Outcome]], pool: ProcessPoolExecutor, folder: str) -> list[Future[tuple[int, Outcome]]]:
    """Hand tasks to processes of our own through a file.

    What goes through the pool's pipe must be small: a place and its scenarios are larger than the pipe holds, and on Python
    before 3.12 a pool whose workers have gone waits without end for a writer that nobody reads.
    """
    path = Path(folder) / "tasks"
    path.write_bytes(pickle.dumps(list(tasks)))
    futures = [pool.submit(_run_stored, str(path), place) for place in range(len(tasks))]
    # A pool begins to watch a process at the next task after it; without one more the last process could die unseen.
    pool.submit(int)
    return futures


def _run_stored(path: str, place: int) -> tuple[int, Any]:
    """Run one of the tasks in a file that this program wrote."""
    tasks: list[Task[Any]] = pickle.loads(Path(path).read_bytes())
    return _run_one(tasks[place], place)


def _in_processes(tasks: Sequence[Task[Outcome]], workers: int, keep: Callable[[int, Outcome], None], first: int = 0) -> None:
    """Run tasks in processes of our own; when one of them is lost, return with what was done. The first task has place `first`."""
    came_in = 0

    def count(place: int, outcome: Outcome) -> None:
        nonlocal came_in
        came_in += 1
        keep(first + place, outcome)

    try:
        with TemporaryDirectory(prefix="localwealth-") as folder, _processes(workers) as pool:
            _collect(_submit(tasks, pool, folder), count)
    except BrokenProcessPool:
        if not came_in and len(tasks) > 1:
            remedy = "there may be too little memory: try workers=1 (--workers 1)"
            raise RunError(f"the worker processes died before any seed had ended; {remedy}") from None


@contextmanager
def _processes(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes that are gone when the block is left, however it is left."""
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_ignore_interrupts)
    try:
        yield pool
    except BaseException:
        ours: list[BaseProcess] = [process for process in multiprocessing.active_children() if process not in before]
        pool.shutdown(wait=False, cancel_futures=True)
        for process in ours:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that began this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def lost_worker(seed: int) -> Failure:
    """The failure of a seed whose worker died."""
    return Failure(seed, "", "LostWorker", "the worker process died; there may be too little memory: try fewer workers")


def script_can_be_imported() -> bool:
    """Whether worker processes can begin; those of a script that came through a pipe can't, and one worker does as well."""
    main = sys.modules.get("__main__")
    file = getattr(main, "__file__", None)
    return file is None or getattr(main, "__spec__", None) is not None or Path(file).is_file()


def refuse_within_import() -> None:
    """Stop a script that asks for workers while a worker imports it: it would begin workers without end."""
    frame = sys._getframe()
    while frame is not None:
        if frame.f_code.co_name == "<module>" and frame.f_globals.get("__name__") == "__mp_main__":
            raise RunError('put the call under the line: if __name__ == "__main__":  since each worker imports the script first')
        if frame.f_back is None:
            return
        frame = frame.f_back
