"""Reading an option of a policy or shock that an experiment varies, and in which of its scenarios."""

from __future__ import annotations

import math
from typing import Final

from sim.core.registry import Option
from sim.settings.experiment import Varied
from sim.settings.experiments.ground import Ground, uses_of
from sim.settings.experiments.span import Bounded, read_span
from sim.settings.reading.problems import Kind
from sim.settings.reading.tree import Keys
from sim.settings.scenarios.keys import MOST_MONTHS
from sim.settings.scenarios.options import option_bounds, option_unit

__all__ = ["read_varied_option"]

Path = tuple[str | int, ...]

NUMBERS: Final = ("share", "money", "months", "count", "number")
"""Kinds of options that can be varied."""

_TIMING: Final = {"start": "first month in force, counted from the first month", "ramp_months": "months from first effect to full strength"}


def read_varied_option(kind: str, name: str, keys: Keys, path: Path, ground: Ground) -> Varied | None:
    """An option of a policy or shock that an entry varies, or None after a finding.

    Parameters
    ----------
    kind : {"policy", "shock"}
        Which of the two.
    name : str
        Its name, which is known.
    keys : Keys
        The entry.
    path : tuple
        Where it stands.
    ground : Ground
        What it is read against.

    Returns
    -------
    Varied or None
    """
    return _Reader(ground).option(kind, name, keys, path)


class _Reader:
    """Reads one option."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.values = ground, ground.values

    def option(self, kind: str, name: str, keys: Keys, path: Path) -> Varied | None:
        """An option of a policy or shock."""
        registry = self.ground.known.policies if kind == "policy" else self.ground.known.shocks
        declared = {option.name: option for option in registry[name].options if option.kind in NUMBERS}
        names = (*declared, *(timing for timing in ("start", "ramp_months") if timing not in declared))
        entry = keys.entry("option")
        if entry is None:
            message, remedy = f"the entry does not say which option of {name} it varies", "add 'option:' with one of these"
            self.values.found(Kind.MISSING_KEY, keys.line, (*path, "option"), message, given="nothing", names=names, remedy=remedy)
            return None
        chosen = self.values.choice(entry.node, (*path, "option"), names, f"numeric option of {name}")
        arms = self.arms(kind, name, keys, path)
        if chosen is None or chosen not in names or arms is None:
            return None
        bounds = _bounds(declared.get(chosen), chosen, self.ground.months)
        span = read_span(keys, path, bounds, self.values)
        meaning = declared[chosen].meaning if chosen in declared else _TIMING[chosen]
        usual = self.usual(kind, name, chosen, arms)
        one = Varied(f"{name}.{chosen}", kind, (name, chosen), arms, whole=bounds.whole, unit=bounds.unit, meaning=meaning, usual=usual)
        return None if span is None else span.of(one)

    def arms(self, kind: str, name: str, keys: Keys, path: Path) -> tuple[str, ...] | None:
        """The arms in which a policy or shock is varied: those that use it, or those that the entry names; None after a finding."""
        using = tuple(arm for arm, scenario in self.ground.arms.items() if uses_of(scenario, kind, name))
        entry = keys.entry("scenarios")
        if entry is None:
            if using or not self.ground.arms:
                return self.in_time(kind, name, using, keys, path)
            message = f"no scenario of the experiment uses {name}, so that nothing would be varied"
            remedy = f"add a scenario that uses {name}"
            self.values.found(
                Kind.CONTRADICTION, keys.line, path, message, given=name, allowed=f"a {kind} that a scenario uses", remedy=remedy
            )
            return None
        items = self.values.sequence(entry.node, (*path, "scenarios"), "a list of scenarios of the experiment")
        chosen: list[str] = []
        for index, item in enumerate(items.items if items else ()):
            below = (*path, "scenarios", index)
            text = self.values.text(item, below)
            if text is None or not self.ground.arms:
                continue
            arm = self.ground.named.get(text)
            if arm not in using:
                message = f"{arm} does not use {name}" if arm else f"{text!r} is none of the scenarios of the experiment"
                self.values.found(Kind.UNKNOWN_NAME, item.line, below, message, given=text, names=using)
            elif arm not in chosen:
                chosen.append(arm)
        if not chosen:
            if items is not None and not items.items:
                self.values.found(
                    Kind.WRONG_FORM,
                    entry.line,
                    (*path, "scenarios"),
                    "an empty list",
                    given="[]",
                    names=using,
                    remedy="name one, or leave it out",
                )
            return None
        return self.in_time(kind, name, tuple(chosen), keys, path)

    def in_time(self, kind: str, name: str, arms: tuple[str, ...], keys: Keys, path: Path) -> tuple[str, ...] | None:
        """The arms, unless the policy or shock begins after the last month in all of them."""
        first = min((use.start for arm in arms for use in uses_of(self.ground.arms[arm], kind, name)), default=1)
        if first <= self.ground.months:
            return arms
        message = f"{name} starts in month {first}, and {self.ground.months} are run: nothing would be varied"
        remedy = f"write months: {first + 12}, or vary something else"
        self.values.found(
            Kind.OUTSIDE_SCENARIO, keys.line, path, message, given=f"month {first}", allowed=f"1 to {self.ground.months}", remedy=remedy
        )
        return None

    def usual(self, kind: str, name: str, option: str, arms: tuple[str, ...]) -> float | None:
        """The value of an option in the first arm that is changed."""
        if not arms:
            return None
        use = uses_of(self.ground.arms[arms[0]], kind, name)[0]
        value = getattr(use, option) if option in _TIMING and option not in use.options else use.options[option]
        return float(value) if isinstance(value, (int, float)) else None


def _bounds(option: Option | None, name: str, months: int) -> Bounded:
    """Bounds of an option; a side that is not declared has no usual range."""
    if option is None:
        low, high = (1.0, float(months)) if name == "start" else (0.0, float(MOST_MONTHS))
        return Bounded(low, high, "months", True, None)
    low, high = option_bounds(option)
    declared = option.kind == "share" or (option.low is not None and option.high is not None)
    usual = (low, high) if declared and math.isfinite(low + high) else None
    return Bounded(low, high, option_unit(option), option.kind in ("months", "count"), usual)
