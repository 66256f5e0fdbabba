"""Reading the values or the range of one thing that an experiment varies."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.settings.experiment import Varied
from sim.settings.reading.problems import Kind, shown
from sim.settings.reading.tree import Keys
from sim.settings.reading.values import Values, bounds_text

__all__ = ["Bounded", "Span", "read_span"]

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Bounded:
    """Bounds, unit and whether only whole numbers make sense; the range that counts when none is given, if there is one."""

    low: float
    high: float
    unit: str
    whole: bool
    usual: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Span:
    """Values, none for a range; low and high; the middle of a range, if one is given."""

    values: tuple[float, ...]
    low: float
    high: float
    middle: float | None = None

    def of(self, one: Varied) -> Varied:
        """Something to vary, with these values or in this range."""
        return replace(one, values=self.values, low=self.low, high=self.high, middle=self.middle)


def read_span(keys: Keys, path: Path, bounds: Bounded, values: Values) -> Span | None:
    """Values or range of one entry, or None after a finding.

    Parameters
    ----------
    keys : Keys
        The entry.
    path : tuple
        Where it stands.
    bounds : Bounded
        What it must keep.
    values : Values
        The reader of the file.

    Returns
    -------
    Span or None
    """
    ends = [entry for entry in (keys.entry("low"), keys.entry("high"), keys.entry("middle")) if entry is not None]
    listed = keys.entry("values")
    if listed is None:
        return _range(keys, path, bounds, values)
    if ends:
        message = "the entry has values and a range"
        given = f"values and {' and '.join(entry.key for entry in ends)}"
        remedy = "delete the values, or the range"
        values.found(Kind.CONTRADICTION, listed.line, (*path, "values"), message, given=given, allowed="one of the two", remedy=remedy)
        return None
    found = _values(keys, path, bounds, values)
    return None if not found else Span(found, min(found), max(found))


def _values(keys: Keys, path: Path, bounds: Bounded, values: Values) -> tuple[float, ...]:
    """A list of two values or more, each once and within the bounds; empty after a finding."""
    entry = keys.entry("values")
    assert entry is not None
    below = (*path, "values")
    items = values.sequence(entry.node, below, f"a list of numbers {bounds_text(bounds.low, bounds.high)}")
    if items is None:
        return ()
    if len(items.items) < 2:
        message, remedy = "nothing varies with fewer than two values", "add a value, or set it in the scenarios"
        given = f"a list of {len(items.items)}"
        values.found(Kind.WRONG_FORM, entry.line, below, message, given=given, allowed="two values or more", remedy=remedy)
        return ()
    found: list[float] = []
    fit = True
    for index, item in enumerate(items.items):
        number = values.number(item, (*below, index), bounds.low, bounds.high, bounds.unit, whole=bounds.whole)
        if number is not None and float(number) in found:
            message = f"the value {number:g} stands there twice"
            values.found(
                Kind.REPEATED_NAME, item.line, (*below, index), message, given=shown(number), allowed="each value once", remedy="delete one"
            )
            fit = False
        elif number is not None:
            found.append(float(number))
        fit = fit and number is not None
    return tuple(found) if fit else ()


def _range(keys: Keys, path: Path, bounds: Bounded, values: Values) -> Span | None:
    """Low and high, the usual ones where they are left out."""
    found: list[float] = []
    for position, name in enumerate(("low", "high")):
        entry = keys.entry(name)
        if entry is None:
            if bounds.usual is None:
                message = f"there are no bounds of its own to take {name!r} from"
                allowed = f"a number {bounds_text(bounds.low, bounds.high)}" + (f" ({bounds.unit})" if bounds.unit else "")
                remedy = f"add '{name}:' with a number, or 'values:' with a list"
                values.found(Kind.MISSING_KEY, keys.line, (*path, name), message, given="nothing", allowed=allowed, remedy=remedy)
                return None
            found.append(float(bounds.usual[position]))
            continue
        number = values.number(entry.node, (*path, name), bounds.low, bounds.high, bounds.unit, whole=bounds.whole)
        if number is not None:
            found.append(float(number))
    if len(found) < 2:
        return None
    low, high = found
    if low >= high:
        message, remedy = "the range ends before it begins", f"write a 'high' above {low:g}"
        given, allowed = f"low {low:g}, high {high:g}", "'low' below 'high'"
        values.found(Kind.WRONG_ORDER, keys.line, path, message, given=given, allowed=allowed, remedy=remedy)
        return None
    return _with_middle(keys, path, low, high, values)


def _with_middle(keys: Keys, path: Path, low: float, high: float, values: Values) -> Span | None:
    """A range with the value below which half of the points lie."""
    entry = keys.entry("middle")
    if entry is None:
        return Span((), low, high)
    number = values.number(entry.node, (*path, "middle"), low, high, "")
    return None if number is None else Span((), low, high, float(number))
