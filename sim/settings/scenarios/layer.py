"""One scenario file by itself, read and checked as far as that is possible without its place and its base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.core.calendar import Month
from sim.core.registry import Intervention, Registry
from sim.errors import nearest
from sim.settings.parameters import Parameters
from sim.settings.place import Place
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind, shown
from sim.settings.reading.tree import Keys, Node, Scalar, plain
from sim.settings.reading.values import LISTED, Values
from sim.settings.scenario import OptionValue
from sim.settings.scenarios.keys import (
    FEWEST_RESIDENTS,
    MOST_MONTHS,
    MOST_RESIDENTS,
    NEIGHBOURS,
    SCENARIO_KEYS,
    USE_KEYS,
    KeyDeclaration,
    key_names,
)
from sim.settings.scenarios.options import option_allowed, read_option

__all__ = ["Interventions", "Known", "Layer", "Setting", "Use", "read_layer"]

Path = tuple[str | int, ...]
Interventions = Registry[type[Intervention]]
Options = dict[str, "Setting"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a scenario may name.

    Parameters
    ----------
    policies, shocks : Registry of Intervention
        The registered ones.
    parameters : Parameters
        The declared ones, at their defaults.
    places : mapping of str to Place, optional
        Places that were read before: then a scenario may name these alone, and no file is looked for.
    """

    policies: Interventions
    shocks: Interventions
    parameters: Parameters
    places: Mapping[str, Place] | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """One value as a file sets it, with where it stands. A value that is unfit is None, and its finding is kept already."""

    value: Any
    source: SourceFile
    line: int
    path: Path


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a policy or shock as a file writes it."""

    item: type[Intervention]
    source: SourceFile
    line: int
    path: Path
    start: Setting | None = None
    end: Setting | None = None
    ramp_months: Setting | None = None
    options: dict[str, Setting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layer:
    """One file: its single settings, its uses, its parameters."""

    source: SourceFile
    settings: dict[str, Setting]
    policies: tuple[Use, ...]
    shocks: tuple[Use, ...]
    parameters: dict[str, Setting]


def read_layer(tree: Keys, source: SourceFile, known: Known, findings: Findings) -> Layer:
    """Read one scenario file.

    Parameters
    ----------
    tree : Keys
        The file.
    source : SourceFile
        Its name.
    known : Known
        What it may name.
    findings : Findings
        Where problems go.

    Returns
    -------
    Layer
        What is fit; the rest is None or left out.
    """
    return _LayerReader(Values(source, findings), known).read(tree)


class _LayerReader:
    """Reads the keys of one file."""

    def __init__(self, values: Values, known: Known) -> None:
        self.values, self.known = values, known

    def read(self, tree: Keys) -> Layer:
        """Everything that the file sets."""
        self.unknown_keys(tree, (), key_names(SCENARIO_KEYS), "a scenario file")
        settings: dict[str, Setting] = {}
        for key in SCENARIO_KEYS:
            entry = tree.entry(key.name)
            if entry is not None and key.kind not in ("uses", "parameters"):
                value = self.single(key, entry.node)
                settings[key.name] = Setting(value, self.values.source, entry.line, (key.name,))
        policies = self.uses(tree, "policies", self.known.policies, "policy")
        shocks = self.uses(tree, "shocks", self.known.shocks, "shock")
        return Layer(self.values.source, settings, policies, shocks, self.parameters(tree))

    def unknown_keys(self, keys: Keys, path: Path, names: tuple[str, ...], where: str) -> None:
        """A finding for each key that is not declared."""
        for entry in keys:
            if entry.key not in names:
                message = f"there is no key {entry.key!r} in {where}"
                self.values.found(Kind.UNKNOWN_KEY, entry.line, (*path, entry.key), message, given=entry.key, names=names)

    def single(self, key: KeyDeclaration, node: Node) -> Any:
        """The value of a key that holds one value."""
        path: Path = (key.name,)
        if key.kind == "date":
            return self.values.date(node, path)
        if key.kind == "months":
            return self.values.whole(node, path, 1, MOST_MONTHS, "months")
        if key.kind == "residents":
            return self.values.whole(node, path, FEWEST_RESIDENTS, MOST_RESIDENTS, "residents")
        if key.kind == "choice":
            return self.values.choice(node, path, NEIGHBOURS, "choice")
        if key.kind == "place" and isinstance(node, Keys):
            return node
        return self.values.text(node, path, empty=key.name == "notes")

    def uses(self, tree: Keys, key: str, registry: Interventions, noun: str) -> tuple[Use, ...]:
        """The uses in a list of policies or shocks."""
        entry = tree.entry(key)
        if entry is None:
            return ()
        items = self.values.sequence(entry.node, (key,), f"a list with one use of a {noun} in each entry")
        found = (self.use(item, (key, index), registry, noun) for index, item in enumerate(items.items if items else ()))
        return tuple(use for use in found if use is not None)

    def use(self, node: Node, path: Path, registry: Interventions, noun: str) -> Use | None:
        """One use; None when it does not say of what."""
        keys = self.values.mapping(node, path, f"'use: ' with the name of a {noun}, and its options")
        if keys is None:
            return None
        entry = keys.entry("use")
        if entry is None:
            remedy = f"add 'use:' with the name of a {noun}"
            names = registry.names()
            self.values.found(Kind.MISSING_KEY, node.line, path, "'use' is missing", given=shown(plain(node)), names=names, remedy=remedy)
            return None
        name = self.values.choice(entry.node, (*path, "use"), tuple(registry.names()), noun)
        if name is None or name not in registry.names():
            return None
        item = registry[name]
        options = self.options(keys, path, item, noun)
        source = self.values.source
        start = self.timing(keys, path, "start")
        return Use(item, source, node.line, path, start, self.timing(keys, path, "end"), self.timing(keys, path, "ramp_months"), options)

    def timing(self, keys: Keys, path: Path, name: str) -> Setting | None:
        """First month, last month or ramp of a use."""
        entry = keys.entry(name)
        if entry is None:
            return None
        below = (*path, name)
        value: Month | int | None
        if name == "ramp_months":
            value = self.values.whole(entry.node, below, 0, MOST_MONTHS, "months")
        else:
            value = self.values.date(entry.node, below)
        return Setting(value, self.values.source, entry.line, below)

    def options(self, keys: Keys, path: Path, item: type[Intervention], noun: str) -> Options:
        """The options that a use sets; unknown and missing ones are findings."""
        declared = {option.name: option for option in item.options}
        names = (*key_names(USE_KEYS), *declared)
        self.unknown_keys(keys, path, tuple(dict.fromkeys(names)), f"{noun} {item.name}")
        found: Options = {}
        for name, option in declared.items():
            entry = keys.entry(name)
            if entry is not None:
                value: OptionValue = read_option(option, entry.node, (*path, name), self.values)
                found[name] = Setting(value, self.values.source, entry.line, (*path, name))
            elif option.required and option.kind != "anchors":
                near = nearest(name, [key for key in keys.names if key not in names])
                remedy = f"rename {near!r} to {name!r}" if near else f"add '{name}:' with {option_allowed(option)}"
                message = f"{noun} {item.name} needs {name!r}: {option.meaning.rstrip('.')}"
                self.values.found(
                    Kind.MISSING_KEY, keys.line, path, message, given="nothing", allowed=option_allowed(option), remedy=remedy
                )
        return found

    def parameters(self, tree: Keys) -> dict[str, Setting]:
        """The parameters that a file sets."""
        entry = tree.entry("parameters")
        if entry is None or (isinstance(entry.node, Scalar) and entry.node.value is None):
            return {}
        keys = self.values.mapping(entry.node, ("parameters",), "names of parameters with numbers")
        found: dict[str, Setting] = {}
        for below in keys or ():
            path: Path = ("parameters", below.key)
            if below.key not in self.known.parameters:
                message = f"there is no parameter {below.key!r}"
                self.values.found(
                    Kind.UNKNOWN_NAME,
                    below.line,
                    path,
                    message,
                    given=below.key,
                    names=tuple(self.known.parameters),
                    listed=LISTED["parameter"],
                )
                continue
            bounds = self.known.parameters.declaration(below.key)
            value = self.values.number(below.node, path, bounds.low, bounds.high, bounds.unit)
            found[below.key] = Setting(value, self.values.source, below.line, path)
        return found
