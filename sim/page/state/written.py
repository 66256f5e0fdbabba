"""A scenario as the shortest state that gives it again, and a state as the text of a scenario file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sim.core.registry import POLICIES, SHOCKS
from sim.settings.frozen import FrozenMapping
from sim.settings.reading.yaml_writer import block_lines, flow
from sim.settings.scenario import OptionValue
from sim.settings.scenarios.keys import NEIGHBOURS
from sim.settings.scenarios.options import default_value
from sim.settings.scenarios.resolved import place_values

if TYPE_CHECKING:
    from sim.settings.place import Place
    from sim.settings.scenario import PolicyUse, Scenario

__all__ = ["State", "scenario_text", "written_state"]

State = dict[str, Any]

#: Numbers this large are written with their decimal point.
MOST_WHOLE: Final = 1e15


def written_state(scenario: Scenario, residents: int | None, title: str) -> State:
    """A scenario at full size as a state, without what is left at its default.

    Parameters
    ----------
    scenario : Scenario
        At full size: sums and counts as a file names them.
    residents : int or None
        Residents of the copy that is run; None for the place at full size.
    title : str
        The title that counts when a state has none.

    Returns
    -------
    dict
        In the order of the keys of a scenario file. ``place``, ``start``, ``months``, ``policies``, ``shocks``, ``parameters`` and
        ``neighbours`` always stand there; ``residents``, ``title`` and ``notes`` where they say something.
    """
    anchors = scenario.place.anchor_names
    policies = [_written_use(use, scenario, anchors) for use in scenario.policies]
    shocks = [_written_use(use, scenario, anchors) for use in scenario.shocks]
    declared = scenario.parameters.declaration
    changed = {name: value for name, value in scenario.parameters.items() if value != declared(name).default}
    return {
        **({"title": scenario.title} if scenario.title != title else {}),
        "place": scenario.place.name,
        **({"residents": residents} if residents is not None else {}),
        "start": str(scenario.start),
        "months": scenario.months,
        "policies": policies,
        "shocks": shocks,
        "parameters": {name: _plain(value) for name, value in changed.items()},
        "neighbours": scenario.neighbours,
        **({"notes": scenario.notes} if scenario.notes else {}),
    }


def _written_use(use: PolicyUse, scenario: Scenario, anchors: tuple[str, ...]) -> State:
    """One use, without options at their default."""
    item = POLICIES[use.use] if use.use in POLICIES else SHOCKS[use.use]
    written: State = {"use": use.use}
    if use.start != 1:
        written["start"] = str(scenario.start.at(use.start))
    if use.ramp_months:
        written["ramp_months"] = use.ramp_months
    if use.end is not None:
        written["end"] = str(scenario.start.at(use.end))
    for option in item.options:
        value = use.options[option.name]
        if value != default_value(option, anchors):
            written[option.name] = _plain(value)
    return written


def _plain(value: OptionValue) -> Any:
    """A value as JSON has it; whole numbers without a decimal point."""
    if isinstance(value, FrozenMapping):
        return {name: _plain(below) for name, below in value.items()}
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < MOST_WHOLE:
        return int(value)
    return value


def scenario_text(state: Mapping[str, Any], title: str, heading: str, place: Place | None = None) -> str:
    """The scenario file of a state, as the command line reads it.

    Parameters
    ----------
    state : mapping
        A state as :func:`written_state` gives it.
    title : str
        The title where the state has none.
    heading : str
        First line, a comment.
    place : Place, optional
        The place, where it does not come with the package: it is then written out within the file.
    """
    lines = [f"# {heading}", f"title: {flow(state.get('title', title))}"]
    if place is None:
        lines.append(f"place: {flow(state['place'])}")
    if "residents" in state:
        lines.append(
            f"residents: {state['residents']}   # a copy of the place: sums and counts below are those of the whole place, and scaled alike"
        )
    lines += [f"start: {state['start']}", f"months: {state['months']}"]
    for key in ("policies", "shocks"):
        lines += _use_lines(key, state[key])
    parameters = [f"  {name}: {flow(value)}" for name, value in state["parameters"].items()]
    lines += ["parameters:", *parameters] if parameters else ["parameters: {}"]
    lines.append(f"neighbours: {state['neighbours']}")
    if "notes" in state:
        lines.append(f"notes: {flow(state['notes'])}")
    if place is not None:
        lines += ["place:", *block_lines(place_values(place), "  ")]
    return "\n".join(lines) + "\n"


def _use_lines(key: str, uses: list[State]) -> list[str]:
    """A list of uses as lines."""
    if not uses:
        return [f"{key}: []"]
    lines = [f"{key}:"]
    for use in uses:
        item = POLICIES[use["use"]] if use["use"] in POLICIES else SHOCKS[use["use"]]
        lines.append(f"  - use: {use['use']}   # {item.title}")
        lines += [f"    {name}: {flow(value)}" for name, value in use.items() if name != "use"]
    return lines


def without_policies(state: Mapping[str, Any]) -> State:
    """The state of the reference: the same place, months, parameters and shocks, business as usual, neighbours unchanged.

    Examples
    --------
    >>> without_policies({"place": "anytown", "policies": [{"use": "outreach"}], "shocks": [], "title": "Ours"})
    {'place': 'anytown', 'policies': [], 'shocks': [], 'neighbours': 'unchanged'}
    """
    kept = {key: value for key, value in state.items() if key not in ("title", "notes")}
    return kept | {"policies": [], "neighbours": NEIGHBOURS[0]}
