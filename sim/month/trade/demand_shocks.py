"""Shocks to demand: buyers outside who buy less, residents who keep money in their pockets, energy that costs more."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import WORLD_ACCOUNT
from sim.kinds.categories import CATEGORIES
from sim.kinds.town import Town
from sim.settings.sectors import SECTORS

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ENERGY: Final = SECTORS.index("energy-water-waste")
ENERGY_CATEGORY: Final = [name for name, _ in CATEGORIES].index("energy and water")


class Basket(NamedTuple):
    """What a resident of each income tenth does with a pound of usual spending.

    Attributes
    ----------
    kept : (10,) share of usual spending that is spent this month
    dearer : (10,) share of what is spent after tax that dearer energy takes, for those who make it outside the place
    shares : (10, 10) shares of categories in the rest, by tenth; rows add to 1
    """

    kept: Floats
    dearer: Floats
    shares: Floats


def basket(shares: Floats, fall: Floats, energy_price: float) -> Basket:
    """Spending when some categories are avoided and energy costs more.

    What is not spent in a category stays with the resident. The same energy is bought at the higher price, and what that
    takes is missing from all other categories in proportion, as long as there is anything left of them.

    Parameters
    ----------
    shares : (tenths, categories) usual shares, rows add to 1
    fall : (categories,) share of usual spending that is not spent
    energy_price : price of energy against the usual

    Examples
    --------
    >>> two = np.zeros((1, 10)); two[0, ENERGY_CATEGORY] = 0.1; two[0, 4] = 0.9
    >>> found = basket(two, np.zeros(10), 2.0)
    >>> found.dearer.round(3).tolist(), found.shares[0, [ENERGY_CATEGORY, 4]].round(3).tolist()
    ([0.1], [0.111, 0.889])
    """
    left = shares * (1.0 - fall)
    kept = left.sum(axis=1)
    left = np.divide(left, kept[:, None], out=shares.copy(), where=kept[:, None] > 0.0)
    energy = left[:, ENERGY_CATEGORY]
    dearer = np.clip(energy * (energy_price - 1.0), 0.0, 1.0 - energy)
    others = np.divide(1.0 - energy - dearer, 1.0 - energy, out=np.zeros(len(energy)), where=energy < 1.0)
    sellers = left * others[:, None]
    sellers[:, ENERGY_CATEGORY] = energy
    return Basket(kept, dearer, sellers / sellers.sum(axis=1, keepdims=True))


def month_basket(town: Town) -> Basket | None:
    """This month's basket, none where it is the usual one."""
    events = town.rules.events
    if events.spending_fall is None and events.energy_price == 1.0:
        return None
    fall = np.zeros(len(CATEGORIES)) if events.spending_fall is None else events.spending_fall
    return basket(town.structure.spending_shares, fall, events.energy_price)


def pay_dearer_energy(town: Town, found: Basket, net: Integers) -> Integers:
    """Residents pay what energy costs more to those who make it outside; what is left for sellers (residents,) pence."""
    extra = np.floor(net * found.dearer[town.residents["income_tenth"].astype(np.int64)]).astype(np.int64)
    town.ledger.book("shopping", town.residents["account"], WORLD_ACCOUNT, extra)
    return net - extra


def dearer_inputs(town: Town) -> Integers:
    """What energy costs each firm more this month (firms,) pence: for the same volume, paid to those who make it outside.

    Sellers of energy hand the higher price on, so what they buy from each other is left out.
    """
    firms, factor = town.firms, town.rules.events.energy_price
    if factor == 1.0:
        return np.zeros(len(firms), np.int64)
    need = town.structure.energy.copy()
    need[ENERGY] = 0.0
    result: Integers = np.rint(need[firms["sector"]] * firms["last_output"] * (factor - 1.0)).astype(np.int64)
    return result


def pay_anchors_energy(town: Town) -> None:
    """Anchors pay more for the energy they hold contracts for, within what wages leave them."""
    factor = town.rules.events.energy_price
    if factor == 1.0:
        return
    anchors, contracts, ledger = town.anchors, town.contracts, town.ledger
    energy = contracts["category"] == ENERGY
    value = np.bincount(contracts["anchor"][energy], weights=contracts["value"][energy], minlength=len(anchors))
    due = np.rint(value * (factor - 1.0)).astype(np.int64)
    left = ledger.available(anchors["account"]) - np.ceil(anchors["payroll"] / np.maximum(anchors["paid_share"], 0.2))
    paid = np.minimum(due, np.maximum(left, 0.0)).astype(np.int64)
    ledger.book("contracts", anchors["account"], np.full(len(paid), WORLD_ACCOUNT), paid)


def fewer_buyers(pool: Floats, cumulative: Floats, fall: Floats) -> tuple[Floats, Floats]:
    """Pool of outside demand (sectors,) and cumulative shares of who pays (sectors, 3) when all but the government buy less.

    Examples
    --------
    >>> pool, cumulative = fewer_buyers(np.array([100.0]), np.array([[0.5, 0.8, 1.0]]), np.array([0.2]))
    >>> pool.tolist(), cumulative.round(3).tolist()
    ([90.0], [[0.556, 0.822, 1.0]])
    """
    payers = np.diff(cumulative, axis=1, prepend=0.0)
    paid = pool[:, None] * payers
    paid[:, 1:] *= 1.0 - fall[:, None]
    total: Floats = paid.sum(axis=1)
    shares = np.divide(np.cumsum(paid, axis=1), total[:, None], out=cumulative.copy(), where=total[:, None] > 0.0)
    # The last share is 1 to the bit, so that parts add up to the whole.
    shares[:, -1] = 1.0
    return total, shares
