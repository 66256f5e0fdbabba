"""What is published of the shipped experiments is of these files, whole, and opens."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.runs.sweep.identity import differences
from sim.runs.sweep.manifest import as_plain, first_manifest
from sim.runs.sweep.plan import plan_of
from sim.settings.names import shipped

PUBLISHED = Path(__file__).parents[4] / "results" / "published" / "experiments"
#: What may have moved on since: the source of the model and of its packages.
MOVES = ("model", "versions")


@pytest.mark.parametrize("name", shipped("experiment"))
def test_what_is_published_is_of_the_shipped_experiment(name: str) -> None:
    manifest = json.loads((PUBLISHED / name / "experiment.json").read_text(encoding="utf-8"))
    plan = plan_of(name, "unused", None, None, reduced=False)
    fresh = as_plain(first_manifest(plan.work, plan.points, ""))
    there, here = ({key: part for key, part in found["identity"].items() if key not in MOVES} for found in (manifest, fresh))
    assert differences(there, here) == [], f"python experiments/publish.py {name}"
    assert [manifest[key] for key in ("title", "question", "notes")] == [fresh[key] for key in ("title", "question", "notes")]
    assert manifest["status"] == "complete" and manifest["runs"]["failed"] == 0


@pytest.mark.parametrize("name", shipped("experiment"))
def test_what_is_published_opens_and_its_page_has_its_command(name: str) -> None:
    found = sim.load_sweep(PUBLISHED / name)
    assert np.isfinite(found.difference(found.measures[0], list(found.arms)[-1]).to_numpy()).all()
    assert f"localwealth sweep {name}\n" in (PUBLISHED / "README.md").read_text(encoding="utf-8")
