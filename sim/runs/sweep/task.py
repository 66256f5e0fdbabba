"""One task of a sweep: some points of one seed whose towns open alike, run one after the other with all arms.

What comes out of a run depends on its point and its seed alone: not on which task it was part of, nor on who ran it. Two things
are shared within a task because they are the same to the last bit: the town at its opening, which is copied for each run, and a
whole run of an arm that is the same scenario at the next point too, such as a reference that nothing varies.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from time import perf_counter
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sim.core.records import RunRecord
from sim.errors import RunError
from sim.runs.outcome import Failure, MeasureFacts
from sim.runs.statistics.window import WINDOW, seed_values
from sim.runs.sweep.cases import scenario_at
from sim.runs.sweep.fingerprint import model_fingerprint
from sim.runs.sweep.numbering import AFTER_THE_OPENING
from sim.runs.workers import Factory, Runnable, failure_of

if TYPE_CHECKING:
    from sim.settings.experiment import Experiment
    from sim.settings.scenario import Scenario

__all__ = ["LOST", "RunOutcome", "RunTask", "Shared", "Work", "lost_run", "numbers_of", "outcomes", "run_task", "same_model"]

Floats = NDArray[np.float64]

#: Name of the error of a run whose worker died each time.
LOST: Final = "LostWorker"


@dataclass(frozen=True)
class Work:
    """What every task of a sweep needs, sent to a worker once.

    Parameters
    ----------
    experiment : Experiment
        The experiment.
    facts : mapping of str to MeasureFacts
        By name of the measure without key: the rule by which its last twelve months become one number.
    model : str
        The hash of the model that the sweep is run with.
    factory : callable, optional
        Makes an economy from a scenario and a seed; the model itself when left out.
    """

    experiment: Experiment
    facts: Mapping[str, MeasureFacts]
    model: str = ""
    factory: Factory | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        """The rule of each measure of the experiment, in order."""
        names = [name.partition("/")[0] for name in self.experiment.measures]
        return tuple(self.facts[name].summary if name in self.facts else "mean" for name in names)


@dataclass(frozen=True, slots=True)
class RunTask:
    """Some points of one seed.

    Parameters
    ----------
    seed : int
        The seed.
    points : tuple of int
        Numbers of the points, in the order in which they are run.
    values : ndarray of float64, shape (points, varied)
        Their values.
    opening : int
        Which opening they share; -1 when nobody counts them.
    alone : bool
        Whether no other run has the same opening, so that the town itself may be run and need not be kept.
    """

    seed: int
    points: tuple[int, ...]
    values: Floats
    opening: int = -1
    alone: bool = False


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What is kept of one run.

    Parameters
    ----------
    point, seed : int
        Which run.
    values : ndarray of float64, shape (arms, measures, 1 + months kept)
        At 0 of the last axis the one number of the run, then the months that are kept; no rows when the run failed.
    failure : Failure or None
        Why there are no values.
    seconds : float
        How long it took.
    """

    point: int
    seed: int
    values: Floats
    failure: Failure | None = None
    seconds: float = 0.0


def run_task(handle: Work | bytes, task: RunTask) -> list[RunOutcome]:
    """Run a task on a worker of any kind.

    Parameters
    ----------
    handle : Work or bytes
        The work, or the work pickled.
    task : RunTask
        Which runs.

    Raises
    ------
    sim.errors.RunError
        When this worker has another version of the model.
    """
    work = _unpickled(handle) if isinstance(handle, bytes) else handle
    same_model(work.model)
    return list(outcomes(work, task))


@lru_cache(maxsize=1)
def _unpickled(handle: bytes) -> Work:
    """The work that this program pickled elsewhere; kept for the next task."""
    work: Work = pickle.loads(handle)
    return work


def same_model(expected: str) -> None:
    """Refuse to run with another version of the model than the sweep began with.

    Raises
    ------
    sim.errors.RunError
        When it is another.
    """
    if expected and model_fingerprint() != expected:
        message = f"a worker has another version of the model ({model_fingerprint()}) than the sweep ({expected})"
        raise RunError(f"{message}: install the same version everywhere, and change no file of it while a sweep is running")


def outcomes(work: Work, task: RunTask, shared: Shared | None = None) -> Iterator[RunOutcome]:
    """Run the points of a task one after the other.

    Parameters
    ----------
    work : Work
        What all tasks need.
    task : RunTask
        Which runs.
    shared : Shared, optional
        What a worker keeps from task to task.

    Yields
    ------
    RunOutcome
        As each run ends, in the order of the task. An error is part of its outcome, and the next runs go on; only an interruption
        is raised.
    """
    shared = shared or Shared(work)
    shared.begin(task)
    for point, values in zip(task.points, task.values, strict=True):
        yield shared.run(point, values)


def lost_run(point: int, seed: int, tries: int) -> RunOutcome:
    """The outcome of a run whose worker died each time."""
    message = f"the worker process died, {tries} times; there may be too little memory: try fewer workers"
    return RunOutcome(point, seed, np.empty((0, 0, 0)), Failure(seed, "", LOST, message))


