"""A place in plain values: its size, anchors, currency and sources, and what of it is firm, worked out and assumed."""

from __future__ import annotations

import math
from typing import Any

from sim.settings.load import load_place
from sim.settings.place import Place
from sim.settings.places.marks import marks_of

__all__ = ["describe_place"]


def describe_place(name: str) -> dict[str, Any]:
    """Everything a reader should know of a place before using it.

    Parameters
    ----------
    name : str
        A shipped place, or the path of a place file.

    Returns
    -------
    dict
        Plain values, ready for JSON.

    Examples
    --------
    >>> described = describe_place("anytown")
    >>> described["size"]["residents"], described["national_tables"]
    (5000.0, 'uk-2019')
    """
    place = load_place(name)
    tables = place.national_tables
    return {
        "kind": "place",
        "name": place.name,
        "title": place.title,
        "meaning": place.notes,
        "invented": place.invented,
        "currency": place.currency.code,
        "prices": place.prices,
        "region": place.region.title,
        "national_tables": f"{tables.name}, a stand-in for those of another country" if tables.stand_in else tables.name,
        "size": _size(place),
        "anchors": [
            {
                "name": anchor.name,
                "title": anchor.title,
                "kind": anchor.kind,
                "jobs": float(anchor.jobs),
                "annual_spend": float(anchor.annual_spend),
                "share_in_place": float(anchor.share_in_place),
            }
            for anchor in place.anchors
        ],
        "neighbourhoods": [part.name for part in place.neighbourhoods],
        "sources": {key: source.model_dump(exclude_none=True) for key, source in place.sources.items()},
        "figures": marks_of(place),
        "published": [fact.model_dump(exclude_none=True) for fact in place.published],
    }


def _size(place: Place) -> dict[str, float]:
    """How large a place is."""
    figures = {
        "adults": place.population.adults_by_age,
        "jobs": place.labour.jobs_by_sector,
        "region_jobs": place.labour.region_jobs_by_sector,
        "firms": place.business.enterprises_by_size,
        "sites": place.business.local_units_by_size,
    }
    sums = {name: math.fsum(float(one) for one in held.values()) for name, held in figures.items()}
    return {"residents": float(place.population.residents), **sums}
