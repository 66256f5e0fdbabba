"""Premises: who gets the units that anchors and trusts let, and the rent for them in place of the market's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.kinds.firms import CommunityFirm, Cooperative, LocalSME
from sim.kinds.premises import LEASE, MEANWHILE, TRUST
from sim.kinds.rules_land import PremisesOffer
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import rationed
from sim.settings.sectors import SECTORS

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

REAL_ESTATE: Final = SECTORS.index("real-estate")
#: Kinds of firm that each use of premises is for.
LET_TO: Final = {
    LEASE: (LocalSME.code, Cooperative.code),
    TRUST: (LocalSME.code, Cooperative.code, CommunityFirm.code),
    MEANWHILE: (LocalSME.code, Cooperative.code),
}


def next_tenants(eligible: Flags, preferred: Flags, draws: Floats, units: int) -> NDArray[np.int64]:
    """Rows of the firms that get the free units: the preferred first, by lot among equals.

    Examples
    --------
    >>> next_tenants(np.array([True, True, True, False]), np.array([False, False, True, True]), np.array([0.2, 0.1, 0.9, 0.0]), 2).tolist()
    [2, 1]
    """
    rows = np.flatnonzero(eligible)
    order = np.lexsort((draws[rows], ~preferred[rows]))
    result: NDArray[np.int64] = rows[order[:units]]
    return result


def market_rent(
    output: Floats, share: Floats, local_share: Floats, local_order: Integers, outside_orders: Integers
) -> tuple[Integers, Integers]:
    """Rent a firm pays without a policy, to owners in the place and elsewhere, whole pence (n,) each.

    Parameters
    ----------
    output : (n,) pence of output to be restocked
    share, local_share : (n,) rent for one of output in all, and the part that goes to owners in the place
    local_order : (n,) pence ordered from the local real-estate firm, at its price
    outside_orders : (n,) pence ordered outside the place in all, which rent paid there can't exceed

    Examples
    --------
    >>> rent = market_rent(np.array([1000.0]), np.array([0.03]), np.array([0.01]), np.array([11]), np.array([200]))
    >>> [part.tolist() for part in rent]
    [[11], [20]]
    """
    away = np.rint(np.maximum(share - local_share, 0.0) * output).astype(np.int64)
    return local_order, np.minimum(away, outside_orders)


@dataclass(frozen=True)
class Leases:
    """Rents due this month for units let: row of the firm and of the unit, rent due, and what the market asks (n,) each."""

    firm: NDArray[np.int64]
    unit: NDArray[np.int64]
    due: Integers
    market: Integers


def leases_due(town: Town, orders: Integers, outside: Integers) -> Leases | None:
    """Take the market rent of tenants out of their orders, (firms, 18) and (firms,), and return what they owe instead.

    None where no unit is let, which is every month without such a policy.
    """
    units, firms, structure = town.premises, town.firms, town.structure
    if not len(units):
        return None
    units["rent"][:] = 0
    units["forgone"][:] = 0
    unit = np.flatnonzero(units["tenant"] >= 0)
    firm = town.firm_row[units["tenant"][unit]].astype(np.int64)
    unit, firm = unit[firm >= 0], firm[firm >= 0]
    sector = firms["sector"][firm]
    shares = structure.premises[sector], structure.local[REAL_ESTATE, sector]
    here, away = market_rent(firms["last_output"][firm], *shares, orders[firm, REAL_ESTATE], outside[firm])
    orders[firm, REAL_ESTATE] = 0
    outside[firm] -= away
    market = here + away
    due = np.floor(market * units["rent_share"][unit]).astype(np.int64)
    return Leases(firm, unit, due, market)


def pay_leases(town: Town, leases: Leases, fill: Floats) -> None:
    """Rents to the owners of the units, as far as each firm's means go (firms,); they are income of anchors."""
    units, firms, anchors = town.premises, town.firms, town.anchors
    paid = rationed(leases.due, fill[leases.firm])
    owner = units["owner"][leases.unit]
    town.ledger.book("leases", firms["account"][leases.firm], owner, paid)
    firms["costs"][leases.firm] += paid
    units["rent"][leases.unit] = paid
    units["forgone"][leases.unit] = leases.market - leases.due
    received = np.bincount(owner, weights=paid, minlength=len(town.ledger)).astype(np.int64)
    anchors["received"] += received[anchors["account"]]


