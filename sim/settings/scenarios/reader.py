"""A scenario file and every file it is based on, read into one scenario."""

from __future__ import annotations

from sim.settings.names import find_file, name_of_file, shipped_folder
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind
from sim.settings.reading.tree import Keys
from sim.settings.reading.yaml_reader import read_tree
from sim.settings.scenario import Scenario
from sim.settings.scenarios.assemble import assemble
from sim.settings.scenarios.layer import Known, Layer, Setting, read_layer

__all__ = ["read_heading", "read_layers", "read_scenario", "scenario_name"]


def read_scenario(source: SourceFile, known: Known, findings: Findings) -> Scenario | None:
    """Read a scenario file, and those it is based on.

    Parameters
    ----------
    source : SourceFile
        The file.
    known : Known
        What it may name.
    findings : Findings
        Where problems go: those of its base too, each with its own file and line.

    Returns
    -------
    Scenario or None
        None when there is any problem.
    """
    layers = read_layers(read_tree(source, findings, "scenario"), source, known, findings)
    return assemble(scenario_name(source), layers, known, findings) if layers else None


def read_heading(source: SourceFile, known: Known, findings: Findings) -> tuple[str, str]:
    """Title and notes of a scenario file; neither is inherited, so nothing that it names is read."""
    tree = read_tree(source, findings, "scenario")
    if tree is None:
        return "", ""
    settings = read_layer(tree, source, known, findings).settings
    title, notes = (settings[name].value if name in settings else None for name in ("title", "notes"))
    return str(title or ""), str(notes or "")


def scenario_name(source: SourceFile) -> str:
    """Name of a scenario by its file: ``preston/buy-local`` for a shipped one, the bare name for another."""
    return name_of_file(source, shipped_folder())


def read_layers(tree: Keys | None, source: SourceFile, known: Known, findings: Findings) -> list[Layer]:
    """A scenario file, its base, the base's base; a circle is a finding and ends the list. Empty when a file can't be read.

    Parameters
    ----------
    tree : Keys or None
        The file; None when it could not be read.
    source : SourceFile
        Its name.
    known : Known
        What it may name.
    findings : Findings
        Where problems go.
    """
    layers: list[Layer] = []
    chain = [source]
    while True:
        tree = read_tree(chain[-1], findings, "scenario") if layers else tree
        if tree is None:
            return []
        layer = read_layer(tree, chain[-1], known, findings)
        layers.append(layer)
        based_on = layer.settings.get("based_on")
        if based_on is None or based_on.value is None:
            return layers
        base = _base(based_on, chain, findings)
        if base is None:
            return []
        chain.append(base)


def _base(based_on: Setting, chain: list[SourceFile], findings: Findings) -> SourceFile | None:
    """The file of a base, or None after a finding."""
    base = find_file("scenario", based_on.value, findings, within=based_on.source, line=based_on.line, key="based_on")
    if base is None:
        return None
    seen = [source.path.resolve() for source in chain]
    if base.path.resolve() not in seen:
        return base
    circle = " -> ".join([*(source.shown for source in chain[seen.index(base.path.resolve()) :]), base.shown])
    message = "the scenario is based on itself" if len(chain) == 1 else "scenarios are based on each other in a circle"
    allowed, remedy = "a scenario that is not based on this one", "base it on another scenario, or delete 'based_on'"
    findings.add(Kind.CYCLE, based_on.source.shown, based_on.line, ("based_on",), message, given=circle, allowed=allowed, remedy=remedy)
    return None
