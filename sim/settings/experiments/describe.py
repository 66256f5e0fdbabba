"""An experiment in plain values: what it asks, what it runs, and how much that is."""

from __future__ import annotations

from typing import Any, Final

from sim.settings.experiment import Experiment
from sim.settings.experiments.keys import DESIGN_NEEDS
from sim.settings.experiments.resolved import resolved_experiment

__all__ = ["describe_experiment"]

SHOWN: Final = ("name", "scenarios", "values", "low", "high", "unit", "usual", "mark", "meaning")
"""What is said of each thing that is varied."""


def describe_experiment(name: str, experiment: Experiment) -> dict[str, Any]:
    """Everything a reader should know of an experiment before running it.

    Parameters
    ----------
    name : str
        Its name, or the path of its file.
    experiment : Experiment
        The experiment.

    Returns
    -------
    dict
        Plain values, ready for JSON: the experiment as resolved, with what its own design takes, and with
        the number of settings, runs and towns.
    """
    full = resolved_experiment(experiment)
    runs = experiment.points * len(experiment.seeds)
    size = {"runs": runs, "towns": runs * len(experiment.arms)}
    vary = [{key: value for key, value in one.items() if key in SHOWN} for one in full.pop("vary")]
    notes = full.pop("notes")
    full["design"] = {key: value for key, value in full["design"].items() if key in ("kind", *DESIGN_NEEDS[experiment.design.kind])}
    full["settings"] = full.pop("points")
    return {"kind": "experiment", **full, "name": name, "meaning": notes, **size, "vary": vary}
