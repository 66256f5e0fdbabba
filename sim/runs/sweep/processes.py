"""Worker processes of a sweep's own: each says of every run that it has ended, and one that dies costs the run it was in.

A worker reads the experiment from a file, once; tasks and outcomes go through a pipe of its own, so the parent knows what a worker
that died was doing. Workers end by themselves when the parent is gone.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import RunError
from sim.runs.sweep.task import RunOutcome, RunTask, Shared, Work, outcomes, same_model
from sim.runs.sweep.waiting import Waiting

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

__all__ = ["run_in_processes"]

#: Runs shorter than this are handed out before the worker asks, so that it need not wait for the disk.
SHORT: Final = 0.5
#: Processes that die one after the other before any has begun to work.
STARTS_IN_VAIN: Final = 6
#: Seconds that a process has to end when it is asked to.
GRACE: Final = 5.0

READY: Final = "ready"

Pipe = connection.Connection


@dataclass(frozen=True)
class _Unfit:
    """What a worker says that can't work at all."""

    why: str


@dataclass(eq=False)
class _Worker:
    """A process and what it has been given."""

    process: SpawnProcess
    pipe: Any
    tasks: deque[RunTask] = field(default_factory=deque)
    last: RunTask | None = None
    done: int = 0
    ready: bool = False

    def ended_one(self) -> None:
        """Note that the run it was in has ended."""
        self.done += 1
        if self.done == len(self.tasks[0].points):
            self.tasks.popleft()
            self.done = 0


def run_in_processes(waiting: Waiting, work_file: Path, workers: int, keep: Callable[[list[RunOutcome]], None]) -> None:
    """Make all runs that wait.

    Parameters
    ----------
    waiting : Waiting
        The runs.
    work_file : Path
        The work, pickled; read by the workers.
    workers : int
        Number of processes.
    keep : callable
        Told of outcomes as they come in.

    Raises
    ------
    sim.errors.RunError
        When the processes can't work at all.
    """
    team = _Team(waiting, work_file, workers)
    try:
        while team.hand_out():
            keep(team.collect())
        team.dismiss()
    finally:
        team.stop()


class _Team:
    """The processes of one sweep."""

    def __init__(self, waiting: Waiting, work_file: Path, width: int) -> None:
        self.waiting, self.work_file, self.width = waiting, work_file, width
        self.members: list[_Worker] = []
        self.in_vain = 0

    def hand_out(self) -> bool:
        """Give every worker something to do; say whether there is anything to wait for."""
        depth = 2 if self.waiting.ended and self.waiting.seconds_a_run < SHORT else 1
        for level in range(1, depth + 1):
            for member in self.members:
                if len(member.tasks) < level and (task := self.waiting.take(self.width, member.last)) is not None:
                    self._send(member, task)
            while len(self.members) < self.width and (task := self.waiting.take(self.width)) is not None:
                self.members.append(self._begin())
                self._send(self.members[-1], task)
        return any(member.tasks for member in self.members)

    def collect(self) -> list[RunOutcome]:
        """Wait until something has come in, and take all of it."""
        by_handle: dict[Any, _Worker] = {}
        for member in self.members:
            by_handle[member.pipe] = by_handle[member.process.sentinel] = member
        found: list[RunOutcome] = []
        for member in dict.fromkeys(by_handle[handle] for handle in connection.wait(list(by_handle))):
            found += self._take(member)
        self.waiting.note(found)
        return found

    def dismiss(self) -> None:
        """Let the workers go home."""
        for member in self.members:
            member.pipe.close()
        for member in self.members:
            member.process.join(GRACE)

    def stop(self) -> None:
        """See that no process is left, whatever it is doing."""
        for member in self.members:
            if member.process.is_alive():
                member.process.terminate()
        for member in self.members:
            member.process.join(GRACE)
            if member.process.is_alive():
                member.process.kill()
                member.process.join()
            member.pipe.close()
            member.process.close()
        self.members.clear()

    def _take(self, member: _Worker) -> list[RunOutcome]:
        """What a worker has sent; where it has died, that too."""
        found: list[RunOutcome] = []
        try:
            while member.pipe.poll():
                message = member.pipe.recv()
                if isinstance(message, RunOutcome):
                    member.ended_one()
                    found.append(message)
                elif isinstance(message, _Unfit):
                    raise RunError(message.why)
                else:
                    member.ready, self.in_vain = True, 0
        except (EOFError, OSError):  # it died, perhaps in the middle of a message
            found += self._bury(member)
        return found

    def _bury(self, member: _Worker) -> list[RunOutcome]:
        """Take back what a dead worker had."""
        self.members.remove(member)
        member.process.join(GRACE)
        member.process.kill()
        member.process.join()
        code = member.process.exitcode
        member.pipe.close()
        member.process.close()
        lost: list[RunOutcome] = []
        for place, task in enumerate(member.tasks):
            done = member.done if place == 0 else 0
            if place == 0 and member.ready:
                lost += self.waiting.lost(task, done)
            else:
                self.waiting.give_back(task, done)
        if not member.ready:
            self.in_vain += 1
            if self.in_vain >= STARTS_IN_VAIN:
                dead = f"{self.in_vain} worker processes died one after the other before they had begun (exit code {code})"
                cause = "there may be too little memory" if (code or 0) < 0 else "what they import may fail, as it does in a script without"
                cause += "" if (code or 0) < 0 else ' the line: if __name__ == "__main__":'
                raise RunError(f"{dead}; {cause}; try workers=1 (--workers 1)")
        return lost

    def _send(self, member: _Worker, task: RunTask) -> None:
        """Hand a task over; that the worker has died meanwhile is seen when its outcomes are collected."""
        member.tasks.append(task)
        member.last = task
        with suppress(OSError):
            member.pipe.send(task)

    def _begin(self) -> _Worker:
        """A new process."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(str(self.work_file), theirs), daemon=True)
        with _without_interrupts():
            process.start()
        theirs.close()
        return _Worker(process, ours)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Processes begun here never see a Ctrl-C, which is for the process that began them; here it comes once the block is left."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(work_file: str, pipe: Pipe) -> None:
    """What a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work: Work = pickle.loads(Path(work_file).read_bytes())
        same_model(work.model)
    except Exception as error:  # the parent says it in its own words
        pipe.send(_Unfit(str(error) or type(error).__name__))
        return
    with suppress(EOFError, OSError):  # the parent has gone, or has nothing more to do
        pipe.send(READY)
        shared = Shared(work)
        while True:
            for outcome in outcomes(work, pipe.recv(), shared):
                pipe.send(outcome)


def _end_with_parent() -> None:
    """Wait until the parent is gone, and end this process at once, in the middle of whatever it does."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
