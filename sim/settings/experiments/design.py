"""Reading the design of an experiment, and whether it fits what is varied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from sim.settings.experiment import DESIGNS, Design, Varied
from sim.settings.experiments.keys import DESIGN_KEYS, DESIGN_NEEDS, LARGEST_SEED, MOST_LEVELS, MOST_RUNS
from sim.settings.reading.problems import Kind, shown
from sim.settings.reading.tree import Entry, Keys, Node, Scalar, plain
from sim.settings.reading.values import Values
from sim.settings.scenarios.keys import key_names

__all__ = ["check_fit", "read_design"]

Path = tuple[str | int, ...]

USUAL_LEVELS: Final = 4
"""Levels of Morris when none are given."""

_SIZES: Final = {
    "levels": "the number of values of each range",
    "points": "the number of settings",
    "trajectories": "the number of paths through the ranges",
}
"""The keys that say how large a design is."""

_REQUIRED: Final = {"latin-hypercube": "points", "sobol": "points", "morris": "trajectories"}


def read_design(entry: Entry, values: Values) -> Design | None:
    """The design, or None after a finding.

    Parameters
    ----------
    entry : Entry
        The key with what stands there: a mapping, or the kind alone.
    values : Values
        The reader of the file.

    Returns
    -------
    Design or None
    """
    path: Path = (entry.key,)
    if isinstance(entry.node, Scalar) and isinstance(entry.node.value, str):
        keys, kind_node = Keys((), entry.line), entry.node
    else:
        found = values.mapping(entry.node, path, "'kind:' with a design, and what it needs")
        if found is None:
            return None
        keys = found
        kind_entry = keys.entry("kind")
        if kind_entry is None:
            given, allowed = shown(plain(entry.node)), ", ".join(DESIGNS)
            remedy = "add 'kind:' with one of these"
            values.found(
                Kind.MISSING_KEY, entry.line, path, "the design does not say its kind", given=given, allowed=allowed, remedy=remedy
            )
            return None
        kind_node = kind_entry.node  # type: ignore[assignment]
    kind = values.choice(kind_node, (*path, "kind"), DESIGNS, "design")
    return None if kind is None or kind not in DESIGNS else _of_kind(kind, keys, entry.line, values)


def _of_kind(kind: str, keys: Keys, line: int, values: Values) -> Design | None:
    """A design of a known kind; a key that it does not take, and one that it lacks, are findings."""
    before = len(values.findings.problems)
    allowed = ("kind", *DESIGN_NEEDS[kind])
    for entry in keys:
        if entry.key not in allowed:
            known = entry.key in key_names(DESIGN_KEYS)
            message = f"the design {kind} takes no {entry.key!r}" if known else f"there is no key {entry.key!r} in a design"
            remedy = _in_place_of(kind, entry.key, keys) if known else ""
            values.found(Kind.UNKNOWN_KEY, entry.line, ("design", entry.key), message, given=entry.key, names=allowed, remedy=remedy)
    needed = _REQUIRED.get(kind)
    if needed and keys.entry(needed) is None:
        example = {"points": 256 if kind == "sobol" else 200, "trajectories": 20}[needed]
        message, remedy = f"the design {kind} needs {needed!r}", f"add {needed}: {example}"
        values.found(Kind.MISSING_KEY, line, ("design",), message, given="nothing", allowed="a whole number from 2", remedy=remedy)
    settings = {entry.key: _setting(entry, values) for entry in keys if entry.key in DESIGN_NEEDS[kind]}
    _check_numbers(kind, keys, settings, values)
    if len(values.findings.problems) > before:
        return None
    if kind == "morris":
        settings.setdefault("levels", USUAL_LEVELS)
    return Design(kind, **settings)


def _in_place_of(kind: str, key: str, keys: Keys) -> str:
    """What to write in a design in the place of a key that says the size of another.

    Examples
    --------
    >>> nothing_else = Keys((), 1)
    >>> _in_place_of("grid", "points", nothing_else), _in_place_of("grid", "seed", nothing_else)
    ("write 'levels:', the number of values of each range, in place of it", 'delete it')
    """
    own = "levels" if kind == "grid" else _REQUIRED.get(kind)
    if key not in _SIZES or own is None or keys.entry(own) is not None:
        return "delete it"
    return f"write {own + ':'!r}, {_SIZES[own]}, in place of it"


def _setting(entry: Entry, values: Values) -> Any:
    """One value of a design."""
    path: Path = ("design", entry.key)
    readers: dict[str, Callable[[Node], Any]] = {
        "points": lambda node: values.whole(node, path, 2, MOST_RUNS, "points"),
        "levels": lambda node: values.whole(node, path, 2, MOST_LEVELS, "levels"),
        "trajectories": lambda node: values.whole(node, path, 2, MOST_RUNS, "trajectories"),
        "second_order": lambda node: values.flag(node, path),
        "seed": lambda node: values.whole(node, path, 0, LARGEST_SEED, "seed"),
    }
    return readers[entry.key](entry.node)


def _check_numbers(kind: str, keys: Keys, settings: dict[str, Any], values: Values) -> None:
    """The base sample of Sobol is a power of two, the levels of Morris are even."""
    points, levels = settings.get("points"), settings.get("levels")
    entry = keys.entry("points")
    if kind == "sobol" and points and points & (points - 1) and entry is not None:
        lower = 1 << (points.bit_length() - 1)
        message = "the base sample of Sobol is no power of two, for which its settings are even"
        remedy = f"write {lower} or {lower * 2}"
        values.found(
            Kind.WRONG_FORM, entry.line, ("design", "points"), message, given=shown(points), allowed="2, 4, 8, 16 ...", remedy=remedy
        )
    entry = keys.entry("levels")
    if kind == "morris" and levels and levels % 2 and entry is not None:
        message, remedy = "Morris needs an even number of levels", f"write {levels + 1}"
        values.found(Kind.WRONG_FORM, entry.line, ("design", "levels"), message, given=shown(levels), allowed="2, 4, 6 ...", remedy=remedy)


def check_fit(design: Design, vary: Sequence[Varied], lines: Sequence[int], line: int, values: Values) -> None:
    """Find what a design can't do with what is varied.

    Parameters
    ----------
    design : Design
        The design.
    vary : sequence of Varied
        What is varied.
    lines : sequence of int
        Line of the entry of each.
    line : int
        Line of the design.
    values : Values
        The reader of the file.
    """
    ranges = [one.name for one in vary if not one.values]
    if design.kind == "grid" and ranges and not design.levels:
        message = f"a grid needs values, or levels for ranges: {', '.join(ranges[:5])}{' ...' if len(ranges) > 5 else ''}"
        allowed, remedy = "'levels:' in the design, or 'values:' with each", "add levels: 5 to the design"
        values.found(Kind.MISSING_KEY, line, ("design", "levels"), message, given="nothing", allowed=allowed, remedy=remedy)
    for one, where in zip(vary, lines, strict=True):
        wrong = _unfit(design, one)
        if wrong:
            message, allowed, remedy = wrong
            values.found(Kind.CONTRADICTION, where, ("vary",), message, given=_given(one), allowed=allowed, remedy=remedy)


def _unfit(design: Design, one: Varied) -> tuple[str, str, str] | None:
    """Why a design can't vary one thing: message, what is allowed, remedy; None when it can."""
    if one.values and design.kind not in ("grid", "one-at-a-time"):
        message = f"the design {design.kind} draws from ranges, and {one.name} has a list of values"
        remedy = f"write low: {min(one.values):g} and high: {max(one.values):g} instead of values, or take kind: grid"
        return message, "'low:' and 'high:'", remedy
    if design.kind == "one-at-a-time" and one.usual is None and one.scenarios:  # with broken scenarios there are none
        message = f"one-at-a-time leaves the others as usual, and {one.name} has no usual value"
        return message, "an option that the scenario sets", "set it in the scenario, or take kind: grid"
    if one.whole and not one.values and design.levels > 1 and (one.high - one.low) % (design.levels - 1):
        message = f"{one.name} takes whole numbers, and {design.levels} even steps from {one.low:g} to {one.high:g} are none"
        remedy = (
            f"write high: {one.low + (design.levels - 1) * max(1, round((one.high - one.low) / (design.levels - 1))):g}, or other levels"
        )
        return message, f"'high:' at 'low:' and a multiple of {design.levels - 1}", remedy
    return None


def _given(one: Varied) -> str:
    """What an entry says of its values."""
    return f"a list of {len(one.values)}" if one.values else f"{one.low:g} to {one.high:g}"
