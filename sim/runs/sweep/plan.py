"""What a sweep is to run, where it is kept, and the command that goes on with it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.runs.outcome import MeasureFacts
from sim.runs.scenarios import known_measures
from sim.runs.stored.facts import without_machine_paths
from sim.runs.stored.folder import RESULTS, file_name
from sim.runs.sweep.design import points_of
from sim.runs.sweep.fingerprint import model_fingerprint
from sim.runs.sweep.numbering import Numbering, opening_groups
from sim.runs.sweep.tables import Layout
from sim.runs.sweep.task import Work
from sim.runs.workers import Factory

if TYPE_CHECKING:
    from sim.settings.experiment import Experiment

__all__ = ["SweepPlan", "load_experiment", "plan_of"]


@dataclass(frozen=True)
class SweepPlan:
    """One sweep and how it is run.

    Parameters
    ----------
    work : Work
        What is run.
    folder : Path
        Where it is kept.
    points : ndarray of float64, shape (points, varied)
        Values of all points.
    run : str
        The command that makes the sweep; empty for one made in Python.
    out : str or None
        The folder as the user named it; None when it was left out.
    workers : int
        Processes.
    executor : Executor or None
        In place of processes.
    cluster : str or None
        The address of a cluster in place of processes.
    shard : (int, int) or None
        Which part, of how many.
    retry_failed : bool
        Whether runs that failed are run again.
    quiet : bool
        No progress bar.
    """

    work: Work
    folder: Path
    points: NDArray[np.float64]
    run: str = ""
    out: str | None = None
    workers: int = 1
    executor: Executor | None = None
    cluster: str | None = None
    shard: tuple[int, int] | None = None
    retry_failed: bool = False
    quiet: bool = True
    groups: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    @property
    def numbering(self) -> Numbering:
        """Numbers of the runs."""
        return Numbering(len(self.points), tuple(sorted(self.work.experiment.seeds)))

    @property
    def layout(self) -> Layout:
        """How the numbers of a run lie."""
        experiment = self.work.experiment
        return Layout(self.numbering, experiment.arms, experiment.measures, (0, *experiment.keep))

    def command(self, *, for_others: bool = False) -> str:
        """The command that makes the sweep and goes on with it; for others without folders of this machine."""
        if self.out is None or not self.run:
            return self.run
        return f"{self.run} --out {shlex.quote(str(without_machine_paths(self.out)) if for_others else self.out)}"

    def repeat(self, point: int, seed: int) -> str:
        """The command that makes one run again."""
        if self.run:
            return f"{self.run} --point {point} --seed {seed}"
        return f"python: sim.runs.sweep.runner.repeat_run(experiment, point={point}, seed={seed})"


def load_experiment(name_or_path: str | os.PathLike[str]) -> Experiment:
    """Read an experiment with every policy, shock and measure that comes with the package.

    Parameters
    ----------
    name_or_path : str or path
        A name such as ``spare-capacity``, or the path of an experiment file.

    Raises
    ------
    sim.errors.InputError
        With every problem of the file and of its scenarios.
    """
    from sim.core.registry import POLICIES, SHOCKS
    from sim.runs.scenarios import fill_registries
    from sim.settings.experiment import load_experiment as load

    fill_registries()
    return load(name_or_path, POLICIES, SHOCKS)


def plan_of(
    experiment: str | os.PathLike[str] | Experiment,
    out: str | os.PathLike[str] | None = None,
    factory: Factory | None = None,
    measures: Mapping[str, MeasureFacts] | None = None,
    *,
    reduced: bool = False,
) -> SweepPlan:
    """What to run and where to keep it; errors as `sweep`."""
    named = experiment if isinstance(experiment, (str, os.PathLike)) else None
    found = load_experiment(experiment) if isinstance(experiment, (str, os.PathLike)) else experiment
    found = found.reduced() if reduced else found
    folder = Path(RESULTS) / (file_name(found.name) + ("-reduced" if reduced else "")) if out is None else Path(out)
    parts = ["localwealth", "sweep", str(without_machine_paths(os.fspath(named)))] if named is not None else []
    run = [*parts, "--reduced"] if parts and reduced else parts
    points = points_of(found)
    facts = known_measures() if measures is None else measures
    wanted = {name.partition("/")[0] for name in found.measures}
    work = Work(found, {name: facts[name] for name in facts if name in wanted}, model_fingerprint(), factory)
    return SweepPlan(
        work, folder, points, shlex.join(run), None if out is None else Path(out).as_posix(), groups=opening_groups(found, points)
    )
