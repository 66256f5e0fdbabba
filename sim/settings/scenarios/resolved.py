"""A scenario with nothing left open: every default filled, every value with its origin; as plain values and as a file.

The file is itself a scenario file with the whole place inside, so a result can be made again from it alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.settings.frozen import FrozenMapping
from sim.settings.place import Place
from sim.settings.reading.yaml_writer import block_lines, flow, scalar
from sim.settings.scenario import PLACE, OptionValue, Origin, PolicyUse, Scenario

__all__ = ["Resolved", "place_values", "resolved", "resolved_yaml"]

Resolved = dict[str, Any]

_TIMING = ("start", "ramp_months", "end")


def resolved(scenario: Scenario) -> Resolved:
    """The scenario as plain values, ready for JSON.

    Parameters
    ----------
    scenario : Scenario
        The scenario.

    Returns
    -------
    dict
        ``name``; ``settings``, ``parameters``: by name a mapping of ``value``, ``origin``, ``file``, ``line`` (parameters have
        ``unit`` too; the setting ``residents`` is there for a copy alone); ``policies``, ``shocks``: lists of ``use``, ``file``,
        ``line`` and ``options``, a mapping of the same form that holds ``start``, ``ramp_months`` and ``end`` as well; ``place``:
        ``origin``, ``file`` and ``values``, the whole place file.
        ``origin`` is "default", "place", "base scenario" or "scenario". Shipped files are named without the path of this machine.
    """
    single: dict[str, Any] = {"title": scenario.title, "place": scenario.place.name, "based_on": scenario.based_on}
    if scenario.residents is not None:
        single["residents"] = scenario.residents
    single |= {"start": str(scenario.start), "months": scenario.months, "neighbours": scenario.neighbours, "notes": scenario.notes}
    return {
        "name": scenario.name,
        "settings": {name: _with_origin(value, scenario.origins.get(name, Origin())) for name, value in single.items()},
        "policies": [_use(use, scenario) for use in scenario.policies],
        "shocks": [_use(use, scenario) for use in scenario.shocks],
        "parameters": {name: _parameter(scenario, name) for name in scenario.parameters},
        "place": {"origin": PLACE, "file": scenario.place_file, "values": place_values(scenario.place)},
    }


def place_values(place: Place) -> dict[str, Any]:
    """A place as the plain values of a place file; keys that hold nothing are left out.

    Parameters
    ----------
    place : Place
        The place.

    Returns
    -------
    dict
        What a place file holds.
    """
    values: dict[str, Any] = _without_nothing(place.model_dump(mode="json"))
    return values


def resolved_yaml(scenario: Scenario) -> str:
    """The scenario as a file that stands alone: no base, the place inside, each value with its origin in a comment.

    Parameters
    ----------
    scenario : Scenario
        The scenario.

    Returns
    -------
    str
        YAML. Read as a scenario file it gives an equal scenario, but for ``name`` (that of the file) and ``based_on`` (none).
    """
    full = resolved(scenario)
    lines = [f"# {scenario.name}, resolved: every default is filled, and each value says where it comes from."]
    if scenario.based_on:
        lines.append(f"# It was based on {scenario.based_on}.")
    if scenario.residents != scenario.full_residents:
        of = f"{scenario.residents:,} of {scenario.full_residents:,} residents"
        lines.append(f"# It is a copy with {of}; what stands below is that of the copy.")
    names = ("title", "residents", "start", "months", "neighbours", "notes")
    singles = ((name, full["settings"][name]) for name in names if name in full["settings"])
    lines.extend(f"{name}: {scalar(entry['value'])}{_comment(entry)}" for name, entry in singles)
    for key in ("policies", "shocks"):
        lines.extend([f"{key}:", *_use_lines(full[key])] if full[key] else [f"{key}: []"])
    lines.append("parameters:" if full["parameters"] else "parameters: {}")
    lines += [f"  {name}: {scalar(entry['value'])}{_comment(entry)}" for name, entry in full["parameters"].items()]
    lines.append(f"place:  # {scenario.place_file}")
    lines.extend(block_lines(full["place"]["values"], "  "))
    return "\n".join(lines) + "\n"


def _with_origin(value: Any, origin: Origin) -> dict[str, Any]:
    return {"value": value, **origin.as_dict()}


def _parameter(scenario: Scenario, name: str) -> dict[str, Any]:
    """One parameter with its unit and origin."""
    unit = scenario.parameters.declaration(name).unit
    return {"value": scenario.parameters[name], "unit": unit, **scenario.parameter_origin(name).as_dict()}


def _use(use: PolicyUse, scenario: Scenario) -> dict[str, Any]:
    """One use of a policy or shock."""
    end = None if use.end is None else str(scenario.start.at(use.end))
    timing: dict[str, OptionValue] = {"start": str(scenario.start.at(use.start)), "ramp_months": use.ramp_months, "end": end}
    values = timing | dict(use.options)
    options = {name: _with_origin(_plain(value), use.origins.get(name, Origin())) for name, value in values.items()}
    return {"use": use.use, "file": use.file, "line": use.line, "options": options}


def _plain(value: OptionValue) -> Any:
    """An option's value without our own types."""
    if isinstance(value, FrozenMapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def _use_lines(uses: list[dict[str, Any]]) -> Iterator[str]:
    """A list of uses as lines of YAML; an end that is never is left out."""
    for use in uses:
        yield f"  - use: {scalar(use['use'])}  # {use['file']}, line {use['line']}"
        for name, entry in use["options"].items():
            if entry["value"] is not None or name not in _TIMING:
                yield f"    {name}: {flow(entry['value'])}{_comment(entry)}"


def _comment(entry: Mapping[str, Any]) -> str:
    """The origin of a value as a comment."""
    return f"  # {Origin(entry['origin'], entry['file'], entry['line'])}"


def _without_nothing(value: Any) -> Any:
    """A value without the keys that hold nothing."""
    if isinstance(value, dict):
        return {key: _without_nothing(below) for key, below in value.items() if below is not None}
    return [_without_nothing(item) for item in value] if isinstance(value, list) else value
