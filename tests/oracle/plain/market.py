"""A market: orders placed with firms, each served within its room."""

from __future__ import annotations

from collections.abc import Sequence

from oracle.plain.objects import Firm
from oracle.plain.pennies import cut, share_that_fits


def serve(orders: Sequence[tuple[Firm, int]], unlimited: bool = False, fairly: bool = False) -> list[int]:
    """What each order (firm, pence) is served of, in pence; all orders of a market are cut alike by a firm that is full.

    Served fairly, a firm that usually has more orders than capacity keeps room for its other customers.
    The firm notes demand, output and sales; room, demand and output count at base prices.
    """
    wanted: dict[Firm, int] = {}
    for firm, pence in orders:
        wanted[firm] = wanted.get(firm, 0) + pence
    share = {}
    for firm, pence in wanted.items():
        asked = pence / firm.price
        room = firm.capacity - firm.output
        if fairly:
            fair = firm.capacity / firm.usual_demand if firm.usual_demand > firm.capacity else 1.0
            room = min(room, asked * fair)
        share[firm] = 1.0 if unlimited else share_that_fits(asked, room)
        firm.demand += asked
    accepted = [cut(pence, share[firm]) for firm, pence in orders]
    served = dict.fromkeys(wanted, 0)
    for (firm, _), pence in zip(orders, accepted, strict=True):
        served[firm] += pence
    for firm, pence in served.items():
        firm.output += pence / firm.price
        firm.sales += pence
    return accepted
