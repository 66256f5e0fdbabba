"""Runs that wait for a worker, and how many of them make a task."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.runs.sweep.numbering import Numbering
from sim.runs.sweep.task import RunOutcome, RunTask, lost_run

__all__ = ["TRIES", "Waiting"]

#: How often a run is begun whose worker dies.
TRIES: Final = 3
#: No task has more runs than this, nor more values of points than fit the smallest buffer of a pipe.
MOST_RUNS: Final = 64
MOST_VALUES: Final = 512
#: Runs of the first tasks, while nobody knows how long one takes.
FIRST_RUNS: Final = 4
#: A task takes about this long at most: what is lost with a worker whose outcomes come back task by task.
SECONDS: Final = 20.0


class Waiting:
    """Runs that have not ended, handed out task by task; nothing but their numbers is held.

    Parameters
    ----------
    runs : ndarray of int64
        Numbers of the runs to make, those that share an opening one after the other.
    numbering : Numbering
        What the numbers mean.
    points : ndarray of float64, shape (points, varied)
        Values of all points.
    groups : ndarray of int64, shape (points,)
        Which points open alike.

    Examples
    --------
    >>> waiting = Waiting(np.arange(4), Numbering(4, (7,)), np.zeros((4, 1)), np.array([0, 0, 0, 1]))
    >>> [waiting.take(width=1).points for _ in range(3)], waiting.take(width=1)
    ([(0, 1), (2,), (3,)], None)
    """

    def __init__(self, runs: NDArray[np.int64], numbering: Numbering, points: NDArray[np.float64], groups: NDArray[np.int64]) -> None:
        self._runs, self._numbering, self._points, self._groups = runs, numbering, points, groups
        self._most: int = max(1, min(MOST_RUNS, MOST_VALUES // max(1, points.shape[1])))
        self._next = 0
        self._returned: deque[RunTask] = deque()
        self._tries: dict[int, int] = {}
        self.ended = 0
        self._seconds = 0.0

    @property
    def seconds_a_run(self) -> float:
        """Mean seconds of the runs that ended, 0 before the first."""
        return self._seconds / self.ended if self.ended else 0.0

    def take(self, width: int) -> RunTask | None:
        """The next task for one of `width` workers; None when nothing waits."""
        if self._returned:
            return self._returned.popleft()
        first = self._next
        end = min(first + self._size(width), len(self._runs))
        if first == end:
            return None
        while self._alike(self._runs[end - 1]) != self._alike(self._runs[first]):
            end -= 1
        self._next = end
        points = tuple(self._numbering.point(int(run)) for run in self._runs[first:end])
        return self._task(self._numbering.seed(int(self._runs[first])), points)

    def note(self, outcomes: Sequence[RunOutcome]) -> None:
        """Learn from runs that ended how long one takes."""
        self.ended += len(outcomes)
        self._seconds += sum(outcome.seconds for outcome in outcomes)

    def give_back(self, task: RunTask, done: int = 0) -> None:
        """Take back a task of which the first runs have ended and nothing else was begun."""
        if done < len(task.points):
            self._returned.append(RunTask(task.seed, task.points[done:], task.values[done:]))

    def lost(self, task: RunTask, done: int = 0) -> list[RunOutcome]:
        """Take back a task whose worker died in the run after the first `done`.

        Returns
        -------
        list of RunOutcome
            That run as failed when it was begun often enough; else nothing, and it is begun again alone, since it may be the cause.
        """
        if done >= len(task.points):
            return []
        self.give_back(task, done + 1)
        point = task.points[done]
        run = self._numbering.of(point, task.seed)
        self._tries[run] = self._tries.get(run, 0) + 1
        if self._tries[run] >= TRIES:
            return [lost_run(point, task.seed, TRIES)]
        self._returned.append(self._task(task.seed, (point,)))
        return []

    def lost_whole(self, task: RunTask, *, for_good: bool) -> list[RunOutcome]:
        """Take back a task of which nobody knows in which run its worker died.

        Parameters
        ----------
        task : RunTask
            The task.
        for_good : bool
            Whether it has been begun often enough already.

        Returns
        -------
        list of RunOutcome
            As `lost`. A task of several runs is begun again run by run.
        """
        if len(task.points) == 1:
            return [lost_run(task.points[0], task.seed, TRIES)] if for_good else self.lost(task)
        self._returned.extend(self._task(task.seed, (point,)) for point in task.points)
        return []

    def _size(self, width: int) -> int:
        """Runs of the next task: fewer towards the end, so that all workers are busy to the end."""
        left: int = len(self._runs) - self._next
        most: int = FIRST_RUNS if not self.ended else self._most if not self._seconds else int(SECONDS / self.seconds_a_run)
        share: int = -(-left // (3 * width))
        return max(1, min(self._most, most, share))

    def _alike(self, run: np.int64) -> tuple[int, int]:
        """What runs of one task have in common: how the town opens, and the seed."""
        return int(self._groups[self._numbering.point(int(run))]), self._numbering.seed(int(run))

    def _task(self, seed: int, points: tuple[int, ...]) -> RunTask:
        """A task of some points."""
        return RunTask(seed, points, self._points[list(points)])
