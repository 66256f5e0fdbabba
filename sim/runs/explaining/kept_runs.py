"""Runs of coalitions that are kept, so that none is run twice: in memory, and in the folder of their result.

Each finished task is one file, written whole, so an explanation that was cut goes on where it stopped, and another one of the same
scenario, with other measures or by pillar after by lever, runs only what is not there yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow.parquet as pq

from sim.errors import InputError
from sim.runs.explaining.coalitions import LOCAL_SECTORS, RECEIVED, Coalition, value_rows
from sim.runs.explaining.explanation import FOLDER
from sim.runs.statistics.summary import every_series, facts_of, seed_values
from sim.runs.stored.folder import first_line, problem_of
from sim.runs.stored.result import Result
from sim.runs.stored.store import write_parquet

__all__ = ["KeptRuns"]

RUNS: Final = "runs"


class KeptRuns:
    """Values of coalitions by seed.

    Parameters
    ----------
    folder : Path or None
        Folder of the result; None keeps them in memory alone.
    of : str
        What the coalitions are parts of, from `main_arms.content_key`: a result of several arms may hold runs of several packages.
    """

    def __init__(self, folder: Path | None, of: str) -> None:
        self._folder = None if folder is None else folder / FOLDER / RUNS / of
        self._parts: dict[int, list[pd.DataFrame]] = {}
        self._known: dict[int, set[Coalition]] = {}
        if self._folder is not None and self._folder.is_dir():
            for path in sorted(self._folder.glob("*.parquet")):
                self._add(_read(path))

    def add(self, rows: pd.DataFrame) -> None:
        """Keep what a task brought: some coalitions of one seed."""
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            coalitions = sorted(int(mask) for mask in rows["coalition"].unique())
            name = f"seed-{int(rows['seed'].iloc[0])}-{blake2b(repr(coalitions).encode(), digest_size=8).hexdigest()}"
            unfinished = self._folder / f"{name}.unfinished"
            write_parquet(rows, unfinished, "coalitions")
            unfinished.rename(self._folder / f"{name}.parquet")
        self._add(rows)

    def add_result(self, result: Result, arms: Sequence[tuple[str, Coalition]]) -> None:
        """Take the two main arms from their result; they are kept there."""
        for arm, coalition in arms:
            for rows in _result_rows(result, arm, coalition):
                self._add(rows)

    def has(self, seed: int, coalition: Coalition) -> bool:
        """Whether a coalition has been run with a seed."""
        return coalition in self._known.get(seed, ())

    def lacking(self, seed: int, coalitions: Iterable[Coalition]) -> list[Coalition]:
        """Those of some coalitions that have not been run with a seed."""
        return [mask for mask in dict.fromkeys(coalitions) if not self.has(seed, mask)]

    def frame(self, seed: int) -> pd.DataFrame:
        """Every value of a seed."""
        return pd.concat(self._parts[seed], ignore_index=True)

    def _add(self, rows: pd.DataFrame) -> None:
        """Take rows of one seed; a coalition that is there already is left as it is."""
        seed = int(rows["seed"].iloc[0])
        known = self._known.setdefault(seed, set())
        fresh = rows[~rows["coalition"].isin(known)]
        known.update(int(mask) for mask in fresh["coalition"].unique())
        self._parts.setdefault(seed, []).append(fresh)


def _read(path: Path) -> pd.DataFrame:
    """One kept file."""
    try:
        frame: pd.DataFrame = pq.read_table(path).to_pandas()
    except (OSError, ValueError) as error:
        problem = problem_of(path, f"this part of the explanation can't be read: {first_line(error)}", "delete it and run explain again")
        raise InputError([problem]) from None
    return frame


def _result_rows(result: Result, arm: str, coalition: Coalition) -> Iterable[pd.DataFrame]:
    """The runs of one arm of a result as rows, seed by seed, as `record_rows` makes them of a record."""
    series, totals = (result.tables[name][lambda table: table["arm"] == arm] for name in ("series", "channel_totals"))
    found = every_series(series, result.seeds, result.months)
    names = [str(name) for name, _ in series.groupby("measure", observed=True, sort=True)["seed"]]
    by_name = {name: seed_values(found[arm, name], facts_of(result.measures, name).summary) for name in names}
    local = totals[totals["sector"].isin(LOCAL_SECTORS) & (totals["received"] > 0)]
    for place, seed in enumerate(result.seeds):
        mine = local[local["seed"] == seed]
        cells = zip(mine["channel"], mine["sector"], mine["received"], strict=True)
        received = [(f"{RECEIVED}{channel}/{sector}", int(pence)) for channel, sector, pence in cells]
        yield value_rows(seed, coalition, list(by_name), [float(values[place]) for values in by_name.values()], received)
