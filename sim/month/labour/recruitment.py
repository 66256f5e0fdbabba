"""Targeted recruitment: posts that anchors first offer to job seekers of some neighbourhoods, and what that costs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.town import Town

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


def matched(reserved: Flags, targeted: Flags) -> tuple[Integers, Flags]:
    """Who takes which post, both in the order drawn, when some posts are first offered to some of the seekers.

    As many posts are filled as without the offer: the first posts while there are seekers. Reserved posts among them go to
    the first of the targeted seekers; the other posts, and what is left of the reserved ones, to the others in their order.

    Parameters
    ----------
    reserved : (posts,) bool
    targeted : (seekers,) bool

    Returns
    -------
    seeker : (filled posts,) int64, index of who takes each post
    by_offer : (filled posts,) bool, taken because it was reserved

    Examples
    --------
    >>> seeker, by_offer = matched(np.array([False, True]), np.array([False, False, True]))
    >>> seeker.tolist(), by_offer.tolist()
    ([0, 2], [False, True])
    """
    filled = min(len(reserved), len(targeted))
    first = np.flatnonzero(targeted)[: np.count_nonzero(reserved[:filled])]
    by_offer = np.zeros(filled, bool)
    by_offer[np.flatnonzero(reserved[:filled])[: len(first)]] = True
    others = np.ones(len(targeted), bool)
    others[first] = False
    seeker = np.empty(filled, np.int64)
    seeker[by_offer] = first
    seeker[~by_offer] = np.flatnonzero(others)[: filled - len(first)]
    return seeker, by_offer


def reserved_posts(posts: Integers, number: Integers) -> Flags:
    """Marks the first `number[employer]` posts of each employer in a list of posts by employer (posts,).

    Examples
    --------
    >>> reserved_posts(np.array([1, 1, 0, 0]), np.array([1, 2])).tolist()
    [True, True, True, False]
    """
    ranked = np.argsort(posts, kind="stable")
    place = np.empty(len(posts), np.int64)
    place[ranked] = np.arange(len(posts)) - np.searchsorted(posts[ranked], posts[ranked], side="left")
    result: Flags = place < number[posts]
    return result


def offered_first(town: Town, posts: Integers, open_posts: Integers, seeking: Integers) -> tuple[Integers, Integers]:
    """Posts (filled,) and who takes them (filled,) rows of residents; anchors owe the cost of those hired by the offer.

    `posts` are rows in the list of employers in the order in which they hire, `seeking` rows of residents in the order drawn.
    """
    rules, anchors = town.rules.employment, town.anchors
    if rules.recruitment_share is None or rules.recruitment_cost is None or rules.recruitment_neighbourhoods is None:
        filled = min(len(posts), len(seeking))
        return posts[:filled], seeking[:filled]
    number = np.zeros(len(open_posts), np.int64)
    draws = town.streams.uniform("posts offered first", town.month, anchors.slots)
    number[: len(anchors)] = np.floor(open_posts[: len(anchors)] * rules.recruitment_share + draws * (rules.recruitment_share > 0.0))
    targeted = rules.recruitment_neighbourhoods[town.residents["neighbourhood"][seeking]]
    seeker, by_offer = matched(reserved_posts(posts, number), targeted)
    posts = posts[: len(seeker)]
    hired = np.bincount(posts[by_offer], minlength=len(open_posts))[: len(anchors)]
    anchors["policy_costs"] += hired * rules.recruitment_cost
    return posts, seeking[seeker]