class Shared:
    """What runs that follow one another share: towns at their opening, and arms that stay the same from point to point.

    Parameters
    ----------
    work : Work
        What all tasks need.
    """

    def __init__(self, work: Work) -> None:
        self.work = work
        self.seed, self.alone = 0, False
        self.openings: list[tuple[Scenario, Runnable]] = []
        self.last: dict[str, tuple[Scenario, Floats]] = {}

    def begin(self, task: RunTask) -> None:
        """Make ready for a task; nothing is shared between seeds."""
        if task.seed != self.seed:
            self.openings.clear()
            self.last.clear()
        self.seed, self.alone = task.seed, task.alone

    def run(self, point: int, values: Floats) -> RunOutcome:
        """All arms at one point."""
        began = perf_counter()
        arm = ""
        arms: dict[str, Scenario] = {}
        found: dict[str, Floats] = {}
        experiment = self.work.experiment
        try:
            for arm in experiment.arms:
                arms[arm] = replace(scenario_at(experiment, arm, values), months=experiment.months)
            owners = _owners(arms)
            self._forget([arms[owner] for owner in owners.values()])
            # An arm whose scenario opens a town goes after those that take a copy, so that it can run on the town itself.
            for arm in sorted(arms, key=lambda name: owners[name] == name):
                found[arm] = self._numbers(arm, arms[arm], arms[owners[arm]])
        except Exception as error:  # whatever went wrong, the other runs go on and this one stays visible
            self.openings.clear()
            failure = failure_of(self.seed, arm, error)
            return RunOutcome(point, self.seed, np.empty((0, 0, 0)), failure, seconds=perf_counter() - began)
        if self.alone:  # its towns have been run, and no other run opens with them
            self.openings.clear()
        stacked = np.stack([found[arm] for arm in experiment.arms])
        return RunOutcome(point, self.seed, stacked, seconds=perf_counter() - began)

    def _forget(self, needed: Sequence[Scenario]) -> None:
        """Let go of towns that no arm of this point opens with, before another is built."""
        self.openings = [pair for pair in self.openings if any(pair[0].same_opening(scenario) for scenario in needed)]

    def _numbers(self, arm: str, scenario: Scenario, owner: Scenario) -> Floats:
        """What is kept of one arm, shape (measures, 1 + months kept)."""
        if arm in self.last and self.last[arm][0] == scenario:
            return self.last[arm][1]
        town = self._town(owner)
        numbers = numbers_of(_record(town if self.alone and owner is scenario else town.with_scenario(scenario), self.work), self.work)
        if not self.alone:
            self.last[arm] = (scenario, numbers)
        return numbers

    def _town(self, owner: Scenario) -> Runnable:
        """The town that a scenario opens, built once."""
        for opened, town in self.openings:
            if opened.same_opening(owner):
                return town
        town = _factory(self.work)(owner, self.seed)
        self.openings.append((owner, town))
        return town


def _owners(arms: Mapping[str, Scenario]) -> dict[str, str]:
    """For each arm the first that opens the same town."""
    return {name: next(other for other in arms if arms[other].same_opening(scenario)) for name, scenario in arms.items()}


def _factory(work: Work) -> Factory:
    """What makes an economy; the model itself unless something else is given."""
    if work.factory is not None:
        return work.factory
    from sim.runs.opening.opened import opened

    # An opening that belongs to one point alone is used once: storing it would only push out those that are used again.
    changes = any(varied.kind not in AFTER_THE_OPENING for varied in work.experiment.vary)
    return partial(opened, cache=False) if changes else opened


def _record(town: Runnable, work: Work) -> RunRecord:
    """Run a town to the end; the model itself measures only what is asked for, in the months that are needed."""
    experiment = work.experiment
    if work.factory is not None:
        return town.run(experiment.months)
    from sim.economy import Economy
    from sim.measures.recorder import Recorder

    assert isinstance(town, Economy)
    wanted = {*range(max(1, experiment.months - WINDOW + 1), experiment.months + 1), *experiment.keep}
    return town.run(experiment.months, record=Recorder(town, experiment.measures, wanted))


def numbers_of(record: RunRecord, work: Work) -> Floats:
    """What is kept of a record.

    Parameters
    ----------
    record : RunRecord
        With its series.
    work : Work
        Names the measures, their rules and the months.

    Returns
    -------
    ndarray of float64, shape (measures, 1 + months kept)
        Not a number where a series has no value.

    Raises
    ------
    sim.errors.RunError
        When nothing was recorded of a measure.
    """
    experiment = work.experiment
    kept = np.full((len(experiment.measures), 1 + len(experiment.keep)), np.nan)
    for row, (name, rule) in enumerate(zip(experiment.measures, work.rules, strict=True)):
        if name not in record.measures:
            known = sorted(other for other in record.measures if other.partition("/")[0] == name.partition("/")[0])
            raise RunError(f"the run recorded no series {name}; of this measure it has: {', '.join(known) or 'none'}")
        series = np.asarray(record.measures[name], np.float64)
        kept[row, 0] = seed_values(series[None, :], rule)[0]
        kept[row, 1:] = [series[month - 1] if month <= len(series) else np.nan for month in experiment.keep]
    return kept
