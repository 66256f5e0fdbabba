"""Reading of the shipped place files as plain YAML, for tests that work their figures out again."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sim.settings.place import Anchor, Place
from sim.settings.sectors import SECTORS

ROOT = Path(__file__).resolve().parents[2]
Tables = dict[str, dict[str, float]]


@cache
def raw(name: str) -> dict[str, Any]:
    """The place file as plain YAML; read once, so leave it as it is."""
    text = (ROOT / "scenarios" / "places" / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe").load(text)
    return data


def figures(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every figure of a place file with its path; a number outside a figure counts as a bare one."""
    if isinstance(node, dict):
        if "value" in node:
            yield path, node
            return
        for key, value in node.items():
            yield from figures(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from figures(value, f"{path}[{index}]")
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield path, {"value": node}


def values(mapping: Any) -> list[float]:
    """The values of a mapping by sector, in the sectors' order."""
    return [float(mapping[sector]) for sector in SECTORS]


def shared_out(total: float, weights: Sequence[float]) -> list[int]:
    """Whole numbers that sum to a total in proportion to weights (largest remainders)."""
    exact = [total * weight / sum(weights) for weight in weights]
    whole = [int(number) for number in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (whole[index] - exact[index], index))
    for index in by_remainder[: round(total) - sum(whole)]:
        whole[index] += 1
    return whole


def anchor(place: Place, name: str) -> Anchor:
    """One anchor by its name."""
    return next(item for item in place.anchors if item.name == name)


def published_tables(file: str, place: str = "") -> Tables:
    """Tables of published figures under ``tests/data``, by name and key; of one place where the file holds several."""
    found: Tables = {}
    with (ROOT / "tests" / "data" / file).open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            if row.get("place", place) == place:
                found.setdefault(row["table"], {})[row["key"]] = float(row["value"])
    return found


def jobs_from_sections(section: dict[str, float], wider: dict[str, float]) -> list[float]:
    """Jobs by the model's sectors from Census sections; manufacturing is split as in the wider area."""
    food = round(section["C"] * wider["S3"] / (wider["S3"] + wider["S4"]))
    parts = [section["A"], section["B"], food, section["C"] - food, section["D"] + section["E"]]
    parts += [section[letter] for letter in "FGHIJKLMNOPQ"]
    return [*parts, section["R+S"] + section["T"] + section["U"]]


def firms_from_divisions(divisions: dict[str, float], jobs: Sequence[float]) -> list[float]:
    """Firms or sites by the model's sectors from published divisions; production is split by jobs."""
    production = shared_out(divisions["05-39"], jobs[1:5])
    trade = divisions["45"] + divisions["46"] + divisions["47"]
    later = ("49-53", "55-56", "58-63", "64-66", "68", "69-75", "77-82", "84", "85", "86-88", "90-99")
    return [divisions["01-03"], *production, divisions["41-43"], trade, *(divisions[code] for code in later)]
