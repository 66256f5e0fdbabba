"""One supplier of an anchor as a spend file or a contract book shows it: a row of a supplier list."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict

from sim.settings.places.figure import Number, Text
from sim.settings.sectors import SECTORS

__all__ = ["KINDS", "PERSON", "PUBLIC_BODY", "SEVERAL", "SIZES_OF_SUPPLIERS", "UNKNOWN", "WHERES", "WORKED_OUT", "Supplier"]

UNKNOWN: Final = "unknown"
#: Many small suppliers in one row: each of its contracts is held by whoever does such work, and nobody bears its name.
SEVERAL: Final = "several"
PUBLIC_BODY: Final = "public body"
#: Private persons, and names that are withheld: as several, whoever they are.
PERSON: Final = "person or withheld"
KINDS: Final = (PUBLIC_BODY, "charity", "co-operative", "company", PERSON, SEVERAL, UNKNOWN)
"""What a supplier may be."""
WHERES: Final = ("place", "region", "outside", UNKNOWN)
"""Where a supplier may be: in the place, elsewhere in its region, further away."""
SIZES_OF_SUPPLIERS: Final = ("micro", "small", "medium", "large", UNKNOWN)
"""How large a supplier may be: below 10, 50 and 250 people employed, and above."""

WORKED_OUT: Final = ("annual_spend", "spend_by_sector", "share_in_place", "share_in_region", "contracts")
"""Keys of an anchor that may be left out where its suppliers are listed: they are worked out from the list."""


class Supplier(BaseModel):
    """A supplier of one anchor.

    Examples
    --------
    >>> Supplier(supplier="A. Builder Ltd", sector="construction", where="place", amount=1200.0).contracts
    1
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    supplier: Annotated[Text, Field(max_length=200)] = Field(description="name, or what stands for it")
    kind: Literal["public body", "charity", "co-operative", "company", "person or withheld", "several", "unknown"] = Field(
        default="unknown", description="what it is; several for many small suppliers in one row"
    )
    sector: Annotated[str, Strict(), Field(pattern=f"^({'|'.join((*SECTORS, UNKNOWN))})$")] = Field(
        default=UNKNOWN, description="sector that it is bought from, or unknown"
    )
    where: Literal["place", "region", "outside", "unknown"] = Field(default="unknown", description="where it is")
    amount: Annotated[Number, Field(ge=0.01, le=1e12)] = Field(description="bought from it in a year, currency units")
    contracts: Annotated[int, Strict(), Field(ge=1, le=1_000_000)] = Field(default=1, description="contracts that it holds")
    end: Annotated[str, Strict(), Field(pattern=r"^(19|20)\d{2}-(0[1-9]|1[0-2])$")] | None = Field(
        default=None, description="last month of its contracts, such as 2026-03; drawn when left out"
    )
    certainty: Annotated[Number, Field(ge=0, le=1)] | None = Field(
        default=None, description="how certain kind, sector and where are, 0 to 1"
    )
    size: Literal["micro", "small", "medium", "large", "unknown"] = Field(default="unknown", description="how large it is")
