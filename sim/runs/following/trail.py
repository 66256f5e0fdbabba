"""What `follow` finds: a hundred pounds on their way, in pence that add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["PathStep", "Step", "Trail"]


@dataclass(frozen=True)
class Step:
    """One payment.

    Parameters
    ----------
    number : int
        1 is what the anchor itself pays.
    held : mapping of str to int
        Who in the place holds how much after it, pence, the largest first.
    left : mapping of str to int
        What it took to each end point, pence, the largest first.
    """

    number: int
    held: Mapping[str, int]
    left: Mapping[str, int]

    @property
    def still_here(self) -> int:
        """Pence still in the place."""
        return sum(self.held.values())


@dataclass(frozen=True)
class PathStep:
    """One payment of the example: payer, payee, channel, and what of the money moved, in major units."""

    payer: str
    payee: str
    channel: str
    amount: float


@dataclass(frozen=True, eq=False)
class Trail:
    """Where some money of one anchor went.

    Parameters
    ----------
    place, anchor, of, scenario : str
        Title of the place, title of the anchor, what was followed ("contracts", "pay" or "everything"), name of the scenario.
    seed, month, months : int
        Which run, the last month that was summed, and how many months were.
    date : str
        The last month as "YYYY-MM".
    symbol : str
        Sign of the currency.
    minor_units, total, spent : int
        Pence in a pound; pence that are followed; pence that the anchor really paid so in those months.
    steps : tuple of Step
        Payment by payment.
    ends : mapping of str to int
        Pence that reach each end point in the end, over all payments; they add up to `total`.
    kinds : mapping of str to str
        Kind of each end point.
    shares : mapping of str to float
        The same as shares, unrounded; they add up to 1.
    receipts : float
        Receipts in the place for each pound followed, over all payments: e'(I - Q)^-1 1 on single accounts.
    hands : float
        The same for each pound that reached the place at all: local hands before it leaves.
    hands_by_groups : float
        Hands as the monthly measure counts them, with accounts pooled into groups.
    path : tuple of PathStep
        The likeliest way through the place.
    suppliers : mapping of str to int
        Pence paid on contracts in those months to suppliers that the place lists by name, the largest first.
    moves : DataFrame
        payment, payer, payee, inside, share: what each group paid to each group or end point.
    """

    place: str
    anchor: str
    of: str
    scenario: str
    seed: int
    month: int
    months: int
    date: str
    symbol: str
    minor_units: int
    total: int
    spent: int
    steps: tuple[Step, ...]
    ends: Mapping[str, int]
    kinds: Mapping[str, str]
    shares: Mapping[str, float]
    receipts: float
    hands: float
    hands_by_groups: float
    path: tuple[PathStep, ...]
    moves: pd.DataFrame
    suppliers: Mapping[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Trail({self.money(self.total)} of {self.anchor}, {self.of}, month {self.month}, {len(self.steps)} payments)"

    def money(self, pence: float) -> str:
        """Pence as text."""
        return f"{self.symbol}{pence / self.minor_units:,.2f}"

    def by_kind(self) -> dict[str, int]:
        """Pence in the end by kind of end point."""
        found: dict[str, int] = {}
        for title, pence in self.ends.items():
            found[self.kinds[title]] = found.get(self.kinds[title], 0) + pence
        return found

    def table(self) -> pd.DataFrame:
        """Tidy rows: payment (0 for the end), where (here, left or end), who, amount in major units."""
        rows = [
            (step.number, where, who, pence / self.minor_units)
            for step in self.steps
            for where, found in (("held here", step.held), ("left", step.left))
            for who, pence in found.items()
        ]
        rows += [(0, "in the end", who, pence / self.minor_units) for who, pence in self.ends.items()]
        return pd.DataFrame(rows, columns=["payment", "where", "who", "amount"])

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a program; money in pence."""
        plain = {
            name: getattr(self, name) for name in ("place", "anchor", "of", "scenario", "seed", "month", "months", "date", "total", "spent")
        }
        steps = [{"payment": step.number, "held": dict(step.held), "left": dict(step.left)} for step in self.steps]
        found = {"receipts": self.receipts, "hands": self.hands, "hands_by_groups": self.hands_by_groups}
        path = [{"payer": one.payer, "payee": one.payee, "channel": one.channel, "amount": one.amount} for one in self.path]
        return {
            **plain,
            "steps": steps,
            "ends": dict(self.ends),
            "shares": dict(self.shares),
            **found,
            "likeliest_path": path,
            "listed_suppliers": dict(self.suppliers),
        }


def ordered(names: list[str], pence: NDArray[np.int64]) -> dict[str, int]:
    """Pence by name, the largest first, nought left out.

    Examples
    --------
    >>> ordered(["a", "b", "c"], np.array([1, 0, 5]))
    {'c': 5, 'a': 1}
    """
    return {names[place]: int(pence[place]) for place in np.argsort(-pence, kind="stable") if pence[place] > 0}
