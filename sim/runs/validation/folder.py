"""The folder of a validation: each draw kept as it ends, so that a run that was cut goes on; the tables written whole at the end.

A folder holds ``table.csv`` and ``table.json`` (a row a fact), ``draws.csv`` (place, draw, seed, fact, value), ``points.csv`` (what was
drawn) and ``manifest.json``. While it is written its name ends in ``.unfinished``; one rename makes it a result.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim.runs.stored.folder import MANIFEST, RESULTS, UNFINISHED, file_name, refuse_taken, unwritable
from sim.runs.stored.store import csv_text, json_text, write_text
from sim.runs.validation.draws import Draw
from sim.runs.validation.table import Row
from sim.runs.validation.task import DrawOutcome
from sim.settings.reading.problems import dotted

__all__ = ["FORMAT", "Claimed", "claim", "free_folder", "table_frame", "write_all"]

FORMAT: Final = "localwealth-validation"
DRAWS: Final = "draws"


class Claimed:
    """An unfinished folder, and those of its draws that answer the present question.

    Parameters
    ----------
    target : Path
        The folder it will become.
    keys : mapping of str to str
        By place, a short name of all that its draws hang on: a draw kept under another one is of another question.
    """

    def __init__(self, target: Path, keys: Mapping[str, str]) -> None:
        self.target = target
        self.keys = keys
        self.folder = target.with_name(target.name + UNFINISHED)
        self.kept: dict[tuple[str, int], DrawOutcome] = {}
        for place, key in keys.items():
            for path in sorted((self.folder / DRAWS).glob(f"{file_name(place)}-{key}-*.json")):
                outcome = DrawOutcome.from_dict(json.loads(path.read_text(encoding="utf-8")))
                if outcome.failure is None:
                    self.kept[place, outcome.number] = outcome

    def keep(self, outcome: DrawOutcome) -> None:
        """Write one draw, whole or not at all."""
        name = f"{file_name(outcome.place)}-{self.keys[outcome.place]}-{outcome.number}"
        unfinished = self.folder / DRAWS / f"{name}.part"
        write_text(unfinished, json_text(outcome.as_dict()))
        unfinished.replace(self.folder / DRAWS / f"{name}.json")

    def publish(self) -> Path:
        """Make it a result by one rename."""
        shutil.rmtree(self.folder / DRAWS, ignore_errors=True)
        self.folder.rename(self.target)
        return self.target


def free_folder(stem: str = "validation", folder: str | Path = RESULTS) -> Path:
    """The first name of a series that no result has yet; an unfinished one is gone on with.

    Examples
    --------
    >>> free_folder(folder="no-such-folder").as_posix()
    'no-such-folder/validation'
    """
    number = 1
    while (path := Path(folder) / (stem if number == 1 else f"{stem}-{number}")).exists():
        number += 1
    return path


def claim(target: Path, keys: Mapping[str, str]) -> Claimed:
    """Make the unfinished folder of a validation, or take up one that is there, with those of its draws that answer the same.

    Raises
    ------
    sim.errors.InputError
        When the name is taken, or the folder can't be made.
    """
    refuse_taken(target)
    try:
        (target.with_name(target.name + UNFINISHED) / DRAWS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(target, "folder", error) from None
    return Claimed(target, keys)


def table_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """The table as a DataFrame, a row a fact."""
    return pd.DataFrame([row.as_dict() for row in rows], columns=list(Row.__dataclass_fields__))


def write_all(
    claimed: Claimed,
    rows: Sequence[Row],
    outcomes: Sequence[DrawOutcome],
    draws: Mapping[str, Sequence[Draw]],
    manifest: Mapping[str, Any],
) -> Path:
    """Write tables and manifest and make the folder a result."""
    values = [
        {"place": item.place, "draw": item.number, "seed": item.seed, "ranged": item.ranged, "fact": fact, "value": value}
        for item in outcomes
        for fact, value in item.values.items()
    ]
    points = [
        {"place": place, "draw": draw.number, "name": name, "value": value}
        for place, several in draws.items()
        for draw in several
        for name, value in [*draw.parameters.items(), *((dotted(path), value) for path, value in draw.place.items())]
    ]
    frame = table_frame(rows)
    write_text(claimed.folder / "table.csv", csv_text(frame))
    write_text(claimed.folder / "table.json", json_text([row.as_dict() for row in rows]))
    columns = ["place", "draw", "seed", "ranged", "fact", "value"]
    write_text(claimed.folder / "draws.csv", csv_text(pd.DataFrame(values, columns=columns)))
    write_text(claimed.folder / "points.csv", csv_text(pd.DataFrame(points, columns=["place", "draw", "name", "value"])))
    write_text(claimed.folder / MANIFEST, json_text(manifest))
    return claimed.publish()
