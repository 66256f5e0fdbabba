"""Runs that wait for a worker, and how many of them make a task."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
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
    >>> first = waiting.take(width=1)
    >>> waiting.take(width=1, after=first).points, waiting.take(width=1).points, waiting.take(width=1)
    ((2,), (3,), None)
    """

    def __init__(self, runs: NDArray[np.int64], numbering: Numbering, points: NDArray[np.float64], groups: NDArray[np.int64]) -> None:
        self._runs, self._numbering, self._points, self._groups = runs, numbering, points, groups
        self._most: int = max(1, min(MOST_RUNS, MOST_VALUES // max(1, points.shape[1])))
        self._bounds = _bounds(runs, numbering, groups)
        self._unopened = 0  # the first opening of which no run has been handed out
        self._begun: dict[int, int] = {}  # where the next run is of each opening that has been begun and has runs left
        self._left: int = len(runs)
        self._returned: deque[RunTask] = deque()
        self._tries: dict[int, int] = {}
        self.ended = 0
        self._seconds = 0.0

    @property
    def seconds_a_run(self) -> float:
        """Mean seconds of the runs that ended, 0 before the first."""
        return self._seconds / self.ended if self.ended else 0.0

    def take(self, width: int, after: RunTask | None = None) -> RunTask | None:
        """The next task for one of `width` workers; None when nothing waits.

        Parameters
        ----------
        width : int
            Number of workers.
        after : RunTask, optional
            What the worker was given before. It goes on with the same opening while that has runs left, then begins an opening
            of its own, and helps with the one that has most runs left when all have been begun: a town is opened twice only then.
        """
        if self._returned:
            return self._returned.popleft()
        opening = self._opening(after)
        if opening is None:
            return None
        first, last = self._begun.pop(opening, int(self._bounds[opening])), int(self._bounds[opening + 1])
        end = min(first + self._size(width), last)
        if end < last:
            self._begun[opening] = end
        self._left -= end - first
        points = tuple(self._numbering.point(int(run)) for run in self._runs[first:end])
        alone = last - int(self._bounds[opening]) == 1
        return self._task(self._numbering.seed(int(self._runs[first])), points, opening, alone=alone)

    def note(self, outcomes: Sequence[RunOutcome]) -> None:
        """Learn from runs that ended how long one takes."""
        self.ended += len(outcomes)
        self._seconds += sum(outcome.seconds for outcome in outcomes)

    def give_back(self, task: RunTask, done: int = 0) -> None:
        """Take back a task of which the first runs have ended and nothing else was begun."""
        if done < len(task.points):
            self._returned.append(replace(task, points=task.points[done:], values=task.values[done:]))

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
        most: int = FIRST_RUNS if not self.ended else self._most if not self._seconds else int(SECONDS / self.seconds_a_run)
        share: int = -(-self._left // (3 * width))
        return max(1, min(self._most, most, share))

    def _opening(self, after: RunTask | None) -> int | None:
        """The opening of the next task; None when none has runs left."""
        if after is not None and after.opening in self._begun:
            return after.opening
        if self._unopened < len(self._bounds) - 1:
            self._unopened += 1
            return self._unopened - 1
        return max(self._begun, key=lambda opening: int(self._bounds[opening + 1]) - self._begun[opening], default=None)

    def _task(self, seed: int, points: tuple[int, ...], opening: int = -1, *, alone: bool = True) -> RunTask:
        """A task of some points."""
        return RunTask(seed, points, self._points[list(points)], opening, alone)


def _bounds(runs: NDArray[np.int64], numbering: Numbering, groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where in the order of runs each opening begins, and at last their number."""
    if not len(runs):
        return np.zeros(1, np.int64)
    point, place = np.divmod(runs, len(numbering.seeds))
    changes = (np.diff(groups[point]) != 0) | (np.diff(place) != 0)
    return np.concatenate(([0], np.flatnonzero(changes) + 1, [len(runs)])).astype(np.int64)
