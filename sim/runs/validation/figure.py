"""What a figure made for comparison is: a number that somebody publishes, read from the town as they would count it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.core.registry import MEASURE_KINDS, MEASURES, Registry
from sim.errors import UnknownNameError, nearest

if TYPE_CHECKING:
    from sim.economy import Economy

__all__ = ["FIGURES", "WHERE", "Asked", "Counted", "Figure", "answer", "figure", "kind_of", "unit_of"]

WHERE: Final = ("place", "region", "place-and-region", "outside", "all")
"""Where money may have gone; region is without the place, outside is neither."""

Counted = tuple[float, float]
"""A part and its whole. Over several months parts and wholes are added up before one is divided by the other."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the model: a figure, or a measure, and which entry of it.

    Parameters
    ----------
    figure : str
        Name of a figure made for comparison, or of a measure.
    key : str
        Which entry; empty where there is one alone.
    anchors : tuple of str
        Anchors taken together; empty for all.
    where : str
        Where the money went, one of :data:`WHERE`; empty for what the figure takes without it.
    """

    figure: str
    key: str = ""
    anchors: tuple[str, ...] = ()
    where: str = ""


Function = Callable[["Economy", Asked], "float | Counted"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure made for comparison.

    Parameters
    ----------
    name, title, unit : str
        Name in a place file, what people read, unit.
    kind : str
        One of `sim.core.registry.MEASURE_KINDS`; says how to print it, and that a share lies between nought and one.
    meaning, source : str
        How it is counted here, and who counts it so.
    function : callable
        Takes an economy at the end of a month, and what is asked; gives a number, or a part and its whole.
    keys : tuple of str
        Entries that may be asked; empty where there is one number alone.
    of_money : bool
        Whether it takes ``anchors`` and ``where``.
    grows : bool
        Whether it grows with the size of the place: a count or a sum, not a share, a ratio or an average.
    since : bool
        Whether what the opening has is taken off.
    """

    name: str
    title: str
    unit: str
    kind: str
    meaning: str
    source: str
    function: Function
    keys: tuple[str, ...] = ()
    of_money: bool = False
    grows: bool = False
    since: bool = False

    def __post_init__(self) -> None:
        if self.kind not in MEASURE_KINDS:
            raise ValueError(f"figure {self.name}: kind {self.kind!r} is none of {', '.join(MEASURE_KINDS)}")
        empty = [text for text in ("title", "unit", "meaning", "source") if not getattr(self, text).strip()]
        if empty:
            raise ValueError(f"figure {self.name} does not state its {', '.join(empty)}")


FIGURES: Final[Registry[Figure]] = Registry("figure")


def figure(
    *,
    name: str,
    title: str,
    unit: str,
    kind: str,
    meaning: str,
    source: str,
    keys: tuple[str, ...] = (),
    of_money: bool = False,
    grows: bool = False,
    since: bool = False,
) -> Callable[[Function], Function]:
    """Decorator of a function of an economy and what is asked: register a figure made for comparison."""

    def register(function: Function) -> Function:
        FIGURES.add(Figure(name, title, unit, kind, meaning, source, function, keys, of_money, grows, since))
        return function

    return register


def answer(town: Economy, asked: Asked) -> Counted:
    """What the model answers at the end of this month, as a part and its whole; a measure is its own part of one.

    Raises
    ------
    sim.errors.UnknownNameError
        When there is no such figure, or it has no such entry.
    """
    if asked.figure in FIGURES:
        found = FIGURES[asked.figure].function(town, asked)
        return found if isinstance(found, tuple) else (found, 1.0)
    if asked.figure not in MEASURES:
        names = (*FIGURES.names(), *MEASURES.names())
        raise UnknownNameError("figure", asked.figure, [near] if (near := nearest(asked.figure, names)) else names)
    values = MEASURES[asked.figure].function(town)
    if isinstance(values, float):
        return values, 1.0
    if asked.key not in values:
        raise UnknownNameError(f"entry of {asked.figure}", asked.key, values)
    return float(values[asked.key]), 1.0


def kind_of(name: str) -> str:
    """The kind of a figure or measure."""
    return FIGURES[name].kind if name in FIGURES else MEASURES[name].kind


def unit_of(name: str) -> str:
    """The unit of a figure or measure."""
    return FIGURES[name].unit if name in FIGURES else MEASURES[name].unit
