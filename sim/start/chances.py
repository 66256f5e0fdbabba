"""The chances that bidders are local which reproduce the published shares of every anchor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.core.at_rows import at_rows
from sim.kinds.town import Town
from sim.month.contracts import bids as bidding
from sim.month.procurement import hear_of_tenders

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

SEARCH_STEPS: Final = 18
REPEATS: Final = 8


@dataclass(frozen=True)
class Trials:
    """Repeats of every contract's tender, with all that does not hang on where its bidders come from.

    Attributes
    ----------
    anchor, category, value : (trials,) int64, of the contract; value in pence a month
    draw : (trials, 8) float64, decides where an open bidder comes from
    present : (trials, 12) whether there is a bidder at each place
    able : (trials, 12) whether the firm of the place that hears there may bid
    local_price, outside_price : (trials, 12) float64, what a bidder asks against base price, from the place or from elsewhere
    quality : (trials, 12) float64, what the quality of each bid adds to its score
    """

    anchor: Integers
    category: Integers
    value: Integers
    draw: Floats
    present: Flags
    able: Flags
    local_price: Floats
    outside_price: Floats
    quality: Floats


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
    trials = trials_of(town)
    for _ in range(SEARCH_STEPS):
        chance = (low + high) / 2.0
        _set_chances(town, chance, beyond)
        short = expected_local_share(town, trials) < wanted
        low, high = np.where(short, chance, low), np.where(short, high, chance)
    # Where nothing stays nobody here is asked, not even by a rare chance.
    _set_chances(town, np.where(wanted > 0.0, (low + high) / 2.0, 0.0), beyond)


def _set_chances(town: Town, local: Floats, beyond: Floats) -> None:
    """The same chances in every category of an anchor; outside bidders divide as published."""
    shape = np.ones(18)
    town.structure = replace(
        town.structure,
        local_invitation=local[:, None] * shape,
        region_invitation=((1.0 - local) * beyond)[:, None] * shape,
    )


def trials_of(town: Town) -> Trials:
    """Repeats of the draws, of months far before the opening, so that they meet no tender of the run."""
    contracts, rules, structure = town.contracts, town.rules, town.structure
    parameters, every = rules.parameters, np.arange(len(contracts))
    hearings = [hear_of_tenders(town, every, contracts["base_value"], town.month - 1000 - repeat) for repeat in range(REPEATS)]
    draws, firm, luck = (np.concatenate([getattr(one, name) for one in hearings]) for name in ("draws", "firm", "price_luck"))
    rows = np.tile(every, REPEATS)
    anchor, category = contracts["anchor"][rows].astype(np.int64), contracts["category"][rows].astype(np.int64)
    free = contracts["influenceable"][rows]
    invited = parameters["procurement.invited_firms"] * rules.reach[anchor] * free
    labour = structure.jobs_per_output * structure.sector_pay * (1.0 + parameters["work.employer_contribution_rate"])
    needs_wage = rules.contract_living_wage[anchor] * free
    rise = (needs_wage * (parameters["procurement.living_wage_uplift"] * labour[category]))[:, None]
    asked = at_rows(town.firms["price"], firm), parameters["procurement.local_price_premium"], rise, luck
    return Trials(
        anchor=anchor,
        category=category,
        value=contracts["base_value"][rows],
        draw=draws[:, : bidding.OPEN_PLACES],
        present=bidding.bidders_present(parameters["procurement.mean_bidders"], invited, draws[:, 48], draws[:, 49]),
        able=firm >= 0,
        local_price=bidding.asking_price(np.full(firm.shape, bidding.FROM_PLACE, np.int8), *asked),
        outside_price=bidding.asking_price(np.full(firm.shape, bidding.FROM_WORLD, np.int8), *asked),
        quality=(1.0 - parameters["procurement.price_weight"]) * draws[:, 3 * bidding.PLACES : 4 * bidding.PLACES],
    )


def expected_local_share(town: Town, trials: Trials) -> Floats:
    """Share of each anchor's value that local bidders would win (anchors,), over repeats of the draws.

    It is what `make_bids` and `award` would say without weight for social value and without a target, worked out with
    what the chances change alone.
    """
    anchors = len(town.place.anchors)
    chance = town.structure.local_invitation[trials.anchor, trials.category]
    local = np.ones(trials.present.shape, bool)
    np.less(trials.draw, chance[:, None], out=local[:, : bidding.OPEN_PLACES])
    valid = trials.present & (trials.able | ~local)
    price = np.where(valid, np.where(local, trials.local_price, trials.outside_price), np.inf)
    lowest = price.min(axis=1, keepdims=True, initial=np.inf)
    relative = np.divide(lowest, price, out=np.zeros_like(price), where=valid)
    score = np.where(valid, town.rules.parameters["procurement.price_weight"] * relative + trials.quality, -np.inf)
    won = np.isfinite(lowest[:, 0]) & local[np.arange(len(score)), score.argmax(axis=1)]
    # Sums of whole pence: exact in any order.
    local_value = np.bincount(trials.anchor, weights=trials.value * won, minlength=anchors)
    total = np.bincount(trials.anchor, weights=trials.value.astype(np.float64), minlength=anchors)
    result: Floats = np.divide(local_value, total, out=np.ones(anchors), where=total > 0)
    return result
