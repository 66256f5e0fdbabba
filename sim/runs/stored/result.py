"""A result: everything that a run or a comparison left behind, in memory or loaded from its folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.core.records import BalanceSheet, FlowMatrix
from sim.errors import UnknownNameError
from sim.runs.outcome import Failure, MeasureFacts
from sim.runs.statistics.summary import facts_of, monthly_difference, seed_values, values_of

__all__ = ["Result"]


@dataclass(frozen=True, eq=False)
class Result:
    """What a run or a comparison left behind. Nothing else is needed to report it.

    Parameters
    ----------
    manifest : mapping
        What was run, with which versions, seeds and timings; plain values as in ``manifest.json``.
    scenarios : mapping of str to mapping
        Each arm as resolved, every default filled and every value with its origin.
    scenario_files : mapping of str to str
        Each arm as a scenario file that stands alone, from which it can be run again.
    tables : mapping of str to DataFrame
        ``series``, ``flow_matrices``, ``balance_sheets``, ``pound_flows``, ``channel_totals``, ``distributions``, ``accounts``,
        ``warnings``, ``timings`` and ``summary``; the columns are those of `sim.runs.stored.tables.COLUMNS` and
        `sim.runs.statistics.summary.COLUMNS`.
    path : Path or None
        The folder it was loaded from or written to.
    """

    manifest: Mapping[str, Any]
    scenarios: Mapping[str, Mapping[str, Any]]
    scenario_files: Mapping[str, str]
    tables: Mapping[str, pd.DataFrame]
    path: Path | None = None

    def __repr__(self) -> str:
        return f"Result({' against '.join(self.arms)}, {len(self.seeds)} seeds, {self.months} months, {self.status})"

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of the arms, the reference first."""
        return tuple(arm["name"] for arm in self.manifest["arms"])

    @property
    def reference(self) -> str:
        """Name of the arm that the others are compared with."""
        return self.arms[0]

    @property
    def titles(self) -> dict[str, str]:
        """Titles of the arms by name."""
        return {arm["name"]: arm["title"] for arm in self.manifest["arms"]}

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds that ran, in order."""
        return tuple(self.manifest["seeds"]["done"])

    @property
    def months(self) -> int:
        """Number of months."""
        return int(self.manifest["months"])

    @property
    def status(self) -> str:
        """ "complete", "partial" (some seeds are missing) or "failed" (none is there)."""
        return str(self.manifest["status"])

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Seeds that failed, each with its error and the command that repeats it."""
        return tuple(Failure(**failure) for failure in self.manifest["failures"])

    @property
    def measures(self) -> dict[str, MeasureFacts]:
        """What is known about each measure, by name without key."""
        return {name: MeasureFacts(**facts) for name, facts in self.manifest["measures"].items()}

    @property
    def series_names(self) -> tuple[str, ...]:
        """Every series that was recorded, in alphabetical order."""
        return tuple(sorted(self.tables["series"]["measure"].unique()))

    @property
    def dates(self) -> list[str]:
        """The months as "YYYY-MM", in order."""
        year, month = (int(part) for part in str(self.manifest["start"]).split("-"))
        counted = [year * 12 + month - 1 + index for index in range(self.months)]
        return [f"{count // 12:04d}-{count % 12 + 1:02d}" for count in counted]

    def values(self, measure: str, arm: str | None = None) -> NDArray[np.float64]:
        """One series of one arm.

        Parameters
        ----------
        measure : str
            Name of the series.
        arm : str, optional
            Name of the arm; the reference when left out.

        Returns
        -------
        ndarray of float64, shape (seeds, months)
            Not a number where nothing was recorded.

        Raises
        ------
        sim.errors.UnknownNameError
            For a measure or an arm that is not in the result.
        """
        self._known("measure", measure, self.series_names)
        chosen = self.reference if arm is None else arm
        self._known("arm", chosen, self.arms)
        return values_of(self.tables["series"], chosen, measure, self.seeds, self.months)

    def by_seed(self, measure: str, arm: str | None = None) -> NDArray[np.float64]:
        """The last twelve months of each seed in one number, by the rule of the measure, shape (seeds,)."""
        return seed_values(self.values(measure, arm), facts_of(self.measures, measure).summary)

    def difference(self, measure: str, arm: str | None = None) -> pd.DataFrame:
        """The paired difference from the reference, month by month.

        Parameters
        ----------
        measure : str
            Name of the series.
        arm : str, optional
            The arm to compare; all of them when left out.

        Returns
        -------
        DataFrame
            arm, month, date, reference, value, mean, low, high, spread, pairs. The interval is that of each month alone.

        Raises
        ------
        sim.errors.UnknownNameError
            For a measure or an arm that is not in the result.
        """
        before = self.values(measure)
        arms = self.arms[1:] if arm is None else (arm,)
        parts = []
        for name in arms:
            part = monthly_difference(before, self.values(measure, name))
            part.insert(0, "arm", name)
            part.insert(2, "date", self.dates)
            parts.append(part)
        if not parts:
            raise UnknownNameError("second arm to compare with", self.reference, ())
        return pd.concat(parts, ignore_index=True)

    def summary(self, *, headline: bool = False) -> pd.DataFrame:
        """Each measure in one number for each arm, with its paired difference.

        Parameters
        ----------
        headline : bool
            Only the measures that a reader should see first, in their order.

        Returns
        -------
        DataFrame
            Columns as in `sim.runs.statistics.summary.COLUMNS`.
        """
        table = self.tables["summary"]
        if not headline:
            return table.copy()
        order = {name: place for place, name in enumerate(self.manifest["headlines"])}
        chosen = table[table["measure"].isin(list(order))]
        arms = {name: place for place, name in enumerate(self.arms)}
        places = pd.DataFrame({"arm": chosen["arm"].map(arms), "measure": chosen["measure"].map(order)}, index=chosen.index)
        return chosen.loc[places.sort_values(["arm", "measure"], kind="stable").index].reset_index(drop=True)

    def flow_matrix(self, arm: str, seed: int, month: int) -> FlowMatrix:
        """The money that moved in one month of one run."""
        rows, columns, pence = self._matrix("flow_matrices", "channel", arm, seed, month)
        return FlowMatrix(rows, columns, pence)

    def balance_sheet(self, arm: str, seed: int, month: int) -> BalanceSheet:
        """What was held and owed at the end of one month of one run."""
        rows, columns, pence = self._matrix("balance_sheets", "instrument", arm, seed, month)
        return BalanceSheet(rows, columns, pence)

    def distribution(self, table: str) -> pd.DataFrame:
        """One small table of all runs: arm, seed and the columns that were recorded.

        Raises
        ------
        sim.errors.UnknownNameError
            For a table that was not recorded.
        """
        stored = self.tables["distributions"]
        self._known("distribution", table, sorted(stored["table"].unique()))
        chosen = stored[stored["table"] == table].reset_index(drop=True)
        values = pd.DataFrame([json.loads(text) for text in chosen["values"]])
        return pd.concat([chosen[["arm", "seed"]], values], axis=1)

    def save(self, path: str | Path) -> Result:
        """Write the result into a new folder and return it as loaded from there.

        Raises
        ------
        sim.errors.InputError
            When something already lies at the path.
        """
        from sim.runs.stored.reading import load_result
        from sim.runs.stored.store import save_result

        return load_result(save_result(self, path))

    def _matrix(self, table: str, row: str, arm: str, seed: int, month: int) -> tuple[tuple[str, ...], tuple[str, ...], NDArray[np.int64]]:
        """Cells of a stored matrix in the order they were recorded."""
        self._known("arm", arm, self.arms)
        stored = self.tables[table]
        of_run = stored[(stored["arm"] == arm) & (stored["seed"] == seed)]
        cells = of_run[of_run["month"] == month]
        if cells.empty:
            months = ", ".join(str(known) for known in sorted(of_run["month"].unique())) or "none"
            raise LookupError(f"there is no matrix of {arm}, seed {seed}, month {month}; months with one: {months}")
        rows, columns = tuple(dict.fromkeys(cells[row])), tuple(dict.fromkeys(cells["sector"]))
        return rows, columns, cells["pence"].to_numpy(np.int64).reshape(len(rows), len(columns))

    @staticmethod
    def _known(noun: str, name: str, names: Any) -> None:
        """Refuse a name that is not there."""
        if name not in names:
            raise UnknownNameError(noun, name, names)
