"""Where a supplier is, seen from one place: in it, in its region, outside, or unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.spend.matching.guess import Guess, unknown
from sim.spend.matching.names import words_of
from sim.spend.matching.postcodes import authorities_of

if TYPE_CHECKING:
    from sim.settings.place import Place

__all__ = ["WHERE", "PlaceAreas", "where_by_name", "where_by_postcode"]

WHERE: Final = ("place", "region", "outside", "unknown")
"""Where a supplier may be; region is without the place."""

#: A name that holds the place's own name says little: firms carry the names of places they left, and places share names.
BY_NAME: Final = 0.3


@dataclass(frozen=True, slots=True)
class PlaceAreas:
    """The place and its region, by the official codes of their local authorities.

    Parameters
    ----------
    place : tuple of str
        Codes such as "E07000123".
    region : tuple of str
        Codes of the region; those of the place may stand among them.
    place_names, region_names : tuple of str
        Names such as "Preston", for suppliers without a postcode whose own name holds one.
    """

    place: tuple[str, ...]
    region: tuple[str, ...] = ()
    place_names: tuple[str, ...] = ()
    region_names: tuple[str, ...] = ()

    @classmethod
    def of_place(cls, place: Place) -> PlaceAreas:
        """The areas of a place file; without ``areas`` in it no postcode can be placed, and a name still can.

        Examples
        --------
        >>> from sim.settings.load import load_place
        >>> areas = PlaceAreas.of_place(load_place("preston"))
        >>> areas.place, len(areas.region), areas.place_names, areas.region_names
        (('E07000123',), 14, ('preston',), ('lancashire',))
        """
        codes, regions = (place.areas.place, place.areas.region) if place.areas is not None else ((), ())
        return cls(codes, regions, (place.name.replace("-", " "),), (place.region.name.replace("-", " "),))


def where_by_postcode(postcode: str, areas: PlaceAreas | None) -> Guess:
    """Where a postcode lies.

    Parameters
    ----------
    postcode : str
        As printed or in normal form; may be empty.
    areas : PlaceAreas or None
        The place; without one nothing can be said.

    Returns
    -------
    Guess
        The certainty is the share of the postcode sector's postcodes that lie there.

    Examples
    --------
    >>> areas = PlaceAreas(place=("E07000123",), region=("E07000126",))
    >>> where_by_postcode("PR1 2HE", areas)
    Guess(value='place', certainty=1.0, why='postcode sector PR1 2')
    >>> where_by_postcode("", areas).why
    'no postcode'
    """
    if areas is None or not areas.place:
        return unknown("the place names no areas")
    if not postcode:
        return unknown("no postcode")
    shares, looked_at = authorities_of(postcode)
    if not shares:
        return unknown("a postcode that is not in the directory")
    found = dict.fromkeys(WHERE[:3], 0.0)
    for code, share in shares.items():
        found["place" if code in areas.place else "region" if code in areas.region else "outside"] += share
    best = max(found, key=lambda where: found[where])
    return Guess(best, round(found[best], 3), f"postcode {_level(looked_at)} {looked_at}")


def where_by_name(name: str, areas: PlaceAreas | None) -> Guess:
    """Where a supplier without a postcode may be, by the name of a place in its own.

    Examples
    --------
    >>> areas = PlaceAreas(place=("E07000123",), place_names=("Preston",), region_names=("Lancashire",))
    >>> where_by_name("Preston Glass Ltd", areas).value, where_by_name("Glass Ltd", areas).value
    ('place', 'unknown')
    """
    if areas is None:
        return unknown("the place names no areas")
    words = words_of(name)
    named = [(where, words_of(one)) for where, names in (("place", areas.place_names), ("region", areas.region_names)) for one in names]
    held = [(len(part), where) for where, part in named if _holds(words, part)]
    if not held:
        return unknown("no postcode")
    # The longer name counts: Greater Manchester is not Manchester.
    where = max(held, key=lambda pair: pair[0])[1]
    return Guess(where, BY_NAME, f"the name holds a name of the {where}")


def _holds(words: tuple[str, ...], part: Iterable[str]) -> bool:
    """Whether words stand one after another among others."""
    part = tuple(part)
    return bool(part) and any(words[start : start + len(part)] == part for start in range(len(words) - len(part) + 1))


def _level(looked_at: str) -> str:
    """What kind of area of postcodes was looked at."""
    if not any(sign.isdigit() for sign in looked_at):
        return "area of"
    return "sector" if " " in looked_at else "district"
