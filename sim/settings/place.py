"""A place: the published facts that a model of one town starts from."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, Strict

from sim.settings.frozen import FrozenMapping
from sim.settings.places.figure import Figure, Text
from sim.settings.places.keyed import AGES, SIZES, TENURES, sector_values
from sim.settings.places.sections import (
    ANCHOR_KINDS,
    Anchor,
    Areas,
    Business,
    Currency,
    Housing,
    Labour,
    NationalTables,
    Neighbourhood,
    Pay,
    Population,
    PublishedFact,
    Region,
    Section,
    Slug,
    SourceEntry,
    Transfers,
    Wealth,
)

__all__ = ["AGES", "ANCHOR_KINDS", "SIZES", "TENURES", "Anchor", "Figure", "Place", "sector_values"]


class Place(Section):
    """Everything a place file holds, checked and frozen. Money is in major units, shares are 0 to 1.

    A place can be pickled, copied and compared; two places read from equal files are equal.
    """

    name: Slug = Field(description="short name in lower case")
    title: Text = Field(description="name for readers")
    invented: Annotated[bool, Strict()] = Field(description="true when no such place exists")
    notes: str = Field(default="", strict=True, max_length=20_000, description="anything a reader must know")
    currency: Currency = Field(description="the money of the place")
    region: Region = Field(description="the wider region that holds the place")
    areas: Areas | None = Field(default=None, description="local authorities of the place and region, to place spending by postcode")
    prices: Text = Field(description='year whose prices the money is in, such as "2013"')
    national_tables: NationalTables = Field(
        default=NationalTables(), description="the national tables that production, consumption and trade are built from"
    )
    sources: FrozenMapping[SourceEntry] = Field(description="the publications that figures are taken from, by a short key")
    population: Population = Field(description="who lives there")
    labour: Labour = Field(description="who works, and where")
    pay: Pay = Field(description="what work pays")
    business: Business = Field(description="which firms there are")
    housing: Housing = Field(description="who owns homes, and what they cost")
    wealth: Wealth = Field(description="what people own besides homes")
    transfers: Transfers = Field(description="what is paid to and by residents outside markets")
    neighbourhoods: Annotated[tuple[Neighbourhood, ...], Field(min_length=1)] = Field(description="the parts of the place")
    anchors: Annotated[tuple[Anchor, ...], Field(min_length=1)] = Field(description="large institutions that will not move away")
    published: tuple[PublishedFact, ...] = Field(default=(), description="published facts to compare with; no input")

    @property
    def anchor_names(self) -> tuple[str, ...]:
        """Short names of the anchors, in the order of the file."""
        return tuple(anchor.name for anchor in self.anchors)
