"""What a supplier list says of an anchor as a whole: its spend, by sector and by where; and how what is unknown in it is shared out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.settings.sectors import SECTORS
from sim.settings.suppliers.supplier import UNKNOWN, WHERES, Supplier

if TYPE_CHECKING:
    from sim.settings.places.sections import Anchor

__all__ = ["SupplierSums", "spend_in_place", "supplier_sums", "unknown_sectors", "unknown_wheres"]

#: Where suppliers are, but for unknown.
KNOWN: Final = WHERES[:3]


@dataclass(frozen=True, slots=True)
class SupplierSums:
    """Money of a supplier list, currency units a year.

    Attributes
    ----------
    total : float
    where : dict of str to float
        In the place, in the region, outside, unknown.
    sector : dict of str to float
        By sector, and unknown.
    contracts : int
    """

    total: float
    where: dict[str, float]
    sector: dict[str, float]
    contracts: int

    def where_bounds(self, where: str) -> tuple[float, float]:
        """Least and largest share that suppliers there can have: none or all of what is unknown is theirs."""
        return self.where[where] / self.total, (self.where[where] + self.where[UNKNOWN]) / self.total

    def share_beside(self, given: Mapping[str, float], where: str) -> float:
        """Share of suppliers there, of all money, beside shares that are given for other whereabouts.

        What is unknown makes up what the known suppliers lack of the shares that are given; what is left of it is as what is known of the
        other whereabouts, or outside where nothing is.
        """
        taken = math.fsum(max(share * self.total - self.where[one], 0.0) for one, share in given.items())
        left = max(self.where[UNKNOWN] - taken, 0.0)
        known = math.fsum(self.where[one] for one in KNOWN if one not in given)
        part = self.where[where] / known if known > 0 else 0.0
        return (self.where[where] + left * part) / self.total

    def sector_bounds(self, sector: str) -> tuple[float, float]:
        """Least and largest share that a sector can have."""
        return self.sector[sector] / self.total, (self.sector[sector] + self.sector[UNKNOWN]) / self.total

    def sector_share(self, sector: str) -> float:
        """Share of a sector when what is unknown is as what is known; the same for all where nothing is known."""
        known = math.fsum(self.sector[one] for one in SECTORS)
        return self.sector[sector] / known if known > 0 else 1.0 / len(SECTORS)


def supplier_sums(suppliers: Sequence[Supplier]) -> SupplierSums:
    """Add a list up.

    Examples
    --------
    >>> rows = [Supplier(supplier="A", sector="mining", where="place", amount=30.0), Supplier(supplier="B", amount=10.0)]
    >>> found = supplier_sums(rows)
    >>> found.total, found.where_bounds("place"), found.share_beside({}, "place"), found.share_beside({"region": 0.1}, "place")
    (40.0, (0.75, 1.0), 1.0, 0.9)
    """
    where = {name: math.fsum(row.amount for row in suppliers if row.where == name) for name in WHERES}
    sector = {name: math.fsum(row.amount for row in suppliers if row.sector == name) for name in (*SECTORS, UNKNOWN)}
    return SupplierSums(math.fsum(row.amount for row in suppliers), where, sector, sum(row.contracts for row in suppliers))


def unknown_wheres(anchor: Anchor) -> tuple[float, float]:
    """Parts of the money whose whereabouts are unknown that count as the place's and as the region's.

    The anchor's shares are those of all its money: what is unknown makes up what the known suppliers lack of them.
    """
    sums = supplier_sums(anchor.suppliers or ())
    unknown = sums.where[UNKNOWN]
    if unknown <= 0:
        return 0.0, 0.0
    place, region = (
        min(max((float(share) * sums.total - sums.where[name]) / unknown, 0.0), 1.0)
        for name, share in (("place", anchor.share_in_place), ("region", anchor.share_in_region))
    )
    return place, min(region, 1.0 - place)


def unknown_sectors(anchor: Anchor) -> tuple[float, ...]:
    """Chance of each of the eighteen sectors for a supplier whose sector is unknown: what the known ones lack of the anchor's shares."""
    sums = supplier_sums(anchor.suppliers or ())
    shares = [float(anchor.spend_by_sector[name]) if name in anchor.spend_by_sector else 0.0 for name in SECTORS]
    lacking = [max(share * sums.total - sums.sector[name], 0.0) for name, share in zip(SECTORS, shares, strict=True)]
    whole = math.fsum(lacking)
    # Nothing lacks where nothing is unknown, but for rounding.
    return tuple(one / whole if whole > 0 else share for one, share in zip(lacking, shares, strict=True))


def spend_in_place(anchor: Anchor) -> tuple[float, ...]:
    """What an anchor buys in the place, currency units a year by sector (18 values).

    Without a supplier list the share in the place is the same in every sector; with one it is that of the suppliers of the sector.
    """
    shares = [float(anchor.spend_by_sector[name]) if name in anchor.spend_by_sector else 0.0 for name in SECTORS]
    whole = float(anchor.annual_spend) * float(anchor.share_in_place)
    if not anchor.suppliers:
        return tuple(whole * share for share in shares)
    unknown_here, sectors = unknown_wheres(anchor)[0], unknown_sectors(anchor)
    bought = [0.0] * len(SECTORS)
    for row in anchor.suppliers:
        here = row.amount * (1.0 if row.where == "place" else unknown_here if row.where == UNKNOWN else 0.0)
        parts = sectors if row.sector == UNKNOWN else tuple(float(name == row.sector) for name in SECTORS)
        bought = [sum_ + here * part for sum_, part in zip(bought, parts, strict=True)]
    return tuple(bought)
