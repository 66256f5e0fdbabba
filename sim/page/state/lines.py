"""One plain sentence for each policy or shock in use, made from the sentence that it declares and what a scenario sets."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sim.core.registry import POLICIES, SHOCKS
from sim.settings.frozen import FrozenMapping
from sim.settings.scenarios.options import option_unit
from sim.settings.sectors import SECTORS, TITLES

if TYPE_CHECKING:
    from sim.core.calendar import Month
    from sim.core.registry import Intervention, Option
    from sim.settings.place import Place
    from sim.settings.scenario import OptionValue, PolicyUse, Scenario

__all__ = ["filled", "line", "lines"]

#: A part in square brackets is left out where the first option in it says nothing: no sum, no share, no name, or false.
_PART: Final = re.compile(r"\[([^\[\]]*)\]")
#: An option in braces, with the noun of what it counts: one and several.
_SLOT: Final = re.compile(r"\{(\w+)(?::([^|}]*)\|([^}]*))?\}")
_FEW_NAMES: Final = 3


def lines(scenario: Scenario) -> tuple[str, ...]:
    """A sentence for each policy and shock of a scenario at full size, in the order of the file.

    Examples
    --------
    >>> import sim
    >>> lines(sim.load("anytown/buy-local"))[0]
    'From April 2013, all anchors will aim to hold at least 40% of the value of their contracts here, growing over 48 months.'
    """
    return tuple(line(use, scenario) for use in (*scenario.policies, *scenario.shocks))


def line(use: PolicyUse, scenario: Scenario) -> str:
    """The sentence of one use."""
    item = POLICIES[use.use] if use.use in POLICIES else SHOCKS[use.use]
    first, last = _month(scenario.start.at(use.start)), "" if use.end is None else f" to {_month(scenario.start.at(use.end))}"
    ramp = f", growing over {use.ramp_months} months" if use.ramp_months > 1 else ""
    return f"From {first}{last}, {filled(item, use.options, scenario.place)}{ramp}."


def filled(item: type[Intervention], options: Mapping[str, OptionValue], place: Place) -> str:
    """The declared sentence of a lever with the values of its options.

    Parameters
    ----------
    item : type of Intervention
        The lever; its title stands for a sentence that it does not declare.
    options : mapping of str to OptionValue
        Every option.
    place : Place
        For the names of anchors and the sign of its money.

    Returns
    -------
    str
        Without a first capital and a full stop.
    """
    declared = {option.name: option for option in item.options}

    def part(found: re.Match[str]) -> str:
        slot = _SLOT.search(found[1])
        return found[1] if slot is not None and options.get(slot[1]) not in (None, False, 0, ()) else ""

    def slot(found: re.Match[str]) -> str:
        return _told(declared[found[1]], options[found[1]], (found[2] or "", found[3] or ""), place)

    return _SLOT.sub(slot, _PART.sub(part, item.sentence or item.title.lower()))


def _told(option: Option, value: OptionValue, nouns: tuple[str, str], place: Place) -> str:
    """The value of one option in words."""
    if option.kind in ("anchor", "anchors"):
        return _anchors((value,) if isinstance(value, str) else value, place)
    if option.kind == "sector":
        return TITLES[SECTORS.index(value)].lower() if isinstance(value, str) else "any sector"
    if isinstance(value, bool):
        return ""
    if not isinstance(value, (int, float)):
        return (
            ", ".join(f"{name} {_percent(share)}" for name, share in value.items())
            if isinstance(value, FrozenMapping)
            else str(value or "")
        )
    if option.kind == "share" or option_unit(option).startswith("share"):
        return _percent(value)
    number = f"{value:,.10g}" if abs(value) < 1000 else f"{value:,.0f}"
    if option.kind == "money":
        return place.currency.symbol + (number if float(value).is_integer() or abs(value) >= 1000 else f"{value:,.2f}")
    one, several = nouns
    return f"{number} {one if value == 1 else several}" if one else number


def _percent(share: float) -> str:
    """A share in percent, to three figures."""
    return f"{100 * share:.3g}%"


def _anchors(names: Any, place: Place) -> str:
    """Anchors by their titles; all of them, or many, in a word."""
    titles = [anchor.title for anchor in place.anchors if anchor.name in (names or ())]
    if len(titles) == len(place.anchors) > 1:
        return "all anchors"
    if len(titles) > _FEW_NAMES:
        return f"{len(titles)} of {len(place.anchors)} anchors"
    return " and ".join([*([", ".join(titles[:-1])] if titles[:-1] else []), *titles[-1:]])


def _month(month: Month) -> str:
    """A month as people say it."""
    return f"{month_name[month.month]} {month.year}"
