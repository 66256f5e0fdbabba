"""What the report of a spend analysis needs to know beside its numbers: names of the place, the sign of its money, words for cells."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from sim.report.numbers import MONTHS, UNKNOWN, Amount, Cell, level
from sim.report.spend.options import PLACE_WANTED
from sim.spend.analysis.analyse import SpendAnalysis
from sim.spend.analysis.lines import NOT_GIVEN

__all__ = ["NONE", "SpendView", "day_words"]

#: A cell of a share that does not exist.
NONE = Cell("-", None)


@dataclass(frozen=True)
class SpendView:
    """A spend analysis for readers.

    Parameters
    ----------
    analysis : SpendAnalysis
        The numbers.
    place, region : str
        Their titles; empty when no place was named.
    has_areas : bool
        Whether the place says which local authorities it and its region are.
    symbol : str
        Sign of the currency.
    awarded : bool
        Whether the rows are contracts that were awarded, and no payments.
    place_wanted : str
        What to do where no place was named.
    """

    analysis: SpendAnalysis
    place: str = ""
    region: str = ""
    has_areas: bool = True
    symbol: str = "£"
    awarded: bool = False
    place_wanted: str = PLACE_WANTED

    @property
    def many(self) -> str:
        """What the rows are."""
        return "contracts" if self.awarded else "payments"

    @property
    def one(self) -> str:
        """What a row is."""
        return self.many.removesuffix("s")

    @property
    def paid(self) -> str:
        """What was done with the money."""
        return "awarded" if self.awarded else "paid"

    @property
    def located(self) -> bool:
        """Whether anything is known of where suppliers are."""
        table = self.analysis.table("where", "all")
        return bool((table.loc[table["where"] != "unknown", "pence"] != 0).any())

    @property
    def title(self) -> str:
        """Whose spending it is."""
        what = "Contracts" if self.awarded else "Spending"
        bodies = [name for name in self.analysis.table("bodies")["body"] if name != NOT_GIVEN]
        if len(bodies) == 1:
            return f"{what} of {bodies[0]}"
        return f"{what} of {len(bodies)} bodies" if bodies else f"Published {what.lower()}"

    @property
    def period(self) -> str:
        """First and last day in words; empty without a date."""
        first, last = (str(self.analysis.headline[name]) for name in ("first_date", "last_date"))
        return "" if not first else day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"

    @property
    def why_unlocated(self) -> str:
        """Why nothing is known of where suppliers are, and what to do."""
        start = f"Where suppliers are is not known for any {self.one}: "
        if not self.place:
            return start + f"no place was named. {self.place_wanted}"
        if not self.has_areas:
            return start + f"the place file of {self.place} names no local authorities (key areas)."
        return start + "the files hold no postcodes, and names tell nothing. A supplier list (--suppliers) can say where suppliers are."

    def where_name(self, where: str) -> str:
        """Where a supplier is, in words."""
        names = {
            "place": f"In {self.place or 'the place'}",
            "region": f"Elsewhere in {self.region or 'the region'}",
            "outside": "Further away",
            "unknown": "Not known where",
        }
        return names.get(where, where)

    def money(self, pence: float) -> Cell:
        """Pence as pounds, rounded for reading; the whole number of pence is kept in the cell."""
        return level(pence / 100, Amount("money", self.symbol))

    def exact(self, pence: float) -> Cell:
        """Pence as pounds to the penny."""
        sign = "-" if pence < 0 else ""
        quoted = '"' + self.symbol.replace('"', "") + '"'
        return Cell(f"{sign}{self.symbol}{abs(pence) / 100:,.2f}", pence / 100, f"{quoted}#,##0.00;-{quoted}#,##0.00")

    def share(self, value: float | None) -> Cell:
        """A share; a dash where there is none."""
        return NONE if value is None or math.isnan(value) else level(value, Amount("share"))

    def share_words(self, value: float | None) -> str:
        """A share in a sentence."""
        return UNKNOWN if value is None or math.isnan(value) else self.share(value).shown


def day_words(day: str) -> str:
    """A day in words.

    Examples
    --------
    >>> day_words("2019-08-02")
    '2 August 2019'
    """
    read = date.fromisoformat(day)
    return f"{read.day} {MONTHS[read.month - 1]} {read.year}"
