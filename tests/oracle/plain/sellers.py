"""Finding a firm of a sector by chance, weighted by appeal."""

from __future__ import annotations

from bisect import bisect_right

from oracle.plain.objects import Firm
from oracle.plain.pennies import running

#: Parts of a draw: above this place for the usual choice, below it for firms founded by policy.
APART = float(2**24)


class Weighted:
    """Firms in order with the running total of their weights."""

    def __init__(self, firms: list[Firm]) -> None:
        self.firms = firms
        self.totals = running(firm.appeal for firm in firms)
        self.weight = self.totals[-1] if firms else 0.0

    def found(self, draw: float) -> Firm | None:
        """The firm on which a draw falls."""
        if self.weight <= 0.0:
            return None
        return self.firms[min(bisect_right(self.totals, draw * self.weight), len(self.firms) - 1)]


class Sellers:
    """The firms of each sector. Those founded by policy are chosen apart, by the lower half of the same draw."""

    def __init__(self, firms: list[Firm]) -> None:
        usual: dict[int, list[Firm]] = {sector: [] for sector in range(18)}
        apart: dict[int, list[Firm]] = {sector: [] for sector in range(18)}
        for firm in firms:
            (apart if firm.founded_by_policy else usual)[firm.sector].append(firm)
        self.usual = {sector: Weighted(of_sector) for sector, of_sector in usual.items()}
        self.apart = {sector: Weighted(of_sector) for sector, of_sector in apart.items()}

    def any_in(self, sector: int) -> bool:
        """Whether the sector has a seller of some appeal."""
        return self.usual[sector].weight + self.apart[sector].weight > 0.0

    def found(self, sector: int, draw: float) -> Firm | None:
        """The firm of a sector on which a draw falls, None where there is no seller."""
        usual, apart = self.usual[sector], self.apart[sector]
        if apart.weight > 0.0:
            chance = apart.weight / (usual.weight + apart.weight)
            lower = draw * APART % 1.0
            if lower < chance:
                return apart.found(lower / chance)
        return usual.found(draw)
