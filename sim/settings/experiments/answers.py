"""Reading what the answers of an experiment are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.settings.experiment import AnswerPlan
from sim.settings.experiments.keys import ANSWER_KEYS
from sim.settings.reading.problems import Kind
from sim.settings.reading.tree import Entry, Keys
from sim.settings.reading.values import Values
from sim.settings.scenarios.keys import key_names

__all__ = ["read_answers"]

Path = tuple[str | int, ...]
Side = tuple[float | None, float | None]


def read_answers(entry: Entry, arms: Sequence[str], named: Mapping[str, str], measures: Sequence[str], values: Values) -> AnswerPlan | None:
    """What the answers are about, or None after a finding.

    Parameters
    ----------
    entry : Entry
        The key with what stands there.
    arms : sequence of str
        Names of the arms, the reference first; empty when they could not be read.
    named : mapping of str to str
        Arms by their names and as the file writes them.
    measures : sequence of str
        Measures of the experiment.
    values : Values
        The reader of the file.

    Returns
    -------
    AnswerPlan or None
    """
    path: Path = (entry.key,)
    keys = values.mapping(entry.node, path, "'measure:', and what is to be decided")
    if keys is None:
        return None
    names = key_names(ANSWER_KEYS)
    for one in keys:
        if one.key not in names:
            message = f"there is no key {one.key!r} in answers"
            values.found(Kind.UNKNOWN_KEY, one.line, (*path, one.key), message, given=one.key, names=names)
    measure = _measure(keys, entry.line, measures, values)
    scenario = _scenario(keys, arms, named, values)
    of = _of(keys, arms, scenario, values)
    above, below = _side(keys, "decision", values)
    fail_above, fail_below = _side(keys, "failure", values) if keys.entry("failure") else (below, above)
    if measure is None or scenario is None or of is None:
        return None
    return AnswerPlan(measure, scenario, of, above, below, fail_above, fail_below)


def _measure(keys: Keys, line: int, measures: Sequence[str], values: Values) -> str | None:
    """The measure, which must be one of those of the experiment."""
    entry = keys.entry("measure")
    if entry is None:
        remedy = "add 'measure:' with one of the measures"
        message = "'measure' is missing: what the answers are about"
        values.found(Kind.MISSING_KEY, line, ("answers", "measure"), message, given="nothing", names=measures, remedy=remedy)
        return None
    text = values.text(entry.node, ("answers", "measure"))
    if text is not None and measures and text not in measures:
        message = f"the answers are about {text!r}, which the experiment does not measure"
        values.found(Kind.UNKNOWN_NAME, entry.line, ("answers", "measure"), message, given=text, names=measures)
        return None
    return text


def _scenario(keys: Keys, arms: Sequence[str], named: Mapping[str, str], values: Values) -> str | None:
    """The arm, the last when none is given."""
    entry = keys.entry("scenario")
    if entry is None:
        return arms[-1] if arms else None
    text = values.text(entry.node, ("answers", "scenario"))
    if text is None or not arms:
        return None
    if text not in named:
        message = f"{text!r} is none of the scenarios of the experiment"
        values.found(Kind.UNKNOWN_NAME, entry.line, ("answers", "scenario"), message, given=text, names=arms)
    return named.get(text)


def _of(keys: Keys, arms: Sequence[str], scenario: str | None, values: Values) -> str | None:
    """Difference or level; the reference has no difference with itself."""
    entry = keys.entry("of")
    if entry is None and len(arms) < 2:
        return "level"
    of = "difference" if entry is None else values.choice(entry.node, ("answers", "of"), ("difference", "level"), "choice")
    if of == "difference" and scenario is not None and scenario == arms[0]:
        line = entry.line if entry is not None else keys.line
        message = f"{scenario} is the reference, and has no difference with itself"
        allowed, remedy = "another scenario, or 'of: level'", "write of: level, or name another scenario"
        values.found(Kind.CONTRADICTION, line, ("answers",), message, given=scenario, allowed=allowed, remedy=remedy)
        return None
    return of


def _side(keys: Keys, name: str, values: Values) -> Side:
    """The number above or below which something holds; neither when nothing is said."""
    entry = keys.entry(name)
    if entry is None:
        return None, None
    path: Path = ("answers", name)
    allowed = "'above:' or 'below:' with a number"
    sides = values.mapping(entry.node, path, allowed)
    if sides is None:
        return None, None
    for one in sides:
        if one.key not in ("above", "below"):
            message = f"there is no key {one.key!r} in {name}"
            values.found(Kind.UNKNOWN_KEY, one.line, (*path, one.key), message, given=one.key, names=("above", "below"))
    given = [one for one in sides if one.key in ("above", "below")]
    if len(given) != 1:
        message = f"{name} is to lie above one number, or below one"
        remedy = "write above: 0, or below: 0"
        values.found(Kind.WRONG_FORM, entry.line, path, message, given=f"{len(given)} of the two", allowed=allowed, remedy=remedy)
        return None, None
    number = values.number(given[0].node, (*path, given[0].key), -1e18, 1e18, "")
    number = None if number is None else float(number)
    return (number, None) if given[0].key == "above" else (None, number)
