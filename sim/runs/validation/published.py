"""The stored validations that come with the package: a table for each place, and a sentence for each miss."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim.runs.stored.store import csv_text, json_text, write_text
from sim.runs.validation.folder import table_frame
from sim.runs.validation.table import MISS, Row
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings
from sim.settings.reading.tree import plain
from sim.settings.reading.yaml_reader import read_tree

__all__ = [
    "HOW",
    "KEPT",
    "how_made",
    "published_folder",
    "published_places",
    "published_rows",
    "sentences",
    "store_published",
    "unexplained",
]

#: How the stored tables were made, beside them.
HOW: Final = "how.json"
SENTENCES: Final = "misses.yaml"
NUMBERS: Final = tuple(name for name, field in Row.__dataclass_fields__.items() if field.type == "float")
WHOLE: Final = ("year", "draws", "alone")
KEPT: Final = ("created", "draws", "ranges", "command", "versions")


def published_folder() -> Path:
    """Where the stored validations lie: beside the package in a checkout, in it in a wheel."""
    package = Path(__file__).resolve().parents[2]
    in_wheel = package / "shipped" / "validation"
    return in_wheel if in_wheel.is_dir() else package.parent / "results" / "published" / "validation"


def published_places(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the places with a stored validation, in alphabetical order."""
    return tuple(sorted(path.stem for path in (folder or published_folder()).glob("*.csv")))


def published_rows(place: str, folder: Path | None = None) -> tuple[Row, ...]:
    """The stored lines of a place; none where nothing is stored.

    Examples
    --------
    >>> published_rows("nowhere")
    ()
    """
    path = (folder or published_folder()) / f"{place}.csv"
    if place not in published_places(folder):
        return ()
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return tuple(_row(line) for line in frame.to_dict("records"))


def _row(line: Mapping[str, str]) -> Row:
    """A line from its texts."""
    values: dict[str, Any] = {}
    for name in Row.__dataclass_fields__:
        text = line[name]
        if name in NUMBERS:
            values[name] = float(text) if text else float("nan")
        else:
            values[name] = int(text) if name in WHOLE else text.removeprefix("'")
    return Row(**values)


def store_published(runs: Sequence[tuple[Sequence[Row], Mapping[str, Any]]], folder: Path) -> None:
    """Store the lines of validations, a file a place, and how each was made; files of places that are gone are taken away.

    Parameters
    ----------
    runs : sequence of (rows, manifest)
        What `validate` gave. Of a place that stands in several the last counts.
    folder : Path
        Where to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.csv"):
        path.unlink()
    last = {row.place: number for number, (rows, _) in enumerate(runs) for row in rows}
    how = []
    for number, (rows, manifest) in enumerate(runs):
        places = sorted(place for place, at in last.items() if at == number)
        for place in places:
            write_text(folder / f"{place}.csv", csv_text(table_frame(row for row in rows if row.place == place)))
        how.append({"places": places, **{name: manifest[name] for name in KEPT}})
    write_text(folder / HOW, json_text([made for made in how if made["places"]]))


def how_made(folder: Path | None = None) -> list[dict[str, Any]]:
    """How the stored tables were made, with the places of each run; empty where none is stored."""
    path = (folder or published_folder()) / HOW
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return found


def sentences(folder: Path | None = None) -> dict[tuple[str, str], str]:
    """The sentence about each miss, by place and name of the fact.

    Raises
    ------
    sim.errors.InputError
        When the file can't be read.
    """
    path = (folder or published_folder()) / SENTENCES
    if not path.is_file():
        return {}
    findings = Findings()
    tree = read_tree(SourceFile(path, path.name), findings)
    findings.raise_if_any()
    assert tree is not None
    found: Any = plain(tree)
    return {(place, fact): str(words).strip() for place, facts in found.items() for fact, words in (facts or {}).items()}


def unexplained(rows: Sequence[Row], said: Mapping[tuple[str, str], str]) -> tuple[list[str], list[str]]:
    """Misses without a sentence, and sentences without a miss.

    Examples
    --------
    >>> unexplained([], {("preston", "Jobs (2011)"): "So it is."})
    ([], ['preston: Jobs (2011)'])
    """
    missed = {(row.place, row.fact) for row in rows if row.result == MISS}
    silent = [f"{place}: {fact}" for place, fact in sorted(missed) if not said.get((place, fact))]
    return silent, [f"{place}: {fact}" for place, fact in sorted(set(said) - missed)]
