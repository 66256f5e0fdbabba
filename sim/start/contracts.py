"""The opening contract book of every anchor, and who holds its contracts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.streams import normal
from sim.kinds.town import Town
from sim.month.procurement import tender
from sim.settings.sectors import SECTORS
from sim.start.chances import find_chances
from sim.start.listed_suppliers import hold_listed, listed_contracts

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Standard deviation of the logarithm of contract values: a few contracts hold most of the money
#: (about 60 of 4,745 suppliers took 79% of value in Barcelona, 2014 to 2015).
VALUE_SPREAD = 1.5


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
