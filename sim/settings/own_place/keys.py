"""What may be said about a place of one's own: the keys of its table, each with meaning, unit and bounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, get_args

from pydantic.fields import FieldInfo

from sim.settings.place import ANCHOR_KINDS, Anchor, Place
from sim.settings.places.figure import Bounds
from sim.settings.places.keyed import Keyed

__all__ = [
    "ALIASES",
    "ANCHOR_FIELDS",
    "ANCHOR_FIGURES",
    "AREAS",
    "COLUMNS",
    "COUNTRIES",
    "MIXES",
    "WORDS",
    "WordKey",
    "anchor_bounds",
    "figure_bounds",
    "figure_meaning",
]

COLUMNS: Final = ("key", "value", "year", "source", "address", "mark", "low", "high", "note", "meaning")
"""Columns of the table, in the order of the template; all but the first two may be left out, and the last is for the reader alone."""

COUNTRIES: Final = ("uk", "other")
"""Where national figures hold: in the United Kingdom, or nowhere near it, where they only stand in."""

AREAS: Final = {
    "Great Britain": "K03000001",
    "Lancashire": "UKD4",
    "Greater Manchester": "UKD3",
    "West Midlands": "UKG3",
    "West Yorkshire": "UKE4",
    "Inner London - East": "UKI4",
}
"""Areas whose mix of jobs is held, and their official codes."""

MIXES: Final = (*ANCHOR_KINDS, "district-council")
"""Mixes of spending by sector that an anchor may have."""

ALIASES: Final = {
    "residents": "population.residents",
    "median_weekly_pay": "pay.median_weekly",
    "house_price": "housing.house_price",
}
"""Short names of figures that most people know."""

#: Sections of a place file whose figures a table may set.
_SECTIONS: Final = ("population", "labour", "pay", "business", "housing", "wealth", "transfers")
#: Mappings that have shorter names in a table.
_SHORT: Final = {"labour.jobs_by_sector": "jobs", "labour.region_jobs_by_sector": "region_jobs"}

ANCHOR_FIGURES: Final = ("jobs", "annual_spend", "share_in_place", "share_in_region", "contract_years", "contracts", "council_tax_share")
"""Figures of an anchor."""

ANCHOR_FIELDS: Final = ("title", "kind", "mix", *ANCHOR_FIGURES)
"""What may stand after ``anchor.NAME.`` in a key."""


@dataclass(frozen=True, slots=True)
class WordKey:
    """A key whose value is a word or a text, or a number that is no figure of the place file.

    Parameters
    ----------
    name, meaning, example : str
        As in the template.
    form : {"text", "slug", "choice", "code", "codes", "year"}
        What may stand there.
    default : str or None
        What counts when it is left out; none when it is needed.
    choices : tuple of str
        For form ``choice``.
    """

    name: str
    meaning: str
    example: str
    form: Literal["text", "slug", "choice", "code", "codes", "year"]
    default: str | None = None
    choices: tuple[str, ...] = ()


WORDS: Final = (
    WordKey("title", "name of the place for readers", "My town", "text"),
    WordKey("name", "short name in lower case; made from the title when left out", "my-town", "slug", ""),
    WordKey(
        "country", "uk, or other: figures of the United Kingdom then only stand in, with wider ranges", "uk", "choice", "uk", COUNTRIES
    ),
    WordKey("currency", "three letters", "GBP", "code", "GBP"),
    WordKey("symbol", "sign printed before an amount", "£", "text", "£"),
    WordKey("year", "year whose prices the money is in", "2024", "year", "2024"),
    WordKey("region", "the wider region that holds the place", "My county", "text"),
    WordKey(
        "mix", "area whose mix of jobs stands in where sectors are not given", "Great Britain", "choice", "Great Britain", tuple(AREAS)
    ),
    WordKey("areas", "official codes of the local authorities that are the place, by which spending is placed", "E07000123", "codes", ""),
    WordKey("region_areas", "official codes of the local authorities of the region", "E10000017 E06000008", "codes", ""),
    WordKey("notes", "anything a reader must know", "", "text", ""),
)
"""Keys that are no figures."""


@cache
def figure_bounds() -> dict[str, Bounds]:
    """Every figure that a table may set, by its key in the table, with unit and bounds.

    Examples
    --------
    >>> bounds = figure_bounds()
    >>> bounds["residents"].unit, bounds["jobs.mining"].unit, bounds["labour.employment_rate"].high
    ('persons', 'jobs', 1)
    """
    found: dict[str, Bounds] = {
        "jobs": Bounds("jobs", 1, 1e9),
        "region_jobs": Bounds("jobs", 1, 1e9),
        "firms": Bounds("enterprises", 1, 1e9),
    }
    longer = {path: short for short, path in ALIASES.items()}
    for section in _SECTIONS:
        model = Place.model_fields[section].annotation
        for name, field in getattr(model, "model_fields", {}).items():
            path = f"{section}.{name}"
            for key, bounds in _of_field(field):
                found[longer.get(path, path) if key is None else f"{_SHORT.get(path, path)}.{key}"] = bounds
    return found


@cache
def anchor_bounds() -> dict[str, Bounds]:
    """Unit and bounds of each figure of an anchor.

    Examples
    --------
    >>> anchor_bounds()["share_in_place"].unit
    'share'
    """
    return {name: next(bounds for _, bounds in _of_field(Anchor.model_fields[name])) for name in ANCHOR_FIGURES}


def figure_meaning(path: str) -> str:
    """What a figure means, by its path in the place file, ``anchor.NAME``, or a total.

    Examples
    --------
    >>> figure_meaning("pay.median_weekly"), figure_meaning("jobs.mining"), figure_meaning("anchor.jobs")
    ('median gross pay of employees', 'jobs in the place: mining', 'jobs in the place')
    """
    totals = {
        "jobs": "jobs in the place, all sectors",
        "region_jobs": "jobs in the wider region, the place included, all sectors",
        "firms": "firms in the place, anchors not counted",
    }
    if path in totals:
        return totals[path]
    longer = {short: full for full, short in _SHORT.items()}
    first, _, after = path.partition(".")
    section, name, *rest = f"{longer.get(first, first)}.{after}".split(".")
    model: Any = Anchor if section == "anchor" else Place.model_fields[section].annotation
    return ": ".join([model.model_fields[name].description or "", *rest])


def _of_field(field: FieldInfo) -> list[tuple[str | None, Bounds]]:
    """Keys below a field with their bounds; one without a key for a single figure."""
    for extra in field.metadata:
        if isinstance(extra, Bounds):
            return [(None, extra)]
        if isinstance(extra, Keyed):
            return [(name, extra.bounds) for name in extra.names]
    return [(None, bounds) for bounds in _inside(field.annotation)]


def _inside(annotation: object) -> list[Bounds]:
    """Bounds inside a union such as a figure or nothing."""
    found: list[Bounds] = []
    for argument in get_args(annotation):
        found += [extra for extra in getattr(argument, "__metadata__", ()) if isinstance(extra, Bounds)]
    return found
