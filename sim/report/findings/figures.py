"""Every figure of a place with its year, source and mark, as stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.report.numbers import plain

__all__ = ["StoredFigure", "figures_of"]


@dataclass(frozen=True)
class StoredFigure:
    """One figure of a place.

    Parameters
    ----------
    group : str
        Part of the place file, in words.
    name : str
        What it is.
    value : float
        The figure.
    year : str
        Year that it is of.
    source, mark, note : str
        As stored.
    low, high : float or None
        Range.
    """

    group: str
    name: str
    value: float
    year: str
    source: str
    mark: str
    note: str
    low: float | None
    high: float | None


def figures_of(values: Mapping[str, Any]) -> list[StoredFigure]:
    """The figures of a place in the order of its file.

    Examples
    --------
    >>> place = {"population": {"residents": {"value": 5000.0, "year": 2013, "source": "census", "mark": "A"}}}
    >>> [(figure.group, figure.name, figure.value, figure.mark) for figure in figures_of(place)]
    [('Population', 'residents', 5000.0, 'A')]
    """
    return [figure for key, below in values.items() if key != "published" for figure in _walk(below, _words(key).capitalize(), [])]


def _walk(value: Any, group: str, path: list[str]) -> Iterator[StoredFigure]:
    """Figures below a value."""
    if isinstance(value, Mapping):
        if {"value", "mark", "source"} <= set(value):
            yield _figure(value, group, path)
            return
        for key, below in value.items():
            yield from _walk(below, group, [*path, str(key)])
    elif isinstance(value, list):
        for place, below in enumerate(value):
            name = below.get("title") or below.get("name") if isinstance(below, Mapping) else None
            yield from _walk(below, group, [*path, str(name or place + 1)])


def _figure(value: Mapping[str, Any], group: str, path: list[str]) -> StoredFigure:
    """One figure."""
    low, high = value.get("low"), value.get("high")
    return StoredFigure(
        group,
        ", ".join(_words(part) for part in path) or group,
        float(value["value"]),
        plain(value.get("year", "")),
        plain(value["source"]),
        plain(value["mark"]),
        plain(value.get("note", "")),
        None if low is None else float(low),
        None if high is None else float(high),
    )


def _words(key: str) -> str:
    """A key of a file in words."""
    return plain(key).replace("_", " ")
