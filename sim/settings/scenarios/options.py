"""Reading the options of one policy or shock: each value is checked against the option's declaration."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

from sim.core.registry import REQUIRED, Option
from sim.settings.frozen import FrozenMapping
from sim.settings.places.keyed import TOLERANCE
from sim.settings.reading.problems import Kind
from sim.settings.reading.tree import Node, Scalar
from sim.settings.reading.values import Values, bounds_text
from sim.settings.scenario import OptionValue
from sim.settings.sectors import SECTORS

__all__ = ["ALL_ANCHORS", "default_value", "option_allowed", "option_bounds", "option_unit", "read_option"]

ALL_ANCHORS = "all"
"""Written for every anchor of the place."""

Path = tuple[str | int, ...]

_LOWEST: Final[dict[str, float]] = {"share": 0.0, "money": 0.0, "months": 0.0, "count": 0.0, "number": -math.inf}
_HIGHEST: Final[dict[str, float]] = {"share": 1.0, "money": 1e12, "months": 1200.0, "count": 1e9, "number": math.inf}
_UNITS: Final[dict[str, str]] = {"share": "share", "money": "currency units", "months": "months", "count": "", "number": ""}


def read_option(option: Option, node: Node, path: Path, values: Values) -> OptionValue:
    """The value of an option, or None after a finding. Names of anchors are checked later, when the place is known.

    Parameters
    ----------
    option : Option
        The declaration.
    node : Node
        What stands in the file.
    path : tuple
        Where it stands.
    values : Values
        The reader of the file.

    Returns
    -------
    OptionValue
        A share, money or number as float; months and counts as int; several anchors as a tuple of names, "all" as ``("all",)``.
    """
    if isinstance(node, Scalar) and node.value is None and option.default is None:
        return (ALL_ANCHORS,) if option.kind == "anchors" else None
    readers: dict[str, Callable[[Option, Node, Path, Values], OptionValue]] = {
        "share": _number,
        "money": _number,
        "number": _number,
        "months": _whole,
        "count": _whole,
        "flag": lambda _, node, path, values: values.flag(node, path),
        "sector": lambda _, node, path, values: values.choice(node, path, SECTORS, "sector"),
        "anchor": lambda _, node, path, values: values.text(node, path),
        "anchors": _anchors,
        "text": _text,
        "shares": _shares,
    }
    return readers[option.kind](option, node, path, values)


def option_bounds(option: Option) -> tuple[float, float]:
    """Lowest and highest value of an option that is a number; a side not declared takes that of its kind."""
    low = _LOWEST.get(option.kind, -math.inf) if option.low is None else float(option.low)
    high = _HIGHEST.get(option.kind, math.inf) if option.high is None else float(option.high)
    return low, high


def option_unit(option: Option) -> str:
    """Unit of an option; when none is declared, that of its kind."""
    return option.unit or _UNITS.get(option.kind, "")


def default_value(option: Option, anchors: Sequence[str]) -> OptionValue:
    """The declared default as it would be read; several anchors default to all anchors of the place.

    Examples
    --------
    >>> default_value(Option("anchors", "anchors", "who buys", default=None), ["council", "college"])
    ('council', 'college')
    """
    default: Any = option.default
    if option.kind == "anchors":
        chosen = () if default in (None, REQUIRED, ALL_ANCHORS, ()) else tuple(default)
        return tuple(anchors) if not chosen or chosen == (ALL_ANCHORS,) else chosen
    if default is None or default is REQUIRED:
        return None
    if option.kind in ("share", "money", "number"):
        return float(default)
    if option.kind == "shares":
        given = dict(default)
        return FrozenMapping({name: float(given.get(name, 0.0)) for name in option.choices or given})
    result: OptionValue = default
    return result


def option_allowed(option: Option) -> str:
    """What an option may hold, in words."""
    unit = f" ({option_unit(option)})" if option_unit(option) else ""
    words = {
        "flag": "true or false",
        "sector": "a sector",
        "anchor": "an anchor of the place",
        "anchors": "a list of anchors of the place, or all",
        "text": ", ".join(option.choices) or "text",
        "shares": f"shares that add up to 1, by {', '.join(option.choices) or 'name'}",
    }
    if option.kind in words:
        return words[option.kind]
    noun = "a whole number" if option.kind in ("months", "count") else "a number"
    return f"{noun} {bounds_text(*option_bounds(option))}{unit}"


def _number(option: Option, node: Node, path: Path, values: Values) -> OptionValue:
    value = values.number(node, path, *option_bounds(option), option_unit(option))
    return None if value is None else float(value)


def _whole(option: Option, node: Node, path: Path, values: Values) -> OptionValue:
    return values.whole(node, path, *option_bounds(option), option_unit(option))


def _text(option: Option, node: Node, path: Path, values: Values) -> OptionValue:
    return values.choice(node, path, option.choices, "choice") if option.choices else values.text(node, path)


def _anchors(option: Option, node: Node, path: Path, values: Values) -> OptionValue:
    """A list of names, each once; the word all is every anchor."""
    if isinstance(node, Scalar) and node.value == ALL_ANCHORS:
        return (ALL_ANCHORS,)
    items = values.sequence(node, path, option_allowed(option))
    if items is None:
        return None
    if not items.items:
        remedy = "name at least one anchor, or leave the key out for all"
        values.found(Kind.WRONG_FORM, node.line, path, "an empty list", given="[]", allowed=option_allowed(option), remedy=remedy)
    names: list[str] = []
    for index, item in enumerate(items.items):
        name = values.text(item, (*path, index))
        if name is not None and name in names:
            allowed = "each anchor once"
            values.found(
                Kind.REPEATED_NAME,
                item.line,
                (*path, index),
                f"{name!r} stands there twice",
                given=name,
                allowed=allowed,
                remedy="delete one",
            )
        elif name is not None:
            names.append(name)
    return tuple(names)


def _shares(option: Option, node: Node, path: Path, values: Values) -> OptionValue:
    """Named shares that add up to one; a choice left out is zero."""
    mapping = values.mapping(node, path, option_allowed(option))
    if mapping is None:
        return None
    shares: dict[str, float] = dict.fromkeys(option.choices, 0.0)
    fit = True
    for entry in mapping:
        if option.choices and entry.key not in option.choices:
            message = f"there is no share {entry.key!r} in {option.name}"
            values.found(Kind.UNKNOWN_NAME, entry.line, (*path, entry.key), message, given=entry.key, names=option.choices)
            fit = False
            continue
        value = values.number(entry.node, (*path, entry.key), 0.0, 1.0, "share")
        fit = fit and value is not None
        shares[entry.key] = float(value or 0.0)
    total = math.fsum(shares.values())
    if fit and abs(total - 1.0) > TOLERANCE:
        remedy = f"change the shares by {1 - total:+.6g} in all"
        values.found(
            Kind.WRONG_SUM, node.line, path, "the shares do not add up", given=f"a sum of {total:.6g}", allowed="a sum of 1", remedy=remedy
        )
    return FrozenMapping(shares)
