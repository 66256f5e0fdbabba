"""Every figure of a place by its path, and the place with some of them changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from sim.settings.frozen import FrozenMapping
from sim.settings.place import Anchor, Place
from sim.settings.places.figure import Figure
from sim.settings.reading.problems import dotted
from sim.settings.suppliers.supplier_sums import supplier_sums

__all__ = ["Path", "figures_of", "scaled_place", "with_figures"]

Path = tuple[str | int, ...]
Update = Mapping[str, float | None]

LEAST_AMOUNT: Final = 0.01
"""Least that an anchor may buy of a listed supplier in a year, currency units."""

#: Sections that hold no figure a run reads.
LEFT_OUT = frozenset({"published", "sources"})
#: Counts and sums that grow with the place, by the last words of their path; rates, prices and shares do not.
GROWING = (
    "population.residents",
    "population.adults_by_age.*",
    "labour.jobs_by_sector.*",
    "labour.region_jobs_by_sector.*",
    "business.enterprises_by_size.*",
    "business.local_units_by_size.*",
    "business.enterprises_by_sector.*",
    "business.local_units_by_sector.*",
    "anchors.*.jobs",
    "anchors.*.annual_spend",
    "anchors.*.contracts",
)


def figures_of(place: Place) -> dict[Path, Figure]:
    """Every figure of a place by its path, in the order of the file.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> float(figures_of(load_place("anytown"))[("population", "residents")])
    5000.0
    """
    found: dict[Path, Figure] = {}
    for name in type(place).model_fields:
        if name not in LEFT_OUT:
            _walk(getattr(place, name), (name,), found)
    return found


def _walk(value: Any, path: Path, found: dict[Path, Figure]) -> None:
    """Keep the figures below a value."""
    if isinstance(value, Figure):
        found[path] = value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            _walk(getattr(value, name), (*path, name), found)
    elif isinstance(value, FrozenMapping):
        for name, item in value.items():
            _walk(item, (*path, name), found)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _walk(item, (*path, index), found)


def with_figures(place: Place, values: Mapping[Path, float]) -> Place:
    """The place with some figures given other values; what else is said of them stays, and nothing is checked.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> float(with_figures(load_place("anytown"), {("population", "residents"): 7.0}).population.residents)
    7.0
    """
    changed: Place = _changed(place, (), {path: {"value": value} for path, value in values.items()})
    return changed


def _changed(value: Any, path: Path, values: Mapping[Path, Update]) -> Any:
    """A value with what lies below it changed; the value itself where nothing does."""
    if isinstance(value, Figure):
        return value.model_copy(update=values[path]) if path in values else value
    if isinstance(value, BaseModel):
        below = {name: getattr(value, name) for name in type(value).model_fields if path or name not in LEFT_OUT}
        fresh = {name: _changed(item, (*path, name), values) for name, item in below.items()}
        moved = {name: item for name, item in fresh.items() if item is not below[name]}
        return value.model_copy(update=moved) if moved else value
    if isinstance(value, FrozenMapping):
        mapped = {name: _changed(item, (*path, name), values) for name, item in value.items()}
        return FrozenMapping(mapped) if any(mapped[name] is not item for name, item in value.items()) else value
    if isinstance(value, tuple):
        items = tuple(_changed(item, (*path, index), values) for index, item in enumerate(value))
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value


def _grows(path: Path) -> bool:
    """Whether the figure at a path grows with the place."""
    generic = ".".join("*" if isinstance(step, int) else str(step) for step in path)
    return generic in GROWING or f"{generic.rpartition('.')[0]}.*" in GROWING


def scaled_place(place: Place, share: float) -> Place:
    """The place at a share of its size: every count and sum multiplied with its range, rates, prices and shares as they are.

    An anchor has a contract at least. What it buys of each supplier in its list is multiplied too.

    Parameters
    ----------
    place : Place
        The place.
    share : float
        Above nought; 1 is full size.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> half = scaled_place(load_place("anytown"), 0.5)
    >>> float(half.population.residents), float(half.labour.commuter_share) == float(load_place("anytown").labour.commuter_share)
    (2500.0, True)
    """
    if not share > 0.0:
        raise ValueError(f"{dotted(('share',))} must be above nought, not {share}")
    if share == 1.0:
        return place
    growing = {path: item for path, item in figures_of(place).items() if _grows(path)}
    values = {path: max(float(item) * share, 1.0 if path[-1] == "contracts" else 0.0) for path, item in growing.items()}
    scaled: Place = _changed(place, (), {path: _ranged(item, values[path], share) for path, item in growing.items()})
    return _with_scaled_suppliers(scaled, share)


def _ranged(figure: Figure, value: float, share: float) -> Update:
    """A value with the range of a figure at a share of its size; the range holds the value."""
    low = None if figure.low is None else min(figure.low * share, value)
    high = None if figure.high is None else max(figure.high * share, value)
    return {"value": value, "low": low, "high": high}


def _with_scaled_suppliers(place: Place, share: float) -> Place:
    """The place with what anchors buy of each listed supplier multiplied, and never less than its least; a contract at least."""
    if not any(anchor.suppliers for anchor in place.anchors):
        return place
    return place.model_copy(update={"anchors": tuple(_scaled_list(anchor, share) for anchor in place.anchors)})


def _scaled_list(anchor: Anchor, share: float) -> Anchor:
    """An anchor with its supplier list scaled; its spend and contracts are those of the list."""
    if not anchor.suppliers:
        return anchor
    rows = tuple(
        row.model_copy(update={"amount": max(row.amount * share, LEAST_AMOUNT), "contracts": max(round(row.contracts * share), 1)})
        for row in anchor.suppliers
    )
    sums = supplier_sums(rows)
    listed = {"annual_spend": sums.total, "contracts": float(sums.contracts)}
    moved = {name: getattr(anchor, name).model_copy(update=_ranged(getattr(anchor, name), value, 1.0)) for name, value in listed.items()}
    return anchor.model_copy(update={"suppliers": rows, **moved})
