"""Reading places, scenarios and experiments by name or path: the one door from files to settings.

Every problem of a file, and of the files it names, comes in one :class:`sim.errors.InputError`; nothing else is raised for wrong
input. The order of precedence is told once, at :class:`sim.settings.scenario.Scenario`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from sim.core.registry import MEASURES
from sim.errors import Problem
from sim.settings.experiments.keys import EXPERIMENT_KEYS
from sim.settings.experiments.reader import read_experiment, read_experiment_heading
from sim.settings.names import NOUNS, Noun, find_file, shipped
from sim.settings.parameters import PARAMETERS, Parameter, Parameters
from sim.settings.place import Place
from sim.settings.places.heading import read_place_heading
from sim.settings.places.reader import read_place
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings
from sim.settings.reading.renamed import names_now
from sim.settings.reading.yaml_reader import read_tree
from sim.settings.scenario import Scenario
from sim.settings.scenarios.keys import SCENARIO_KEYS, key_names
from sim.settings.scenarios.layer import Interventions, Known
from sim.settings.scenarios.reader import read_heading, read_scenario

__all__ = [
    "check_file",
    "kind_of_file",
    "load_experiment_heading",
    "load_heading",
    "load_place",
    "load_place_heading",
    "load_scenario",
    "shipped",
]

Given = str | os.PathLike[str]


def load_place(name_or_path: Given) -> Place:
    """Read a place.

    Parameters
    ----------
    name_or_path : str or path
        A name such as ``preston``, or the path of a place file.

    Returns
    -------
    Place

    Raises
    ------
    sim.errors.InputError
        With every problem of the file.

    Examples
    --------
    >>> load_place("anytown").invented
    True
    """
    findings = Findings()
    source = find_file("place", os.fspath(name_or_path), findings)
    place = None if source is None else read_place(source, findings)
    findings.raise_if_any()
    assert place is not None
    return place


def load_scenario(
    name_or_path: Given, policies: Interventions, shocks: Interventions, declarations: Iterable[Parameter] = PARAMETERS
) -> Scenario:
    """Read a scenario, the scenarios it is based on, and its place.

    Parameters
    ----------
    name_or_path : str or path
        A name such as ``preston/buy-local``, or the path of a scenario file.
    policies, shocks : Registry of Intervention
        What its ``policies`` and ``shocks`` may use.
    declarations : iterable of Parameter
        What its ``parameters`` may set.

    Returns
    -------
    Scenario

    Raises
    ------
    sim.errors.InputError
        With every problem of all files.
    """
    findings = Findings()
    source = find_file("scenario", os.fspath(name_or_path), findings)
    known = Known(policies, shocks, Parameters(declarations))
    scenario = None if source is None else read_scenario(source, known, findings)
    findings.raise_if_any()
    assert scenario is not None
    return scenario


def load_heading(
    name_or_path: Given, policies: Interventions, shocks: Interventions, declarations: Iterable[Parameter] = PARAMETERS
) -> tuple[str, str]:
    """Title and notes of a scenario, for lists: its place and its base are not read, which takes far longer.

    Parameters
    ----------
    name_or_path, policies, shocks, declarations
        As for :func:`load_scenario`.

    Returns
    -------
    tuple of str
        Title and notes.

    Raises
    ------
    sim.errors.InputError
        With the problems of the scenario file.
    """
    findings = Findings()
    source = find_file("scenario", os.fspath(name_or_path), findings)
    heading = ("", "") if source is None else read_heading(source, Known(policies, shocks, Parameters(declarations)), findings)
    findings.raise_if_any()
    return heading


def load_place_heading(name_or_path: Given) -> tuple[str, str]:
    """Title and notes of a place, for lists: nothing else of it is read.

    Examples
    --------
    >>> load_place_heading("anytown")[0]
    'Anytown (invented)'
    """
    findings = Findings()
    source = find_file("place", os.fspath(name_or_path), findings)
    heading = ("", "") if source is None else read_place_heading(source, findings)
    findings.raise_if_any()
    return heading


def load_experiment_heading(name_or_path: Given) -> tuple[str, str]:
    """Title and question of an experiment, for lists: its scenarios are not read.

    Examples
    --------
    >>> load_experiment_heading("spare-capacity")[0]
    'Local-share target against spare capacity'
    """
    findings = Findings()
    source = find_file("experiment", os.fspath(name_or_path), findings)
    heading = ("", "") if source is None else read_experiment_heading(source, findings)
    findings.raise_if_any()
    return heading


def check_file(
    path: Given, policies: Interventions, shocks: Interventions, declarations: Iterable[Parameter] = PARAMETERS, kind: Noun | None = None
) -> list[Problem]:
    """Every problem of a place, scenario or experiment file, without running anything.

    Parameters
    ----------
    path : str or path
        A path, or the name of a shipped scenario, place or experiment.
    policies, shocks, declarations
        As for :func:`load_scenario`.
    kind : {"place", "scenario", "experiment"}, optional
        What the file is; found out from its keys when left out.

    Returns
    -------
    list of Problem
        In order of file and line; empty when the file is good.
    """
    findings = Findings()
    given = os.fspath(path)
    named = next((one for one in NOUNS if given in shipped(one)), None)
    source = find_file(kind or named or "scenario", given, findings)
    if source is not None:
        _read(kind or _kind_of(source), source, Known(policies, shocks, Parameters(declarations)), findings)
    return sorted(findings.problems, key=lambda problem: (problem.file, problem.line or 0))


def _read(what: Noun, source: SourceFile, known: Known, findings: Findings) -> None:
    """Read a file of a kind, for its problems alone."""
    if what == "place":
        read_place(source, findings)
    elif what == "experiment":
        read_experiment(source, known, MEASURES, findings)
    else:
        read_scenario(source, known, findings)


def kind_of_file(path: Given) -> Noun:
    """What a file is, by the keys at its top.

    Examples
    --------
    >>> from sim.settings.names import shipped_folder
    >>> kind_of_file(shipped_folder() / "places" / "anytown.yaml")
    'place'
    """
    return _kind_of(SourceFile(Path(os.fspath(path)).expanduser(), os.fspath(path)))


def _kind_of(source: SourceFile) -> Noun:
    """What a file is, by the keys at its top; a file that can't be read counts as a scenario, and says so when it is read."""
    tree = read_tree(source, Findings())
    names = set(tree.names) if tree is not None else set()
    known: dict[Noun, Iterable[str]] = {
        "scenario": key_names(SCENARIO_KEYS),
        "place": Place.model_fields,
        "experiment": key_names(EXPERIMENT_KEYS),
    }
    shared: dict[Noun, int] = {noun: len(names & {*keys, *names_now(noun)}) for noun, keys in known.items()}
    return max(shared, key=lambda noun: shared[noun])
