"""What can be added without touching the core: policies, shocks, measures, phases.

A module registers what it defines when it is imported; a name that is taken is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Final, Generic, Protocol, TypeVar, cast

from sim.errors import UnknownNameError

NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
#: Kinds of an option, with what a scenario file gives for each.
OPTION_KINDS: Final = ("share", "money", "months", "count", "number", "flag", "sector", "anchor", "anchors", "text", "shares")
#: The pillars of community wealth building, the alternative to it, and shocks.
PILLARS: Final = ("procurement", "ownership", "employment", "money", "land", "alternative", "shock")
PILLAR_TITLES: Final = MappingProxyType(
    {
        "procurement": "Progressive procurement",
        "ownership": "Plural ownership",
        "employment": "Fair employment",
        "money": "Money that works locally",
        "land": "Land and property",
        "alternative": "The alternative",
        "shock": "Shocks",
    }
)
MEASURE_KINDS: Final = ("share", "money", "count", "ratio", "months", "index", "rate")
SUMMARIES: Final = ("mean", "sum", "last")


class Required:
    """Stands where an option has no default."""

    def __repr__(self) -> str:
        return "REQUIRED"

    def __reduce__(self) -> str:
        return "REQUIRED"


REQUIRED: Final = Required()


class Named(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str: ...


Item = TypeVar("Item")
Function = TypeVar("Function", bound=Callable[..., Any])
Class = TypeVar("Class", bound=type)


class Registry(Generic[Item]):
    """Things by name.

    Parameters
    ----------
    noun : str
        What the things are, for errors.

    Examples
    --------
    >>> registry = Registry[Phase]("phase")
    >>> registry.add(Phase("credit", "loans and interest", print)).name, "credit" in registry, registry.names()
    ('credit', True, ('credit',))
    """

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self._items: dict[str, Item] = {}

    def add(self, item: Item) -> Item:
        """Register an item and return it.

        Raises
        ------
        ValueError
            If its name is taken by another, or is no name.
        """
        name = cast(Named, item).name
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} can't name a {self.noun}: use lower-case letters, digits and underscores")
        if name in self._items:
            raise ValueError(f"there are two definitions of the {self.noun} {name!r}: {self._items[name]!r} and {item!r}; rename one")
        self._items[name] = item
        return item

    def names(self) -> tuple[str, ...]:
        """All names in order of the alphabet."""
        return tuple(sorted(self._items))

    def __getitem__(self, name: str) -> Item:
        if name not in self._items:
            raise UnknownNameError(self.noun, name, self.names())
        return self._items[name]

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[Item]:
        """The items in order of name."""
        return iter([self._items[name] for name in self.names()])

    def __len__(self) -> int:
        return len(self._items)


@dataclass(frozen=True)
class Option:
    """One thing a policy or a shock lets a scenario set.

    Parameters
    ----------
    name : str
        Key in the scenario file.
    kind : str
        One of `OPTION_KINDS`.
    meaning : str
        One sentence.
    unit : str
        Unit, empty for names and flags.
    low, high : float or None
        Bounds, both allowed.
    default : value or REQUIRED
        Value when a scenario does not give one.
    choices : tuple of str
        Allowed texts, or the keys of ``shares``; empty for any.
    anchor_kinds : tuple of str
        Kinds of anchors that may be named; empty for any.
    """

    name: str
    kind: str
    meaning: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    default: Any = REQUIRED
    choices: tuple[str, ...] = ()
    anchor_kinds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} can't name an option: use lower-case letters, digits and underscores")
        if self.kind not in OPTION_KINDS:
            raise ValueError(f"option {self.name}: kind {self.kind!r} is none of {', '.join(OPTION_KINDS)}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"option {self.name}: low {self.low} is above high {self.high}")

    @property
    def required(self) -> bool:
        """Whether a scenario must give it."""
        return self.default is REQUIRED


class Intervention:
    """What every policy and shock declares; a class may derive from it or just have the attributes.

    Attributes
    ----------
    name, title : str
        Key in a scenario file, and what people read.
    pillar : str
        One of `PILLARS`.
    meaning : str
        What it does, in plain words.
    where_tried : str
        Where something like it was tried.
    evidence, mark : str
        What is known of its effect, with the source, and how good that is (A, B, C or assumption).
    costs, limits : str
        What it costs and whom; what the model leaves out.
    options : tuple of Option
        What a scenario may set.
    question : str
        What it asks of a room, in plain words, at most twelve.
    main : str
        The option that says how much; empty where no single one does.
    sentence : str
        What it does in one plain sentence without first capital and full stop, for a list of what a scenario does. An option stands
        in braces, with the noun of what it counts (``{homes_a_year:home|homes}``); a part in square brackets is left out where its
        option says nothing.
    off : mapping of option to value
        The settings at which it changes nothing at all, to the penny.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    pillar: ClassVar[str]
    meaning: ClassVar[str]
    where_tried: ClassVar[str]
    evidence: ClassVar[str]
    mark: ClassVar[str]
    costs: ClassVar[str]
    limits: ClassVar[str]
    options: ClassVar[tuple[Option, ...]]
    question: ClassVar[str] = ""
    main: ClassVar[str] = ""
    sentence: ClassVar[str] = ""
    off: ClassVar[Mapping[str, Any]] = MappingProxyType({})


