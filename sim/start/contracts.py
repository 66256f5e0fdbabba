"""The opening contract book of every anchor, and the chances that bidders are local which reproduce its published shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.core.streams import normal
from sim.kinds.town import Town
from sim.month import bids as bidding
from sim.month.procurement import Hearing, hear_of_tenders, make_bids, tender
from sim.settings.sectors import SECTORS
from sim.start.listed_suppliers import hold_listed, listed_contracts

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Standard deviation of the logarithm of contract values: a few contracts hold most of the money
#: (about 60 of 4,745 suppliers took 79% of value in Barcelona, 2014 to 2015).
VALUE_SPREAD = 1.5
SEARCH_STEPS = 18
REPEATS = 8


def contract_values(total: int, shares: Floats, number: int, draws: Floats) -> tuple[NDArray[np.int64], Integers]:
    """Categories and monthly values of an anchor's contracts.

    Contracts go to categories in proportion to spend, at least one for each; values are lognormal and
    then fitted so that each category has its published part of the total, to the penny.

    Parameters
    ----------
    total : int pence a month
    shares : (18,) shares of sectors in the spend
    number : int contracts
    draws : (number,) uniforms

    Examples
    --------
    >>> category, value = contract_values(1000, np.array([0.25, 0.75]), 4, np.array([0.5, 0.5, 0.5, 0.5]))
    >>> category.tolist(), value.tolist()
    ([0, 1, 1, 1], [250, 250, 250, 250])
    """
    used = np.flatnonzero(shares > 0)
    wanted = shares[used] / shares[used].sum() * number
    count = np.maximum(np.floor(wanted), 1).astype(np.int64)
    order = np.argsort(-(wanted - np.floor(wanted)), kind="stable")
    count[order[: max(number - int(count.sum()), 0)]] += 1
    category = np.repeat(used, count)
    spare = np.resize(draws, len(category))
    weight = np.exp(VALUE_SPREAD * normal(spare))
    budget = np.diff(np.rint(np.append(0.0, np.cumsum(shares[used] / shares[used].sum())) * total)).astype(np.int64)
    value = np.zeros(len(category), np.int64)
    for place, sector in enumerate(used.tolist()):
        mine = category == sector
        running = np.rint(np.cumsum(weight[mine]) / weight[mine].sum() * int(budget[place])).astype(np.int64)
        value[mine] = np.diff(np.append(0, running))
    return category, value


def build_contracts(town: Town) -> None:
    """Contracts with values and end months; who holds them comes with `award_opening`."""
    place, contracts = town.place, town.contracts
    minor = place.currency.minor_units
    for anchor, item in enumerate(place.anchors):
        total = round(float(item.annual_spend) * minor / 12.0)
        if total <= 0:
            continue
        if item.suppliers:
            listed_contracts(town, anchor, item, total)
            continue
        shares = np.array([float(item.spend_by_sector.get(sector, 0.0)) for sector in SECTORS])
        number = max(round(float(item.contracts)), 1)
        draws = town.streams.uniform("opening contracts", -anchor, number + 18, width=2)
        category, value = contract_values(total, shares, number, draws[:, 0])
        months = np.maximum(float(item.contract_years) * 12.0, 1.0)
        age = (np.resize(draws[:, 1], len(value)) * months).astype(np.int64)
        contracts.add(
            len(value),
            anchor=anchor,
            category=category,
            base_value=value,
            value=value,
            start=-age,
            end=np.maximum(np.rint(months) - age, 1).astype(np.int64) + town.month,
        )
    _bind_to_frameworks(town)


def _bind_to_frameworks(town: Town) -> None:
    """Mark the contracts that an anchor cannot move: drawn until they have their part of its contract value."""
    contracts = town.contracts
    part = 1.0 - town.rules.parameters["procurement.influenceable_share"]
    draws = town.streams.uniform("opening frameworks", 0, contracts.slots)
    # What goes to public bodies is no matter of tenders: it is bound first.
    draws[contracts.rows(town.listed.public_slots())] -= 1.0
    for anchor in range(len(town.place.anchors)):
        mine = np.flatnonzero(contracts["anchor"] == anchor)
        mine = mine[np.argsort(draws[mine], kind="stable")]
        value = contracts["base_value"][mine].astype(np.float64)
        contracts["influenceable"][mine] = ~within_part(value, part)


def within_part(value: Floats, part: float) -> NDArray[np.bool_]:
    """Which contracts make up a part of the value: in order, each while the middle of it lies within the part.

    Examples
    --------
    >>> within_part(np.array([10.0, 30.0, 10.0, 50.0]), 0.3).tolist()
    [True, True, False, False]
    """
    middle = np.cumsum(value) - value / 2.0
    result: NDArray[np.bool_] = middle < part * value.sum()
    return result


def find_chances(town: Town) -> None:
    """Chances that a bidder is local or from next door.

    With like bids every bidder is as likely to win, so the chance that a bidder is local would be the
    published local share; since some local firms that hear may not bid (capacity, turnover test), the
    chance is raised until the expected share is the published one. It is found by halving on the same
    draws, over several repeats, so that no luck enters; what cannot be reached is left as a miss.
    """
    place, anchors = town.place, len(town.place.anchors)
    wanted = np.array([float(item.share_in_place) for item in place.anchors])
    region = np.array([float(item.share_in_region) for item in place.anchors])
    beyond = np.divide(region, 1.0 - wanted, out=np.zeros(anchors), where=wanted < 1.0)
    low, high = np.zeros(anchors), np.ones(anchors)
    hearings = _hearings(town)
    for _ in range(SEARCH_STEPS):
        chance = (low + high) / 2.0
        _set_chances(town, chance, beyond)
        short = expected_local_share(town, hearings) < wanted
        low, high = np.where(short, chance, low), np.where(short, high, chance)
    # Where nothing stays nobody here is asked, not even by a rare chance.
    _set_chances(town, np.where(wanted > 0.0, (low + high) / 2.0, 0.0), beyond)


def award_opening(town: Town) -> None:
    """The opening awards, under the chances found; who then holds what changes who has room, so chances are found twice."""
    find_chances(town)
    rows = np.arange(len(town.contracts))
    if len(rows):
        start, end = town.contracts["start"].copy(), town.contracts["end"].copy()
        value = town.contracts["base_value"].copy()
        sales = town.firms["usual_sales"].copy()
        tender(town, rows)
        town.contracts["start"][:], town.contracts["end"][:], town.contracts["value"][:] = start, end, value
        town.firms["usual_sales"][:] = sales
        hold_listed(town)


def _set_chances(town: Town, local: Floats, beyond: Floats) -> None:
    """The same chances in every category of an anchor; outside bidders divide as published."""
    shape = np.ones(18)
    town.structure = replace(
        town.structure,
        local_invitation=local[:, None] * shape,
        region_invitation=((1.0 - local) * beyond)[:, None] * shape,
    )


def _hearings(town: Town) -> list[Hearing]:
    """Repeats of the draws, of months far before the opening, so that they meet no tender of the run."""
    contracts = town.contracts
    rows = np.arange(len(contracts))
    return [hear_of_tenders(town, rows, contracts["base_value"], town.month - 1000 - repeat) for repeat in range(REPEATS)]


def expected_local_share(town: Town, hearings: Sequence[Hearing]) -> Floats:
    """Share of each anchor's value that local bidders would win (anchors,), over repeats of the draws."""
    contracts, anchors = town.contracts, len(town.place.anchors)
    rows = np.arange(len(contracts))
    anchor = contracts["anchor"].astype(np.int64)
    value = contracts["base_value"]
    won = np.zeros(anchors)
    for hearing in hearings:
        bids = make_bids(town, rows, anchor, hearing)
        winner = bidding.award(
            bids,
            town.rules.parameters["procurement.price_weight"],
            np.zeros(len(rows)),
            np.zeros(len(rows), bool),
            np.zeros(len(rows)),
        )
        local = (winner >= 0) & (bids.origin[rows, np.maximum(winner, 0)] == bidding.FROM_PLACE)
        won += np.bincount(anchor, weights=value * local, minlength=anchors)
    total = np.bincount(anchor, weights=value.astype(np.float64), minlength=anchors) * len(hearings)
    result: Floats = np.divide(won, total, out=np.ones(anchors), where=total > 0)
    return result