def let_premises(town: Town) -> None:
    """Units on offer this month, tenants who go, and tenants who come; the rent begins with next month's purchases."""
    offers = town.rules.land.offers
    if not offers and not len(town.premises):
        return
    _withdraw(town, {(int(town.anchors["account"][offer.anchor]), offer.use) for offer in offers})
    for offer in offers:
        _set_units(town, offer)
    if len(town.premises):
        _clear(town)
        _let(town, {(int(town.anchors["account"][offer.anchor]), offer.use): offer for offer in offers})


def _withdraw(town: Town, offered: set[tuple[int, int]]) -> None:
    """Anchors take back units they no longer offer; what a trust owns stays."""
    units = town.premises
    held = zip(units["owner"].tolist(), units["use"].tolist(), strict=True)
    gone = [place for place, (owner, use) in enumerate(held) if use != TRUST and (owner, use) not in offered]
    units.drop(units.slots[gone])


def _set_units(town: Town, offer: PremisesOffer) -> None:
    """As many units as offered: new ones are empty, of those that go the empty ones go first."""
    units, owner = town.premises, int(town.anchors["account"][offer.anchor])
    rows = np.flatnonzero((units["owner"] == owner) & (units["use"] == offer.use))
    if len(rows) < offer.units:
        units.add(offer.units - len(rows), owner=owner, use=offer.use)
    elif len(rows) > offer.units:
        order = np.lexsort((-rows, units["tenant"][rows] >= 0))
        units.drop(units.slots[rows[order[: len(rows) - offer.units]]])
    units["rent_share"][(units["owner"] == owner) & (units["use"] == offer.use)] = offer.rent_share


def _clear(town: Town) -> None:
    """Units of firms that have ended, and of tenants whose time is up, are free again."""
    units = town.premises
    tenant = units["tenant"]
    ended = (tenant >= 0) & (town.firm_row[np.maximum(tenant, 0)] < 0)
    over = (units["until"] >= 0) & (units["until"] <= town.month)
    units["tenant"][ended | over] = -1
    units["until"][ended | over] = -1


def _let(town: Town, offers: dict[tuple[int, int], PremisesOffer]) -> None:
    """Free units to firms that may have them and have none, owner by owner."""
    units, firms = town.premises, town.firms
    if (units["tenant"] >= 0).all():
        return
    draws = town.streams.uniform("premises", town.month, firms.slots)
    housed = np.isin(firms["account"], units["tenant"])
    for owner, use in sorted(set(zip(units["owner"].tolist(), units["use"].tolist(), strict=True))):
        free = np.flatnonzero((units["owner"] == owner) & (units["use"] == use) & (units["tenant"] < 0))
        offer = offers.get((owner, use))
        first = _preferred(town, use, offer)
        rows = next_tenants(eligible(town, use) & ~housed, first, draws, len(free))
        units["tenant"][free[: len(rows)]] = firms["account"][rows]
        units["until"][free[: len(rows)]] = town.month + offer.months if offer is not None and offer.months else -1
        housed[rows] = True


def _preferred(town: Town, use: int, offer: PremisesOffer | None) -> Flags:
    """Firms that come before others (firms,): at a trust co-operatives and community firms, else co-operatives if the offer says so."""
    kinds: tuple[int, ...] = ()
    if use == TRUST:
        kinds = (Cooperative.code, CommunityFirm.code)
    elif offer is not None and offer.cooperatives_first:
        kinds = (Cooperative.code,)
    preferred: Flags = np.isin(town.firms["kind"], kinds)
    return preferred


def births_raised(town: Town) -> float:
    """Factor on the chance of a birth: above 1 while a unit for new firms is free, if the rules say so."""
    extra = town.rules.land.extra_births
    if extra <= 0.0:
        return 1.0
    units = town.premises
    return 1.0 + extra * bool(((units["use"] == MEANWHILE) & (units["tenant"] < 0)).any())


def eligible(town: Town, use: int) -> Flags:
    """Firms that may have a unit of this use (firms,): small ones owned here, or new ones."""
    firms = town.firms
    may: Flags = np.isin(firms["kind"], LET_TO[use]) & (town.structure.premises[firms["sector"]] > 0.0)
    if use != MEANWHILE:
        may &= firms["workers"] + firms["commuters"] < town.rules.parameters["land.unit_jobs"]
    else:
        # Firms are founded at the end of a month, so those of last month are the new ones.
        may &= firms["born"] >= town.month - 1
    return may