TEXTS: Final = ("name", "title", "pillar", "meaning", "where_tried", "evidence", "mark", "costs", "limits")


@dataclass(frozen=True)
class Measure:
    """One number, or one for each key, recorded every month.

    Parameters
    ----------
    name, title, unit : str
        Series name, what people read, unit.
    kind : str
        One of `MEASURE_KINDS`; says how to print it.
    meaning, source : str
        What it measures, and who defined it so.
    summary : str
        How months become one number: mean, sum or last.
    keys : str
        What the keys are ("anchor", "category"); empty for a single number.
    function : callable
        Takes an economy; gives a float, or a mapping of key to float.
    """

    name: str
    title: str
    unit: str
    kind: str
    meaning: str
    source: str
    summary: str
    keys: str
    function: Callable[..., float | Mapping[str, float]]

    def __post_init__(self) -> None:
        if self.kind not in MEASURE_KINDS:
            raise ValueError(f"measure {self.name}: kind {self.kind!r} is none of {', '.join(MEASURE_KINDS)}")
        if self.summary not in SUMMARIES:
            raise ValueError(f"measure {self.name}: summary {self.summary!r} is none of {', '.join(SUMMARIES)}")
        empty = [text for text in ("title", "unit", "meaning", "source") if not getattr(self, text).strip()]
        if empty:
            raise ValueError(f"measure {self.name} does not state its {', '.join(empty)}")


@dataclass(frozen=True)
class Phase:
    """One part of the month."""

    name: str
    meaning: str
    function: Callable[..., None]


POLICIES: Final[Registry[type[Intervention]]] = Registry("policy")
SHOCKS: Final[Registry[type[Intervention]]] = Registry("shock")
MEASURES: Final[Registry[Measure]] = Registry("measure")
PHASES: Final[Registry[Phase]] = Registry("phase")


def policy(definition: Class) -> Class:
    """Class decorator: register a policy."""
    POLICIES.add(_complete(definition, "policy"))
    return definition


def shock(definition: Class) -> Class:
    """Class decorator: register a shock."""
    SHOCKS.add(_complete(definition, "shock"))
    return definition


def _complete(definition: type, noun: str) -> type[Intervention]:
    """The class, refused unless it states all that a reader needs."""
    missing = [text for text in TEXTS if not isinstance(getattr(definition, text, None), str) or not getattr(definition, text).strip()]
    options = getattr(definition, "options", None)
    if not isinstance(options, tuple) or not all(isinstance(option, Option) for option in options):
        missing.append("options")
    if missing:
        raise TypeError(f"{noun} {definition.__name__} does not state its {', '.join(missing)}")
    complete = cast(type[Intervention], definition)
    if (complete.pillar == "shock") != (noun == "shock") or complete.pillar not in PILLARS:
        raise ValueError(f"{noun} {complete.name}: pillar {complete.pillar!r} is not one for a {noun}")
    names = [option.name for option in complete.options]
    if len(set(names)) < len(names):
        raise ValueError(f"{noun} {complete.name} declares an option twice")
    unknown = set(getattr(complete, "off", {})) - set(names)
    if unknown:
        raise ValueError(f"{noun} {complete.name}: off names {', '.join(sorted(unknown))}, which is no option of it")
    if getattr(complete, "main", "") not in ("", *names):
        raise ValueError(f"{noun} {complete.name}: main names {complete.main}, which is no option of it")
    return complete


def measure(
    *, name: str, title: str, unit: str, kind: str, meaning: str, source: str, summary: str = "mean", keys: str = ""
) -> Callable[[Function], Function]:
    """Decorator of a function of an economy: register a measure."""

    def register(function: Function) -> Function:
        MEASURES.add(Measure(name, title, unit, kind, meaning, source, summary, keys, function))
        return function

    return register


def phase(*, name: str, meaning: str) -> Callable[[Function], Function]:
    """Decorator of a function of an economy: register a part of the month."""

    def register(function: Function) -> Function:
        PHASES.add(Phase(name, meaning, function))
        return function

    return register
