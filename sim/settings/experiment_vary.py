"""Reading what an experiment varies: each entry is checked against the declaration of what it names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sim.core.registry import Option
from sim.settings.believed import parameter_ranges, place_ranges
from sim.settings.experiment import Varied
from sim.settings.experiment_keys import ASSUMPTIONS, VARY_KEYS
from sim.settings.experiment_span import Bounded, read_span
from sim.settings.layer import Known
from sim.settings.option_reader import option_bounds, option_unit
from sim.settings.place_names import NamedFigure, named_figures
from sim.settings.problems import Kind, shown
from sim.settings.scenario import PolicyUse, Scenario
from sim.settings.scenario_keys import MOST_MONTHS, key_names
from sim.settings.tree import Entry, Items, Keys, Node, plain
from sim.settings.values import Values

__all__ = ["Ground", "read_vary"]

Path = tuple[str | int, ...]

SUBJECTS: Final = ("parameter", "policy", "shock", "place", "assumptions")
"""The keys of which each entry has one."""

NUMBERS: Final = ("share", "money", "months", "count", "number")
"""Kinds of options that can be varied."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the entries are read against.

    Parameters
    ----------
    values : Values
        The reader of the file.
    known : Known
        Policies, shocks and parameters.
    arms : mapping of str to Scenario
        The scenarios by name; empty when one of them could not be read.
    named : mapping of str to str
        Arms by their names and as the file writes them.
    months : int
        How many months are run.
    """

    values: Values
    known: Known
    arms: Mapping[str, Scenario] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    months: int = MOST_MONTHS


def read_vary(entry: Entry, ground: Ground) -> tuple[list[Varied], list[int]]:
    """What is varied, with the line of the entry of each; what is unfit is a finding and left out.

    Parameters
    ----------
    entry : Entry
        The key with its list.
    ground : Ground
        What the entries are read against.

    Returns
    -------
    tuple of list
        Varied and lines, in the order of the file.
    """
    items = ground.values.sequence(entry.node, (entry.key,), "a list with one thing to vary in each entry")
    if items is None:
        return [], []
    if not items.items:
        remedy = "add an entry, such as '- parameter: firms.spare_capacity'"
        ground.values.found(
            Kind.WRONG_FORM, entry.line, (entry.key,), "nothing is varied", given="[]", allowed="one entry or more", remedy=remedy
        )
    return _Reader(ground).read(items, (entry.key,))


class _Reader:
    """Reads the entries of one list."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.values = ground, ground.values
        self.found: list[tuple[Varied, int, Path]] = []

    def read(self, items: Items, path: Path) -> tuple[list[Varied], list[int]]:
        """Every entry; assumptions come last in the making, so that they leave out what another entry names, but keep their place."""
        groups: list[tuple[int, str, int]] = []
        for index, item in enumerate(items.items):
            below = (*path, index)
            subject = self.subject(item, below)
            if subject is None:
                continue
            keys, kind, name = subject
            if kind == "assumptions":
                self.refuse_others(keys, below, ("assumptions",))
                groups.append((len(self.found), name, item.line))
                continue
            one = self.one(kind, name, keys, below)
            if one is not None:
                self.keep(one, item.line, below)
        named = {one.name for one, _, _ in self.found}
        for position, which, line in reversed(groups):
            believed = [one for one in self.believed(which) if one.name not in named]
            named |= {one.name for one in believed}
            self.found[position:position] = [(one, line, path) for one in believed]
        return [one for one, _, _ in self.found], [line for _, line, _ in self.found]

    def keep(self, one: Varied, line: int, path: Path) -> None:
        """Keep what is varied, unless it is varied already."""
        first = next((where for held, where, _ in self.found if held.name == one.name), None)
        if first is None:
            self.found.append((one, line, path))
            return
        message = f"{one.name} is varied twice: in line {first} and in line {line}"
        self.values.found(
            Kind.REPEATED_NAME, line, path, message, given=one.name, allowed="each thing once", remedy=f"delete line {first} or line {line}"
        )

    def subject(self, node: Node, path: Path) -> tuple[Keys, str, str] | None:
        """The keys of an entry, what kind of thing it varies and the name of that; None after a finding."""
        allowed = f"one of {', '.join(SUBJECTS)}, with what is varied"
        keys = self.values.mapping(node, path, allowed)
        if keys is None:
            return None
        names = key_names(VARY_KEYS)
        for entry in keys:
            if entry.key not in names:
                message = f"there is no key {entry.key!r} in an entry of vary"
                self.values.found(Kind.UNKNOWN_KEY, entry.line, (*path, entry.key), message, given=entry.key, names=names)
        entries = [entry for entry in keys if entry.key in SUBJECTS]
        if len(entries) != 1:
            message = "the entry does not say what it varies" if not entries else "the entry varies two things"
            given = ", ".join(entry.key for entry in entries) or shown(plain(node))
            remedy = "write each in an entry of its own" if entries else "add 'parameter:', 'policy:', 'shock:' or 'place:' with a name"
            self.values.found(Kind.MISSING_KEY, node.line, path, message, given=given, allowed=allowed, remedy=remedy)
            return None
        kind = entries[0].key
        name = self.name(entries[0], (*path, kind))
        return None if name is None else (keys, kind, name)

    def name(self, entry: Entry, path: Path) -> str | None:
        """The name that an entry gives, if there is such a thing."""
        known = self.ground.known
        choices: dict[str, tuple[tuple[str, ...], str]] = {
            "parameter": (tuple(known.parameters), "parameter"),
            "policy": (known.policies.names(), "policy"),
            "shock": (known.shocks.names(), "shock"),
            "assumptions": (ASSUMPTIONS, "choice"),
            "place": (tuple(self.figures()), "figure of the place"),
        }
        names, noun = choices[entry.key]
        if entry.key == "place" and not self.ground.arms:
            return None
        name = self.values.choice(entry.node, path, names, noun)
        return name if name in names else None

    def figures(self) -> dict[str, NamedFigure]:
        """Figures of the place by name; none when the scenarios could not be read."""
        return named_figures(next(iter(self.ground.arms.values())).place) if self.ground.arms else {}

    def one(self, kind: str, name: str, keys: Keys, path: Path) -> Varied | None:
        """What one entry varies."""
        if kind == "parameter":
            self.refuse_others(keys, path, ("parameter", "values", "low", "high"))
            return self.parameter(name, keys, path)
        if kind == "place":
            self.refuse_others(keys, path, ("place", "values", "low", "high"))
            return self.figure(name, keys, path)
        return self.option(kind, name, keys, path)

    def refuse_others(self, keys: Keys, path: Path, allowed: Sequence[str]) -> None:
        """A finding for each key of other entries that has nothing to say here."""
        for entry in keys:
            if entry.key in key_names(VARY_KEYS) and entry.key not in allowed and entry.key not in SUBJECTS:
                message = f"{entry.key!r} says nothing about {allowed[0]}"
                self.values.found(
                    Kind.UNKNOWN_KEY, entry.line, (*path, entry.key), message, given=entry.key, names=allowed, remedy="delete it"
                )

    def parameter(self, name: str, keys: Keys, path: Path) -> Varied | None:
        """A parameter of the model."""
        declared = self.ground.known.parameters.declaration(name)
        bounds = Bounded(declared.low, declared.high, declared.unit, declared.unit == "flag", (declared.low, declared.high))
        span = read_span(keys, path, bounds, self.values)
        if span is None:
            return None
        usual = next((scenario.parameters[name] for scenario in self.ground.arms.values()), declared.default)
        return Varied(name, "parameter", (name,), (), *span, declared.unit == "flag", declared.unit, declared.meaning, declared.mark, usual)

    def figure(self, name: str, keys: Keys, path: Path) -> Varied | None:
        """A figure of the place."""
        held = self.figures()[name]
        figure, bounds = held.figure, held.bounds
        believed = None if figure.low is None or figure.high is None else (figure.low, figure.high)
        span = read_span(keys, path, Bounded(bounds.low, bounds.high, bounds.unit, False, believed), self.values)
        if span is None:
            return None
        return Varied(f"place.{name}", "place", held.path, (), *span, False, bounds.unit, held.meaning, figure.mark, figure.value)

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
        chosen = self.values.choice(entry.node, (*path, "option"), names, f"option of {name} that is a number")
        arms = self.arms(kind, name, keys, path)
        if chosen is None or chosen not in names or arms is None:
            return None
        bounds = _bounds(declared.get(chosen), chosen, self.ground.months)
        span = read_span(keys, path, bounds, self.values)
        if span is None:
            return None
        meaning = declared[chosen].meaning if chosen in declared else _TIMING[chosen]
        return Varied(
            f"{name}.{chosen}",
            kind,
            (name, chosen),
            arms,
            *span,
            bounds.whole,
            bounds.unit,
            meaning,
            "",
            self.usual(kind, name, chosen, arms),
        )

    def arms(self, kind: str, name: str, keys: Keys, path: Path) -> tuple[str, ...] | None:
        """The arms in which a policy or shock is varied: those that use it, or those that the entry names; None after a finding."""
        using = tuple(arm for arm, scenario in self.ground.arms.items() if _uses(scenario, kind, name))
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
        first = min((use.start for arm in arms for use in _uses(self.ground.arms[arm], kind, name)), default=1)
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
        use = _uses(self.ground.arms[arms[0]], kind, name)[0]
        value = getattr(use, option) if option in _TIMING and option not in use.options else use.options[option]
        return float(value) if isinstance(value, (int, float)) else None

    def believed(self, which: str) -> list[Varied]:
        """Every assumption of a kind with the range that is believed; parameters that a scenario sets itself are left out."""
        if not self.ground.arms:
            return []
        arms = list(self.ground.arms.values())
        found = []
        if which in ("parameters", "all"):
            of_arms = [parameter_ranges(scenario.parameters, scenario) for scenario in arms]
            for name, span in of_arms[0].items():
                if all(name in ranges for ranges in of_arms):
                    one = self.ground.known.parameters.declaration(name)
                    found.append(
                        Varied(
                            name,
                            "parameter",
                            (name,),
                            (),
                            (),
                            span.low,
                            span.high,
                            False,
                            one.unit,
                            one.meaning,
                            one.mark,
                            span.value,
                            span.value,
                        )
                    )
        if which in ("place", "all"):
            ranges = place_ranges(arms[0].place)
            for name, held in self.figures().items():
                if held.path in ranges:
                    span = ranges[held.path]
                    unit, mark = held.bounds.unit, held.figure.mark
                    found.append(
                        Varied(
                            f"place.{name}",
                            "place",
                            held.path,
                            (),
                            (),
                            span.low,
                            span.high,
                            False,
                            unit,
                            held.meaning,
                            mark,
                            span.value,
                            span.value,
                        )
                    )
        return found


_TIMING: Final = {"start": "first month in force, counted from the first month", "ramp_months": "months from first effect to full strength"}


def _uses(scenario: Scenario, kind: str, name: str) -> list[PolicyUse]:
    """The uses of a policy or shock in a scenario."""
    return [use for use in (scenario.policies if kind == "policy" else scenario.shocks) if use.use == name]


def _bounds(option: Option | None, name: str, months: int) -> Bounded:
    """Bounds of an option; a side that is not declared has no usual range."""
    if option is None:
        low, high = (1.0, float(months)) if name == "start" else (0.0, float(MOST_MONTHS))
        return Bounded(low, high, "months", True, None)
    low, high = option_bounds(option)
    declared = option.kind == "share" or (option.low is not None and option.high is not None)
    usual = (low, high) if declared and math.isfinite(low + high) else None
    return Bounded(low, high, option_unit(option), option.kind in ("months", "count"), usual)
