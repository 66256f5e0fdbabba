"""Runs that wait are handed out so that towns are opened as seldom as can be, and every run once."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sim.runs.sweep.numbering import Numbering, in_order
from sim.runs.sweep.task import RunTask
from sim.runs.sweep.waiting import Waiting


def waiting_for(points: int, seeds: int, groups: list[int] | None = None) -> Waiting:
    """All runs of a design."""
    numbering = Numbering(points, tuple(range(1, seeds + 1)))
    alike = np.array(groups or [0] * points, np.int64)
    return Waiting(in_order(numbering, alike), numbering, np.zeros((points, 1)), alike)


def hand_out(waiting: Waiting, workers: int) -> list[list[RunTask]]:
    """Tasks of each worker, when all take turns."""
    given: list[list[RunTask]] = [[] for _ in range(workers)]
    while True:
        before = sum(map(len, given))
        for tasks in given:
            if (task := waiting.take(workers, tasks[-1] if tasks else None)) is not None:
                tasks.append(task)
        if sum(map(len, given)) == before:
            return given


def openings(tasks: list[RunTask]) -> int:
    """How often a worker has to open a town for its tasks."""
    return sum(place == 0 or tasks[place - 1].opening != task.opening for place, task in enumerate(tasks))


@pytest.mark.parametrize(("points", "seeds", "workers"), [(16, 10, 2), (40, 4, 3), (7, 1, 2), (1, 5, 2), (64, 3, 8)])
def test_every_run_is_handed_out_once(points: int, seeds: int, workers: int) -> None:
    given = hand_out(waiting_for(points, seeds), workers)
    runs = Counter((point, task.seed) for tasks in given for task in tasks for point in task.points)
    assert len(runs) == points * seeds
    assert set(runs.values()) == {1}


def test_a_worker_stays_with_its_opening_and_helps_only_at_the_end() -> None:
    given = hand_out(waiting_for(16, 10), 2)
    # Ten seeds need ten openings; an eleventh town is opened by the one who helps with the last of them.
    assert 10 <= sum(map(openings, given)) <= 11


def test_one_opening_is_shared_out_when_there_is_no_other() -> None:
    given = hand_out(waiting_for(40, 1), 4)
    assert [openings(tasks) for tasks in given] == [1, 1, 1, 1]
    assert max(sum(len(task.points) for task in tasks) for tasks in given) <= 14


def test_towns_that_no_other_run_opens_may_be_run_themselves() -> None:
    tasks = [task for of_one in hand_out(waiting_for(3, 2, [0, 1, 1]), 1) for task in of_one]
    assert {task.points: task.alone for task in tasks if 0 in task.points} == {(0,): True}
    assert not any(task.alone for task in tasks if 0 not in task.points)


def test_a_worker_that_dies_after_its_last_run_costs_none() -> None:
    waiting = waiting_for(1, 1)
    task = waiting.take(1)
    assert task is not None and waiting.take(1) is None
    assert waiting.lost(task, done=len(task.points)) == [] and waiting.take(1) is None


def test_what_is_given_back_is_handed_out_again() -> None:
    waiting = waiting_for(12, 1)
    task = waiting.take(1)
    assert task is not None
    assert len(task.points) > 2
    waiting.give_back(task, done=1)
    again = waiting.take(1)
    assert again is not None
    assert (again.points, again.opening, again.seed) == (task.points[1:], task.opening, task.seed)
