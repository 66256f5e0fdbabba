"""One sale: what buyers want of firms, what firms with room serve, what they are paid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import Table
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import fill_rate

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sale:
    """What firms serve of orders.

    Attributes
    ----------
    accepted : (n,) int64 pence, never above what was wanted; the orders themselves where all are served
    short : (k,) int64, orders that are not served in full, in order
    asked : (firms,) float64 pence at base prices asked for
    made : (firms,) float64 pence at base prices served
    sales : (firms,) int64 pence served
    """

    accepted: Integers
    short: Integers
    asked: Floats
    made: Floats
    sales: Integers


def served(rows: NDArray[np.integer], wanted: Integers, price: Floats, room: Floats) -> Sale:
    """What firms serve of orders in pence, limited by the room left at base prices.

    Parameters
    ----------
    rows : (n,) int, row of the firm each order is placed with
    wanted : (n,) int64 pence
    price : (firms,) float64 price against base price
    room : (firms,) float64 pence at base prices still free this month

    Examples
    --------
    >>> sale = served(np.array([0, 0]), np.array([60, 60]), np.array([1.0]), np.array([60.0]))
    >>> sale.accepted.tolist(), sale.asked.tolist(), sale.made.tolist(), sale.sales.tolist()
    ([30, 30], [120.0], [60.0], [60])
    """
    orders = _by_firm(rows, wanted, len(price))
    fill = fill_rate(orders / price, room)
    full = fill < 1.0
    short = np.flatnonzero(full.take(rows)) if full.any() else np.zeros(0, np.int64)
    return cut_short(wanted, short, rows[short], orders, fill, price)


def cut_short(
    wanted: Integers,
    short: Integers,
    firm: NDArray[np.integer],
    orders: Integers,
    fill: Floats,
    price: Floats,
    in_place: bool = False,
) -> Sale:
    """Orders of full firms cut alike, down to whole pence; those of the others are left as they are.

    Parameters
    ----------
    wanted : (n,) int64 pence
    short : (k,) int64, the orders placed with full firms, in order
    firm : (k,) int, row of the firm of each of them
    orders : (firms,) int64 pence, the orders of each firm together
    fill : (firms,) float64, share of its orders that each firm serves
    price : (firms,) float64 price against base price
    in_place : whether `wanted` is cut itself, since nobody needs it any more
    """
    asked = orders / price
    if not short.size:
        return Sale(wanted, short, asked, asked, orders)
    cut = wanted[short]
    kept = np.floor(cut * fill[firm]).astype(np.int64)
    accepted = wanted if in_place else wanted.copy()
    accepted[short] = kept
    sales = orders - _by_firm(firm, cut - kept, len(price))
    return Sale(accepted, short, asked, sales / price, sales)


def _by_firm(rows: NDArray[np.integer], pence: Integers, firms: int) -> Integers:
    """Pence of each firm (firms,)."""
    result = np.zeros(firms, np.int64)
    np.add.at(result, rows, pence)
    return result


def supplier_rows(town: Town) -> NDArray[np.integer]:
    """Row of each firm's local supplier in each sector (firms, 18), -1 where it has none."""
    suppliers = town.firms["suppliers"]
    rows: NDArray[np.integer] = np.where(suppliers >= 0, town.firm_row[np.maximum(suppliers, 0)], -1)
    return rows


def placed_orders(orders: Integers, suppliers: NDArray[np.integer]) -> tuple[Integers, NDArray[np.integer], Integers]:
    """Buyer, row of the supplier and pence of each order above nought that has a supplier here, from tables (firms, sectors), by buyer.

    Examples
    --------
    >>> [part.tolist() for part in placed_orders(np.array([[5, 7], [0, 9]]), np.array([[3, -1], [2, 1]]))]
    [[0, 1], [3, 1], [5, 9]]
    """
    placed = (orders > 0) & (suppliers >= 0)
    at = np.flatnonzero(placed)
    buyer = np.repeat(np.arange(len(orders)), np.count_nonzero(placed, axis=1))
    return buyer, suppliers.take(at), orders.take(at)


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
    if at_most is not None and not unlimited:
        room = np.minimum(room_left(firms), np.bincount(rows, weights=wanted, minlength=len(firms)) / firms["price"] * at_most)
    else:
        room = room_left(firms, unlimited)
    sale = served(rows, wanted, firms["price"], room)
    note_sale(firms, sale)
    return sale.accepted


def room_left(firms: Table, unlimited: bool = False) -> Floats:
    """What each firm can still make this month, pence at base prices (firms,)."""
    result: Floats = np.full(len(firms), np.inf) if unlimited else firms["capacity"] - firms["output"]
    return result


def note_sale(firms: Table, sale: Sale) -> None:
    """Note demand, output and sales on the firms' columns."""
    firms["demand"] += sale.asked
    firms["output"] += sale.made
    firms["sales"] += sale.sales
