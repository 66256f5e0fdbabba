"""Figures of a place by the name that people write: the dotted path, anchors and neighbourhoods by their own names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from sim.settings.place import Place
from sim.settings.places.figure import Bounds, Figure
from sim.settings.places.figures import LEFT_OUT, Path
from sim.settings.places.keyed import Keyed

__all__ = ["NamedFigure", "declared_bounds", "named_figures"]


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure of a place with its name, its path, and the unit and bounds that a place file must keep."""

    name: str
    path: Path
    bounds: Bounds
    meaning: str
    figure: Figure


def named_figures(place: Place) -> dict[str, NamedFigure]:
    """Every figure of a place by its name, in the order of the file.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> share = named_figures(load_place("anytown"))["anchors.council.share_in_place"]
    >>> share.path, share.bounds.unit, share.bounds.high
    (('anchors', 0, 'share_in_place'), 'share', 1)
    """
    return {one.name: one for one in _walk(place, (), "")}


def _walk(section: BaseModel, path: Path, name: str) -> Iterator[NamedFigure]:
    """Figures below a section."""
    for key, meaning, bounds in _declared(type(section)):
        if not path and key in LEFT_OUT:
            continue
        held = getattr(section, key)
        below, called = (*path, key), f"{name}.{key}" if name else key
        if isinstance(held, BaseModel) and not isinstance(held, Figure):
            yield from _walk(held, below, called)
        elif isinstance(held, tuple):
            for index, one in enumerate(held):
                if isinstance(one, BaseModel):
                    yield from _walk(one, (*below, index), f"{called}.{getattr(one, 'name', index)}")
        else:
            figures = {"": held} if isinstance(held, Figure) else held if isinstance(held, Mapping) else {}
            for inner, one in figures.items():
                if isinstance(one, Figure):
                    end = (inner,) if inner else ()
                    yield NamedFigure(".".join([called, *end]), (*below, *end), bounds, meaning, one)


@cache
def _declared(section: type[BaseModel]) -> tuple[tuple[str, str, Bounds], ...]:
    """Fields of a kind of section with their meaning and bounds."""
    fields = section.model_fields.items()
    return tuple((key, declared.description or "", declared_bounds(declared.metadata, declared.annotation)) for key, declared in fields)


def declared_bounds(metadata: list[Any], annotation: Any) -> Bounds:
    """Bounds declared beside a field, or inside a union such as a figure or nothing."""
    inside = [extra for argument in getattr(annotation, "__args__", ()) for extra in getattr(argument, "__metadata__", ())]
    for extra in (*metadata, *inside):
        if isinstance(extra, Keyed):
            return extra.bounds
        if isinstance(extra, Bounds):
            return extra
    return Bounds("", float("-inf"), float("inf"))
