"""What of a place is firm, what was worked out and what is assumed: every figure with its path, unit and mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from sim.settings.place import Place
from sim.settings.places.figure import Figure
from sim.settings.places.names import declared_bounds

__all__ = ["MARKS", "PlacedFigure", "marks_of", "placed_figures"]

MARKS: Final = {"firm": ("A", "B"), "worked_out": ("C",), "assumed": ("assumption",)}
"""Marks by what they mean for a reader."""

#: Parts of a place that hold no figures it is built from.
_LEFT_OUT = ("published", "sources", "suppliers")


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure and where it stands: dotted path, its last part apart where it is one of several, and unit."""

    path: str
    key: str
    unit: str
    figure: Figure

    @property
    def name(self) -> str:
        """Path and key in one."""
        return f"{self.path}.{self.key}" if self.key else self.path


def placed_figures(place: Place) -> tuple[PlacedFigure, ...]:
    """Every figure that a place is built from, in the order of the file.

    Parameters
    ----------
    place : Place
        The place.

    Returns
    -------
    tuple of PlacedFigure
        Anchors and neighbourhoods stand under their names.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> figures = placed_figures(load_place("anytown"))
    >>> figures[0].name, figures[0].unit, figures[0].figure.mark
    ('population.residents', 'persons', 'assumption')
    """
    return tuple(_walk(place, ""))


def _walk(section: BaseModel, path: str) -> Iterator[PlacedFigure]:
    """Figures below a section."""
    for name, declared in type(section).model_fields.items():
        held = getattr(section, name)
        below = f"{path}.{name}" if path else name
        if name in _LEFT_OUT or held is None:
            continue
        if isinstance(held, Figure):
            yield PlacedFigure(below, "", declared_bounds(declared.metadata, declared.annotation).unit, held)
        elif isinstance(held, BaseModel):
            yield from _walk(held, below)
        elif isinstance(held, Mapping):
            unit = declared_bounds(declared.metadata, declared.annotation).unit
            yield from (PlacedFigure(below, str(key), unit, one) for key, one in held.items() if isinstance(one, Figure))
        elif isinstance(held, tuple):
            for one in held:
                if isinstance(one, BaseModel):
                    yield from _walk(one, f"{below}.{getattr(one, 'name', '')}")


def marks_of(place: Place) -> dict[str, list[dict[str, Any]]]:
    """The figures of a place by what they rest on, as plain values.

    Parameters
    ----------
    place : Place
        The place.

    Returns
    -------
    dict
        ``firm`` (marks A and B), ``worked_out`` (C) and ``assumed``: lists of figures with ``name``, ``value``, ``unit``, ``year``,
        ``mark``, ``low`` and ``high`` (none where no range is given), ``source`` and ``note``.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> {kind: len(figures) for kind, figures in marks_of(load_place("anytown")).items()}
    {'firm': 9, 'worked_out': 3, 'assumed': 218}
    """
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in MARKS}
    for one in placed_figures(place):
        kind = next(kind for kind, marks in MARKS.items() if one.figure.mark in marks)
        found[kind].append({"name": one.name, "path": one.path, "key": one.key, "unit": one.unit, **one.figure.model_dump()})
    return found
