"""One sale: what buyers want of firms, what firms with room serve, what they are paid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import Table
from sim.kinds.town import Town
from sim.month.sharing import fill_rate, rationed

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


def served(rows: NDArray[np.integer], wanted: Integers, price: Floats, room: Floats) -> tuple[Integers, Floats, Floats]:
    """What firms serve of orders in pence, limited by the room left at base prices.

    Parameters
    ----------
    rows : (n,) int, row of the firm each order is placed with
    wanted : (n,) int64 pence
    price : (firms,) float64 price against base price
    room : (firms,) float64 pence at base prices still free this month

    Returns
    -------
    accepted : (n,) int64 pence, never above what was wanted
    asked : (firms,) float64 pence at base prices asked for
    made : (firms,) float64 pence at base prices served

    Examples
    --------
    >>> accepted, asked, made = served(np.array([0, 0]), np.array([60, 60]), np.array([1.0]), np.array([60.0]))
    >>> accepted.tolist(), asked.tolist(), made.tolist()
    ([30, 30], [120.0], [60.0])
    """
    firms = len(price)
    asked = np.bincount(rows, weights=wanted, minlength=firms) / price
    fill = fill_rate(asked, room)
    if (fill < 1.0).any():
        accepted = rationed(wanted, fill[rows])
        made = np.bincount(rows, weights=accepted, minlength=firms) / price
    else:
        accepted, made = wanted, asked
    return accepted, asked, made


def supplier_rows(town: Town) -> NDArray[np.integer]:
    """Row of each firm's local supplier in each sector (firms, 18), -1 where it has none."""
    suppliers = town.firms["suppliers"]
    rows: NDArray[np.integer] = np.where(suppliers >= 0, town.firm_row[np.maximum(suppliers, 0)], -1)
    return rows


def fair_share(usual_demand: Floats, capacity: Floats) -> Floats:
    """Share of its orders a firm can serve when all its usual customers are cut alike, between 0 and 1 (firms,).

    Examples
    --------
    >>> fair_share(np.array([50.0, 200.0, 0.0]), np.array([100.0, 100.0, 0.0])).tolist()
    [1.0, 0.5, 1.0]
    """
    share = np.ones(len(capacity))
    np.divide(capacity, usual_demand, out=share, where=usual_demand > capacity)
    return share


def sell(firms: Table, rows: NDArray[np.integer], wanted: Integers, unlimited: bool = False, at_most: Floats | None = None) -> Integers:
    """Serve orders, note demand, output and sales on the firms' columns; return what was accepted (n,) pence.

    `at_most` (firms,) is the largest share of these orders that a firm serves, so that room is left for its other customers.
    """
    room = np.full(len(firms), np.inf) if unlimited else firms["capacity"] - firms["output"]
    if at_most is not None and not unlimited:
        room = np.minimum(room, np.bincount(rows, weights=wanted, minlength=len(firms)) / firms["price"] * at_most)
    accepted, asked, made = served(rows, wanted, firms["price"], room)
    firms["demand"] += asked
    firms["output"] += made
    firms["sales"] += np.bincount(rows, weights=accepted, minlength=len(firms)).astype(np.int64)
    return accepted
