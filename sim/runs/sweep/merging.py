"""All runs of a sweep in order, from every journal in its folder, a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sim.errors import RunError
from sim.runs.sweep.journal import StoredRun, ended_runs, read_runs
from sim.runs.sweep.task import LOST

__all__ = ["all_ended", "better", "runs_in_order"]

#: Numbers, and runs, held at a time: some tens of megabytes.
_NUMBERS: Final = 4_000_000
_LEAST_RUNS: Final = 100
_MOST_RUNS: Final = 10_000


def all_ended(journals: Sequence[Path]) -> dict[int, bool]:
    """Every run in the journals by number, each with whether it was good anywhere."""
    ended: dict[int, bool] = {}
    for path in journals:
        for run, good in ended_runs(path).items():
            ended[run] = ended.get(run, False) or good
    return ended


def runs_in_order(journals: Sequence[Path], total: int, numbers_a_run: int) -> Iterator[StoredRun]:
    """All runs in order of number; of a run that stands in several journals the better one.

    Parameters
    ----------
    journals : sequence of Path
        The journals, which together hold every run.
    total : int
        How many runs there are.
    numbers_a_run : int
        Numbers kept of each, for how many are held at a time.

    Raises
    ------
    sim.errors.RunError
        When a run is missing or has not as many numbers.
    """
    stretch = min(_MOST_RUNS, max(_LEAST_RUNS, _NUMBERS // max(1, numbers_a_run)))
    for first in range(0, total, stretch):
        end = min(first + stretch, total)
        held: dict[int, StoredRun] = {}
        for path in journals:
            for run in read_runs(path, first, end):
                held[run.run] = better(held[run.run], run) if run.run in held else run
        for number in range(first, end):
            if number not in held:
                raise RunError(f"run {number} is in no journal: give the same command again")
            found = held.pop(number)
            if found.failure is None and found.numbers.size != numbers_a_run:
                raise RunError(f"run {number} has {found.numbers.size} numbers in its journal, and should have {numbers_a_run}")
            yield found


def better(one: StoredRun, other: StoredRun) -> StoredRun:
    """Of two records of one run the good one; of two failures the one that the run itself made; of equals always the same."""
    return min(one, other, key=_rank)


def _rank(run: StoredRun) -> tuple[bool, bool, str]:
    """Good runs first, then failures that repeat, then lost workers."""
    failure = run.failure
    return failure is not None, failure is not None and failure.error == LOST, "" if failure is None else failure.message
