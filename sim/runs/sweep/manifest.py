"""What the folder of a sweep says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.runs.facts import platform_facts, versions
from sim.runs.folder import scenario_file, yaml_of
from sim.runs.scenarios import describe_arms
from sim.runs.sweep.identity import identity_of
from sim.runs.sweep.storage import read_manifest, write_manifest, write_whole
from sim.runs.sweep.tables import write_points
from sim.runs.sweep.task import Work

__all__ = ["change_status", "first_manifest", "write_inputs"]


def first_manifest(work: Work, points: NDArray[np.float64], command: str) -> dict[str, Any]:
    """What is known before the first run.

    Parameters
    ----------
    work : Work
        What is run.
    points : ndarray of float64, shape (points, varied)
        Values of all points.
    command : str
        The command that makes the sweep; empty when there is none.
    """
    experiment = work.experiment
    reference = next(iter(experiment.scenarios.values()))
    currency = reference.place.currency
    measured = [name.partition("/")[0] for name in experiment.measures]
    answers = experiment.answers
    return {
        "name": experiment.name,
        "title": experiment.title,
        "question": experiment.question,
        "notes": experiment.notes,
        "status": "running",
        "runs": {"all": len(points) * len(experiment.seeds), "good": 0, "failed": 0},
        "command": command,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "place": reference.place.name,
        "place_title": reference.place.title,
        "invented": reference.place.invented,
        "currency": {"code": currency.code, "symbol": currency.symbol, "minor_units": currency.minor_units},
        "start": str(reference.start),
        "months": experiment.months,
        "keep": list(experiment.keep),
        "seeds": sorted(experiment.seeds),
        "points": len(points),
        "design": asdict(experiment.design),
        "vary": [asdict(varied) for varied in experiment.vary],
        "measured": list(experiment.measures),
        "measures": {name: work.facts[name].as_dict() for name in dict.fromkeys(measured) if name in work.facts},
        "arms": [
            {"name": name, "title": scenario.title, "file": yaml_of(Path(scenario_file(place, name))).as_posix()}
            for place, (name, scenario) in enumerate(experiment.scenarios.items())
        ],
        "answers": None if answers is None else asdict(answers),
        "model": work.model,
        "versions": versions(),
        "platform": platform_facts(),
        "identity": identity_of(work, points),
    }


def write_inputs(folder: Path, work: Work, points: NDArray[np.float64]) -> None:
    """Write the experiment, its scenarios and its points."""
    experiment = work.experiment
    for place, arm in enumerate(describe_arms(experiment.scenarios)):
        write_whole(folder / yaml_of(Path(scenario_file(place, arm.name))), arm.text)
    if experiment.text:
        write_whole(folder / "experiment.yaml", experiment.text)
    write_points(folder / "points.parquet", [varied.name for varied in experiment.vary], points)


def change_status(folder: Path, **changes: Any) -> Mapping[str, Any]:
    """Write how far a sweep has come."""
    manifest = {**(read_manifest(folder) or {}), **changes}
    write_manifest(folder, manifest)
    return manifest


def as_plain(value: Any) -> Any:
    """A value as JSON gives it back."""
    return json.loads(json.dumps(value, default=str))
