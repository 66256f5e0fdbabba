"""What there is to choose from, in words and plain values: for ``list`` and ``describe``, all from the declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from sim.core.registry import PILLARS, Intervention, Measure, Option, Registry
from sim.errors import InputError, Problem, nearest
from sim.settings.experiment import load_experiment
from sim.settings.experiments.describe import describe_experiment
from sim.settings.frozen import FrozenMapping
from sim.settings.load import kind_of_file, load_experiment_heading, load_heading, load_place_heading, load_scenario, shipped
from sim.settings.names import NOUNS, is_path
from sim.settings.parameters import PARAMETERS, Parameter
from sim.settings.places.describe import describe_place
from sim.settings.reading.problems import Kind
from sim.settings.scenario import PolicyUse
from sim.settings.scenarios.layer import Interventions
from sim.settings.scenarios.options import option_allowed, option_bounds, option_unit
from sim.settings.sectors import CODES, SECTIONS, SECTORS, TITLES

__all__ = ["DESCRIBE_KINDS", "LIST_KINDS", "Catalogue", "describe_intervention", "describe_option", "describe_parameter"]

LIST_KINDS: Final = ("levers", "policies", "shocks", "measures", "figures", "parameters", "places", "scenarios", "experiments", "sectors")
"""What can be listed."""

DESCRIBE_KINDS: Final = MappingProxyType(
    {
        "lever": "levers",
        "policy": "policies",
        "shock": "shocks",
        "measure": "measures",
        "figure": "figures",
        "parameter": "parameters",
        "place": "places",
        "scenario": "scenarios",
        "experiment": "experiments",
        "sector": "sectors",
    }
)
"""What can be described, and the list that it stands in."""

LEVERS: Final = ("levers", "policies", "shocks")
"""Kinds that are shown by pillar."""

Description = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that has a name.

    Parameters
    ----------
    policies, shocks : Registry of Intervention
        What scenarios may use.
    measures : Registry of Measure
        What is measured.
    figures : mapping of str to mapping
        What is compared with published facts, by name: each with title and meaning.
    parameters : iterable of Parameter
        What scenarios may set.
    """

    policies: Interventions
    shocks: Interventions
    measures: Registry[Measure] = field(default_factory=lambda: Registry[Measure]("measure"))
    parameters: Iterable[Parameter] = PARAMETERS
    figures: Mapping[str, Description] = field(default_factory=dict)

    def list(self, kind: str) -> list[Description]:
        """Name, title and meaning of everything of one kind, in order.

        Parameters
        ----------
        kind : str
            One of :data:`LIST_KINDS`.

        Returns
        -------
        list of dict
            Each with ``name``, ``title`` and ``meaning``.

        Raises
        ------
        sim.errors.InputError
            When there is no such kind.
        """
        names = self._names()
        if kind not in names:
            raise _unknown(f"nothing of kind {kind!r} can be listed", kind, LIST_KINDS)
        keys = ("name", "title", "meaning", *(("pillar",) if kind in LEVERS else ()))
        headings = {"scenarios": self._scenario_heading, "experiments": _experiment_heading, "places": _place_heading}
        describe = headings.get(kind) or partial(self._describe, kind)
        described = (describe(name) for name in names[kind]())
        found = [{key: item[key] for key in keys} for item in described]
        return sorted(found, key=lambda item: PILLARS.index(item["pillar"])) if kind in LEVERS else found

    def describe(self, name: str, kind: str | None = None) -> Description:
        """Everything declared about one name.

        Parameters
        ----------
        name : str
            A policy, shock, measure, figure, parameter, place, scenario, experiment or sector; of those that are files also a path.
        kind : str, optional
            One of :data:`DESCRIBE_KINDS`: then only names of this kind count.

        Returns
        -------
        dict
            ``kind``, ``name``, ``title``, ``meaning``, and more by kind: options with unit, bounds and default; source and mark.

        Raises
        ------
        sim.errors.InputError
            When nothing has this name; it says the nearest.
        """
        if kind is not None and kind not in DESCRIBE_KINDS:
            raise _unknown(f"nothing of kind {kind!r} can be described", kind, tuple(DESCRIBE_KINDS))
        names = {listed: known() for listed, known in self._names().items() if kind is None or listed == DESCRIBE_KINDS[kind]}
        for listed, known in names.items():
            if name in known:
                return self._describe(listed, name)
        if is_path(name) and name.endswith((".yaml", ".yml")) and (kind is None or kind in NOUNS):
            return self._describe(f"{kind or kind_of_file(name)}s", name)
        every = dict.fromkeys(one for known in names.values() for one in known)
        raise _unknown(f"nothing has the name {name!r}", name, tuple(every))

    def _names(self) -> dict[str, Callable[[], tuple[str, ...]]]:
        """The names of each kind."""
        return {
            "levers": lambda: (*self.policies.names(), *self.shocks.names()),
            "policies": self.policies.names,
            "shocks": self.shocks.names,
            "measures": self.measures.names,
            "figures": lambda: tuple(self.figures),
            "parameters": lambda: tuple(parameter.name for parameter in self.parameters),
            "places": lambda: shipped("place"),
            "scenarios": lambda: shipped("scenario"),
            "experiments": lambda: shipped("experiment"),
            "sectors": lambda: SECTORS,
        }

    def _describe(self, kind: str, name: str) -> Description:
        """The description of one name of a known kind."""
        if kind == "levers":
            kind = "policies" if name in self.policies.names() else "shocks"
        if kind == "policies":
            return describe_intervention(self.policies[name], "policy")
        if kind == "shocks":
            return describe_intervention(self.shocks[name], "shock")
        if kind == "measures":
            return _describe_measure(self.measures[name])
        if kind == "figures":
            return dict(self.figures[name])
        if kind == "parameters":
            return describe_parameter(next(parameter for parameter in self.parameters if parameter.name == name))
        if kind == "places":
            return describe_place(name)
        if kind == "experiments":
            experiment = load_experiment(name, self.policies, self.shocks, self.measures, self.parameters)
            return describe_experiment(name, experiment)
        return self._describe_scenario(name) if kind == "scenarios" else _describe_sector(name)

    def _scenario_heading(self, name: str) -> Description:
        """Name, title and notes of a shipped scenario, without reading its place or its base."""
        title, notes = load_heading(name, self.policies, self.shocks, self.parameters)
        return {"name": name, "title": title, "meaning": notes}

    def _describe_scenario(self, name: str) -> Description:
        """A shipped scenario."""
        scenario = load_scenario(name, self.policies, self.shocks, self.parameters)
        return {
            "kind": "scenario",
            "name": name,
            "title": scenario.title,
            "meaning": scenario.notes,
            "place": scenario.place.name,
            "residents": scenario.residents,
            "based_on": scenario.based_on,
            "start": str(scenario.start),
            "months": scenario.months,
            "policies": [_use(use) for use in scenario.policies],
            "shocks": [_use(use) for use in scenario.shocks],
            "neighbours": scenario.neighbours,
        }


