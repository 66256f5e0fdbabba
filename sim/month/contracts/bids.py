"""Bids and awards: who hears of a tender, who may bid, what they ask, who wins. Pure functions on arrays.

A tender has twelve places for bidders. The first eight are filled by whoever hears of it, each from the
place, the neighbouring region or further away by chance; the last four are for firms of the place that an
anchor invites under outreach.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.core.streams import poisson

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]

OPEN_PLACES: Final = 8
INVITED_PLACES: Final = 4
PLACES: Final = OPEN_PLACES + INVITED_PLACES
FROM_PLACE, FROM_REGION, FROM_WORLD = range(3)


@dataclass(frozen=True)
class Bids:
    """Bids (tenders, 12): origin, row of the local firm or -1, price against base price, quality and social value in 0 to 1."""

    valid: Flags
    origin: NDArray[np.int8]
    firm: NDArray[np.int64]
    price: Floats
    quality: Floats
    social: Floats


def origins(local_chance: Floats, region_chance: Floats, draws: Floats) -> NDArray[np.int8]:
    """Where each open bidder comes from (tenders, 8); invited places are always local (tenders, 12).

    Examples
    --------
    >>> origins(np.array([0.5]), np.array([0.3]), np.array([[0.1, 0.6, 0.9] + [0.0] * 5]))[0, :3].tolist()
    [0, 1, 2]
    """
    open_origin = np.where(draws < local_chance[:, None], FROM_PLACE, FROM_WORLD)
    beyond = (draws >= local_chance[:, None]) & (draws < (local_chance + region_chance)[:, None])
    open_origin = np.where(beyond, FROM_REGION, open_origin)
    invited = np.full((len(draws), INVITED_PLACES), FROM_PLACE)
    return np.hstack([open_origin, invited]).astype(np.int8)


def bidders_present(mean: float, invited: Floats, open_draw: Floats, invited_draw: Floats) -> Flags:
    """Which of the twelve places have a bidder (tenders, 12).

    Open places: one bidder and a Poisson number more, eight at most. Invited places: the number invited
    (a fraction invites one more by chance).
    """
    number = 1 + np.minimum(poisson(open_draw, mean - 1.0), OPEN_PLACES - 1)
    open_present = np.arange(OPEN_PLACES)[None, :] < number[:, None]
    guests = np.floor(invited + invited_draw)
    invited_present = np.arange(INVITED_PLACES)[None, :] < guests[:, None]
    return np.hstack([open_present, invited_present])


def asking_price(origin: NDArray[np.int8], firm_price: Floats, premium: float, wage_rise: Floats, luck: Floats) -> Floats:
    """What each bidder asks against base price (tenders, 12).

    Local firms ask their own price and the local premium; all add the rise of their wage bill where the
    contract requires the living wage; each has luck with mean 1.
    """
    base = np.where(origin == FROM_PLACE, firm_price * (1.0 + premium), 1.0)
    result: Floats = base * (1.0 + wage_rise) * luck
    return result


def award(bids: Bids, price_weight: float, social_weight: Floats, local_first: Flags, maximum_premium: Floats) -> NDArray[np.int64]:
    """Place of the winner of each tender (tenders,), -1 where nobody may bid.

    score = (1 - s) (p lowest / price + (1 - p) quality) + s social value, as best-value awards are scored
    (Public Contracts Regulations 2015, regulation 67). Where a tender is to be placed locally, the best
    local bid wins if it is no dearer than the bid from outside with the best score, which would win else,
    by more than the premium allowed.
    """
    price = np.where(bids.valid, bids.price, np.inf)
    lowest = price.min(axis=1, keepdims=True)
    relative = np.divide(lowest, price, out=np.zeros_like(price), where=bids.valid)
    merit = price_weight * relative + (1.0 - price_weight) * bids.quality
    score = (1.0 - social_weight[:, None]) * merit + social_weight[:, None] * bids.social
    score = np.where(bids.valid, score, -np.inf)
    winner = score.argmax(axis=1)
    local = bids.origin == FROM_PLACE
    local_score = np.where(local, score, -np.inf)
    best_local = local_score.argmax(axis=1)
    outside_score = np.where(local, -np.inf, score)
    best_outside = outside_score.argmax(axis=1)
    rows = np.arange(len(winner))
    outside_price = np.where(np.isfinite(outside_score[rows, best_outside]), price[rows, best_outside], np.inf)
    affordable = price[rows, best_local] <= outside_price * (1.0 + maximum_premium)
    take_local = local_first & np.isfinite(local_score[rows, best_local]) & affordable
    winner = np.where(take_local, best_local, winner)
    result: NDArray[np.int64] = np.where(np.isfinite(lowest[:, 0]), winner, -1)
    return result


def reserved_to_place(bids: Bids, reserved: Flags, highest_price: Floats) -> Bids:
    """Bids left where competitions are reserved to the place: its own, up to a price; all of them where it has none that will do.

    Parameters
    ----------
    bids : Bids
    reserved : (tenders,) whether the competition may be reserved
    highest_price : (tenders,) dearest bid that a reserved competition accepts, against base price
    """
    good = bids.valid & (bids.origin == FROM_PLACE) & (bids.price <= highest_price[:, None])
    closed = reserved & good.any(axis=1)
    return replace(bids, valid=np.where(closed[:, None], good, bids.valid))


def eligible(value: Floats, turnover: Floats, spare: Floats, turnover_share: float, own_share: float) -> Flags:
    """Whether a firm may take a contract of this monthly value: the turnover test and free capacity.

    The yearly value may be at most `turnover_share` of the firm's yearly turnover, and the firm must have free
    capacity for `own_share` of the monthly value; the rest it may pass on.

    Examples
    --------
    >>> eligible(np.array([10.0, 10.0, 10.0]), np.array([15.0, 40.0, 40.0]), np.array([50.0, 5.0, 4.0]), 0.5, 0.5).tolist()
    [False, True, False]
    """
    result: Flags = (value <= turnover_share * turnover) & (own_share * value <= spare)
    return result


def social_value(parts: Floats, local: Floats, small: Flags, cooperative: Flags, living_wage: Floats) -> Floats:
    """Social value of bids (tenders, 12) in 0 to 1 under each anchor's composition (tenders, 4)."""
    return parts[:, 0, None] * local + parts[:, 1, None] * small + parts[:, 2, None] * cooperative + parts[:, 3, None] * living_wage


def filling_gap(anchor: NDArray[np.int64], value: Floats, gap: Floats, order: Floats) -> Flags:
    """Which contracts an anchor picks: in the order drawn, until their value fills its gap.

    Parameters
    ----------
    anchor : (contracts,) row of the anchor
    value : (contracts,) monthly value
    gap : (anchors,) monthly value that its target lacks; nought or below for none
    order : (contracts,) uniform draws

    Examples
    --------
    >>> filling_gap(np.array([0, 0, 0]), np.array([5.0, 5.0, 5.0]), np.array([7.0]), np.array([0.3, 0.1, 0.2])).tolist()
    [False, True, True]
    """
    ranked = np.lexsort((order, anchor))
    before = np.cumsum(value[ranked]) - value[ranked]
    first = np.searchsorted(anchor[ranked], np.arange(len(gap)), side="left")
    start = np.where(first < len(ranked), before[np.minimum(first, len(ranked) - 1)], 0.0) if len(ranked) else np.zeros(len(gap))
    within = before - start[anchor[ranked]] < gap[anchor[ranked]]
    chosen = np.zeros(len(anchor), bool)
    chosen[ranked] = within
    return chosen
