"""A worker of the page that is no process, and runs that nobody ran."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.page.work.jobs import ArmJob, Job
from sim.page.work.runs import ArmRun
from sim.page.work.worker import Left
from sim.settings.scenario import Scenario


@dataclass(frozen=True)
class Chosen:
    """What a visitor chose, as the team sees it."""

    key: str
    scenario: Scenario
    reference: Scenario


def made_up_run(seed: int, measures: Sequence[str], months: int = 12, level: float = 1.0) -> ArmRun:
    """A run whose every series is one number."""
    return ArmRun(seed, months, {name: np.full(months, level + seed) for name in measures}, {"anchors": 100 * seed})


class FakeWorker:
    """A worker in this process: it notes what it does, and waits at a gate before each job."""

    def __init__(self, answer: Callable[[Job], Any], gate: threading.Semaphore | None = None) -> None:
        self.answer, self.gate, self.done = answer, gate, list[Job]()
        self.ended = False
        self.told_to_leave = 0

    def __call__(self, most_openings: int, warm: Sequence[tuple[Scenario, int]]) -> FakeWorker:
        return self

    def do(self, job: Job, seconds: float) -> tuple[Any, bytes]:
        if self.gate is not None:
            self.gate.acquire(timeout=20)
        if self.told_to_leave:
            self.told_to_leave = 0
            raise Left
        self.done.append(job)
        found = self.answer(job)
        return found, pickle.dumps(found)

    def leave(self) -> None:
        self.told_to_leave += 1

    def end(self) -> None:
        self.ended = True
        if self.gate is not None:
            self.gate.release()

    def runs(self) -> list[tuple[str, int]]:
        """Title of the arm and seed of each run that was done, in order."""
        return [(job.scenario.title, job.seed) for job in self.done if isinstance(job, ArmJob)]
