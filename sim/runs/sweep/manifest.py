"""What the folder of a sweep says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.runs.scenarios import describe_arms
from sim.runs.stored.facts import platform_facts, versions
from sim.runs.stored.folder import scenario_file, yaml_of
from sim.runs.sweep.identity import identity_of
from sim.runs.sweep.storage import read_manifest, write_manifest, write_whole
from sim.runs.sweep.tables import write_points
from sim.runs.sweep.task import Work
from sim.settings.experiments.resolved import experiment_yaml

__all__ = ["arm_files", "as_plain", "change_status", "first_manifest", "is_reduced", "write_inputs"]


def is_reduced(manifest: Mapping[str, Any]) -> bool:
    """Whether a manifest is that of a quick look and not of the whole experiment.

    Examples
    --------
    >>> is_reduced({"command": "localwealth sweep robustness --reduced"}), is_reduced({"command": "localwealth sweep robustness"})
    (True, False)
    """
    return "--reduced" in str(manifest.get("command", "")).split()


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
            {"name": name, "title": experiment.scenarios[name].title, "file": file} for name, file in arm_files(experiment.arms).items()
        ],
        "answers": None if answers is None else asdict(answers),
        "model": work.model,
        "versions": versions(),
        "platform": platform_facts(),
        "identity": identity_of(work, points),
    }


def arm_files(arms: Sequence[str]) -> dict[str, str]:
    """The scenario file of each arm, from the folder of the sweep.

    Examples
    --------
    >>> arm_files(["anytown/buy-local"])
    {'anytown/buy-local': 'scenarios/0-anytown-buy-local.yaml'}
    """
    return {name: yaml_of(Path(scenario_file(place, name))).as_posix() for place, name in enumerate(arms)}


def write_inputs(folder: Path, work: Work, points: NDArray[np.float64]) -> None:
    """Write the experiment, its scenarios and its points."""
    experiment = work.experiment
    files = arm_files(experiment.arms)
    for arm in describe_arms(experiment.scenarios):
        write_whole(folder / files[arm.name], arm.text)
    write_whole(folder / "experiment.yaml", experiment_yaml(experiment, files))
    write_points(folder / "points.parquet", [varied.name for varied in experiment.vary], points)


def change_status(folder: Path, **changes: Any) -> Mapping[str, Any]:
    """Write how far a sweep has come."""
    manifest = {**(read_manifest(folder) or {}), **changes}
    write_manifest(folder, manifest)
    return manifest


def as_plain(value: Any) -> Any:
    """A value as JSON gives it back."""
    return json.loads(json.dumps(value, default=str))
