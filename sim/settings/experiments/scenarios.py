"""Reading the scenarios of an experiment: by name or path, each an arm, all of one place and one first month."""

from __future__ import annotations

from dataclasses import dataclass

from sim.settings.names import find_file
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind, shown
from sim.settings.reading.tree import Entry, Keys, Node, plain
from sim.settings.reading.values import Values
from sim.settings.scenario import Scenario
from sim.settings.scenarios.layer import Known
from sim.settings.scenarios.reader import read_scenario, scenario_name

__all__ = ["Arms", "check_arms", "read_arms"]

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Arms:
    """The arms of an experiment.

    Parameters
    ----------
    scenarios : dict of str to Scenario
        By name, in order; empty when one of them could not be read.
    named : dict of str to str
        Names of arms by themselves and by what the file writes.
    """

    scenarios: dict[str, Scenario]
    named: dict[str, str]


def read_arms(entry: Entry, known: Known, values: Values) -> Arms:
    """The scenarios that an experiment names.

    Parameters
    ----------
    entry : Entry
        The key with its list; each is a name or path, or ``name:`` and ``scenario:`` to call the arm something else.
    known : Known
        What scenarios may name.
    values : Values
        The reader of the file.

    Returns
    -------
    Arms
    """
    items = values.sequence(entry.node, (entry.key,), "a list of names of scenarios, or paths")
    arms = Arms({}, {})
    if items is None:
        return arms
    if not items.items:
        allowed, remedy = "one scenario or more", "add a scenario, such as anytown/business-as-usual"
        values.found(Kind.WRONG_FORM, entry.line, (entry.key,), "there is no scenario to run", given="[]", allowed=allowed, remedy=remedy)
    fit = True
    for index, item in enumerate(items.items):
        fit = _arm(item, (entry.key, index), arms, known, values) and fit
    return arms if fit else Arms({}, {})


def _arm(node: Node, path: Path, arms: Arms, known: Known, values: Values) -> bool:
    """Read one arm into the others; False after a finding."""
    name, written = _written(node, path, values)
    if written is None:
        return False
    source = find_file("scenario", written, values.findings, within=values.source, line=node.line, key=f"{path[0]}[{path[1]}]")
    if source is None:
        return False
    name = name or scenario_name(source)
    if name in arms.scenarios:
        message = f"two scenarios are called {name!r}"
        remedy = f"write {{name: another-name, scenario: {written}}} for one of the two, or delete it"
        values.found(Kind.REPEATED_NAME, node.line, path, message, given=name, allowed="each name once", remedy=remedy)
        return False
    scenario = _scenario(source, known, values.findings)
    if scenario is None:
        return False
    arms.scenarios[name] = scenario
    arms.named.setdefault(written, name)
    arms.named[name] = name
    return True


def _written(node: Node, path: Path, values: Values) -> tuple[str | None, str | None]:
    """The name of an arm, if one is given, and its scenario as written; no scenario after a finding."""
    if not isinstance(node, Keys):
        return None, values.text(node, path)
    names = ("name", "scenario")
    for entry in node:
        if entry.key not in names:
            message = f"there is no key {entry.key!r} in a scenario of an experiment"
            values.found(Kind.UNKNOWN_KEY, entry.line, (*path, entry.key), message, given=entry.key, names=names)
    scenario, name = node.entry("scenario"), node.entry("name")
    if scenario is None:
        given, allowed = shown(plain(node)), "'scenario:' with a name or path"
        remedy = "write the name of the scenario alone, or 'scenario:' before it"
        values.found(Kind.MISSING_KEY, node.line, path, "'scenario' is missing", given=given, allowed=allowed, remedy=remedy)
        return None, None
    called = None if name is None else values.text(name.node, (*path, "name"))
    return called, values.text(scenario.node, (*path, "scenario"))


def _scenario(source: SourceFile, known: Known, findings: Findings) -> Scenario | None:
    """A scenario, its problems kept once even where another arm has them too."""
    inner = Findings()
    scenario = read_scenario(source, known, inner)
    findings.problems.extend(problem for problem in inner.problems if problem not in findings.problems)
    return None if inner.problems else scenario


def check_arms(arms: Arms, entry: Entry, values: Values) -> None:
    """A finding for each arm of another place or first month than the reference."""
    scenarios = list(arms.scenarios.items())
    for index, (name, scenario) in enumerate(scenarios[1:], start=1):
        reference, first = scenarios[0]
        path: Path = (entry.key, index)
        line = _line(entry, index)
        if scenario.place != first.place:
            message = f"{name} is of {scenario.place.name}, and {reference} of {first.place.name}: they can't be compared"
            remedy = f"take scenarios of {first.place.name}, or write an experiment for each place"
            values.found(Kind.CONTRADICTION, line, path, message, given=scenario.place.name, allowed=first.place.name, remedy=remedy)
        elif scenario.start != first.start:
            message = f"{name} starts in {scenario.start}, and {reference} in {first.start}: they can't be compared month by month"
            remedy = f"write start: {first.start} in {name}"
            values.found(Kind.CONTRADICTION, line, path, message, given=str(scenario.start), allowed=str(first.start), remedy=remedy)


def _line(entry: Entry, index: int) -> int:
    """Line of one scenario in the list."""
    items = getattr(entry.node, "items", ())
    return items[index].line if index < len(items) else entry.line
