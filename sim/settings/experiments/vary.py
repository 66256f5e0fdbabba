"""Reading what an experiment varies: each entry is checked against the declaration of what it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.settings.experiment import Varied, varied_parameter
from sim.settings.experiments.assumptions import believed
from sim.settings.experiments.ground import Ground
from sim.settings.experiments.keys import ASSUMPTIONS, VARY_KEYS
from sim.settings.experiments.options import read_varied_option
from sim.settings.experiments.span import Bounded, read_span
from sim.settings.reading.problems import Kind, shown
from sim.settings.reading.tree import Entry, Items, Keys, Node, plain
from sim.settings.scenarios.keys import key_names

__all__ = ["Ground", "read_vary"]

Path = tuple[str | int, ...]

SUBJECTS: Final = ("parameter", "policy", "shock", "place", "assumptions")
"""The keys of which each entry has one."""

SPAN: Final = ("values", "low", "high", "middle")
"""The keys that say where something is varied."""


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
            added = [one for one in believed(which, self.ground) if one.name not in named]
            named |= {one.name for one in added}
            self.found[position:position] = [(one, line, path) for one in added]
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
            "place": (tuple(self.ground.figures()), "figure of the place"),
        }
        names, noun = choices[entry.key]
        if entry.key == "place" and not self.ground.arms:
            return None
        name = self.values.choice(entry.node, path, names, noun)
        return name if name in names else None

    def one(self, kind: str, name: str, keys: Keys, path: Path) -> Varied | None:
        """What one entry varies."""
        if kind == "parameter":
            self.refuse_others(keys, path, ("parameter", *SPAN))
            return self.parameter(name, keys, path)
        if kind == "place":
            self.refuse_others(keys, path, ("place", *SPAN))
            return self.figure(name, keys, path)
        return read_varied_option(kind, name, keys, path, self.ground)

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
        usual = next((scenario.parameters[name] for scenario in self.ground.arms.values()), declared.default)
        return None if span is None else span.of(varied_parameter(declared, usual=usual))

    def figure(self, name: str, keys: Keys, path: Path) -> Varied | None:
        """A figure of the place."""
        held = self.ground.figures()[name]
        figure, bounds = held.figure, held.bounds
        believed = None if figure.low is None or figure.high is None else (figure.low, figure.high)
        span = read_span(keys, path, Bounded(bounds.low, bounds.high, bounds.unit, False, believed), self.values)
        one = Varied(f"place.{name}", "place", held.path, unit=bounds.unit, meaning=held.meaning, mark=figure.mark, usual=figure.value)
        return None if span is None else span.of(one)
