"""A place with some figures moved: what adds up to a whole still does, and what can't all be true is named."""

from __future__ import annotations

from collections.abc import Mapping

from sim.settings.place import Place
from sim.settings.places.figures import Path, figures_of, with_figures
from sim.settings.places.keyed import TOLERANCE
from sim.settings.reading.problems import dotted

__all__ = ["contradictions", "moved_place", "whole_of"]


def moved_place(place: Place, values: Mapping[Path, float]) -> Place:
    """A place with some figures given other values, the other parts of the same whole scaled so that it still adds up.

    Parameters
    ----------
    place : Place
        The place.
    values : mapping of path to float
        New values by the path of the figure.

    Returns
    -------
    Place

    Notes
    -----
    Where every part of a whole is moved, or the moved ones alone are more than the whole, these are scaled instead.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> tenure = ("housing", "tenure", "social")
    >>> moved = moved_place(load_place("anytown"), {tenure: 0.5})
    >>> round(sum(map(float, moved.housing.tenure.values())), 9), float(moved.housing.tenure["social"])
    (1.0, 0.5)
    """
    known = figures_of(place)
    wholes = {whole_of(path) for path in values} - {""}
    mended = dict(values)
    for whole in sorted(wholes):
        parts = [path for path in known if whole_of(path) == whole]
        mended |= _scaled({path: float(known[path]) for path in parts}, {path: values[path] for path in parts if path in values})
    return with_figures(place, mended)


def _scaled(usual: Mapping[Path, float], moved: Mapping[Path, float]) -> dict[Path, float]:
    """Parts of one whole that add up to one: those that were not moved are scaled, or else all."""
    kept = {path: value for path, value in usual.items() if path not in moved}
    rest, total = sum(kept.values()), sum(moved.values())
    if rest > 0.0 and total <= 1.0:
        return {**moved, **{path: value * (1.0 - total) / rest for path, value in kept.items()}}
    whole = rest + total
    return {path: value / whole for path, value in (kept | dict(moved)).items()} if whole > 0.0 else dict(moved)


def whole_of(path: Path) -> str:
    """The whole that a share is a part of, empty for a figure that is no such share.

    Examples
    --------
    >>> whole_of(("anchors", 0, "spend_by_sector", "mining")), whole_of(("labour", "commuter_share"))
    ('anchors[0].spend_by_sector', '')
    """
    if "spend_by_sector" in path or "tenure" in path:
        return dotted(path[:-1])
    return "neighbourhoods" if path[0] == "neighbourhoods" and path[-1] == "population_share" else ""


def contradictions(place: Place) -> list[str]:
    """Figures of a place that can't all be true, as the reader of place files looks for them; empty when all is well."""
    labour, anchors = place.labour, place.anchors
    at_most = {
        "adults": (sum(map(float, place.population.adults_by_age.values())), float(place.population.residents)),
        "working": (float(labour.employment_rate) + float(labour.inactivity_rate), 1.0),
        "jobs of anchors": (sum(float(item.jobs) for item in anchors), sum(map(float, labour.jobs_by_sector.values()))),
        "council tax": (sum(float(item.council_tax_share or 0.0) for item in anchors), 1.0),
        **{f"{item.name} keeps": (float(item.share_in_place) + float(item.share_in_region), 1.0) for item in anchors},
        **{sector: (float(jobs), float(labour.region_jobs_by_sector[sector])) for sector, jobs in labour.jobs_by_sector.items()},
    }
    found = [name for name, (part, whole) in at_most.items() if part > whole * (1.0 + 1e-9) + 1e-9]
    bought = ((item.name, sum(map(float, item.spend_by_sector.values()))) for item in anchors)
    return found + [f"{name} spends" for name, total in bought if abs(total - 1.0) > TOLERANCE]
