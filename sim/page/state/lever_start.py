"""How each lever begins on the page: what the shipped scenario of the lever says, brought to the size and the anchors of the place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.core.calendar import Month
from sim.settings.scenarios.scaling import GROWING_OPTIONS

if TYPE_CHECKING:
    from sim.core.registry import Intervention, Option
    from sim.page.state.place_outline import AnchorOutline, PlaceOutline
    from sim.page.state.written import State

__all__ = ["beginning_use", "slider"]

#: Sliders of sums and counts go up to about this many times their beginning.
MANY: Final = 4.0
#: Shares that begin below this get a finer slider.
SMALL_SHARE: Final = 0.1
#: Steps of a slider, and the most it has so that its beginning is one of them.
STEPS: Final = 40.0
MOST_STEPS: Final = 100_000.0


def beginning_use(
    item: type[Intervention], shown: State, home: PlaceOutline, place: PlaceOutline, starts: tuple[str, str], months: int
) -> State:
    """A use to begin with in a place.

    Parameters
    ----------
    item : type of Intervention
        The lever.
    shown : dict
        The use in a shipped scenario.
    home : PlaceOutline
        The place of that scenario.
    place : PlaceOutline
        The place it is wanted for.
    starts : tuple of str
        First month of that scenario, and first month in the place.
    months : int
        Months of a state that does not say how many: a shock must begin within them.

    Returns
    -------
    dict
        A use as a state holds it: sums and counts of the whole place in proportion to its residents, to two figures; anchors of the
        same kind; policies from the first month, shocks as many months after the first as in the scenario.
    """
    used: State = {"use": item.name}
    if item.pillar == "shock":
        used |= _moved(shown, Month.parse(starts[0]), Month.parse(starts[1]), months)
    if "ramp_months" in shown:
        used["ramp_months"] = shown["ramp_months"]
    size = place.residents / home.residents
    for option in item.options:
        value = shown.get(option.name)
        if option.kind in ("anchor", "anchors"):
            value = _anchors(option, value, home, place)
        elif value is not None and (item.name, option.name) in GROWING_OPTIONS and place.name != home.name:
            value = _resized(option, value, size)
        if value is not None:
            used[option.name] = value
    return used


def _moved(shown: State, start: Month, here: Month, months: int) -> State:
    """First and last month of a shock, as far from the first month as in its scenario."""
    first = Month.parse(shown["start"]).index(start) if "start" in shown else 1
    first = min(first, months)
    moved: State = {"start": str(here.at(first))} if first != 1 else {}
    if "end" in shown:
        moved["end"] = str(here.at(max(Month.parse(shown["end"]).index(start), first)))
    return moved


def _resized(option: Option, value: float, size: float) -> float:
    """A sum or count in proportion to the place, to two figures and within the option's bounds."""
    moved = two_figures(value * size)
    moved = max(round(moved), 1) if option.kind in ("count", "months") else moved
    moved = moved if option.high is None else min(moved, option.high)
    return int(moved) if float(moved).is_integer() else moved


def _anchors(option: Option, value: str | Sequence[str] | None, home: PlaceOutline, place: PlaceOutline) -> str | list[str] | None:
    """Anchors of the same kinds as those that are named."""
    if value is None or isinstance(value, str):
        return value if value is None or place.name == home.name else _alike(value, option, home, place)
    names = list(dict.fromkeys(_alike(name, option, home, place) for name in value)) if place.name != home.name else list(value)
    return None if set(names) == {anchor.name for anchor in place.anchors} else names


def _alike(name: str, option: Option, home: PlaceOutline, place: PlaceOutline) -> str:
    """The anchor of a place that is of the same kind as one elsewhere; else its council, else its first."""
    kinds: Mapping[str, str] = {anchor.name: anchor.kind for anchor in home.anchors}
    fit: list[AnchorOutline] = [one for one in place.anchors if not option.anchor_kinds or one.kind in option.anchor_kinds]
    for kind in (kinds.get(name, "council"), "council"):
        found = next((one.name for one in fit if one.kind == kind), None)
        if found is not None:
            return found
    return (fit or list(place.anchors))[0].name


def slider(option: Option, bounds: tuple[float, float], beginning: Any) -> dict[str, float] | None:
    """Ends and step of the slider of an option, from where it begins.

    Parameters
    ----------
    option : Option
        The option.
    bounds : tuple of float
        What a scenario file allows.
    beginning : number
        Where the slider begins.

    Returns
    -------
    dict or None
        ``low``, ``high`` and ``step``, within what a scenario file allows; None for what is no number.
    """
    if (
        option.kind not in ("share", "money", "count", "number", "months")
        or isinstance(beginning, bool)
        or not isinstance(beginning, (int, float))
    ):
        return None
    low, most = bounds
    low = low if math.isfinite(low) else 0.0
    whole_range = not beginning or (option.kind == "share" and beginning > SMALL_SHARE)
    high = most if whole_range else min(most, nice(beginning * MANY))
    step = nice((high - low) / STEPS)
    if option.kind in ("count", "months"):
        step = max(step, 1.0)
    while step > high / MOST_STEPS and not _divides(step, beginning):
        step = nice(step / 2.5)
    return {"low": float(f"{math.ceil(low / step - 1e-9) * step:.9g}"), "high": high, "step": step}


def _divides(step: float, value: float) -> bool:
    """Whether a number is so many steps."""
    return abs(value / step - round(value / step)) < 1e-6


def nice(value: float) -> float:
    """The next number of the form 1, 2 or 5 times a power of ten.

    Examples
    --------
    >>> nice(0.03), nice(700), nice(1.0), nice(3)
    (0.05, 1000.0, 1.0, 5.0)
    """
    power = 10.0 ** math.floor(math.log10(value))
    first = next(step for step in (1.0, 2.0, 5.0, 10.0) if step * power >= value * (1 - 1e-9))
    return float(f"{first * power:.1g}")


def two_figures(value: float) -> float:
    """A number to two figures.

    Examples
    --------
    >>> two_figures(28123.0), two_figures(0.0)
    (28000.0, 0.0)
    """
    return float(f"{value:.2g}")