def describe_option(option: Option) -> Description:
    """An option of a policy or shock: meaning, unit, bounds, default.

    Examples
    --------
    >>> described = describe_option(Option("share", "share", "share to reach", default=0.2))
    >>> described["allowed"], described["default"]
    ('a number from 0 to 1 (share)', 0.2)
    """
    low, high = option_bounds(option)
    numeric = option.kind in ("share", "money", "months", "count", "number")
    return {
        "name": option.name,
        "kind": option.kind,
        "meaning": option.meaning,
        "unit": option_unit(option),
        "low": low if numeric and abs(low) != float("inf") else None,
        "high": high if numeric and abs(high) != float("inf") else None,
        "required": option.required and option.kind != "anchors",
        "default": "all" if option.kind == "anchors" else None if option.required else option.default,
        "allowed": option_allowed(option),
        "choices": list(option.choices),
    }


def describe_intervention(item: type[Intervention], kind: str) -> Description:
    """A policy or shock: everything that it declares."""
    texts = ("name", "title", "pillar", "meaning", "where_tried", "evidence", "mark", "costs", "limits")
    options = [describe_option(option) for option in item.options]
    return {"kind": kind, **{text: getattr(item, text) for text in texts}, "options": options, "off": dict(item.off)}


def describe_parameter(parameter: Parameter) -> Description:
    """A parameter: everything that it declares."""
    return {
        "kind": "parameter",
        "name": parameter.name,
        "title": parameter.name.replace("_", " ").replace(".", ": "),
        "meaning": parameter.meaning,
        "unit": parameter.unit,
        "default": parameter.default,
        "low": parameter.low,
        "high": parameter.high,
        "source": parameter.source,
        "mark": parameter.mark,
    }


def _describe_measure(measure: Measure) -> Description:
    texts = ("name", "title", "meaning", "unit", "source", "summary", "keys")
    return {"kind": "measure", **{text: getattr(measure, text) for text in texts}, "form": measure.kind}


def _place_heading(name: str) -> Description:
    """Name, title and notes of a shipped place, without reading the rest of it."""
    title, notes = load_place_heading(name)
    return {"name": name, "title": title, "meaning": notes}


def _experiment_heading(name: str) -> Description:
    """Name, title and question of a shipped experiment, without reading its scenarios."""
    title, question = load_experiment_heading(name)
    return {"name": name, "title": title, "meaning": question}


def _describe_sector(name: str) -> Description:
    index = SECTORS.index(name)
    meaning = f"Standard Industrial Classification 2007, {SECTIONS[index]}"
    return {"kind": "sector", "name": name, "title": TITLES[index], "meaning": meaning, "code": CODES[index]}


def _use(use: PolicyUse) -> Description:
    """A use of a policy or shock in few words."""
    options = {name: dict(value) if isinstance(value, FrozenMapping) else value for name, value in use.options.items()}
    return {"use": use.use, "start": use.start, "ramp_months": use.ramp_months, "end": use.end, "options": options}


def _unknown(message: str, given: str, names: Iterable[str]) -> InputError:
    """An error for a name that is not known."""
    known = tuple(names)
    near = nearest(given, known)
    remedy = f"write {near!r}" if near else "see: localwealth list"
    return InputError([Problem("", None, "", given, ", ".join(known), near, remedy, message, Kind.UNKNOWN_NAME)])
