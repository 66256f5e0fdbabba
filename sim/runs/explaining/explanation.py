"""An explanation: which member of a package made how much of its whole effect, with intervals; in memory and in its folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow.parquet as pq

from sim.errors import InputError, UnknownNameError
from sim.runs.outcome import Failure
from sim.runs.stored.folder import first_line, problem_of
from sim.runs.stored.result import Result
from sim.runs.stored.store import csv_text, json_text, write_parquet, write_text

__all__ = ["BY", "FOLDER", "WHOLE", "Explanation", "load_explanations", "save_explanation"]

#: Folder of explanations within that of a result.
FOLDER: Final = "explanation"
#: What the members may be.
BY: Final = ("pillar", "lever")
#: Name of the rows that hold the whole effect.
WHOLE: Final = "whole effect"
FACTS: Final = "explanation.json"
TABLES: Final = ("shares", "channels", "by_seed")
WITH_CSV: Final = ("shares", "channels")


@dataclass(frozen=True, eq=False)
class Explanation:
    """What made the difference.

    Parameters
    ----------
    facts : mapping
        ``scenario``, ``reference`` (names of the arms), ``by``, ``members`` (name, title and uses of each), ``method`` ("exact" or
        "sampled"), ``orders``, ``seeds``, ``failures``, ``months``, ``runs``; plain values as in ``explanation.json``.
    tables : mapping of str to DataFrame
        ``shares``, one row for each measure and member: share, low, high, decision; ``channels``, the same for what local accounts
        received through each channel over the whole run, in whole pence; ``by_seed``, the shares of each seed.
        Rows of the member `WHOLE` hold the whole effect.
    result : Result
        The two arms: the scenario and its reference.
    path : Path or None
        The folder of the result.
    """

    facts: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    result: Result
    path: Path | None = None

    def __repr__(self) -> str:
        return f"Explanation({self.facts['scenario']} by {self.by}, {len(self.members)} members, {len(self.seeds)} seeds, {self.method})"

    @property
    def by(self) -> str:
        """ "lever" or "pillar"."""
        return str(self.facts["by"])

    @property
    def method(self) -> str:
        """ "exact" or "sampled"."""
        return str(self.facts["method"])

    @property
    def members(self) -> dict[str, str]:
        """Titles of the members by name, in the order of the scenario."""
        return {member["name"]: member["title"] for member in self.facts["members"]}

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds that count."""
        return tuple(self.facts["seeds"])

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Runs that failed; their seeds count nowhere."""
        return tuple(Failure(**failure) for failure in self.facts["failures"])

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures that are explained."""
        return tuple(dict.fromkeys(self.tables["shares"]["measure"]))

    def shares(self, measure: str) -> pd.DataFrame:
        """Share of each member in the whole effect on a measure, the whole effect last.

        Raises
        ------
        UnknownNameError
            For a measure that is not explained.
        """
        table = self.tables["shares"]
        if measure not in self.measures:
            raise UnknownNameError("explained measure", measure, self.measures)
        return table[table["measure"] == measure].reset_index(drop=True)

    def channels(self) -> pd.DataFrame:
        """Pence over the whole run that local accounts received through each channel: channels by members, the whole effect last."""
        table = self.tables["channels"]
        chosen = table[table["sector"] == "all"]
        wide = chosen.pivot(index="channel", columns="member", values="pence")
        return wide[[*self.members, WHOLE]] if len(wide) else pd.DataFrame(columns=[*self.members, WHOLE])


def save_explanation(explanation: Explanation, folder: Path) -> Explanation:
    """Write an explanation into the folder of its result; one by the same members is replaced."""
    target = folder / FOLDER / explanation.by
    unfinished = target.with_name(target.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for name in TABLES:
        write_parquet(explanation.tables[name], unfinished / f"{name}.parquet", name)
    for name in WITH_CSV:
        write_text(unfinished / f"{name}.csv", csv_text(explanation.tables[name]))
    write_text(unfinished / FACTS, json_text(explanation.facts))
    shutil.rmtree(target, ignore_errors=True)
    unfinished.rename(target)
    return replace(explanation, path=folder)


def load_explanations(result: Result) -> list[Explanation]:
    """Every explanation in the folder of a result, pillars before levers.

    Raises
    ------
    InputError
        When a part of one can't be read.
    """
    if result.path is None:
        return []
    folders = [result.path / FOLDER / by for by in BY]
    return [_load(folder, result) for folder in folders if (folder / FACTS).is_file()]


def _load(folder: Path, result: Result) -> Explanation:
    """One explanation."""
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        tables = {name: pq.read_table(folder / f"{name}.parquet").to_pandas() for name in TABLES}
    except (OSError, ValueError) as error:
        problem = problem_of(folder, f"this explanation can't be read: {first_line(error)}", "run explain again with the same --out")
        raise InputError([problem]) from None
    return Explanation(facts, tables, result, result.path)
