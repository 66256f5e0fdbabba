"""What is believed of a figure that is an assumption: a range around it, for parameters and for figures of a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.settings.parameters import Parameter, Parameters
from sim.settings.place import Place
from sim.settings.places.figures import Path, figures_of
from sim.settings.scenario import DEFAULT, Scenario

__all__ = ["Range", "believed_range", "parameter_ranges", "place_ranges"]

FACTOR: Final = 2.0
"""A parameter that is an assumption is drawn from half to twice its default; a share by its odds."""
#: Groups of parameters that are switches of the method, not guesses about an economy.
SWITCHES: Final = frozenset({"behaviour"})


@dataclass(frozen=True, slots=True)
class Range:
    """Where one value is drawn from: half of the draws lie below the default, half above it."""

    low: float
    value: float
    high: float


def believed_range(declaration: Parameter, value: float) -> Range:
    """From half to twice the value, a share by its odds, within the bounds of the declaration.

    The bounds alone say what a scenario may set, not what is believed: a share may be set to anything from nought to one.

    Examples
    --------
    >>> from sim.settings.parameters import Parameter
    >>> share = Parameter("work.example", 0.5, "share a month", 0.0, 1.0, "An example.", "Assumed.", "assumption")
    >>> found = believed_range(share, 0.5)
    >>> round(found.low, 4), round(found.high, 4)
    (0.3333, 0.6667)
    """
    if declaration.unit.startswith("share") and 0.0 < value < 1.0:
        odds = value / (1.0 - value)
        low, high = (by / (1.0 + by) for by in (odds / FACTOR, odds * FACTOR))
    else:
        low, high = sorted((value / FACTOR, value * FACTOR))
    return Range(max(low, declaration.low), value, min(high, declaration.high))


def parameter_ranges(parameters: Parameters, scenario: Scenario | None = None) -> dict[str, Range]:
    """The range of each parameter whose source is an assumption, by name; those that a scenario sets itself are left out.

    Examples
    --------
    >>> from sim.settings.parameters import PARAMETERS, Parameters
    >>> "work.search_success" in parameter_ranges(Parameters(PARAMETERS))
    True
    """
    found = {}
    for name in parameters:
        declaration = parameters.declaration(name)
        own = scenario is not None and scenario.parameter_origin(name).kind != DEFAULT
        if declaration.mark != "assumption" or declaration.group in SWITCHES or declaration.unit == "flag" or own:
            continue
        point = believed_range(declaration, parameters[name])
        if point.high > point.low:
            found[name] = point
    return found


def place_ranges(place: Place) -> dict[Path, Range]:
    """The range of each figure of a place that is an assumption, by its path.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> place_ranges(load_place("anytown"))[("labour", "commuter_share")].value > 0.0
    True
    """
    found = {}
    for path, item in figures_of(place).items():
        if item.mark == "assumption" and item.low is not None and item.high is not None and item.high > item.low:
            found[path] = Range(item.low, item.value, item.high)
    return found
