"""A sweep read back from its folder: any number of runs, one measure of one arm at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.errors import InputError, Problem, UnknownNameError
from sim.runs.outcome import MeasureFacts
from sim.runs.sweep.journal import StoredRun, failed_runs, journals_in, read_runs
from sim.runs.sweep.merging import all_ended
from sim.runs.sweep.numbering import Numbering
from sim.runs.sweep.storage import COMPLETE, MANIFEST, read_manifest
from sim.runs.sweep.tables import FAILURE_COLUMNS, Layout, summary_table

__all__ = ["Sweep", "load_sweep"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sweep:
    """A sweep that was run, or as far as it has come. Tables are read when they are asked for.

    Parameters
    ----------
    path : Path
        Its folder.
    manifest : mapping
        What was run, as in ``experiment.json``.
    """

    path: Path
    manifest: Mapping[str, Any]
    _numbers: dict[tuple[int, int, int], Floats] = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        return f"Sweep({self.manifest['name']}: {len(self.points)} points, {len(self.seeds)} seeds, {self.manifest['status']})"

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of the arms, the reference first."""
        return tuple(arm["name"] for arm in self.manifest["arms"])

    @property
    def reference(self) -> str:
        """Name of the arm that the others are compared with."""
        return self.arms[0]

    @property
    def measures(self) -> tuple[str, ...]:
        """What was measured, in order."""
        return tuple(self.manifest["measured"])

    @property
    def facts(self) -> dict[str, MeasureFacts]:
        """What is known about each measure, by name without key."""
        return {name: MeasureFacts(**facts) for name, facts in self.manifest["measures"].items()}

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds, ascending; the same at every point."""
        return tuple(sorted(self.manifest["seeds"]))

    @property
    def months(self) -> tuple[int, ...]:
        """0, which stands for the one number of each run, then the months that were kept."""
        return (0, *self.manifest["keep"])

    @property
    def complete(self) -> bool:
        """Whether no run is missing; runs that failed are in `failures`."""
        return bool(self.manifest["status"] == COMPLETE)

    @property
    def ended(self) -> int:
        """How many runs have ended, good or failed."""
        return int(self.manifest["runs"]["all"]) if self.complete else len(all_ended(journals_in(self.path)))

    @cached_property
    def points(self) -> pd.DataFrame:
        """The values of every point: index ``point``, a column for each thing that is varied."""
        return pq.read_table(self.path / "points.parquet").to_pandas().set_index("point")

    @cached_property
    def failures(self) -> pd.DataFrame:
        """Runs that failed: point, seed, arm, error, message, where, and the command that makes the run again."""
        if self.complete:
            kinds = {name: "int64" if name in ("point", "seed") else "str" for name in FAILURE_COLUMNS}
            return pd.read_csv(self.path / "failures.csv", dtype=kinds, keep_default_na=False)
        good = {run.run for run in self._runs() if run.failure is None}
        found = {run.run: run.failure for path in journals_in(self.path) for run in failed_runs(path) if run.run not in good}
        rows = [
            [self.layout.numbering.point(run), told.seed, told.arm, told.error, told.message, told.where, told.repeat]
            for run, told in sorted(found.items())
            if told is not None
        ]
        return pd.DataFrame(rows, columns=list(FAILURE_COLUMNS))

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Each point, arm and measure: mean, spread and interval over seeds, and those of the paired difference with the reference."""
        if self.complete:
            table = pq.read_table(self.path / "summary.parquet")
        else:
            shape = (*self.layout.shape[:2], self.layout.numbering.points, len(self.seeds))
            numbers = np.array([[self._of(arm, measure, 0) for measure in range(shape[1])] for arm in range(shape[0])]).reshape(shape)
            table = summary_table(self.layout, list(numbers.transpose(2, 3, 0, 1)))
        return table.to_pandas()

    @cached_property
    def layout(self) -> Layout:
        """How the numbers of a run lie."""
        numbering = Numbering(int(self.manifest["points"]), self.seeds)
        return Layout(numbering, self.arms, self.measures, self.months)

    def values(self, measure: str, arm: str | None = None, month: int = 0) -> pd.DataFrame:
        """One number of every run.

        Parameters
        ----------
        measure : str
            Which measure.
        arm : str, optional
            Which arm; the reference when left out.
        month : int
            A month that was kept; 0 is the last twelve months in one number.

        Returns
        -------
        DataFrame
            Index ``point``, a column for each seed; not a number where the run failed or has not been made.

        Raises
        ------
        sim.errors.UnknownNameError
            For a measure, an arm or a month that was not kept.
        """
        chosen = self.reference if arm is None else arm
        places = []
        for noun, name, names in (("measure", measure, self.measures), ("arm", chosen, self.arms), ("month", month, self.months)):
            if name not in names:
                raise UnknownNameError(f"{noun} in this sweep", str(name), [str(known) for known in names])
            places.append(list(names).index(name))
        numbers = self._of(places[1], places[0], places[2])
        return pd.DataFrame(numbers, index=self.points.index, columns=pd.Index(self.seeds, name="seed"))

    def difference(self, measure: str, arm: str, month: int = 0) -> pd.DataFrame:
        """One number of every run of an arm less that of the reference with the same seed; shape and errors as `values`."""
        return self.values(measure, arm, month) - self.values(measure, self.reference, month)

    def _of(self, arm: int, measure: int, month: int) -> Floats:
        """One number of every run, shape (points, seeds)."""
        key = (arm, measure, month)
        if key not in self._numbers:
            _, measures, months = self.layout.shape
            place = (arm * measures + measure) * months + month
            found = np.full(self.layout.numbering.total, np.nan)
            if self.complete:
                good = self._good()
                found[good] = np.concatenate([part[:, place] for part in self._stored()]) if len(good) else []
            else:
                for run in self._runs():
                    if run.failure is None:
                        found[run.run] = run.numbers[place]
            self._numbers[key] = found.reshape(-1, len(self.seeds))
        return self._numbers[key]

    def _good(self) -> NDArray[np.int64]:
        """Numbers of the runs that were good, in order."""
        numbering = self.layout.numbering
        failed = [numbering.of(point, seed) for point, seed in zip(self.failures["point"], self.failures["seed"], strict=True)]
        return np.setdiff1d(np.arange(numbering.total), np.array(failed, np.int64))

    def _stored(self) -> Iterator[Floats]:
        """Numbers of all good runs as stored, some points at a time, shape (runs, numbers of one)."""
        with pq.ParquetFile(self.path / "runs.parquet") as file:
            for group in range(file.num_row_groups):
                column = file.read_row_group(group, ["value"]).column(0)
                yield column.to_numpy().reshape(-1, self.layout.numbers)

    def _runs(self) -> Iterator[StoredRun]:
        """Runs in the journals of a sweep that has not ended."""
        for path in journals_in(self.path):
            yield from read_runs(path)


def load_sweep(folder: str | os.PathLike[str]) -> Sweep:
    """Read a sweep back.

    Parameters
    ----------
    folder : str or path
        The folder that it was written to. One that has not ended can be read too, as far as it has come.

    Raises
    ------
    sim.errors.InputError
        When it holds no sweep.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    if manifest is None:
        near = "give the folder that localwealth sweep wrote, such as results/spare-capacity"
        message = "there is no such folder" if not path.exists() else f"there is no {MANIFEST} in it"
        raise InputError([Problem(path.as_posix(), None, "", "", "the folder of a sweep", None, near, message, "no-result")])
    return Sweep(path, manifest)
