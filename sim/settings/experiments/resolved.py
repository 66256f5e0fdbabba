"""An experiment written out: as plain values, and as a file that gives the same experiment again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sim.settings.experiment import Experiment, Varied
from sim.settings.experiments.keys import DESIGN_NEEDS
from sim.settings.places.names import named_figures

__all__ = ["experiment_yaml", "resolved_experiment"]


def resolved_experiment(experiment: Experiment) -> dict[str, Any]:
    """An experiment as plain values, ready for JSON.

    Parameters
    ----------
    experiment : Experiment
        The experiment.

    Returns
    -------
    dict
        Its fields by name; of ``scenarios`` the names alone, for each can be resolved itself. ``points`` is their number.
    """
    return {
        "name": experiment.name,
        "title": experiment.title,
        "question": experiment.question,
        "scenarios": list(experiment.arms),
        "months": experiment.months,
        "seeds": list(experiment.seeds),
        "design": asdict(experiment.design),
        "points": experiment.points,
        "vary": [_plain(one) for one in experiment.vary],
        "measures": list(experiment.measures),
        "keep": list(experiment.keep),
        "answers": None if experiment.answers is None else asdict(experiment.answers),
        "notes": experiment.notes,
    }


def experiment_yaml(experiment: Experiment, files: Mapping[str, str]) -> str:
    """The experiment as a file with nothing left out: assumptions that are varied together stand one by one.

    Parameters
    ----------
    experiment : Experiment
        The experiment.
    files : mapping of str to str
        Of each arm the file of its scenario, from the folder of this file; an arm left out is named as it is.

    Returns
    -------
    str
        YAML. Read as an experiment file it gives an equal experiment, but for ``name``, which is that of the file.
    """
    lines = [f"# {experiment.name}, resolved: every default is filled."]
    lines += [f"{key}: {_flow(value)}" for key, value in (("title", experiment.title), ("question", experiment.question)) if value]
    lines.append("scenarios:")
    lines += [_flow_arm(name, files.get(name)) for name in experiment.arms]
    lines += [f"months: {experiment.months}", f"seeds: {_flow(list(experiment.seeds))}"]
    lines += [f"design: {_flow(_design(experiment))}", "vary:"]
    lines += [f"  - {_flow(entry)}" for entry in _entries(experiment)]
    lines.append(f"measures: {_flow(list(experiment.measures))}")
    lines.append(f"keep: {_flow({'months': list(experiment.keep)})}")
    if experiment.answers is not None:
        lines.append(f"answers: {_flow(dict(_answers(experiment)))}")
    return "\n".join([*lines, *([f"notes: {_flow(experiment.notes)}"] if experiment.notes else [])]) + "\n"


def _design(experiment: Experiment) -> dict[str, Any]:
    """The design, as keys of the file."""
    design = experiment.design
    said = {name: getattr(design, name) for name in DESIGN_NEEDS[design.kind]}
    return {"kind": design.kind, **{name: value for name, value in said.items() if name == "seed" or value}}


def _plain(one: Varied) -> dict[str, Any]:
    """Something to vary as plain values."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(one).items()}


def _entries(experiment: Experiment) -> Iterator[dict[str, Any]]:
    """What is varied, as entries of the file."""
    place = next(iter(experiment.scenarios.values())).place
    names = {figure.path: name for name, figure in named_figures(place).items()}
    for one in experiment.vary:
        subject: dict[str, Any] = {one.kind: one.path[0]}
        if one.kind == "place":
            subject = {"place": names[one.path]}
        if one.kind in ("policy", "shock"):
            subject |= {"option": one.path[1], **({"scenarios": list(one.scenarios)} if one.scenarios else {})}
        span: dict[str, Any] = {"values": list(one.values)} if one.values else {"low": one.low, "high": one.high}
        yield subject | span | ({} if one.middle is None else {"middle": one.middle})


def _answers(experiment: Experiment) -> Iterator[tuple[str, Any]]:
    """What the answers are about, as keys of the file."""
    plan = experiment.answers
    assert plan is not None
    yield from (("measure", plan.measure), ("scenario", plan.scenario), ("of", plan.of))
    for key, above, below in (("decision", plan.above, plan.below), ("failure", plan.fail_above, plan.fail_below)):
        if above is not None or below is not None:
            yield key, {"below": below} if above is None else {"above": above}


def _flow_arm(name: str, file: str | None) -> str:
    """One scenario of the list."""
    return f"  - {_flow(name if file is None else {'name': name, 'scenario': file})}"


def _flow(value: Any) -> str:
    """A value on one line; text always in quotes, so that it stays text."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
