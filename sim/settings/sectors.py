"""The eighteen sectors of the model, in their fixed order.

A sector's index in :data:`SECTORS` is its index in every array of the package. The sectors are sections of the United
Kingdom's Standard Industrial Classification 2007, with manufacturing split in two.
"""

from __future__ import annotations

from sim.errors import UnknownNameError

__all__ = ["CODES", "SECTIONS", "SECTORS", "TITLES", "sector_index"]

SECTORS: tuple[str, ...] = (
    "agriculture",
    "mining",
    "food-manufacturing",
    "other-manufacturing",
    "energy-water-waste",
    "construction",
    "wholesale-retail",
    "transport",
    "accommodation-food",
    "information",
    "finance",
    "real-estate",
    "professional",
    "administrative",
    "public-administration",
    "education",
    "health-care",
    "arts-other",
)
"""Name of each sector as written in files, in the order of every array."""

TITLES: tuple[str, ...] = (
    "Agriculture, forestry and fishing",
    "Mining and quarrying",
    "Food and drink manufacturing",
    "Other manufacturing",
    "Energy, water and waste",
    "Construction",
    "Wholesale and retail",
    "Transport and storage",
    "Accommodation and food services",
    "Information and communication",
    "Finance and insurance",
    "Real estate",
    "Professional services",
    "Administrative and support services",
    "Public administration and defence",
    "Education",
    "Health and social care",
    "Arts, recreation and other services",
)
"""Name of each sector for readers."""

CODES: tuple[str, ...] = tuple(f"S{number}" for number in range(1, len(SECTORS) + 1))
"""Code of each sector in the national tables."""

SECTIONS: tuple[str, ...] = (
    "A",
    "B",
    "C (divisions 10-12)",
    "C (divisions 13-33)",
    "D+E",
    "F",
    "G",
    "H",
    "I",
    "J",
    "K",
    "L",
    "M",
    "N",
    "O",
    "P",
    "Q",
    "R+S+T",
)
"""Sections of the Standard Industrial Classification 2007 that each sector holds."""


def sector_index(name: str) -> int:
    """Index of a sector by its name.

    Parameters
    ----------
    name : str
        A name from :data:`SECTORS`.

    Returns
    -------
    int
        0 to 17.

    Raises
    ------
    sim.errors.UnknownNameError
        When there is no such sector; it names the nearest.

    Examples
    --------
    >>> sector_index("construction")
    5
    """
    try:
        return SECTORS.index(name)
    except ValueError:
        raise UnknownNameError("sector", name, SECTORS) from None
