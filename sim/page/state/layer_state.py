"""Shipped scenarios as states without reading their place, which takes a hundred times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.settings.frozen import FrozenMapping
from sim.settings.reading.yaml_reader import read_tree
from sim.settings.scenarios.keys import NEIGHBOURS
from sim.settings.scenarios.options import ALL_ANCHORS, default_value
from sim.settings.scenarios.reader import read_layers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.page.state.written import State
    from sim.settings.reading.files import SourceFile
    from sim.settings.reading.problems import Findings
    from sim.settings.scenarios.layer import Known, Layer, Setting, Use

__all__ = ["state_of_file", "state_of_layers"]

_SINGLES: Final = ("title", "place", "residents", "start", "months", "neighbours", "notes")
_OWN: Final = ("title", "notes")


def state_of_file(source: SourceFile, known: Known, findings: Findings) -> State:
    """The state of a scenario file and those it is based on.

    Parameters
    ----------
    source : SourceFile
        The file.
    known : Known
        What it may name.
    findings : Findings
        Where problems go; with any, the state is not whole.

    Returns
    -------
    dict
        What the files set; what only the place can say, such as names of anchors, is not checked.
    """
    return state_of_layers(read_layers(read_tree(source, findings, "scenario"), source, known, findings))


def state_of_layers(layers: Sequence[Layer]) -> State:
    """The state of the files of one scenario, its own first.

    Parameters
    ----------
    layers : sequence of Layer
        The files.
    """
    settings = {}
    for name in _SINGLES:
        holders = [layer for layer in (layers[:1] if name in _OWN else layers) if name in layer.settings]
        if holders and holders[0].settings[name].value is not None:
            settings[name] = holders[0].settings[name].value
    parameters = {name: _plain(setting.value) for layer in reversed(layers) for name, setting in layer.parameters.items()}
    state: State = {key: str(value) if key == "start" else value for key, value in settings.items() if value != ""}
    state["policies"] = [_use(use) for layer in reversed(layers) for use in layer.policies]
    state["shocks"] = [_use(use) for layer in reversed(layers) for use in layer.shocks]
    return state | {"parameters": parameters, "neighbours": settings.get("neighbours", NEIGHBOURS[0])}


def _use(use: Use) -> State:
    """One use as a state writes it; options at their default are left out."""
    timing: dict[str, Setting | None] = {"start": use.start, "ramp_months": use.ramp_months, "end": use.end}
    written: State = {"use": use.item.name}
    for name, setting in timing.items():
        if setting is not None and setting.value:
            written[name] = setting.value if name == "ramp_months" else str(setting.value)
    for option in use.item.options:
        held = use.options.get(option.name)
        if held is not None and held.value not in (default_value(option, (ALL_ANCHORS,)), None):
            written[option.name] = _plain(held.value)
    return written


def _plain(value: Any) -> Any:
    """A value as JSON has it; whole numbers without a decimal point."""
    if isinstance(value, FrozenMapping):
        return {name: _plain(below) for name, below in value.items()}
    if isinstance(value, tuple):
        return list(value)
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
